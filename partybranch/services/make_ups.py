"""补学 and 补课: what was missed is taken up afterwards, and closes the row of the list. Filing does not end it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from hebi_charity.core import seals
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import AlreadySubmitted, claim_form_key, settle_form_key
from partybranch.models import Attendance, LifeEvent, MakeUp
from partybranch.services.broken_rules import AlreadyWithdrawn
from partybranch.services.logging import record

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


@atomic_with_retry
def record_make_ups(
    event: LifeEvent,
    rows: Sequence[Attendance],
    *,
    by: User,
    form_key: UUID,
    done_on: date,
    way: str,
    what: str,
    helper: str = "",
) -> list[MakeUp]:
    """What these people of one list missed was made up together. The same form again records nothing.

    Raises FormKeyReused, and IntegrityError for who came, for a day before the event, for a second one.
    """
    facts = {"done_on": done_on, "way": way, "what": what, "helper": helper}
    people = [row.pk for row in rows]
    digest = seals.digest({"event": event.pk, "rows": people} | facts)
    try:
        claim_form_key(form_key, form="partybranch.make_up", digest=digest, by=by)
    except AlreadySubmitted:
        return []
    made = [MakeUp.objects.create(attendance=row, recorded_by=by, **facts) for row in rows]
    if made:
        settle_form_key(form_key, made[0])
        changes = {"made_up": (None, len(made)), "made_up_on": (None, done_on), "make_up_way": (None, way)}
        record(by, "party.made_up", event, changes=changes, reason=what)
    return made


@atomic_with_retry
def withdraw_make_up(make_up: MakeUp, *, by: User, reason: str) -> MakeUp:
    """What was missed is open again. Raises AlreadyWithdrawn."""
    make_up = MakeUp.objects.select_for_update(of=("self",)).select_related("attendance__event").get(pk=make_up.pk)
    if make_up.is_withdrawn():
        raise AlreadyWithdrawn
    make_up.withdrawn_by, make_up.withdrawn_at, make_up.withdrawal_reason = by, timezone.now(), reason
    make_up.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    changes = {"made_up_on": (make_up.done_on, None)}
    record(by, "party.make_up_withdrawn", make_up.attendance.event, changes=changes, reason=reason)
    return make_up
