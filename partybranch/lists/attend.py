"""What stands beside the fixed list of an event on its page: observers, and what was made up afterwards."""

from __future__ import annotations

from django.db.models import QuerySet

from partybranch.lists.make_ups import Missed, missed_of
from partybranch.models import LifeEvent, Observer


def beside_list(event: LifeEvent) -> dict[str, QuerySet[Observer] | list[Missed] | bool]:
    """For the page of an event; nothing before its notice. Three queries at most."""
    if event.is_draft():
        return {"observers": [], "missed": [], "can_make_up": False}
    missed = missed_of(event) if event.is_noticed() or event.is_filed() else []
    return {
        "observers": event.observers.named(),
        "missed": missed,
        "can_make_up": any(one.make_up is None for one in missed),
    }
