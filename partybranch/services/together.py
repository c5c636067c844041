"""Meetings held together are recorded apart: the second takes over day, time, place and who came, with its own list."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import save_once
from partybranch.models import Attendance, LifeEvent
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.events import freeze_list
from partybranch.services.logging import record

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

_COPIED = ("held_on", "begins_at", "place", "chair_id", "recorder_id", "is_back_entry")


class NothingToJoin(BrokenRule):
    """Only what was held, or will be by its notice, has something held together with it."""

    sentence = _("Give the notice of the first meeting before you record the one held together with it.")


@atomic_with_retry
def hold_together(second: LifeEvent, first: LifeEvent, *, by: User, form_key: UUID) -> LifeEvent:
    """Record `second` (kind, body, topic, who is invited) as held together with `first`.

    Its own list is frozen; how people of both lists came is taken over. Raises NothingToJoin, NobodyExpected,
    FormKeyReused, and IntegrityError.
    """
    first = LifeEvent.objects.select_for_update(of=("self",)).select_related("held_with").get(pk=first.pk)
    first = first.held_with or first
    if first.state not in {LifeEvent.State.NOTICED, LifeEvent.State.FILED}:
        raise NothingToJoin
    second.branch_id, second.held_with, second.recorded_by = first.branch_id, first, by
    for name in _COPIED:
        setattr(second, name, getattr(first, name))

    def save(row: LifeEvent) -> None:
        row.save(force_insert=True)
        count = len(freeze_list(row, by=by))
        take_over(row, first, by=by)
        changes = {"topic": (None, row.topic), "held_with": (None, str(first)), "expected": (None, count)}
        record(by, "party.held_together", row, changes=changes)

    return save_once(second, save, form="partybranch.together", by=by, form_key=form_key)


def take_over(second: LifeEvent, first: LifeEvent, *, by: User | None = None) -> None:
    """Whoever stands on both lists and is recorded on the first one came to the second in the same way.

    Recorded by `by`, now; where nobody is named, by whoever recorded it on the first one, and when.
    """
    recorded = first.attendance.filter(marked_at__isnull=False).exclude(status__in=Attendance.NOT_EXPECTED)
    known = {row.person_id: row for row in recorded}
    changed, now = [], timezone.now()
    for row in second.attendance.filter(person__in=known):
        before = known[row.person_id]
        row.status, row.leave_reason = before.status, before.leave_reason
        row.marked_by_id, row.marked_at = (by.pk, now) if by else (before.marked_by_id, before.marked_at)
        changed.append(row)
    Attendance.objects.bulk_update(changed, ["status", "leave_reason", "marked_by", "marked_at"])
