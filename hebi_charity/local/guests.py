"""Commands that need the servers for a while: bin/manage, bin/test, bin/check and bin/bench.

A guest holds a shared lock. The first one starts a keeper with the servers; the keeper leaves after the last guest.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from . import environment, fonts, locks
from .links import open_itself
from .people import Person, acting_as
from .place import CHECKOUT
from .postgres import Postgres
from .speech import Stop
from .speech import gettext as _
from .valkey import Valkey

KEEPER_LOG = "keeper.log"
MAIN = CHECKOUT / "hebi_charity" / "local" / "__main__.py"


@contextlib.contextmanager
def servers(mode: str, var: Path, person: Person | None) -> Iterator[dict[str, str]]:
    """The environment for a command, with every server up as long as the context lasts."""
    needed = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
    if not needed:
        yield _settings(mode, var, needed, person)
        return
    with acting_as(person):
        guests = locks.open_lock(var / locks.GUESTS)
        locks.wait_for_lock(guests, seconds=120, shared=True)
    try:
        if not _is_open(var, person):
            _start_keeper(mode, var, person)
        with acting_as(person):
            _wait_until_open(var)
        yield _settings(mode, var, needed, person)
    finally:
        os.close(guests)
        with acting_as(person):
            if locks.signature(var / locks.OFFICE).startswith("keeping"):
                _wait_until_gone(var)


def _is_open(var: Path, person: Person | None) -> bool:
    with acting_as(person):
        return locks.is_held(var / locks.OFFICE)


def _start_keeper(mode: str, var: Path, person: Person | None) -> None:
    with acting_as(person):
        descriptor = open_itself(var / KEEPER_LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    with os.fdopen(descriptor, "a") as log:
        subprocess.Popen(
            [sys.executable, MAIN, "keep", mode, var],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **(person.popen() if person else {}),
        )


def _wait_until_open(var: Path, seconds: float = 600.0) -> None:
    deadline = time.monotonic() + seconds
    unheld = 0
    while time.monotonic() < deadline:
        state = locks.signature(var / locks.OFFICE)
        if state.startswith("failed: "):
            raise Stop(state.removeprefix("failed: "))
        if state.startswith(("ready", "keeping")) and locks.is_held(var / locks.OFFICE):
            return
        unheld = 0 if locks.is_held(var / locks.OFFICE) else unheld + 1
        if unheld > 100:
            break
        time.sleep(0.05)
    raise Stop(_("The servers do not start; see {log}.").format(log=var / KEEPER_LOG))


def _wait_until_gone(var: Path, seconds: float = 30.0) -> None:
    """Leave no process behind: when no other guest is there, wait until the keeper has stopped its servers."""
    deadline = time.monotonic() + seconds
    guests = locks.open_lock(var / locks.GUESTS)
    try:
        while locks.is_held(var / locks.OFFICE) and time.monotonic() < deadline:
            is_alone = locks.try_lock(guests)
            has_company = not is_alone and locks.try_lock(guests, shared=True)
            locks.unlock(guests)
            if has_company:
                return
            time.sleep(0.05)
    finally:
        os.close(guests)


def _addresses(var: Path, needed: list[str]) -> dict[str, str]:
    values = environment.read_file(var)
    addresses: dict[str, str] = {}
    if "DATABASE_URL" in needed:
        database = Postgres(var, values)
        addresses |= database.urls()
        addresses["DATABASE_SUPERUSER_URL"] = database.superuser_url()
    if "REDIS_URL" in needed:
        addresses |= Valkey(var, values).urls()
    return addresses


def _settings(mode: str, var: Path, needed: list[str], person: Person | None) -> dict[str, str]:
    with acting_as(person):
        settings = environment.settings_of(var, mode, environment.read_file(var)) | _addresses(var, needed)
        return settings | {"FONTCONFIG_FILE": str(fonts.write_configuration(var))}
