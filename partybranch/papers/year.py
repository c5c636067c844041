"""年度一览: the year at a glance on one sheet across: what was required, what was held, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hebi_charity.core import dates
from hebi_charity.office.states import look_of
from hebi_charity.reports.papers import PaperRefused
from partybranch.lists.rates import rate_of_branch
from partybranch.lists.year import (
    DUE,
    HELD,
    MISSING,
    NOT_REQUIRED,
    UNRECORDED,
    Cell,
    Line,
    YearGlance,
    totals_of,
    year_of,
)

if TYPE_CHECKING:
    from hebi_charity.core.registry import PaperSubject

# Signs that every Chinese font has: a shape beside the word.
SHAPES = {HELD: "√", UNRECORDED: "△", MISSING: "×", DUE: "○", NOT_REQUIRED: "—"}


@dataclass(frozen=True)
class PrintedCell:
    """One period: over so many months, in one word and shape, with the days below."""

    months: int
    state: str
    shape: str
    word: str
    days: str


@dataclass(frozen=True)
class PrintedLine:
    title: str
    rules: tuple[str, ...]
    cells: tuple[PrintedCell, ...]


@dataclass(frozen=True)
class YearFacts:
    branch: str
    superior: str
    year: int
    as_of: date
    totals: tuple[tuple[str, str], ...]
    lines: tuple[PrintedLine, ...]
    sources: tuple[str, ...]
    months: tuple[int, ...] = tuple(range(1, 13))


def facts(subject: PaperSubject) -> YearFacts:
    """Raises PaperRefused for a year in which nothing was required and nothing held."""
    branch, year, today = subject.row, int(subject.key), dates.today()
    glance = year_of(branch, year, today=today)
    if not glance.lines:
        raise PaperRefused(_("Nothing was required in this year, and nothing was held. There is nothing to print."))
    rate = rate_of_branch(branch, date(year, 1, 1), date(year, 12, 31), today=today)
    return YearFacts(
        branch=branch.name,
        superior=branch.superior,
        year=year,
        as_of=min(today, date(year, 12, 31)),
        totals=tuple(totals_of(glance, rate)),
        lines=tuple(_line(line) for line in glance.lines),
        sources=_sources(glance),
    )


def label(subject: PaperSubject) -> str:
    return subject.key


def _line(line: Line) -> PrintedLine:
    rules = tuple(
        _("%(per)s at least %(times)s times") % {"per": rule.get_per_display(), "times": rule.times}
        if rule.times
        else _("nothing is required")
        for rule in line.rules
    )
    return PrintedLine(line.subject.title, rules, tuple(_cell(cell) for cell in line.cells))


def _cell(cell: Cell) -> PrintedCell:
    days = "、".join(f"{event.held_on.month}.{event.held_on.day}" for event in cell.events if event not in cell.planned)
    return PrintedCell(cell.months, cell.state, SHAPES[cell.state], str(look_of(cell.state).word), days)


def _sources(glance: YearGlance) -> tuple[str, ...]:
    """Where what is required is written, each once."""
    rules = [rule for line in glance.lines for rule in line.rules]
    return tuple(dict.fromkeys(f"{rule.get_kind_display()}：{rule.source}{rule.article}" for rule in rules))
