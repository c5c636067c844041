"""Who has long taken part in nothing, or is out of contact: told to the secretary alone, early enough to visit.

A leave with its reason and a make-up interrupt the row as coming does; of whom nothing is required nobody is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from partybranch.lists.periods import full_months, months_later
from partybranch.models import Attendance, Circumstance, LifeEvent, MakeUp, Membership, Observer, Person, StageChange
from partybranch.services.warning_months import WarningMonths, warning_months

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Status = Attendance.Status
TOOK_PART = (*Attendance.CAME, Status.LEAVE)
LONG_AGO = date(1900, 1, 1)
LAST_CALL = 6  # months: then art. 24 and 31 of the 党员教育管理工作条例 speak


@dataclass(frozen=True)
class WarningLine:
    """One person: since when, full months, how often absent; `is_lost` where the contact is what is missing."""

    person: Person
    branch: str
    is_lost: bool
    since: date
    months: int
    absences: int
    is_urgent: bool

    @property
    def is_last_call(self) -> bool:
        return self.months >= LAST_CALL


def warnings_of(today: date, *, by: User) -> list[WarningLine]:
    """Everybody to be told of today, the longest first. Two queries; nothing without the permission."""
    if not by.has_perm("partybranch.view_warnings"):
        return []
    months = warning_months(today)
    rows = _away(Membership.objects.visible_to(by).roll(today), today, months)
    lines = [line for line in (_line(row, today, months) for row in rows) if line.months >= months.first]
    return sorted(lines, key=lambda line: (line.since, line.person.sort_key))


def _away(rows: QuerySet[Membership], today: date, months: WarningMonths) -> QuerySet[Membership]:
    """Members of today whose row of absences, or whose lost contact, has lasted for the first number of months."""
    held = LifeEvent.objects.held_by(today)
    marks = Attendance.objects.filter(person=OuterRef("person"), event__in=held)
    took_part = marks.filter(status__in=TOOK_PART).order_by("-event__held_on").values("event__held_on")[:1]
    sat_in = Observer.objects.live().filter(person=OuterRef("person"), event__in=held)
    sat_in = sat_in.order_by("-event__held_on").values("event__held_on")[:1]
    made_up = MakeUp.objects.live().filter(attendance__person=OuterRef("person"), done_on__lte=today)
    made_up = made_up.order_by("-done_on").values("done_on")[:1]
    latest = (Coalesce(Subquery(day), Value(LONG_AGO)) for day in (took_part, sat_in, made_up))
    absent = marks.filter(status=Status.ABSENT, event__held_on__gt=OuterRef("last_part"))
    lost = Circumstance.objects.on(today).filter(person=OuterRef("person"), kind=Circumstance.Kind.LOST)
    # A month that lacks the day ends earlier: the exact count is made of the few that are left.
    limit = months_later(today, -months.first) + timedelta(days=3)
    # Most took part lately: they are left out before anything is asked of each person apart.
    lately = Attendance.objects.filter(event__in=held.filter(held_on__gt=limit), status__in=TOOK_PART)
    out_of_contact = Circumstance.objects.on(today).filter(kind=Circumstance.Kind.LOST)
    return (
        rows.filter(~Q(person__in=lately.values("person")) | Q(person__in=out_of_contact.values("person")))
        .of_stages(StageChange.MEMBERS)
        .exclude(circumstances__contains=[Circumstance.Kind.EXEMPT.value])
        .annotate(last_part=Greatest(*latest))
        .annotate(
            absent_since=Subquery(absent.order_by("event__held_on").values("event__held_on")[:1]),
            absences=Subquery(absent.order_by().values("person").annotate(count=Count("pk")).values("count")),
            lost_since=Subquery(lost.values("starts_on")[:1]),
        )
        .filter(
            Q(lost_since__lte=limit)
            | Q(absent_since__isnull=False, last_part__gt=LONG_AGO, last_part__lte=limit)
            | Q(last_part=LONG_AGO, absent_since__lte=limit)
        )
        .order_by(F("sort_key"), "pk")
    )


def _line(row: Membership, today: date, months: WarningMonths) -> WarningLine:
    lost, away = row.lost_since, row.absent_since
    if away is not None and row.last_part > LONG_AGO:
        away = row.last_part
    is_lost = away is None or (lost is not None and lost <= away)
    since = lost if is_lost else away
    count = full_months(since, today)
    return WarningLine(
        person=row.person,
        branch=row.branch.name,
        is_lost=is_lost,
        since=since,
        months=count,
        absences=row.absences or 0,
        is_urgent=count >= months.again,
    )
