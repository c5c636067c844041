"""Orders of pools: found by the number or its tail, or by the nickname."""

from __future__ import annotations

from django.db.models import QuerySet

from donations.models import PlatformOrder
from hebi_charity.core.names import name_key


def found_orders(rows: QuerySet[PlatformOrder], text: str) -> QuerySet[PlatformOrder]:
    """Orders of one pool with this number, whose number ends with these six places, or whose nickname holds it."""
    typed = "".join(text.split())
    numbered = rows.numbered(typed)
    if typed.isascii() and numbered.exists():
        return numbered.few()
    return rows.holding(name_key(typed))
