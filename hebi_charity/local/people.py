"""As whom things run: root only sets up; servers, web and workers belong to an ordinary user."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)

    def own_all(self, folder: Path, *, of: int) -> None:
        """Take over what lies in a folder and belongs to the user with the number `of`."""
        for parent, names, files in os.walk(folder):
            for path in (Path(parent, name) for name in (*names, *files)):
                if path.lstat().st_uid == of:
                    os.lchown(path, self.uid, self.gid)

    def may(self, path: Path, mode: str) -> bool:
        """Whether this person may do all of `mode` (some of "r", "w", "x") with the path."""
        tests = " && ".join(f'test -{letter} "$1"' for letter in mode)
        done = subprocess.run(["/bin/sh", "-c", tests, "sh", str(path)], cwd="/", check=False, **self.popen())
        return done.returncode == 0


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
