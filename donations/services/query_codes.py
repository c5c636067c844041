"""The six-character code on a slip with which a donor asks after the gift: no name, no sequence."""

from __future__ import annotations

import secrets
import unicodedata

from donations.models import Donation

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read wrongly over the telephone: 0 O, 1 I L


LENGTH = 6


def normal_code(text: str) -> str:
    """A code as it is kept, however it was typed: capitals, no blanks, half-width."""
    return unicodedata.normalize("NFKC", "".join(text.split())).upper()


def is_query_code(code: str) -> bool:
    """Whether this could be a code: six places of the alphabet."""
    return len(code) == LENGTH and all(place in ALPHABET for place in code)


def _draw() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_query_codes(count: int) -> list[str]:
    """As many codes as asked for, none of them in use. The unique constraint decides the rest."""
    codes: set[str] = set()
    while len(codes) < count:
        drawn = {_draw() for _ in range(count - len(codes))}
        codes |= drawn - set(Donation.objects.filter(query_code__in=drawn).values_list("query_code", flat=True))
    return sorted(codes)
