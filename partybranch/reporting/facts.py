"""The month's Party section as facts: what the rules asked for and what was held, attendance, hours, exams.

Who reads the monthly report includes people outside the branch. So these are counts alone: no name, no topic, no
stage, and no figure about fewer people than `FEW`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hebi_charity.reports.facts import Headline, share

FEW = 3  # people: a count of fewer says something of each of them


def part_of(whole: int, part: int) -> tuple[int | None, int | None]:
    """A number of people and how many of them did something, as far as it may be printed: None for what may not.

    Where fewer than `FEW` did it, or fewer than `FEW` did not, the part is left out: "0 of 4" and "2 of 4" name those
    who missed something to everybody who knows the four, and so does "all of them".
    """
    if 0 < whole < FEW:
        return None, None
    if whole and (part < FEW or whole - part < FEW):
        return whole, None
    return whole, part


@dataclass(frozen=True)
class LifeLine:
    """One kind of organisational life: asked for by the month's end and met, held in the month and in the year."""

    kind: str
    required: int
    met: int
    held: int
    held_so_far: int


@dataclass(frozen=True)
class Attended:
    """Person-times of the month, as `Attendance` counts them. None: too few people to say.

    Compared with `FEW` are different people, however often they were expected: those who came, and those who missed
    something.
    """

    expected: int | None
    came: int | None

    @property
    def is_withheld(self) -> bool:
        return self.expected is None or self.came is None

    @property
    def rate(self) -> Decimal | None:
        """到会率 in per cent."""
        return None if self.expected is None or self.came is None else share(self.came, self.expected)


@dataclass(frozen=True)
class HoursLine:
    """Of how many people so many hours a year are asked, and how many have them by the month's end.

    None: fewer than `FEW` people have them, or lack them, so that the figure would say who.
    """

    label: str
    target: Decimal
    asked: int | None
    reached: int | None

    @property
    def is_withheld(self) -> bool:
        return self.asked is None or self.reached is None

    @property
    def rate(self) -> Decimal | None:
        return None if self.asked is None or self.reached is None else share(self.reached, self.asked)


@dataclass(frozen=True)
class ExamLine:
    """Exams of one mode in the month: how many, who took part, who passed (person-times)."""

    mode: str
    held: int
    taking_part: int | None
    passed: int | None

    @property
    def is_withheld(self) -> bool:
        return self.taking_part is None or self.passed is None


@dataclass(frozen=True)
class PartyMonth:
    """Party building (党建) in one month."""

    key: ClassVar[str] = "party"
    template: ClassVar[str] = "partybranch/reporting/month.html"

    month: date
    lines: tuple[LifeLine, ...]
    attended: Attended
    hours: tuple[HoursLine, ...]
    exams: tuple[ExamLine, ...]

    @property
    def required(self) -> int:
        return sum(line.required for line in self.lines)

    @property
    def met(self) -> int:
        return sum(line.met for line in self.lines)

    @property
    def held(self) -> int:
        return sum(line.held for line in self.lines)

    @property
    def held_so_far(self) -> int:
        return sum(line.held_so_far for line in self.lines)

    def withheld(self) -> dict[str, str]:
        """By table, why a dash stands in it; said below the table, and only there where one stands."""
        told = {
            "attendance": (
                [self.attended],
                _("—: fewer than %(few)d people came, or did not; to protect them no figure is given."),
            ),
            "hours": (
                self.hours,
                _("—: fewer than %(few)d people have the hours, or lack them; to protect them no figure is given."),
            ),
            "exams": (
                self.exams,
                _("—: fewer than %(few)d people passed, or did not; to protect them no figure is given."),
            ),
        }
        return {
            table: words % {"few": FEW}
            for table, (lines, words) in told.items()
            if any(line.is_withheld for line in lines)
        }

    def title(self) -> str:
        return _("Party building")

    def headings(self) -> list[tuple[str, str]]:
        headings = [
            ("party-life", _("Organisational life: asked for and held")),
            ("party-attendance", _("Attendance of the month")),
            ("party-hours", _("Hours of study of the year so far")),
        ]
        return [*headings, ("party-exams", _("Exams of the month"))] if self.exams else headings

    def headlines(self) -> list[Headline]:
        return []

    def sentences(self) -> list[str]:
        return []

    def decisions(self) -> list[str]:
        lacking = self.required - self.met
        if not lacking:
            return []
        return [
            ngettext(
                "%(count)d event of organisational life that the rules ask for by the end of this month was not held.",
                "%(count)d events of organisational life that the rules ask for by the end of this month were not"
                " held.",
                lacking,
            )
            % {"count": lacking}
        ]

    def basis(self) -> list[str]:
        return [
            _(
                "Party building: what is asked for follows the dated rules for the bodies that existed; a quarter's or"
                " a year's events are asked for in its last month. Attendance counts person-times as far as it is"
                " recorded; of whom it is not required is counted only when there. Hours are those"
                " confirmed, in their calendar year."
            ),
            _("Party building names nobody; figures about fewer than %(few)d people are not printed.") % {"few": FEW},
        ]

    def corrections(self) -> list[str]:
        return []
