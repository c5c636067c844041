"""Check of the books for 应到 and 实到: what stands with an event is what its list counts."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from hebi_charity.core.registry import Difference
from partybranch.models import Attendance, LifeEvent


def check_turnout() -> Iterator[Difference]:
    """Every event has the counts of its list. One query; an event is named by its number alone."""

    def counted(*statuses: str) -> Count:
        return Count("attendance", filter=Q(attendance__status__in=statuses))

    came, missed = Attendance.CAME, Attendance.MISSED
    rows = LifeEvent.objects.annotate(
        listed=counted(*came, *missed, Attendance.Status.EXPECTED), who_came=counted(*came), who_missed=counted(*missed)
    )
    rows = rows.exclude(expected=F("listed"), came=F("who_came"), missed=F("who_missed"))
    for event in rows.order_by("pk").values_list("pk", flat=True):
        words = _("The counts of organisational life event %(number)d are not those of its list.")
        yield Difference("turnout", str(event), words % {"number": event})
