"""The month of all branches together, with as few questions for many branches as for one."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth

from hebi_charity.core import dates
from partybranch.lists.periods import Days, period_of
from partybranch.lists.year import Subject, is_asked_of, subjects_of
from partybranch.models import Attendance, Branch, Exam, HourTarget, LifeEvent, Requirement, StageChange
from partybranch.models.requirement import in_force
from partybranch.reporting.facts import FEW, Attended, ExamLine, HoursLine, LifeLine, PartyMonth

Kind, Duty = LifeEvent.Kind, HourTarget.Duty

# Members on a day of whom attendance is required, by duty, and those who have the hours asked for. Joined as whole
# sets: asked person by person, twenty thousand members take a hundred times as long.
_HOURS = """
WITH stage AS (
    SELECT DISTINCT ON (person_id) person_id, stage FROM partybranch_stagechange
    WHERE withdrawn_at IS NULL AND "on" <= %(day)s ORDER BY person_id, "on" DESC, id DESC
), hours AS (
    SELECT person_id, sum(hours) AS total FROM partybranch_learningrecord
    WHERE year = %(year)s AND withdrawn_at IS NULL AND confirmed_at IS NOT NULL AND ends_on <= %(day)s
    GROUP BY person_id
), post AS (
    SELECT DISTINCT person_id, branch_id FROM partybranch_term
    WHERE withdrawn_at IS NULL AND starts_on <= %(day)s AND (ends_on IS NULL OR ends_on > %(day)s)
        AND post = ANY(%(posts)s)
), exempt AS (
    SELECT DISTINCT person_id FROM partybranch_circumstance
    WHERE withdrawn_at IS NULL AND starts_on <= %(day)s AND (ends_on IS NULL OR ends_on > %(day)s) AND kind = 'exempt'
)
SELECT post.person_id IS NOT NULL AS sits, count(*),
    count(*) FILTER (WHERE coalesce(hours.total, 0) >=
        CASE WHEN post.person_id IS NOT NULL THEN %(committee)s ELSE %(member)s END)
FROM partybranch_membership stay
JOIN stage ON stage.person_id = stay.person_id AND stage.stage = ANY(%(members)s)
LEFT JOIN post ON post.person_id = stay.person_id AND post.branch_id = stay.branch_id
LEFT JOIN hours ON hours.person_id = stay.person_id
LEFT JOIN exempt ON exempt.person_id = stay.person_id
WHERE stay.withdrawn_at IS NULL AND stay.starts_on <= %(day)s AND (stay.ends_on IS NULL OR stay.ends_on > %(day)s)
    AND exempt.person_id IS NULL
GROUP BY sits
"""


def party_month(month: date) -> PartyMonth | None:
    """The facts of one month; None while there is no branch. Seven queries, however many branches there are."""
    last = dates.month_end(month)
    branches = list(Branch.objects.filter(founded_on__lte=last).prefetch_related("bodies"))
    if not branches:
        return None
    # An event announced for a day that is over counts as held, whoever asks later.
    after = min(dates.today(), last + timedelta(days=1))
    return PartyMonth(
        month=month,
        lines=life_lines(branches, month, last, after),
        attended=attended(Days(month, last), after),
        hours=hours_lines(last),
        exams=exam_lines(Days(month, last)),
    )


@dataclass(frozen=True)
class Held:
    """How often each kind was held in each month of the year, by branch and body (0: none)."""

    times: Counter[tuple[int, int, str, int]]

    @classmethod
    def of(cls, days: Days, after: date) -> Held:
        rows = LifeEvent.objects.in_days(days.first, days.last).held_by(after).order_by()
        groups = rows.values_list("branch", "body", "kind", ExtractMonth("held_on")).annotate(times=Count("pk"))
        return cls(Counter({(branch, body or 0, kind, month): times for branch, body, kind, month, times in groups}))

    def by(self, branch: Branch, subject: Subject, days: Days) -> int:
        """How often it was held in these days, which are whole months of the year."""
        body = subject.body.pk if subject.body else 0
        months = range(days.first.month, days.last.month + 1)
        return sum(self.times[branch.pk, body, subject.kind, month] for month in months)

    def of_kind(self, kind: str, *months: int) -> int:
        return sum(times for (_b, _body, held, month), times in self.times.items() if held == kind and month in months)


def life_lines(branches: list[Branch], month: date, last: date, after: date) -> tuple[LifeLine, ...]:
    """A line for each kind that was asked for in this month or held in the year."""
    year = Days(date(month.year, 1, 1), last)
    held = Held.of(year, after)
    rules = rules_by_branch(last)
    required: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for_all = ending(rules[None], month, last)
    for branch in branches:
        own = rules[None] + rules[branch.pk] if branch.pk in rules else rules[None]
        asked = ending(own, month, last) if branch.pk in rules else for_all
        for subject in subjects_of(branch, list(branch.bodies.all()), year):
            rule, days = asked.get(subject.kind, (None, year))
            if rule and is_asked_of(subject, days, rule, own):
                required[subject.kind] += rule.times
                met[subject.kind] += min(rule.times, held.by(branch, subject, days))
    lines = [
        LifeLine(
            kind=str(Kind(kind).label),
            required=required[kind],
            met=met[kind],
            held=held.of_kind(kind, month.month),
            held_so_far=held.of_kind(kind, *range(1, month.month + 1)),
        )
        for kind in Kind.values
    ]
    return tuple(line for line in lines if line.required or line.held_so_far)


def rules_by_branch(last: date) -> dict[int | None, list[Requirement]]:
    """The rules begun by this day: those for all under None, those of one branch under its number."""
    found: dict[int | None, list[Requirement]] = defaultdict(list)
    for rule in Requirement.objects.live().begun_by(last):
        found[rule.branch_id].append(rule)
    return found


def ending(rules: list[Requirement], month: date, last: date) -> dict[str, tuple[Requirement, Days]]:
    """The rules that decide on this month's last day and whose period ends with it, by kind."""
    found = {kind: in_force(rules, kind, last) for kind in Kind.values}
    periods = {kind: (rule, period_of(rule.per, month)) for kind, rule in found.items() if rule}
    return {kind: (rule, days) for kind, (rule, days) in periods.items() if days.last == last}


def attended(days: Days, after: date) -> Attended:
    """Person-times of the month, without those of whom attendance is not required and those not recorded yet."""
    events = LifeEvent.objects.in_days(days.first, days.last).held_by(after).order_by()
    came = Q(status__in=Attendance.CAME)
    said = came | Q(status__in=[Attendance.Status.LEAVE, Attendance.Status.ABSENT])
    counts = Attendance.objects.filter(event__in=events, is_exempt=False).aggregate(
        expected=Count("pk", filter=said), came=Count("pk", filter=came)
    )
    if 0 < counts["expected"] < FEW:
        return Attended(None, None)
    return Attended(counts["expected"], counts["came"])


def hours_lines(last: date) -> tuple[HoursLine, ...]:
    """Members and committee against what the year asks of them; where the rules ask nothing, nothing is said."""
    rows = HourTarget.objects.filter(valid_from__lte=date(last.year, 12, 31)).order_by("valid_from")
    targets = {row.duty: row.hours for row in rows}
    counts = _reached(last, targets)
    lines = []
    for duty, target in targets.items():
        asked, reached = counts.get(duty == Duty.COMMITTEE, (0, 0))
        is_too_few = 0 < asked < FEW
        label = str(Duty(duty).label)
        lines.append(HoursLine(label, target, None if is_too_few else asked, None if is_too_few else reached))
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
    passed = Q(results__outcome="passed", results__withdrawn_at__isnull=True)
    counts = rows.values("mode").annotate(
        held=Count("pk", distinct=True),
        taking_part=Count("examinees", distinct=True),
        passed=Count("results", filter=passed, distinct=True),
    )
    lines = []
    for row in sorted(counts, key=lambda row: row["mode"]):
        is_too_few = 0 < row["taking_part"] < FEW
        people = (None, None) if is_too_few else (row["taking_part"], row["passed"])
        lines.append(ExamLine(str(Exam.Mode(row["mode"]).label), row["held"], *people))
    return tuple(lines)
