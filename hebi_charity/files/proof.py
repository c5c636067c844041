"""Whether the store still has the bytes that were given: no name, place or row says so, only the bytes themselves."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from typing import IO

from django.core.files.storage import default_storage

from hebi_charity.files.models import Attachment

logger = logging.getLogger(__name__)


class FileChanged(Exception):
    """The bytes in the store are not those that were given: they are handed to nobody."""


def sha256_of(content: IO[bytes]) -> str:
    """The SHA-256 of all of it, 64 hexadecimal places; read in pieces. Leaves the position at the end."""
    content.seek(0)
    return hashlib.file_digest(content, "sha256").hexdigest()


def told_apart(contents: Iterable[IO[bytes]]) -> list[str]:
    """The SHA-256 of each file that a form sent, for its digest: two may have one name. Each is at its start again."""
    found = []
    for content in contents:
        found.append(sha256_of(content))
        content.seek(0)
    return found


def lies_there(path: str, sha256: str) -> bool:
    """Whether the store has these very bytes under this name."""
    if not default_storage.exists(path):
        return False
    with default_storage.open(path, "rb") as content:
        is_right = sha256_of(content) == sha256
    if not is_right:
        logger.error("stored file %s has other bytes than its name says: written anew", sha256)
    return is_right


def open_as_given(attachment: Attachment) -> IO[bytes]:
    """The bytes as somebody gave them, read through once before. The caller closes it.

    Raises FileChanged for other bytes, FileNotFoundError for none.
    """
    content = attachment.open()
    if (content.seek(0, 2), sha256_of(content)) != (attachment.size, attachment.sha256):
        content.close()
        logger.error("stored file %s (row %s) has other bytes than were given", attachment.sha256, attachment.pk)
        raise FileChanged
    content.seek(0)
    return content


def is_as_given(attachment: Attachment) -> bool:
    """Whether the store still has what was given: the same number of bytes and the same SHA-256."""
    try:
        open_as_given(attachment).close()
    except (FileChanged, OSError):
        return False
    return True
