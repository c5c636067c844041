"""The year at a glance: what the rules required of the bodies that existed, against what was held.

A period asks for something when rule and body exist on its last day and for at least half of its days: who was founded
in the last days of a quarter has no gap, nor has who was dissolved in it.
What was held is what `LifeEventQuerySet.held_by` says; of what else is over the record is still to be made up
(待补记录), and it meets nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.dates import format_day, month_end
from partybranch.lists.periods import Days, period_in_words, period_of
from partybranch.lists.rates import Rate
from partybranch.models import Body, Branch, LifeEvent, Requirement
from partybranch.models.requirement import in_force

Kind = LifeEvent.Kind
HELD, UNRECORDED, MISSING, DUE, NOT_REQUIRED = "held", "unrecorded", "missing", "due", "not_required"
BODIES = {Kind.COMMITTEE_MEETING: Body.Kind.COMMITTEE, Kind.GROUP_MEETING: Body.Kind.GROUP}
NO_COMMITTEE = _("The branch has no committee.")
NO_GROUP = _("The branch has no groups.")
NO_RULE = _("No rule asks for it.")
NOT_THERE = _("The body did not exist then, or for less than half of the period.")


@dataclass(frozen=True)
class Subject:
    """What a line is about: a kind of event of the branch, of its committee or of one group, and when that existed."""

    kind: str
    body: Body | None
    founded_on: date
    dissolved_on: date | None

    @property
    def title(self) -> str:
        words = str(Kind(self.kind).label)
        return f"{words}（{self.body.name}）" if self.body and self.body.kind == Body.Kind.GROUP else words

    def existing(self, days: Days) -> Days:
        return days.within(self.founded_on, self.dissolved_on)


@dataclass(frozen=True)
class Cell:
    """One period of a line: what was asked for, what was held, what is over without a record, what is planned.

    `days` lie within one year.
    """

    state: str
    days: Days
    rule: Requirement | None = None
    held: tuple[LifeEvent, ...] = ()
    unrecorded: tuple[LifeEvent, ...] = ()
    planned: tuple[LifeEvent, ...] = ()
    reason: str = ""

    @property
    def months(self) -> int:
        """How many columns of months it takes."""
        return self.days.last.month - self.days.first.month + 1

    @property
    def times(self) -> int:
        return self.rule.times if self.rule else 0

    @property
    def lacking(self) -> int:
        """How many more are asked for."""
        return max(0, self.times - len(self.held)) if self.state in {UNRECORDED, MISSING, DUE} else 0

    @property
    def events(self) -> tuple[LifeEvent, ...]:
        return tuple(sorted(self.held + self.unrecorded, key=lambda event: event.held_on)) + self.planned

    @property
    def only_event(self) -> LifeEvent | None:
        return self.events[0] if len(self.events) == 1 else None

    @property
    def period(self) -> str:
        return period_in_words(self.days)

    @property
    def until(self) -> str:
        return gettext("until %(day)s") % {"day": format_day(self.days.last)}


@dataclass(frozen=True)
class Line:
    """One requirement of one body over the year."""

    subject: Subject
    cells: list[Cell]

    @property
    def rules(self) -> list[Requirement]:
        """The rules that asked in this year, each once, in the order of their days."""
        return list(dict.fromkeys(cell.rule for cell in self.cells if cell.rule))


@dataclass(frozen=True)
class YearGlance:
    """A branch's year: a line for each requirement of each body, and what was held beyond them."""

    branch: Branch
    year: int
    today: date
    lines: list[Line] = field(default_factory=list)

    def cells_in(self, *states: str) -> list[tuple[Line, Cell]]:
        """Cells of these states, the earliest end first."""
        found = [(line, cell) for line in self.lines for cell in line.cells if cell.state in states]
        return sorted(found, key=lambda pair: (pair[1].days.last, pair[1].days.first))

    @property
    def gaps(self) -> list[tuple[Line, Cell]]:
        return self.cells_in(MISSING)

    @property
    def to_make_up(self) -> list[tuple[Line, Cell]]:
        """What is over and would be met if somebody's coming were recorded."""
        return self.cells_in(UNRECORDED)

    @property
    def next_due(self) -> list[tuple[Line, Cell]]:
        """What is asked for in the periods that have begun and are not over."""
        return [pair for pair in self.cells_in(DUE) if pair[1].days.first <= self.today]

    def by_period(self) -> list[tuple[str, list[tuple[Line, Cell]]]]:
        """The same as a list for a narrow screen: the year, then quarters and months as they come."""
        pairs = [(line, cell) for line in self.lines for cell in line.cells]
        pairs = [pair for pair in pairs if pair[1].state != NOT_REQUIRED or pair[1].events]
        pairs.sort(key=lambda pair: (pair[1].days.first, -len(pair[1].days)))
        return [(words, list(group)) for words, group in groupby(pairs, key=lambda pair: pair[1].period)]


def year_of(branch: Branch, year: int, *, today: date) -> YearGlance:
    """The year of one branch. Three queries, whatever else there is."""
    return years_of([branch], year, today=today)[0]


def years_of(branches: list[Branch], year: int, *, today: date) -> list[YearGlance]:
    """The same year of several branches. Three queries, however many there are."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rules = list(Requirement.objects.live().begun_by(last))
    bodies = list(Body.objects.live().filter(branch__in=branches))
    events = LifeEvent.objects.filter(branch__in=branches).in_days(first, last).standing()
    events = events.order_by("held_on", "pk")
    of_branch: dict[int, list[LifeEvent]] = {branch.pk: [] for branch in branches}
    for event in events:
        of_branch[event.branch_id].append(event)
    return [
        _glance(
            branch,
            Days(first, last),
            [rule for rule in rules if rule.branch_id in {None, branch.pk}],
            [body for body in bodies if body.branch_id == branch.pk],
            of_branch[branch.pk],
            today,
        )
        for branch in branches
    ]


def _glance(
    branch: Branch, days: Days, rules: list[Requirement], bodies: list[Body], events: list[LifeEvent], today: date
) -> YearGlance:
    subjects = subjects_of(branch, bodies, days)
    lines = [_line(one, days, rules, [event for event in events if _is_of(event, one)], today) for one in subjects]
    shown = [line for line in lines if line.rules or any(cell.events for cell in line.cells)]
    return YearGlance(branch, days.first.year, today, shown)


def totals_of(glance: YearGlance, rate: Rate) -> list[tuple[str, str]]:
    """How many periods were met, missed and are still open, and how many of those expected came."""
    shown = [
        (_("Periods met"), len(glance.cells_in(HELD))),
        (_("Missing"), len(glance.gaps)),
        (_("Still due this year"), len(glance.cells_in(DUE))),
    ]
    if unrecorded := len(glance.cells_in(UNRECORDED)):
        shown.insert(1, (_("Record still to be made up"), unrecorded))
    totals = [(str(label), f"{number:,}") for label, number in shown]
    if rate.percent:
        totals.append((str(_("Attendance rate")), f"{rate.percent} %"))
    return totals


def subjects_of(branch: Branch, bodies: list[Body], days: Days) -> Iterator[Subject]:
    """Each kind of the branch; of a committee and groups each that existed in these days, or a line for none."""
    for kind in Kind.values:
        if kind not in BODIES:
            yield Subject(kind, None, branch.founded_on, branch.dissolved_on)
            continue
        own = [body for body in bodies if body.kind == BODIES[kind]]
        found = [one for one in (_subject_of(kind, body, branch) for body in own) if len(one.existing(days))]
        yield from found or [Subject(kind, None, date.max, None)]


def _subject_of(kind: str, body: Body, branch: Branch) -> Subject:
    ends = [day for day in (body.dissolved_on, branch.dissolved_on) if day]
    return Subject(kind, body, max(body.founded_on, branch.founded_on), min(ends, default=None))


def _is_of(event: LifeEvent, subject: Subject) -> bool:
    return event.kind == subject.kind and (
        subject.kind not in BODIES or event.body_id == getattr(subject.body, "pk", None)
    )


def asked_days(kind: str, days: Days, rule: Requirement, rules: list[Requirement]) -> Days | None:
    """The part of a period for which the rule of its last day asks for something; None where it asks for nothing."""
    if rule.times == 0:
        return None
    last = in_force(rules, kind, days.last)
    if last is None or last.per != rule.per:
        return None
    before = in_force(rules, kind, days.first)
    return days if before and before.times else days.within(rule.starts_on, None)


def _line(subject: Subject, days: Days, rules: list[Requirement], events: list[LifeEvent], today: date) -> Line:
    cells: list[Cell] = []
    for period, rule in _periods(subject.kind, days.first.year, rules):
        cell = _cell(subject, period, rule, rules, events, today)
        if cells and _are_one(cells[-1], cell):
            cell = Cell(cell.state, Days(cells.pop().days.first, cell.days.last), cell.rule, reason=cell.reason)
        cells.append(cell)
    return Line(subject, cells)


def _are_one(before: Cell, cell: Cell) -> bool:
    """Neighbours that ask for nothing for the same reason and hold nothing are told once."""
    return (
        not (before.events or cell.events)
        and before.state == cell.state == NOT_REQUIRED
        and before.reason == cell.reason
    )


def _periods(kind: str, year: int, rules: list[Requirement]) -> Iterator[tuple[Days, Requirement | None]]:
    """The columns of a line: the periods of the rule that decides on each month's last day, cut where it changes."""
    months = [date(year, month, 1) for month in range(1, 13)]
    found = [(month, in_force(rules, kind, month_end(month))) for month in months]

    def key(pair: tuple[date, Requirement | None]) -> tuple[date, str]:
        month, rule = pair
        return (period_of(rule.per, month).first, rule.per) if rule and rule.times else (month, "")

    for _key, group in groupby(found, key=key):
        columns = list(group)
        yield Days(columns[0][0], month_end(columns[-1][0])), columns[-1][1]


def _cell(
    subject: Subject,
    days: Days,
    rule: Requirement | None,
    rules: list[Requirement],
    events: list[LifeEvent],
    today: date,
) -> Cell:
    """What one period asked for and got."""
    counted = period_of(rule.per, days.first) if rule and rule.times else days
    within = [event for event in events if event.held_on in counted]
    over = [event for event in within if event.is_over_by(today)]
    held = tuple(event for event in over if event.is_recorded())
    unrecorded = tuple(event for event in over if not event.is_recorded())
    planned = tuple(event for event in within if not event.is_over_by(today))
    reason = _why_not(subject, counted, rule, rules)
    enough = 1 if reason else rule.times
    if len(held) >= enough:
        state = HELD
    elif len(held) + len(unrecorded) >= enough:
        state = UNRECORDED
    elif reason:
        state = NOT_REQUIRED
    else:
        state = MISSING if counted.last < today else DUE
    return Cell(state, days, rule, held, unrecorded, planned, str(reason))


def _why_not(subject: Subject, days: Days, rule: Requirement | None, rules: list[Requirement]) -> str:
    """Why a period asks for nothing; "" when it asks."""
    if subject.founded_on == date.max:
        return NO_COMMITTEE if subject.kind == Kind.COMMITTEE_MEETING else NO_GROUP
    if rule is None:
        return NO_RULE
    if rule.times == 0:
        return f"{rule.source}{rule.article}"
    asked = asked_days(subject.kind, days, rule, rules)
    if asked is None:
        return NO_RULE
    existing = subject.existing(asked)
    is_there = existing.last == days.last and 2 * len(existing) >= len(days)
    return "" if is_there else NOT_THERE
