"""The short code on a printed sign-in sheet (签到表): which meeting the sheet belongs to.

A paper carries it twice: as a QR in the corner and as text below, for who has no camera. The second half is a keyed
check, so that codes cannot be counted up to find meetings; who may see the meeting is asked besides.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import encryption
from partybranch.models import LifeEvent
from partybranch.services.broken_rules import BrokenRule

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

# Neither 0, 1, I, L nor O: what is read from paper is typed without doubt.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
NUMBER, CHECK = 4, 4  # places; the number grows beyond 923,521 meetings, the check never
_CODE = re.compile(rf"[{ALPHABET}]{{{NUMBER + CHECK},16}}\Z")


class UnknownSheet(BrokenRule):
    """No meeting that this person may see has this code: mistyped, another product's, or a picture's noise."""

    sentence = _(
        "No meeting has this code. Please compare it with the paper: eight letters and figures, never 0, 1, I, L or O."
    )


def code_of(event: LifeEvent) -> str:
    """The code of one meeting, eight places: always the same one for the same meeting."""
    number = _written(event.pk, NUMBER)
    return number + _check(number)


def shown(code: str) -> str:
    """The code as it stands on paper and screen, in groups of four: ABCD-EFGH."""
    return "-".join(code[place : place + NUMBER] for place in range(0, len(code), NUMBER))


def qr_text(event: LifeEvent) -> str:
    """What the QR holds: the address of the meeting's sheet, or the code alone where phones reach no address."""
    code = code_of(event)
    if not settings.SITE_URL:
        return code
    return settings.SITE_URL.rstrip("/") + reverse("partybranch:sheet_open", args=[code])


def code_in(text: str) -> str:
    """The code inside what was typed or read from a picture; "" where there is none."""
    last = unicodedata.normalize("NFKC", text).strip().rstrip("/").rpartition("/")[2]
    plain = re.sub(r"[\s\-–—·.]", "", last).upper()
    return plain if _CODE.match(plain) else ""


def event_of(text: str, *, by: User) -> LifeEvent:
    """The meeting whose code was typed or read. Raises UnknownSheet, whatever the reason: guesses learn nothing."""
    code = code_in(text)
    number, check = code[:-CHECK], code[-CHECK:]
    if not code or not hmac.compare_digest(_check(number), check):
        raise UnknownSheet
    event = LifeEvent.objects.visible_to(by).filter(pk=_read(number)).first()
    if event is None:
        raise UnknownSheet
    return event


def _check(number: str) -> str:
    digest = encryption.keyed_hash(number, purpose="partybranch.sheet")
    return _written(int(digest, 16) % len(ALPHABET) ** CHECK, CHECK)


def _written(number: int, places: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number, len(ALPHABET))
        text = ALPHABET[rest] + text
    return text.rjust(places, ALPHABET[0])


def _read(text: str) -> int:
    number = 0
    for character in text:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    return number
