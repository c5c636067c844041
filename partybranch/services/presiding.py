"""Chair and recorder of an event are people whom the roll of its day has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from partybranch.models import Branch, LifeEvent, Membership, Person

# The rule of the database by the fact.
ON_ROLL = {"chair": "partybranch_chair_on_roll", "recorder": "partybranch_recorder_on_roll"}


def off_roll(branch: Branch | int, day: date, named: Mapping[str, Person | int | None]) -> dict[str, str]:
    """Of chair and recorder, who was not in the branch on this day: the rule that refuses it by the fact. One query."""
    given = {name: getattr(who, "pk", who) for name, who in named.items() if name in ON_ROLL and who}
    there = Membership.objects.filter(branch=branch, person__in=set(given.values())).there_on(day)
    known = set(there.values_list("person", flat=True)) if given else set()
    return {name: ON_ROLL[name] for name, who in given.items() if who not in known}


def off_roll_of(event: LifeEvent) -> dict[str, str]:
    """The same of an event as it stands."""
    return off_roll(event.branch_id, event.held_on, {"chair": event.chair_id, "recorder": event.recorder_id})
