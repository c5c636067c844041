"""Months, quarters and years in which rules ask for meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from hebi_charity.core.dates import month_end
from partybranch.models import Requirement

Per = Requirement.Per
MONTHS = {Per.MONTH: 1, Per.QUARTER: 3, Per.YEAR: 12}


@dataclass(frozen=True)
class Days:
    """From a day to a day, both counted."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __len__(self) -> int:
        return max(0, (self.last - self.first).days + 1)

    def within(self, first: date, until: date | None) -> Days:
        """What of it lies from this day on and before that one (None: without end)."""
        last = min(self.last, until - timedelta(days=1)) if until else self.last
        return Days(max(self.first, first), last)


def period_of(per: str, day: date) -> Days:
    """The month, quarter or year this day lies in."""
    months = MONTHS[Per(per)]
    month = (day.month - 1) // months * months + 1
    return Days(date(day.year, month, 1), month_end(date(day.year, month + months - 1, 1)))


def period_in_words(days: Days) -> str:
    """三月, 第一季度, 全年: what a period is called within its year."""
    months = days.last.month - days.first.month + 1
    if months == MONTHS[Per.YEAR]:
        return _("the whole year")
    if months == MONTHS[Per.QUARTER]:
        return _("quarter %(number)s") % {"number": (days.first.month + 2) // 3}
    if months == 1:
        return _("month no. %(number)s") % {"number": days.first.month}
    return _("months %(first)s to %(last)s") % {"first": days.first.month, "last": days.last.month}


def months_later(day: date, months: int) -> date:
    """The same day so many months later (or earlier); the last day of a month that has no such day."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), month_end(first))


def full_months(since: date, on: date) -> int:
    """Months completed from a day to a day."""
    months = (on.year - since.year) * 12 + on.month - since.month
    return months if months_later(since, months) <= on else months - 1
