"""What runs as an ordinary user: servers, web, workers and scheduler of one data folder, until told to stop."""

from __future__ import annotations

import http.client
import ipaddress
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import environment, fonts, locks, stamps
from .place import CHECKOUT
from .postgres import Postgres
from .speech import Stop, say
from .speech import gettext as _
from .supervisor import Child, Supervisor, die_with_parent, open_log, tail
from .valkey import Valkey

WORKERS = 2
WEB_PROCESSES, WEB_THREADS = 2, 8
# Accounts of the demonstration with the names of their roles, as hebi_charity/accounts knows them.
PEOPLE = {
    "clerk": "donation clerk",
    "clerk2": "donation clerk",
    "accountant": "accountant",
    "cashier": "cashier",
    "keeper": "warehouse keeper",
    "relief": "relief officer",
    "secretary": "branch secretary",
    "organizer": "organisation committee member",
    "approver": "secretary-general (approver)",
    "leader": "leadership (signs)",
    "auditor": "supervisor / auditor",
    "admin": "system administrator",
}


@dataclass
class Office:
    """One data folder being run by this process."""

    var: Path
    mode: str
    lock: int
    supervisor: Supervisor = field(default_factory=Supervisor)
    settings: dict[str, str] = field(default_factory=dict)

    def sign(self, state: str, address: str = "") -> None:
        locks.sign(self.lock, f"{state} {os.getpid()} {address}".strip())

    def start_servers(self) -> None:
        """Start what no address was given for, and know every address afterwards."""
        values = environment.settle_ports(self.var)
        addresses: dict[str, str] = {}
        valkey = None
        if not os.environ.get("REDIS_URL"):
            server = Valkey(self.var, values)
            addresses |= server.urls()
            valkey = self.supervisor.add(server.child())
        if not os.environ.get("DATABASE_URL"):
            database = Postgres(self.var, values, is_forgetful=self.mode == "test")
            addresses |= database.urls()
            database.create_cluster()
            database.forget_predecessor()
            self.supervisor.wait_until_ready(self.supervisor.add(database.child()))
            database.make_roles()
        if valkey:
            self.supervisor.wait_until_ready(valkey)
        self.settings = environment.settings_of(self.var, self.mode, values) | addresses
        self.settings["FONTCONFIG_FILE"] = str(fonts.write_configuration(self.var))

    def step(self, *words: str, settings: Mapping[str, str] | None = None) -> None:
        """Run one management command to its end; it dies with us."""
        path = self.var / "log" / "prepare.log"
        log = open_log(path)
        process = subprocess.Popen(
            [sys.executable, CHECKOUT / "manage.py", *words],
            env=self.settings | (settings or {}),
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGKILL),
        )
        os.close(log)
        while process.poll() is None:
            if self.supervisor.stopping:
                process.terminate()
                process.wait()
                raise KeyboardInterrupt
            time.sleep(0.02)
        if process.returncode:
            sentence = _("{command} failed; the end of its log {log}:").format(command=" ".join(words), log=path)
            raise Stop(f"{sentence}\n{tail(path, 30)}")

    def prepare(self) -> None:
        """Bring tables, shipped data and pages up to this code, once per change of the code."""
        digest = stamps.digest_of(source_files("*.py"), self.settings["DATABASE_URL"].rpartition("@")[2])
        if not stamps.is_done(self.var / "migrated", digest):
            say(_("Bringing the tables up to date …"))
            self.step("migrate_office")
            stamps.mark_done(self.var / "migrated", digest)
        digest = stamps.digest_of([*source_files("*", "static"), CHECKOUT / "package-lock.json"])
        if not stamps.is_done(self.var / "collected", digest):
            self.step("collectstatic", "--noinput", "--verbosity", "0")
            stamps.mark_done(self.var / "collected", digest)
        if self.mode == "real" and not (self.var / "set-up").exists():
            self.step("first_start")
            if not (self.var / environment.SETUP_CODE).exists():
                stamps.mark_done(self.var / "set-up", "done")
        if self.mode == "demo" and has_command("load_demo"):
            environment.demo_password(self.var)
            if not (self.var / "demonstration").exists():
                say(_("Loading the demonstration; this happens once …"))
                self.step("load_demo", settings=self.worker_settings())
                stamps.mark_done(self.var / "demonstration", "loaded")

    def worker_settings(self) -> dict[str, str]:
        """Workers may take longer over one statement than a page may: they have a role of their own."""
        return self.settings | {
            "DATABASE_URL": self.settings.get("DATABASE_WORKER_URL") or self.settings["DATABASE_URL"]
        }

    def start_programs(self, host: str, port: int) -> None:
        celery = [sys.executable, "-m", "celery", "-A", "hebi_charity"]
        worker = ["worker", "--pool", "solo", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
        # Pages first: all at once, the programs would only keep each other from starting.
        self.supervisor.wait_until_ready(self.supervisor.add(self.web(host, port)))
        for number in range(1, WORKERS + 1):
            command = [*celery, *worker, "--hostname", f"worker{number}@%h"]
            self.supervisor.add(self.program(f"worker-{number}", command, self.worker_settings()))
        scheduler = [sys.executable, CHECKOUT / "manage.py", "run_scheduler"]
        self.supervisor.add(self.program("scheduler", scheduler, self.worker_settings()))

    def program(self, name: str, command: list, settings: Mapping[str, str]) -> Child:
        return Child(name=name, command=command, environment=settings, log=self.var / "log" / f"{name}.log")

    def web(self, host: str, port: int) -> Child:
        command = [sys.executable, "-m", "gunicorn", "hebi_charity.wsgi", "--bind", f"{host}:{port}"]
        command += ["--workers", str(WEB_PROCESSES), "--threads", str(WEB_THREADS), "--no-control-socket"]
        child = self.program("web", command, self.settings)
        child.when_orphaned = signal.SIGQUIT  # ends its own workers at once
        child.is_ready = lambda: answers(host, port)
        return child


def source_files(pattern: str, *folders: str) -> list[Path]:
    roots = [CHECKOUT / folder for folder in folders or ("hebi_charity", "donations", "relief", "partybranch")]
    return [path for root in roots for path in root.rglob(pattern) if path.is_file() and path.suffix != ".pyc"]


def has_command(name: str) -> bool:
    return any(path.parent.name == "commands" for path in source_files(f"{name}.py"))


def from_here(host: str) -> str:
    """The address under which this machine itself reaches what listens on `host`."""
    try:
        return "127.0.0.1" if ipaddress.ip_address(host).is_unspecified else host
    except ValueError:
        return host


def answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(from_here(host), port, timeout=10)
    try:
        connection.request("GET", "/health/live", headers={"Host": "localhost"})
        return connection.getresponse().status < 600
    except OSError:
        return False
    finally:
        connection.close()


def take_office(var: Path) -> int:
    """The lock of a data folder. Waits for the remains of an earlier start; refuses beside a living one."""
    lock = locks.open_lock(var / locks.OFFICE)
    deadline = time.monotonic() + 90
    while not locks.try_lock(lock):
        state, pid, address = [*locks.signature(var / locks.OFFICE).split(" "), "", "", ""][:3]
        if state in {"starting", "ready"} and pid and Path(f"/proc/{pid}").exists():
            sentence = _("The office in {folder} is already running ({address}).")
            raise Stop(sentence.format(folder=var, address=address or pid))
        if time.monotonic() > deadline:
            raise Stop(_("Another command is still using {folder}; try again when it has ended.").format(folder=var))
        time.sleep(0.1)
    return lock


def serve(mode: str, var: Path) -> None:
    """`bin/run`: everything, in the foreground."""
    begun = time.monotonic()
    os.umask(0o077)
    office = Office(var, mode, take_office(var))
    office.supervisor.held = [office.lock]
    office.supervisor.listen()
    host = os.environ.get("WEB_HOST", "127.0.0.1")
    port = environment.web_port(host)
    address = f"http://{from_here(host)}:{port}/"
    office.sign("starting", address)
    try:
        office.start_servers()
        office.prepare()
        office.start_programs(host, port)
        office.sign("ready", address)
        welcome(office, address, time.monotonic() - begun)
        office.supervisor.watch()
    except KeyboardInterrupt:
        pass
    finally:
        say(_("Stopping …"))
        office.supervisor.stop()
    say(_("Stopped. Everything is kept in {folder}.").format(folder=var))


def welcome(office: Office, address: str, seconds: float) -> None:
    say("")
    say(_("The office is open after {seconds:.1f} s: {address}").format(seconds=seconds, address=address))
    if office.mode == "demo":
        names = "、".join(f"{account} {_(role)}" for account, role in PEOPLE.items())
        say(_("Demonstration people: {names}").format(names=names))
        say(_("Password of all of them: {password}").format(password=environment.demo_password(office.var)))
    if office.mode == "real" and (code := environment.setup_code(office.var)):
        say(_("Nothing is set up here yet: open the address and type the set-up code {code}").format(code=code))
    say(_("Data, secrets and logs: {folder}").format(folder=office.var))
    say(_("Ctrl-C stops everything; nothing is lost."))


def keep(mode: str, var: Path) -> None:
    """Servers only, for commands: until the last guest has left."""
    os.umask(0o077)
    lock = locks.open_lock(var / locks.OFFICE)
    if not locks.wait_for_lock(lock, seconds=0.5):
        return  # someone else was faster and serves the guests
    office = Office(var, mode, lock)
    office.supervisor.held = [lock]
    office.supervisor.listen()
    office.sign("opening")
    guests = locks.open_lock(var / locks.GUESTS)
    try:
        office.start_servers()
        if mode in {"demo", "real"}:
            office.prepare()
        office.sign("keeping")
        office.supervisor.watch(until=lambda: locks.try_lock(guests))
    except Stop as stop:
        office.sign(f"failed: {stop}")
        raise
    finally:
        office.supervisor.stop()
