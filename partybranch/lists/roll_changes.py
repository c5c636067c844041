"""That the roll changed after the notice, as pages say it before anybody is counted on the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hebi_charity.core import dates
from partybranch.models import Attendance, LifeEvent, Person
from partybranch.services.roll_changes import RollChanges, renewed_with, roll_changes, what_hinders


@dataclass(frozen=True)
class ChangedRoll:
    """What differs, in lines of words and names; what to do first before the notice can be given anew.

    Where people have come already nothing is left to do, and nothing is advised: the list stands as it was given.
    """

    lines: list[tuple[str, str]]
    hinders: str
    is_over: bool
    is_held: bool


def changed_roll(event: LifeEvent, rows: Sequence[Attendance]) -> ChangedRoll | None:
    """None where the list fits the roll: then one query, else some more."""
    changes = roll_changes(event, rows)
    if not changes:
        return None
    is_held = any(row.status in Attendance.ON_THE_DAY for row in rows)
    lines, others = _lines(changes), renewed_with(event)
    if others and not is_held:
        topics = "、".join(f"“{other.topic}”" for other in others)
        lines.append((_("Held together with it, and noticed anew with it:"), topics))
    return ChangedRoll(lines, what_hinders(event, others), event.held_on < dates.today(), is_held)


def _lines(changes: RollChanges) -> list[tuple[str, str]]:
    said = (
        (_("Expected by the roll of that day, and not on the list:"), changes.missing),
        (_("On the list, and not expected by the roll of that day:"), changes.extra),
        (_("Full members that day, and on the list without a vote:"), changes.gained),
        (_("No full members that day, and on the list with a vote:"), changes.lost),
    )
    return [(words, _names(people)) for words, people in said if people]


def _names(people: Sequence[Person]) -> str:
    return "、".join(person.name for person in people)
