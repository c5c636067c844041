"""Locks of a data folder: one office, counted guests; they die with the process, even by SIGKILL."""

import os
import signal
import subprocess
import sys

import pytest

from hebi_charity.local import locks

HOLD = """
import sys, time
sys.path.insert(0, {folder!r})
from local import locks
assert locks.try_lock(locks.open_lock(sys.argv[1]), shared={shared})
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock: `holder(shared=True)`."""
    started = []

    def start(*, shared=False):
        folder = os.path.dirname(os.path.dirname(locks.__file__))
        code = HOLD.format(folder=folder, shared=shared)
        process = subprocess.Popen([sys.executable, "-c", code, tmp_path / "lock"], stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline() == "held\n"
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_second_holder_is_refused_until_the_first_is_killed(tmp_path, holder):
    first = holder()
    lock = locks.open_lock(tmp_path / "lock")

    assert locks.is_held(tmp_path / "lock")
    assert not locks.try_lock(lock)
    assert not locks.wait_for_lock(lock, seconds=0.1)
    first.send_signal(signal.SIGKILL)
    first.wait()

    assert locks.wait_for_lock(lock, seconds=30)
    os.close(lock)
    assert not locks.is_held(tmp_path / "lock")


def test_guests_share_and_the_last_one_frees_the_lock(tmp_path, holder):
    guests = [holder(shared=True), holder(shared=True)]
    lock = locks.open_lock(tmp_path / "lock")
    answers = []
    for guest in guests:
        answers.append(locks.try_lock(lock))
        guest.kill()
        guest.wait()

    assert [*answers, locks.try_lock(lock)] == [False, False, True]
    os.close(lock)


def test_lock_file_says_who_holds_it(tmp_path):
    lock = locks.open_lock(tmp_path / "lock")
    locks.sign(lock, "starting 12345 http://127.0.0.1:8000/")
    locks.sign(lock, "ready 1")

    assert locks.signature(tmp_path / "lock") == "ready 1"
    assert locks.signature(tmp_path / "none") == ""
    assert not locks.is_held(tmp_path / "none")
    os.close(lock)
