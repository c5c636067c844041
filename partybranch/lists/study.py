"""Study as lists: hours of the year in the order of the roll, what waits to be confirmed, open duties, one's record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from hebi_charity.core import dates
from partybranch.hours import said
from partybranch.models import (
    Attendance,
    Branch,
    HourTarget,
    LearningRecord,
    LifeEvent,
    Membership,
    PassOnDuty,
    Person,
    StageChange,
    StudyOccasion,
    StudyPlan,
    Term,
)

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from partybranch.models.membership import MembershipQuerySet

Duty, Kind = HourTarget.Duty, LifeEvent.Kind
COMMITTEE = {Term.Post.SECRETARY, Term.Post.DEPUTY, Term.Post.ORGANISATION, Term.Post.PUBLICITY, Term.Post.DISCIPLINE}
COMMITTEE |= {Term.Post.COMMITTEE_MEMBER}
# Meetings in which one studies; whether a business meeting gave hours is for the secretary to say on its page.
STUDIED = (Kind.LECTURE, Kind.THEME_DAY, Kind.STUDY, Kind.VISIT, Kind.TRAINING)
SHOWN = 20


@dataclass(frozen=True)
class HoursLine:
    """Hours of one person in one calendar year. `target` None: none is asked of this person.

    `left_on`: who left during the year stays with the hours of it, and the branch asks nothing more.
    """

    person: Person
    posts: str
    stage: str
    hours: Decimal
    waiting: Decimal
    target: Decimal | None
    is_exempt: bool
    left_on: date | None = None

    @property
    def hours_said(self) -> str:
        return said(self.hours)

    @property
    def waiting_said(self) -> str:
        return said(self.waiting)

    @property
    def target_said(self) -> str:
        return said(self.target) if self.target else ""

    @property
    def missing_said(self) -> str:
        """How many hours are still missing, "" where the target is reached or there is none."""
        return said(self.target - self.hours) if self.target and self.hours < self.target else ""


def targets_of(year: int) -> dict[str, Decimal]:
    """What is asked in this year, by the rows that hold on its last day."""
    day = date(year, 12, 31)
    rows = {duty: HourTarget.objects.in_force(day, duty=duty) for duty in Duty.values}
    return {duty: row.hours for duty, row in rows.items() if row}


def hours_lines(branch: Branch, year: int, *, by: User) -> list[HoursLine]:
    """Everybody of the branch's roll with the hours of the year, and who left it during the year.

    In the order of the roll and never by the hours; who left and came back stands once.
    """
    rows = _stays_of(Membership.objects.visible_to(by).filter(branch=branch), year)
    return lines_of({row.person_id: row for row in rows.order_by("sort_key", "starts_on", "pk")}.values(), year)


def _stays_of(rows: MembershipQuerySet, year: int) -> MembershipQuerySet:
    return rows.roll_since(date(year, 1, 1), min(dates.today(), date(year, 12, 31)))


def lines_of(rows: Iterable[Membership], year: int) -> list[HoursLine]:
    """The lines of these rows of a roll. Four queries, however many there are."""
    rows = list(rows)
    records = LearningRecord.objects.of_year(year).of_people([row.person_id for row in rows])
    hours, waiting = records.confirmed().hours_by_person(), records.to_confirm().hours_by_person()
    targets = targets_of(year)
    return [_line(row, hours.get(row.person_id), waiting.get(row.person_id), targets) for row in rows]


def _line(row: Membership, hours: Decimal | None, waiting: Decimal | None, targets: dict[str, Decimal]) -> HoursLine:
    is_exempt = "exempt" in row.circumstances
    duty = Duty.COMMITTEE if COMMITTEE & set(row.posts) else Duty.MEMBER
    is_asked = row.stage in StageChange.MEMBERS and not is_exempt and not row.left_on
    return HoursLine(
        person=row.person,
        posts="、".join(str(Term.Post(post).label) for post in row.posts if post in COMMITTEE),
        stage=str(StageChange.Stage(row.stage).label) if row.stage else "",
        hours=hours or Decimal(0),
        waiting=waiting or Decimal(0),
        target=targets.get(duty) if is_asked else None,
        is_exempt=is_exempt,
        left_on=row.left_on,
    )


def line_of(person: Person, year: int) -> HoursLine | None:
    """One person's hours; None for who was on no roll of this year. The newest stay tells of who changed branches."""
    row = _stays_of(Membership.objects.filter(person=person), year).order_by("-starts_on", "-pk").first()
    return lines_of([row], year)[0] if row else None


def waiting_records(branch: Branch, *, by: User) -> QuerySet[LearningRecord]:
    """Statements that wait to be confirmed, the oldest first."""
    rows = LearningRecord.objects.visible_to(by).to_confirm().by_branch(branch)
    return rows.select_related("person", "recorded_by").order_by("starts_on", "pk")


def open_duties(branch: Branch, *, by: User) -> QuerySet[PassOnDuty]:
    """Who still has to pass on a course, the oldest course first."""
    rows = PassOnDuty.objects.visible_to(by).open().of_branch(branch)
    return rows.select_related("person", "occasion").order_by("occasion__ends_on", "pk")


def uncredited_events(branch: Branch, year: int, *, by: User) -> QuerySet[LifeEvent]:
    """Meetings of the year in which people studied and whose hours nobody has credited yet."""
    rows = LifeEvent.objects.visible_to(by).filter(branch=branch, kind__in=STUDIED, study_occasion__isnull=True)
    rows = rows.exclude(state__in=[LifeEvent.State.DRAFT, LifeEvent.State.CANCELLED])
    rows = rows.filter(held_on__year=year, held_on__lte=dates.today(), attendance__status__in=Attendance.CAME)
    return rows.distinct().order_by("held_on", "pk")[:SHOWN]


def records_of(person: Person, year: int, *, with_withdrawn: bool) -> list[LearningRecord]:
    """What one person studied in a year, the newest first. One query."""
    rows = person.learning_records.of_year(year).select_related("confirmed_by", "withdrawn_by", "occasion", "rule")
    return list(rows if with_withdrawn else rows.live())


def years_of(person: Person) -> list[int]:
    """The years in which a person studied, the newest first."""
    return list(person.learning_records.live().order_by("-year").values_list("year", flat=True).distinct())


def records_of_occasion(occasion: StudyOccasion) -> list[LearningRecord]:
    """Teachers first, then learners in the order of pinyin, each year's row after the other; withdrawn ones too."""
    rows = occasion.records.select_related("person", "withdrawn_by").order_by(
        "person__sort_key", "person", "year", "pk"
    )
    return sorted(rows, key=lambda row: row.way != LearningRecord.Way.TEACHING)


@dataclass(frozen=True)
class DutyLine:
    """One duty with the lectures that settled it, and those of the person that could."""

    duty: PassOnDuty
    lectures: list[LearningRecord]
    candidates: list[LearningRecord]

    @property
    def is_open(self) -> bool:
        return not self.lectures and not self.duty.is_withdrawn()


def duties_of(occasion: StudyOccasion) -> list[DutyLine]:
    """Who has to pass a course on, and what came of it. Two queries."""
    duties = list(occasion.duties.select_related("person", "withdrawn_by").order_by("person__sort_key", "pk"))
    lectures = LearningRecord.objects.lectures().of_people([duty.person_id for duty in duties])
    lectures = list(lectures.filter(starts_on__gte=occasion.ends_on).order_by("starts_on", "pk"))
    return [
        DutyLine(
            duty,
            [row for row in lectures if row.passes_on_id == duty.pk],
            [row for row in lectures if row.person_id == duty.person_id and row.passes_on_id is None],
        )
        for duty in duties
    ]


def plan_of(branch: Branch, year: int, *, by: User) -> StudyPlan | None:
    """The branch's plan of a year, with its items and who leads them. Three queries at most."""
    plans = StudyPlan.objects.visible_to(by).filter(branch=branch, year=year)
    return plans.prefetch_related("items__leader").first()
