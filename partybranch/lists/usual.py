"""What is usual at a kind of event, taken from the one recorded last: a suggestion for the next one to be entered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from partybranch.models import Body, Branch, LifeEvent, Membership

USUAL = ("begins_at", "place", "chair", "recorder")
# An address, or the number of a meeting on line: both are of one day.
_LINK = re.compile(r"://|\bwww\.|\w\.(?:com|cn|net|org)\b|\d{3}[-\s]?\d{3,4}[-\s]?\d{3,4}|会议号|入会", re.IGNORECASE)


@dataclass(frozen=True)
class Usual:
    """The event that is the model, None where there is none yet, and what is suggested of it by field."""

    like: LifeEvent | None = None
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def labels(self) -> str:
        """What is suggested, in words."""
        return "、".join(str(LifeEvent._meta.get_field(name).verbose_name) for name in self.facts)


def usual_of(branch: Branch, *, kind: str | None, body: Body | None, day: date | None) -> Usual:
    """Time, place, chair and recorder of the last event of this kind and body.

    No link is suggested as place, and nobody who was not on the roll on the new day; before the day is known, nobody.
    """
    like = branch.events.like(kind, body).last_complete()
    if like is None:
        return Usual()
    there = on_roll({like.chair_id, like.recorder_id}, branch, day)
    facts = {
        "begins_at": like.begins_at,
        "place": "" if is_link(like.place) else like.place,
        "chair": like.chair if like.chair_id in there else None,
        "recorder": like.recorder if like.recorder_id in there else None,
    }
    return Usual(like, {name: value for name, value in facts.items() if value})


def is_link(place: str) -> bool:
    """Whether it leads to a meeting on line, and not to a room."""
    return bool(_LINK.search(place))


def on_roll(people: set[int], branch: Branch, day: date | None) -> set[int]:
    """Who of these was in the branch on this day."""
    if day is None:
        return set()
    stays = Membership.objects.on(day).filter(branch=branch, person__in=people)
    return set(stays.values_list("person", flat=True))
