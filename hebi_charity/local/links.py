"""Files themselves, never what a link of their name points to: who owns a folder may lay links into it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from .speech import Stop
from .speech import gettext as _


def open_itself(path: Path, flags: int, mode: int = 0o600) -> int:
    """Open a regular file or a folder and give its descriptor. Raises Stop for a link, a pipe or a device."""
    try:
        descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK, mode)
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENXIO}:
            raise refusal(path) from error
        raise
    kind = os.fstat(descriptor).st_mode
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
        os.close(descriptor)
        raise refusal(path)
    return descriptor


def refusal(path: Path) -> Stop:
    return Stop(_("{path} is a link, not a file of the office: remove it, then run this again.").format(path=path))


def refuse_links_of(uid: int, name: str, path: Path) -> None:
    """Raise Stop when a path leads over a link that the user with this number laid: root names files, not they."""
    for part in (path, *path.parents):
        if part.is_symlink() and part.lstat().st_uid == uid:
            sentence = _("{path} is reached by a link that the user {name} made: name the file itself.")
            raise Stop(sentence.format(path=path, name=name))
