"""What the demonstration alone may do: a year of meetings is loaded in a minute, but was announced in its time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from hebi_charity.accounts.errors import NotInRealMode
from hebi_charity.core.dates import SHANGHAI
from partybranch.models import LifeEvent
from partybranch.services import events

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

AHEAD, AT = timedelta(days=4), time(16, 30)


def announce_in_time(event: LifeEvent, *, by: User) -> LifeEvent:
    """Give the notice of an invented event, some days before it is held; of one that is near, now.

    Raises NotInRealMode where real work is done: there nobody announces anything in the past.
    """
    if settings.HEBI_MODE != "demo":
        raise NotInRealMode("Notices of other days are given in the demonstration only.")
    days_before = datetime.combine(event.held_on - AHEAD, AT, SHANGHAI)
    return events.give_notice(event, by=by, at=min(days_before, timezone.now()))
