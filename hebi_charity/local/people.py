"""As whom things run: root only sets up; servers, web and workers belong to an ordinary user."""

from __future__ import annotations

import contextlib
import os
import pwd
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .links import open_itself, refusal
from .speech import Stop
from .speech import gettext as _


@dataclass(frozen=True)
class Person:
    """An ordinary user of this machine that root hands its work to."""

    name: str
    uid: int
    gid: int

    def popen(self) -> dict[str, Any]:
        """What subprocess needs to run something as this person."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def become(self) -> None:
        """Turn this process into the person's, for good."""
        os.setgroups([])
        os.setgid(self.gid)
        os.setuid(self.uid)

    def own(self, path: Path, mode: int | None = None) -> None:
        """Give a file or a folder itself to this person, with these rights. Raises Stop for a link."""
        descriptor = open_itself(path, os.O_RDONLY)
        try:
            if not self._may_be_given(os.fstat(descriptor)):
                raise refusal(path)
            os.fchown(descriptor, self.uid, self.gid)
            if mode is not None:
                os.fchmod(descriptor, mode)
        finally:
            os.close(descriptor)

    def _may_be_given(self, status: os.stat_result) -> bool:
        """A second name of a file may stand anywhere, and what is given under one is given under both."""
        return stat.S_ISDIR(status.st_mode) or status.st_nlink == 1 or status.st_uid == self.uid

    def own_all(self, folder: Path, *, of: int) -> None:
        """Take over what lies in a folder and belongs to the user with the number `of`; links lead nowhere."""
        for _parent, names, files, parent in os.fwalk(folder):
            for name in (*names, *files):
                with contextlib.suppress(FileNotFoundError):  # servers at work there come and go with their files
                    status = os.stat(name, dir_fd=parent, follow_symlinks=False)
                    if status.st_uid == of and self._may_be_given(status):
                        os.chown(name, self.uid, self.gid, dir_fd=parent, follow_symlinks=False)

    def may(self, path: Path, mode: str) -> bool:
        """Whether this person may do all of `mode` (some of "r", "w", "x") with the path."""
        tests = " && ".join(f'test -{letter} "$1"' for letter in mode)
        done = subprocess.run(["/bin/sh", "-c", tests, "sh", str(path)], cwd="/", check=False, **self.popen())
        return done.returncode == 0


@contextlib.contextmanager
def acting_as(person: Person | None) -> Iterator[None]:
    """Touch files with this person's rights alone: what they laid into their folder then gains them nothing.

    None means our own rights, which are an ordinary user's then.
    """
    if person is None:
        yield
        return
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(person.gid)
    os.seteuid(person.uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


def ordinary_person() -> Person | None:
    """Whom root hands over to: HEBI_USER, else postgres, else nobody. None when we are not root ourselves."""
    if os.geteuid() != 0:
        return None
    named = os.environ.get("HEBI_USER")
    for name in [named] if named else ["postgres", "nobody"]:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Person(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise Stop(_("Root needs an ordinary user to run the servers: name one in HEBI_USER."))
