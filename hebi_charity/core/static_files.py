"""Front-end packages as static files: only those a page uses, straight from npm's folder."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

PREFIX = "vendor"
# The source maps are listed because the style sheet names them, and hashed names need every named file.
SERVED = (
    "@tabler/core/dist/css/tabler.min.css",
    "@tabler/core/dist/css/tabler.min.css.map",
    "echarts/dist/echarts.common.min.js",
    "htmx.org/dist/htmx.min.js",
)


class FrontEndFinder(BaseFinder):
    """Finds `vendor/<package>/<file>` for the files in SERVED and nothing else of `node_modules`."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.NODE_MODULES)
        self.storage.prefix = PREFIX
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        missing: list[str] = []  # what Django expects of a finder that found nothing
        prefix, _, name = path.replace("\\", "/").partition("/")
        if prefix != PREFIX or name not in SERVED:
            return missing
        found = Path(self.storage.location) / name
        if not found.is_file():
            return missing
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns):
        for name in SERVED:
            if self.storage.exists(name) and not matches_patterns(name, ignore_patterns or []):
                yield name, self.storage
