"""The product's settings with what only a test run changes."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Tests see the Chinese catalogue as it stands in the sources: once, before Django reads it.
if not os.environ.get("HEBI_CATALOGUE_COMPILED"):
    catalogue = Path(__file__).resolve().parent.parent / "bin" / "catalogue.py"
    subprocess.run([sys.executable, catalogue, "compile"], check=False, capture_output=True)
    os.environ["HEBI_CATALOGUE_COMPILED"] = "1"
os.environ.setdefault("HEBI_VAR", tempfile.mkdtemp(prefix="hebi-test-"))

from hebi_charity.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A store for each test process: one plants bytes where another would put the right ones back.
_store = HEBI_VAR / "files" / os.environ.get("PYTEST_XDIST_WORKER", "main")  # noqa: F405
STORAGES["default"]["OPTIONS"]["location"] = _store  # noqa: F405
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
(BASE_DIR / "static").mkdir(exist_ok=True)  # noqa: F405
