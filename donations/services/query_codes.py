"""The six-character code on a slip with which a donor asks after the gift: no name, no sequence."""

from __future__ import annotations

import secrets

from donations.models import Donation

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read wrongly over the telephone: 0 O, 1 I L


def _draw() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(6))


def new_query_codes(count: int) -> list[str]:
    """As many codes as asked for, none of them in use. The unique constraint decides the rest."""
    codes: set[str] = set()
    while len(codes) < count:
        drawn = {_draw() for _ in range(count - len(codes))}
        codes |= drawn - set(Donation.objects.filter(query_code__in=drawn).values_list("query_code", flat=True))
    return sorted(codes)
