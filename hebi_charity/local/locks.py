"""One office per data folder, and a count of who still uses its servers: both by file locks that die with processes."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from .links import open_itself

OFFICE = "office.lock"
GUESTS = "guests.lock"


def open_lock(path: Path) -> int:
    return open_itself(path, os.O_RDWR | os.O_CREAT)


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def unlock(descriptor: int) -> None:
    fcntl.flock(descriptor, fcntl.LOCK_UN)


def wait_for_lock(descriptor: int, *, seconds: float, shared: bool = False) -> bool:
    """Try until the lock is ours or the time is over."""
    deadline = time.monotonic() + seconds
    while not try_lock(descriptor, shared=shared):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def is_held(path: Path) -> bool:
    """Whether some process holds the lock now."""
    try:
        descriptor = open_itself(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not try_lock(descriptor)
    finally:
        os.close(descriptor)


def sign(descriptor: int, text: str) -> None:
    """Write into a lock file who holds it."""
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text.encode(), 0)


def signature(path: Path) -> str:
    try:
        with os.fdopen(open_itself(path, os.O_RDONLY)) as file:
            return file.read()
    except FileNotFoundError:
        return ""
