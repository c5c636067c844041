"""What every report is made of: figures with those they are compared with, and the tree a paper is printed from.

Facts are frozen dataclasses of plain values (text, whole numbers, Decimal yuan, days). They hold no moment of
building and nothing that changes later, so the same month gives the same digest for ever.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar, Protocol, TypeAlias

Number: TypeAlias = "Decimal | int"
Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | bool | None"

HUNDREDTH = Decimal("0.01")
SHORT = 14  # lines of a table that is not broken over pages


class DoesNotFoot(ValueError):
    """The lines of a table do not add up to its total. Such a report is never printed."""


def change(figure: Number | None, base: Number | None) -> Decimal | None:
    """Change against a base in per cent, two decimals; None where the base is missing, zero or negative."""
    if figure is None or base is None or base <= 0:
        return None
    return ((Decimal(figure) - base) * 100 / base).quantize(HUNDREDTH, ROUND_HALF_UP)


def share(part: Number, whole: Number) -> Decimal | None:
    """A part of a whole in per cent, two decimals; None of nothing."""
    if whole <= 0:
        return None
    return (Decimal(part) * 100 / whole).quantize(HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Compared:
    """One figure of a month beside those it is compared with; None where there is no record to compare with."""

    this_month: Number
    last_month: Number | None
    last_year: Number | None
    year_to_date: Number

    @property
    def month_on_month(self) -> Decimal | None:
        """Change against the month before (环比) in per cent."""
        return change(self.this_month, self.last_month)

    @property
    def year_on_year(self) -> Decimal | None:
        """Change against the same month last year (同比) in per cent."""
        return change(self.this_month, self.last_year)

    def __add__(self, other: Compared) -> Compared:
        return Compared(
            self.this_month + other.this_month,
            _plus(self.last_month, other.last_month),
            _plus(self.last_year, other.last_year),
            self.year_to_date + other.year_to_date,
        )


def _plus(one: Number | None, other: Number | None) -> Number | None:
    return None if one is None or other is None else one + other


@dataclass(frozen=True)
class Line:
    """One line of a table: what it stands for and its figure; `note` says more in small type."""

    label: str
    figure: Compared
    note: str = ""


@dataclass(frozen=True)
class Table:
    """Lines that add up to a total, in every column. Raises DoesNotFoot when they do not."""

    lines: tuple[Line, ...]
    total: Compared

    def __post_init__(self) -> None:
        if self.lines:
            summed = self.lines[0].figure
            for line in self.lines[1:]:
                summed += line.figure
        else:
            summed = None
        nothing = summed is None and not self.total.this_month and not self.total.year_to_date
        if not nothing and summed != self.total:
            raise DoesNotFoot(f"{summed} is not {self.total}")

    @property
    def is_short(self) -> bool:
        """Short enough to stand on one page as a whole."""
        return len(self.lines) <= SHORT


@dataclass(frozen=True)
class Headline:
    """One of the figures on the first page. `unit` is "yuan", or the counting word that is printed after it."""

    label: str
    figure: Compared
    unit: str


class Section(Protocol):
    """What one app adds to the monthly report: a frozen dataclass that knows its page and its words."""

    key: ClassVar[str]
    template: ClassVar[str]

    def title(self) -> str: ...
    def headings(self) -> list[tuple[str, str]]: ...
    def headlines(self) -> list[Headline]: ...
    def sentences(self) -> list[str]: ...
    def decisions(self) -> list[str]: ...
    def basis(self) -> list[str]: ...
    def corrections(self) -> list[str]: ...


@dataclass(frozen=True)
class MonthlyFacts:
    """The month as the charity's apps know it: one section for each installed app, in their fixed order."""

    month: date
    last_day: date
    is_closed: bool
    sections: tuple[Section, ...]

    def headlines(self) -> list[Headline]:
        """The four figures of the first page."""
        return [headline for section in self.sections for headline in section.headlines()][:4]

    def sentences(self) -> list[str]:
        """The three sentences of the first page."""
        return [sentence for section in self.sections for sentence in section.sentences()][:3]

    def decisions(self) -> list[str]:
        return [decision for section in self.sections for decision in section.decisions()]

    def basis(self) -> list[str]:
        return [note for section in self.sections for note in section.basis()]

    def corrections(self) -> list[str]:
        return [note for section in self.sections for note in section.corrections()]


def plain(value: object) -> Plain:
    """Facts as they are stored and digested: plain dictionaries and lists, money and days as text.

    Raises TypeError for anything that has no single plain form, such as a float.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Decimal | date):
        return str(value)
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} has no place in facts")
