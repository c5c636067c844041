"""补录: an event of a past day in one act: facts, the list of that day, attendance, minutes and pictures, filed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from hebi_charity.core import seals
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import AlreadySubmitted, claim_form_key, columns_of, settle_form_key
from partybranch.models import Attendance, LifeEvent, Minutes
from partybranch.services.events import freeze_list
from partybranch.services.filing import PAST_FILED, seal_event
from partybranch.services.logging import record
from partybranch.services.pictures import Chosen, attach

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Status = Attendance.Status


@dataclass(frozen=True)
class Past:
    """What somebody knows of a past event: `event` is new and unsaved, `marks` are (status, reason) by person.

    With `rest_came` whoever is not marked came; of whom nothing was required only where marked.
    """

    event: LifeEvent
    outcome: str
    text: str = ""
    marks: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    rest_came: bool = False
    pictures: Sequence[Chosen] = ()
    caption: str = ""

    def digest(self) -> str:
        """What makes two sendings of the form the same."""
        marks = {str(person): list(mark) for person, mark in self.marks.items()}
        words = {"outcome": self.outcome, "text": self.text, "caption": self.caption}
        shown = [[each.kind, each.attachment.sha256, each.turns] for each in self.pictures]
        said = {"event": columns_of(self.event), "marks": marks, "rest_came": self.rest_came, "pictures": shown}
        return seals.digest(words | said)


@atomic_with_retry
def record_past_event(past: Past, *, by: User, form_key: UUID) -> LifeEvent:
    """Record and file it, marked as a back entry with day and person. All of it or nothing.

    Raises FormKeyReused, NobodyExpected, FactsMissing, and IntegrityError.
    """
    try:
        claim_form_key(form_key, form="partybranch.past", digest=past.digest(), by=by)
    except AlreadySubmitted as first:
        return LifeEvent.objects.get(pk=first.result_id)
    event = copy(past.event)
    event.recorded_by, event.is_back_entry = by, True
    event.save(force_insert=True)
    came = mark(freeze_list(event, by=by), past, by=by)
    Minutes.objects.create(event=event, version=1, outcome=past.outcome, text=past.text, written_by=by)
    for chosen in past.pictures:
        attach(event, chosen, by=by, caption=past.caption)
    seal_event(event, by=by)
    settle_form_key(form_key, event)
    said = {"topic": event.topic, "held_on": event.held_on, "marked": came, "pictures": len(past.pictures)}
    record(by, PAST_FILED, event, changes={name: (None, value) for name, value in said.items()})
    return event


def mark(rows: Sequence[Attendance], past: Past, *, by: User) -> int:
    """Write how each of the list attended; gives how many are marked. Raises IntegrityError for a leave unexplained."""
    changed, now = [], timezone.now()
    for row in rows:
        status, reason = past.marks.get(row.person_id, ("", ""))
        if not status and past.rest_came and row.status == Status.EXPECTED:
            status = Status.PRESENT
        if status and status != row.status:
            row.status, row.leave_reason = status, reason if status == Status.LEAVE else ""
            row.marked_by, row.marked_at = by, now
            changed.append(row)
    Attendance.objects.bulk_update(changed, ["status", "leave_reason", "marked_by", "marked_at"])
    return len(changed)
