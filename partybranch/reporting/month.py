"""The month of all branches together, with as few questions for many branches as for one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Case, Count, Exists, Expression, F, Max, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual

from hebi_charity.core import dates
from partybranch.lists.periods import Days
from partybranch.models import Attendance, Branch, Exam, ExamResult, HourTarget, LifeEvent, StageChange
from partybranch.reporting.facts import FEW, Attended, ExamLine, HoursLine, PartyMonth, part_of
from partybranch.reporting.life import life_lines

Duty = HourTarget.Duty

# Members on a day of whom attendance is required, by duty, and those who have the hours asked for. Joined as whole
# sets: asked person by person, twenty thousand members take a hundred times as long. Whose last stage of the day is one
# of a member reached such a stage and no other one after it: told so, the database need not put stages in order.
_HOURS = """
WITH hours AS (
    SELECT person_id, sum(hours) AS total FROM partybranch_learningrecord
    WHERE year = %(year)s AND withdrawn_at IS NULL AND confirmed_at IS NOT NULL AND ends_on <= %(day)s
    GROUP BY person_id
), post AS (
    SELECT DISTINCT person_id, branch_id FROM partybranch_term
    WHERE withdrawn_at IS NULL AND starts_on <= %(day)s AND (ends_on IS NULL OR ends_on > %(day)s)
        AND post = ANY(%(posts)s)
)
SELECT post.person_id IS NOT NULL AS sits, count(*),
    count(*) FILTER (WHERE coalesce(hours.total, 0) >=
        CASE WHEN post.person_id IS NOT NULL THEN %(committee)s ELSE %(member)s END)
FROM partybranch_membership stay
LEFT JOIN post ON post.person_id = stay.person_id AND post.branch_id = stay.branch_id
LEFT JOIN hours ON hours.person_id = stay.person_id
WHERE stay.withdrawn_at IS NULL AND stay.starts_on <= %(day)s AND (stay.ends_on IS NULL OR stay.ends_on > %(day)s)
    AND EXISTS (
        SELECT 1 FROM partybranch_stagechange reached
        WHERE reached.person_id = stay.person_id AND reached.withdrawn_at IS NULL AND reached."on" <= %(day)s
            AND reached.stage = ANY(%(members)s) AND NOT EXISTS (
                SELECT 1 FROM partybranch_stagechange later
                WHERE later.person_id = reached.person_id AND later.withdrawn_at IS NULL AND later."on" <= %(day)s
                    AND later.stage <> ALL(%(members)s) AND (later."on", later.id) > (reached."on", reached.id)
            )
    )
    AND NOT EXISTS (
        SELECT 1 FROM partybranch_circumstance exempt
        WHERE exempt.person_id = stay.person_id AND exempt.withdrawn_at IS NULL AND exempt.kind = 'exempt'
            AND exempt.starts_on <= %(day)s AND (exempt.ends_on IS NULL OR exempt.ends_on > %(day)s)
    )
GROUP BY sits
"""


def party_month(month: date) -> PartyMonth | None:
    """The facts of one month; None while there is no branch. As many queries for many branches as for one."""
    last = dates.month_end(month)
    if not Branch.objects.live().filter(founded_on__lte=last).exists():
        return None
    # An event announced for a day that is over counts as held, whoever asks later.
    after = min(dates.today(), last + timedelta(days=1))
    return PartyMonth(
        month=month,
        lines=life_lines(month, last, after),
        attended=attended(Days(month, last), after),
        hours=hours_lines(last),
        exams=exam_lines(Days(month, last)),
    )


def attended(days: Days, after: date) -> Attended:
    """Person-times of the month whose attendance is recorded, and who of these came. One query.

    The database has counted them event by event. A list names everybody once: where one event alone had `FEW` people,
    there were as many different ones in the month, and nobody's row is read; only else the people are counted.
    """
    events = LifeEvent.objects.in_days(days.first, days.last).held_by(after).order_by()

    def people(most: Expression, statuses: tuple[str, ...]) -> Case:
        rows = Attendance.objects.filter(event__in=events, status__in=statuses).order_by()
        counted = rows.annotate(one=Value(1)).values("one").annotate(count=Count("person", distinct=True))
        few = Coalesce(Subquery(counted.values("count")), 0)
        return Case(When(GreaterThanOrEqual(most, FEW), then=most), default=few)

    counts = events.aggregate(
        expected=Coalesce(Sum(F("came") + F("missed")), 0),
        all_came=Coalesce(Sum("came"), 0),
        people=people(Max(F("came") + F("missed")), (*Attendance.CAME, *Attendance.MISSED)),
        who_came=people(Max("came"), Attendance.CAME),
        who_missed=people(Max("missed"), Attendance.MISSED),
    )
    counts["came"] = counts.pop("all_came")
    return Attended(*_told(**counts))


def _told(expected: int, came: int, people: int, who_came: int, who_missed: int) -> tuple[int | None, int | None]:
    """Person-times as far as they may be printed. What is compared with the least number are different people."""
    if 0 < people < FEW:
        return None, None
    return expected, None if people and min(who_came, who_missed) < FEW else came


def hours_lines(last: date) -> tuple[HoursLine, ...]:
    """Members and committee against what the year asks of them; where the rules ask nothing, nothing is said."""
    rows = HourTarget.objects.filter(valid_from__lte=date(last.year, 12, 31)).order_by("valid_from")
    targets = {row.duty: row.hours for row in rows}
    counts = _reached(last, targets)
    lines = []
    for duty, target in targets.items():
        asked, reached = counts.get(duty == Duty.COMMITTEE, (0, 0))
        lines.append(HoursLine(str(Duty(duty).label), target, *part_of(asked, reached)))
    return tuple(sorted(lines, key=lambda line: line.target))


def _reached(day: date, targets: dict[str, Decimal]) -> dict[bool, tuple[int, int]]:
    """By whether one sits in the committee: how many, and how many of them have the hours asked for."""
    from partybranch.lists.study import COMMITTEE

    values = {
        "day": day,
        "year": day.year,
        "posts": sorted(COMMITTEE),
        "members": list(StageChange.MEMBERS),
        "committee": targets.get(Duty.COMMITTEE, Decimal(0)),
        "member": targets.get(Duty.MEMBER, Decimal(0)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_HOURS, values)
        return {sits: (asked, reached) for sits, asked, reached in cursor.fetchall()}


def exam_lines(days: Days) -> tuple[ExamLine, ...]:
    """The exams closed that were held in the month, by their mode."""
    rows = Exam.objects.filter(state=Exam.State.CLOSED, held_on__range=(days.first, days.last)).order_by()
    passing = ExamResult.objects.filter(outcome="passed", withdrawn_at__isnull=True)
    passed = Exists(passing.filter(examinee=OuterRef("examinees")))
    counts = rows.values("mode").annotate(
        held=Count("pk", distinct=True),
        taking_part=Count("examinees", distinct=True),
        passed=Count("examinees", filter=passed, distinct=True),
        people=Count("examinees__person", distinct=True),
        who_passed=Count("examinees__person", filter=passed, distinct=True),
        who_did_not=Count("examinees__person", filter=~passed, distinct=True),
    )
    lines = []
    for row in sorted(counts, key=lambda row: row["mode"]):
        figures = _told(row["taking_part"], row["passed"], row["people"], row["who_passed"], row["who_did_not"])
        lines.append(ExamLine(str(Exam.Mode(row["mode"]).label), row["held"], *figures))
    return tuple(lines)
