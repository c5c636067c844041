"""The code that opens the first start: made by `bin/run --real`, printed there, and gone when the office is open.

Who holds it has started the server. The address a request comes from proves nothing behind a proxy.
"""

from __future__ import annotations

import os
import secrets
from hmac import compare_digest
from pathlib import Path

from django.conf import settings

from hebi_charity.accounts.one_time import READABLE

FILE = "setup-code"
GROUP = 4


def path() -> Path:
    return Path(settings.HEBI_VAR) / FILE


def make() -> str:
    """The code of this folder, made on first use; two groups of four readable characters."""
    if not path().exists():
        letters = "".join(secrets.choice(READABLE) for _letter in range(2 * GROUP))
        # Readable by who runs the office alone, and never seen half written.
        draft = path().with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{letters[:GROUP]}-{letters[GROUP:]}\n")
        draft.replace(path())
    return path().read_text().strip()


def fits(typed: str) -> bool:
    """Whether this is the code, however its groups are written. Never without a code."""
    try:
        known = path().read_text()
    except FileNotFoundError:
        return False
    return bool(_plain(known)) and compare_digest(_plain(typed), _plain(known))


def forget() -> None:
    path().unlink(missing_ok=True)


def _plain(text: str) -> bytes:
    return "".join(letter for letter in text.lower() if letter.isascii() and letter.isalnum()).encode()
