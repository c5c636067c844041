"""到会率: how many of those expected came. Who is not required to come is in neither number; nobody is ranked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from hebi_charity.core import dates
from partybranch.models import Attendance, Branch, LifeEvent, Person

Status = Attendance.Status


@dataclass(frozen=True)
class Rate:
    """Names on the lists of some days: who came, was on leave or absent, and whose attendance nobody recorded."""

    came: int
    leave: int
    absent: int
    unrecorded: int
    exempt: int

    @property
    def expected(self) -> int:
        return self.came + self.leave + self.absent

    @property
    def percent(self) -> str:
        """Per cent with one decimal, 91.7; "" while nothing was recorded."""
        return f"{100 * self.came / self.expected:.1f}" if self.expected else ""


def _rate_of(rows: QuerySet[Attendance]) -> Rate:
    counted = Q(is_exempt=False)
    numbers = rows.aggregate(
        came=Count("pk", filter=counted & Q(status__in=Attendance.CAME)),
        leave=Count("pk", filter=counted & Q(status=Status.LEAVE)),
        absent=Count("pk", filter=counted & Q(status=Status.ABSENT)),
        unrecorded=Count("pk", filter=counted & Q(status=Status.EXPECTED)),
        exempt=Count("pk", filter=Q(is_exempt=True)),
    )
    return Rate(**numbers)


def rate_of_rows(rows: Iterable[Attendance]) -> Rate:
    """Of rows that were read already; the same as is counted in the database."""
    rows = list(rows)
    counted = [row.status for row in rows if not row.is_exempt]
    return Rate(
        came=sum(status in Attendance.CAME for status in counted),
        leave=counted.count(Status.LEAVE),
        absent=counted.count(Status.ABSENT),
        unrecorded=counted.count(Status.EXPECTED),
        exempt=len(rows) - len(counted),
    )


def rate_of_branch(branch: Branch, first: date, last: date, *, today: date) -> Rate:
    """Of everything a branch held from a day to a day. One query."""
    events = LifeEvent.objects.filter(branch=branch).in_days(first, last).held_by(today)
    return _rate_of(Attendance.objects.filter(event__in=events))


def rate_of_this_year(person: Person) -> Rate:
    """Of one person, from the first of January until today."""
    today = dates.today()
    return rate_of_person(person, date(today.year, 1, 1), today, today=today)


def rate_of_person(person: Person, first: date, last: date, *, today: date) -> Rate:
    """Of everything one person was expected at from a day to a day, wherever it was. One query."""
    events = LifeEvent.objects.in_days(first, last).held_by(today)
    return _rate_of(Attendance.objects.filter(person=person, event__in=events))
