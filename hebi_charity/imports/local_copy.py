"""The bytes of a stored file as a path, which the reading child needs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.files.storage import default_storage

from hebi_charity.files.models import Attachment


@contextmanager
def path_of(attachment: Attachment) -> Iterator[Path]:
    """The file itself where the store lies on this machine, else a copy for as long as the block lasts."""
    try:
        yield Path(default_storage.path(attachment.path))
        return
    except NotImplementedError:
        pass
    with attachment.open() as content, copy_of(content) as path:
        yield path


@contextmanager
def copy_of(content: IO[bytes]) -> Iterator[Path]:
    """A copy of these bytes for as long as the block lasts; the position of `content` is at the start afterwards."""
    with tempfile.NamedTemporaryFile(prefix="hebi-import-") as copy:
        content.seek(0)
        shutil.copyfileobj(content, copy)
        copy.flush()
        content.seek(0)
        yield Path(copy.name)
