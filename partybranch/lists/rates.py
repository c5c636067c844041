"""到会率: how many of those expected came, counted as `Attendance` says; nobody is ranked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from hebi_charity.core import dates
from partybranch.models import Attendance, Branch, LifeEvent, Person

Status = Attendance.Status


@dataclass(frozen=True)
class Rate:
    """Names on the lists of what was held: who came, was on leave or absent, whose attendance nobody recorded, and who
    has no hard requirement and did not come."""

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
    numbers = rows.aggregate(
        came=Count("pk", filter=Q(status__in=Attendance.CAME)),
        leave=Count("pk", filter=Q(status=Status.LEAVE)),
        absent=Count("pk", filter=Q(status=Status.ABSENT)),
        unrecorded=Count("pk", filter=Q(status=Status.EXPECTED)),
        exempt=Count("pk", filter=Q(status=Status.EXEMPT)),
    )
    return Rate(**numbers)


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
