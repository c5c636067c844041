"""Children of one parent: started in order, brought back when they die, stopped in reverse, never left behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .place import CHECKOUT
from .speech import Stop, complain
from .speech import gettext as _

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 5_000_000  # bytes; a longer log is set aside when its program starts
STEADY = 30.0  # seconds after which a child counts as well again
LONGEST_WAIT = 15.0  # seconds between two tries to bring a child back
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def die_with_parent(number: int) -> Callable[[], None]:
    """Run in a new child: the kernel sends it this signal when the parent is gone, even by SIGKILL."""
    parent = os.getpid()

    def prepare() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def open_log(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".log.1"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def tail(path: Path, lines: int = 15) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else ""


@dataclass
class Child:
    """One program to keep alive. Signals: the one that asks it to end, and the one it gets when we are killed."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str]
    log: Path
    is_ready: Callable[[], bool] = lambda: True
    ask_to_stop: signal.Signals = signal.SIGTERM
    when_orphaned: signal.Signals = signal.SIGKILL
    patience: float = 15.0  # seconds from asking to killing
    is_server: bool = False  # others need it to end well
    process: subprocess.Popen | None = None
    failures: int = 0
    started: float = 0.0
    try_again: float = 0.0

    def start(self, held: Sequence[int]) -> None:
        """Start in an own session, so that Ctrl-C reaches only us and we can end the whole group."""
        log = open_log(self.log)
        try:
            self.process = subprocess.Popen(
                [str(word) for word in self.command],
                env=self.environment,
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=held,
                preexec_fn=die_with_parent(self.when_orphaned),
            )
        finally:
            os.close(log)
        self.started = time.monotonic()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def end_group(self) -> None:
        """Kill what a dead child left of its group, so that its successor finds the ground clear."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def ask(self) -> None:
        if self.is_running():
            self.process.send_signal(self.ask_to_stop)

    def end(self) -> None:
        """Wait for a child that was asked to stop, kill it when its patience is over, and clear its group."""
        if self.is_running():
            try:
                self.process.wait(self.patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.process is not None:
            self.end_group()


@dataclass
class Supervisor:
    """Keeps children alive until told to stop. `held`: descriptors (the folder's lock) every child holds with us."""

    held: Sequence[int] = ()
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def listen(self) -> None:
        """Take Ctrl-C, SIGTERM and a closed terminal as the wish to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._wish_to_stop)

    def _wish_to_stop(self, _number: int, _frame: object) -> None:
        self.stopping = True

    def add(self, child: Child) -> Child:
        self.children.append(child)
        child.start(self.held)
        return child

    def wait_until_ready(self, child: Child, *, seconds: float = 60.0) -> None:
        """Wait for one child; raises Stop with the end of its log when it gives up."""
        deadline = time.monotonic() + seconds
        while not child.is_ready():
            if self.stopping:
                raise KeyboardInterrupt
            if time.monotonic() > deadline:
                raise Stop(self._cannot_start(child))
            if not child.is_running():
                self.bring_back(child)
                if child.failures > 6:
                    raise Stop(self._cannot_start(child))
            time.sleep(0.03)

    def _cannot_start(self, child: Child) -> str:
        sentence = _("{name} does not start; the end of its log {log}:").format(name=child.name, log=child.log)
        return f"{sentence}\n{tail(child.log)}"

    def bring_back(self, child: Child) -> None:
        """Start a dead child again: at once the first time, later after a wait that doubles."""
        now = time.monotonic()
        if child.process is not None:
            child.end_group()
            child.failures = 1 if now - child.started > STEADY else child.failures + 1
            wait = 0.0 if child.failures == 1 else min(0.25 * 2**child.failures, LONGEST_WAIT)
            child.try_again = now + wait
            if child.failures < 4:
                complain(_("{name} ended ({code}); starting it again.").format(name=child.name, code=_code(child)))
            child.process = None
        if now >= child.try_again:
            child.start(self.held)

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Bring back whatever dies, until someone wishes to stop."""
        while not self.stopping and not until():
            for child in self.children:
                if not child.is_running():
                    self.bring_back(child)
            time.sleep(0.2)

    def stop(self) -> None:
        """End all children: first, at the same time, those that use the servers; then these, the last started first."""
        servers = [child for child in self.children if child.is_server]
        programs = [child for child in self.children if not child.is_server]
        for group in [programs, *([server] for server in reversed(servers))]:
            for child in group:
                child.ask()
            for child in group:
                child.end()
        self.children.clear()


def _code(child: Child) -> str:
    code = child.process.returncode
    return signal.Signals(-code).name if code < 0 else str(code)
