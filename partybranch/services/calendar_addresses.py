"""Secret addresses of the calendar: made, shown once, replaced and withdrawn by who reads them on a telephone."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.utils import timezone

from hebi_charity.accounts.models import User
from hebi_charity.core.encryption import keyed_hash
from hebi_charity.core.transactions import atomic_with_retry
from partybranch.models import CalendarAddress
from partybranch.services.logging import record

if TYPE_CHECKING:
    from datetime import datetime

SECRET_BYTES = 32
READS = "partybranch.view_person"


def _digest(token: str) -> str:
    return keyed_hash(token, purpose="party.calendar")


def _withdraw(by: User, moment: datetime) -> int:
    User.objects.select_for_update().get(pk=by.pk)  # two clicks come one after the other
    return CalendarAddress.objects.own(by).update(withdrawn_at=moment)


@atomic_with_retry
def make_address(*, by: User) -> str:
    """A new secret for this person's calendar, given back this once; an earlier one reads nothing any more."""
    _withdraw(by, timezone.now())
    token = secrets.token_urlsafe(SECRET_BYTES)
    row = CalendarAddress.objects.create(owner=by, token_hash=_digest(token))
    record(by, "party.calendar_address_made", row)
    return token


@atomic_with_retry
def withdraw_address(*, by: User) -> bool:
    """The person's address reads nothing any more. False when there was none."""
    row = CalendarAddress.objects.own(by).first()
    if row is None or not _withdraw(by, timezone.now()):
        return False
    record(by, "party.calendar_address_withdrawn", row)
    return True


def reader_of(token: str) -> User | None:
    """Whose calendar this secret reads; None when it was withdrawn, or its owner holds no role of the branch now."""
    row = CalendarAddress.objects.with_digest(_digest(token))
    if row is None or not row.owner.is_active or not row.owner.has_perm(READS):
        return None
    return row.owner
