"""bin/test, bin/check, bin/bench and bin/manage, once everything is set up: each borrows the servers and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from . import handing
from .checks import check
from .guests import servers
from .people import ordinary_person
from .place import CHECKOUT
from .supervisor import die_with_parent

MOST_TEST_PROCESSES = 4


def call(words: list[str | Path], settings: dict[str, str], *, folder: Path | None = CHECKOUT, **rights: object) -> int:
    """Run a program in the foreground and give its exit code; it dies with us, and Ctrl-C reaches it too."""
    process = subprocess.Popen(
        [str(word) for word in words],
        env=settings,
        cwd=folder,
        preexec_fn=die_with_parent(signal.SIGKILL),
        **rights,
    )
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def test(mode: str, var: Path, words: list[str]) -> int:
    """Run pytest with real servers of its own. Plain words go to pytest as they are."""
    with servers(mode, var, ordinary_person()) as settings:
        settings |= {"DJANGO_ALLOW_ASYNC_UNSAFE": "1", "DJANGO_SETTINGS_MODULE": "tests.settings"}
        return call([sys.executable, "-m", "pytest", *processes(words), *words], settings)


def processes(words: list[str]) -> list[str]:
    """As many test processes as the machine has processors, unless the caller says otherwise."""
    if any(word in {"-n", "--pdb", "no:xdist"} or word.startswith(("-n", "--numprocesses")) for word in words):
        return []
    return ["-n", str(min(os.cpu_count() or 1, MOST_TEST_PROCESSES)), "--dist", "loadgroup"]


def bench(mode: str, var: Path, words: list[str]) -> int:
    with servers(mode, var, ordinary_person()) as settings:
        settings |= {"DJANGO_SETTINGS_MODULE": "tests.settings"}  # pages without a collected set of static files
        return call([sys.executable, "-m", "tests.bench", *words], settings)


def run_checks(mode: str, var: Path, words: list[str]) -> int:
    with servers(mode, var, ordinary_person()) as settings:
        if words[:1] == ["--mutate"]:
            settings |= {"DJANGO_SETTINGS_MODULE": "tests.settings"}
            return call([sys.executable, "-m", "tests.mutation", *words[1:]], settings)
        return check(settings)


def manage(mode: str, var: Path, words: list[str]) -> int:
    """Run a management command where the caller stands; as root it runs as the ordinary user, files handed over."""
    person = ordinary_person()
    with servers(mode, var, person) as settings:
        if not words[:1] or not words[0].startswith("migrate"):
            settings["DATABASE_URL"] = settings.get("DATABASE_WORKER_URL") or settings["DATABASE_URL"]
        manage_py = CHECKOUT / "manage.py"
        if person is None:
            return call([sys.executable, manage_py, *words], settings, folder=None)
        settings |= {"HOME": str(var), "PYTHONDONTWRITEBYTECODE": "1"}
        with handing.handed_over(words, var, person) as readable:
            return call([sys.executable, manage_py, *readable], settings, folder=None, **person.popen())


COMMANDS = {"guest-test": test, "guest-bench": bench, "guest-check": run_checks, "guest-manage": manage}
