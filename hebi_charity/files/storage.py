"""Private storage on a local disk. Another store of Django's storage API (S3) takes its place by setting."""

import os
import tempfile
from pathlib import Path

from django.core.files.storage import FileSystemStorage


class PrivateFileSystemStorage(FileSystemStorage):
    """A file appears under its name whole or not at all, readable by us alone, and survives a power cut.

    A name stands for its content, so writing it again is harmless.
    """

    def __init__(self, **options: object) -> None:
        super().__init__(**{"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700} | options)

    def get_available_name(self, name, max_length=None):
        return name

    def _save(self, name, content):
        target = Path(self.path(name))
        target.parent.mkdir(mode=self.directory_permissions_mode, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
        try:
            with os.fdopen(handle, "wb") as incoming:
                for chunk in content.chunks():
                    incoming.write(chunk)
                incoming.flush()
                os.fsync(incoming.fileno())
            os.chmod(temporary, self.file_permissions_mode)
            os.replace(temporary, target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return name
