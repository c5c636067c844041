"""The whole product as bin/run starts it, in a folder of its own, to be harmed: servers, web, workers, scheduler."""

import http.client
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections
from django.test import override_settings
from environ import Env

from hebi_charity.local import environment, locks
from hebi_charity.local.people import ordinary_person
from hebi_charity.local.postgres import APP, Postgres
from hebi_charity.local.supervisor import die_with_parent
from hebi_charity.local.valkey import Valkey
from tests.accounts.factories import make_person
from tests.donations.factories import reviewed_gift, set_up_office
from tests.live.conftest import ROOT, SHORT, children_of, told_of_broker, wait_until

SEPTEMBER = date(2022, 9, 1)
MAIN = ROOT / "hebi_charity" / "local" / "__main__.py"
# How the main process of each program is known among the supervisor's children.
PROGRAMS = {
    "worker": ("celery", "worker1@"),
    "second worker": ("celery", "worker2@"),
    "web": ("gunicorn",),
    "PostgreSQL": ("bin/postgres", "-D"),
    "Valkey": ("valkey-server",),
    "scheduler": ("run_scheduler",),
}


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


class House:
    """One office of its own. Its people and gifts are made through the services, on a connection to its database."""

    def __init__(self, var: Path, **more: str) -> None:
        self.var = var
        self.log = var.parent / "house.log"
        self.person = ordinary_person()
        self.port = environment.free_port()
        var.mkdir(mode=0o700)
        (var / "mode").write_text("real\n")
        environment.make_secrets(var)
        for name in (locks.OFFICE, locks.GUESTS):
            os.close(locks.open_lock(var / name))
        if self.person:
            for path in [var.parent, var, *var.iterdir()]:
                self.person.own(path)
        kept = {name: value for name, value in os.environ.items() if name not in FOR_OTHERS}
        self.environment = kept | SHORT | {"PORT": str(self.port), "HOME": str(var)} | more
        self.running = None
        self.clerk = self.accountant = self.secretary = self.branch = None
        self.usual_seconds: dict[str, float] = {}  # what a piece of work takes, once that was measured

    def start(self):
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, MAIN, "serve", "real", self.var],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
                **(self.person.popen() if self.person else {}),
            )
        wait_until(self._is_open)

    def _is_open(self):
        assert self.running.poll() is None, self.log.read_text()
        return locks.signature(self.var / locks.OFFICE).startswith(f"ready {self.running.pid} ")

    def stop(self):
        if self.running and self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)
            self.running.wait(150)

    @property
    def values(self):
        return environment.read_file(self.var)

    def pid_of(self, program: str) -> int | None:
        words = PROGRAMS[program]
        for pid in children_of(self.running.pid):
            if all(word in command_of(pid) for word in words):
                return pid
        return None

    def kill(self, program: str) -> int:
        """`kill -9` on the program's main process, which the supervisor brings back. Gives the process that died."""
        pid = wait_until(lambda: self.pid_of(program))
        os.kill(pid, signal.SIGKILL)
        return pid

    def send(self, method: str, path: str, cookies: dict[str, str], **fields: str) -> tuple[int, str]:
        """Ask the web server as a browser would. Gives status and Location; raises OSError when it is away."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": cookies["csrftoken"]}
        try:
            connection.request(method, path, urlencode(fields) or None, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location", "")
        except http.client.HTTPException as error:
            raise ConnectionError from error
        finally:
            connection.close()

    def _storage(self) -> dict:
        return settings.STORAGES["default"] | {"OPTIONS": {"location": self.var / "files", "base_url": None}}

    def own_files(self) -> None:
        """Files that this process stored belong to whom the office runs as."""
        if self.person:
            for path in [self.var / "files", *(self.var / "files").rglob("*")]:
                self.person.own(path)

    @contextmanager
    def as_own_database(self):
        """While the context lasts, this process works on the office's database and tells its broker."""
        database = settings.DATABASES["default"]
        url = Postgres(self.var, self.values).url(APP, "HEBI_APP_PASSWORD")
        there = {name: value for name, value in Env.db_url_config(url).items() if name in ADDRESS}
        before = {name: database[name] for name in ADDRESS}
        connections.close_all()
        database.update(there)
        try:
            with (
                told_of_broker(Valkey(self.var, self.values).urls()["REDIS_URL"]),
                override_settings(HEBI_MODE="real", STORAGES=settings.STORAGES | {"default": self._storage()}),
            ):
                yield
        finally:
            connections.close_all()
            database.update(before)


@contextmanager
def an_office(**more: str):
    """An open office in a folder that is gone afterwards. Not pytest's own: as root it runs as somebody else."""
    with tempfile.TemporaryDirectory(prefix="hebi-house-", ignore_cleanup_errors=True) as folder:
        office = House(Path(folder) / "var", **more)
        try:
            office.start()
            yield office
        finally:
            office.stop()


def furnish(office: House) -> None:
    """Twenty reviewed gifts of September, 210.00 yuan in all, somebody who loads files and somebody who confirms."""
    set_up_office(SEPTEMBER)
    office.clerk, office.accountant = make_person("donation_clerk"), make_person("accountant")
    for number in range(1, 21):
        reviewed_gift(by=office.clerk, reviewer=office.accountant, amount=Decimal(number))


ADDRESS = ("HOST", "PORT", "USER", "PASSWORD", "NAME")
FOR_OTHERS = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WORKER_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}


def when_it_answers(holds):
    """A question to a database that may be away just now, for `wait_until`."""

    def ask():
        try:
            return holds()
        except (DatabaseError, InterfaceError):
            connections.close_all()
            return None

    return ask
