"""An event told with its names: those of today until it is filed, those of the filing for good (decision 11)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hebi_charity.core.names import sort_key
from partybranch.models import Attendance, Body, Branch, LifeEvent, Person

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


def told(event: LifeEvent, row: Person | User | Branch | Body | None) -> str:
    """王五（现名王武）: the name of the record, with today's where it is another. For pages; papers say `name_of`."""
    return now_called(event.name_of(row), str(row) if row else "")


def now_called(name: str, today: str) -> str:
    """The name that is kept, with today's where it is another."""
    return name if name == today else _("%(name)s (now called %(today)s)") % {"name": name, "today": today}


def in_order_of_names(event: LifeEvent, rows: Iterable[Attendance]) -> list[Attendance]:
    """Rows of the event's list that come in the order of today's names: who was renamed since stays in place.

    Names are spelt only where one has changed.
    """
    found = list(rows)
    if any(event.name_of(row.person) != row.person.name for row in found):
        found.sort(key=lambda row: (sort_key(event.name_of(row.person)), row.pk))
    return found
