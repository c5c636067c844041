"""The seal of a filed event: an HMAC over a digest of each of its parts, so that a check can name what was changed.

A room whose rows belong to an event names them in `PARTS`, by the word its difference is called on the screen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import seals
from partybranch.models import Attendance, LifeEvent, LifePicture, Minutes

# What a seal covers. An event keeps the seal it was given.
VERSION = 1
_FACTS = (
    "branch_id",
    "body_id",
    "kind",
    "topic",
    "agenda",
    "held_on",
    "place",
    "chair_id",
    "recorder_id",
    "lecturer_kind",
    "lecturer",
    "with_others",
    "is_back_entry",
    "held_with_id",
    "recorded_by_id",
    "recorded_at",
    "noticed_by_id",
    "noticed_at",
    "filed_by_id",
    "filed_at",
)
_ATTENDANCE = ("person_id", "has_vote", "is_exempt", "status", "leave_reason", "marked_by_id", "marked_at")
_MINUTES = ("version", "outcome", "text", "written_by_id", "written_at")
_PICTURES = ("kind", "given", "shown", "turns", "caption", "added_by_id", "added_at", "removed_by_id", "removed_at")

Rows = Mapping[int, list[list[object]]]


@dataclass(frozen=True)
class Part:
    """What belongs to an event: `rows(events)` gives, by event, every row as a list of plain values in one order.

    An optional part of an event that has no row of it is not in the seal: so a room may be added later.
    """

    label: str | Promise
    rows: Callable[[Sequence[int]], Rows]
    is_optional: bool = True


def by_event(rows: Iterable[tuple[object, ...]]) -> Rows:
    """Rows whose first value is the id of their event, put together by it."""
    found: dict[int, list[list[object]]] = defaultdict(list)
    for event, *values in rows:
        found[event].append(values)
    return found


def _facts(events: Sequence[int]) -> Rows:
    return {event.pk: [facts_of(event)] for event in LifeEvent.objects.filter(pk__in=events)}


def facts_of(event: LifeEvent) -> list[object]:
    """What is said of the event itself; a time of day has no canonical form of its own."""
    begins_at = event.begins_at.isoformat() if event.begins_at else None
    return [begins_at, *(getattr(event, name) for name in _FACTS)]


def _attendance(events: Sequence[int]) -> Rows:
    rows = Attendance.objects.filter(event__in=events).order_by("pk")
    return by_event(rows.values_list("event_id", *_ATTENDANCE))


def _minutes(events: Sequence[int]) -> Rows:
    rows = Minutes.objects.filter(event__in=events).order_by("pk")
    return by_event(rows.values_list("event_id", *_MINUTES))


def _pictures(events: Sequence[int]) -> Rows:
    rows = LifePicture.objects.filter(event__in=events).order_by("pk")
    digests = {"given": F("given__sha256"), "shown": F("attachment__sha256")}
    values = [digests.get(name, F(name)) for name in _PICTURES]
    return by_event(rows.values_list("event_id", *values))


def _names(events: Sequence[int]) -> Rows:
    return by_event(LifeEvent.objects.filter(pk__in=events, filed_names__isnull=False).values_list("pk", "filed_names"))


PARTS: dict[str, Part] = {
    "facts": Part(_("what is said of the event itself"), _facts, is_optional=False),
    "attendance": Part(_("the list and the attendance"), _attendance, is_optional=False),
    "minutes": Part(_("the minutes"), _minutes, is_optional=False),
    "pictures": Part(_("the pictures"), _pictures, is_optional=False),
    "names": Part(_("the names kept with it"), _names),
}


def digests_of(events: Sequence[int]) -> dict[int, dict[str, str]]:
    """The SHA-256 of each part of several events, by event and name of the part. One query a part."""
    found: dict[int, dict[str, str]] = {event: {} for event in events}
    for name, part in PARTS.items():
        rows = part.rows(events)
        for event in events:
            if rows.get(event) or not part.is_optional:
                found[event][name] = seals.digest({name: rows.get(event, [])})
    return found


def digests_by_filing(event: LifeEvent) -> dict[str, str]:
    """The SHA-256 of what filing itself writes, of an event as it stands in memory, about to be saved."""
    rows = {"facts": facts_of(event), "names": [event.filed_names]}
    return {name: seals.digest({name: [row]}) for name, row in rows.items()}


def seal_of(event: int, parts: Mapping[str, str]) -> str:
    """The seal of an event with these parts."""
    return seals.seal({"version": VERSION, "event": event, "parts": parts})
