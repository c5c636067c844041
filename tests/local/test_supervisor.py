"""The supervisor: brings back what dies, stops in reverse order, leaves nothing behind, not even when it is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hebi_charity.local import supervisor as supervising
from hebi_charity.local.speech import Stop
from hebi_charity.local.supervisor import Child, Supervisor
from tests.live.conftest import wait_until

# A program that has a child of its own and notes when it is asked to end.
PROGRAM = """
import os, pathlib, signal, subprocess, sys, time
folder, name = pathlib.Path(sys.argv[1]), sys.argv[2]
def end(*_):
    with open(folder / "ended", "a") as file:
        file.write(name + chr(10))
    sys.exit()
signal.signal(signal.SIGTERM, end)
inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
(folder / (name + ".pids")).write_text(f"{os.getpid()} {inner.pid}")
while True:
    time.sleep(600)
"""
# A supervisor as a process of its own, with one such program.
KEEPER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from local.supervisor import Child, Supervisor
folder = Path(sys.argv[2])
office = Supervisor()
office.listen()
for name in ("first", "second", "program"):
    command = [sys.executable, "-c", sys.argv[3], folder, name]
    log = folder / (name + ".log")
    office.add(Child(name=name, command=command, environment={}, log=log, is_server=name != "program"))
office.watch()
office.stop()
"""
LOCAL = Path(supervising.__file__).parent.parent


def is_alive(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def pids_of(folder, *names):
    def written():
        texts = [(folder / f"{name}.pids").read_text() for name in names if (folder / f"{name}.pids").exists()]
        return [int(pid) for text in texts for pid in text.split()] if len(texts) == len(names) and all(texts) else None

    return wait_until(written)


@pytest.fixture
def program(tmp_path):
    """A child to supervise: `program("web")`."""

    def make(name, *, code=PROGRAM, **fields):
        command = [sys.executable, "-c", code, tmp_path, name]
        return Child(name=name, command=command, environment={}, log=tmp_path / f"{name}.log", **fields)

    return make


@pytest.fixture
def office():
    supervisor = Supervisor()
    yield supervisor
    supervisor.stop()


@pytest.fixture
def keeper(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", KEEPER, LOCAL, tmp_path, PROGRAM])
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_wish_to_stop_ends_every_process_programs_first_then_servers_in_reverse(keeper, tmp_path, number):
    pids = pids_of(tmp_path, "first", "second", "program")

    keeper.send_signal(number)

    assert keeper.wait(60) == 0
    assert [pid for pid in pids if is_alive(pid)] == []
    assert (tmp_path / "ended").read_text().split() == ["program", "second", "first"]


def test_killed_supervisor_takes_its_programs_along(keeper, tmp_path):
    first, _, second, _ = pids_of(tmp_path, "first", "second")

    keeper.send_signal(signal.SIGKILL)

    wait_until(lambda: not is_alive(first) and not is_alive(second))


def test_child_that_dies_is_brought_back_and_its_remains_are_cleared(office, program, tmp_path):
    child = office.add(program("web"))
    dead, orphan = pids_of(tmp_path, "web")
    (tmp_path / "web.pids").unlink()
    os.kill(dead, signal.SIGKILL)

    office.watch(until=(tmp_path / "web.pids").exists)

    assert pids_of(tmp_path, "web")[0] == child.process.pid != dead
    wait_until(lambda: not is_alive(orphan))


def test_child_that_keeps_dying_is_brought_back_ever_later(office, program):
    child = office.add(program("web", code="raise SystemExit(3)"))
    waits = []
    for _ in range(8):
        child.process.wait()
        office.bring_back(child)
        waits.append(child.try_again - time.monotonic())
        child.try_again = 0.0
        if child.process is None:
            office.bring_back(child)

    assert [round(max(wait, 0)) for wait in waits] == [0, 1, 2, 4, 8, 15, 15, 15]


def test_child_that_never_answers_is_told_with_the_end_of_its_log(office, program):
    child = office.add(program("web", code="print('no such table', flush=True)", is_ready=lambda: False))

    with pytest.raises(Stop, match="no such table"):
        office.wait_until_ready(child, seconds=1)


def test_child_that_does_not_listen_is_killed(office, program, tmp_path):
    deaf = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + PROGRAM.replace("end)", "signal.SIG_IGN)")
    child = office.add(program("web", code=deaf, patience=0.2))
    pids = pids_of(tmp_path, "web")

    office.stop()

    assert child.process.returncode == -signal.SIGKILL
    wait_until(lambda: not any(is_alive(pid) for pid in pids))


def test_long_log_is_set_aside_at_the_start(tmp_path, monkeypatch):
    monkeypatch.setattr(supervising, "LOG_LIMIT", 10)
    (tmp_path / "web.log").write_text("x" * 11)

    os.close(supervising.open_log(tmp_path / "web.log"))

    assert (tmp_path / "web.log").stat().st_size == 0
    assert (tmp_path / "web.log.1").stat().st_size == 11
