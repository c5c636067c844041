"""支部工作台账: a year of organisational life bound as a book: cover, survey, contents, records, pictures, sheets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hebi_charity.core import dates
from hebi_charity.reports.facts import share
from hebi_charity.reports.papers import PaperRefused
from partybranch.models import LifeEvent
from partybranch.papers.records import RecordFacts, read

if TYPE_CHECKING:
    from hebi_charity.core.registry import PaperSubject


@dataclass(frozen=True)
class KindLine:
    """How often one kind was held, whose attendance is recorded and who of these came, in person-times."""

    kind: str
    held: int
    expected: int
    came: int

    @property
    def rate(self) -> Decimal | None:
        """到会率 in per cent; None where nobody was expected."""
        return share(self.came, self.expected)


@dataclass(frozen=True)
class LedgerFacts:
    branch: str
    earlier_names: tuple[str, ...]  # of the branch in records that were filed before it was renamed
    superior: str
    year: int
    kinds: tuple[KindLine, ...]
    total: KindLine
    records: tuple[RecordFacts, ...]

    @property
    def unrecorded(self) -> int:
        """How many are over and have no record yet (待补记录): they stand in the book and are counted nowhere."""
        return sum(not record.is_recorded for record in self.records)

    @property
    def filed(self) -> int:
        return sum(record.filed_on is not None for record in self.records)

    @property
    def with_photographs(self) -> list[tuple[int, RecordFacts]]:
        """Number in the book and record of what has photographs."""
        return [(number, one) for number, one in enumerate(self.records, start=1) if one.photographs]

    @property
    def with_sheets(self) -> list[tuple[int, RecordFacts]]:
        return [(number, one) for number, one in enumerate(self.records, start=1) if one.sheets]


def facts(subject: PaperSubject) -> LedgerFacts:
    """Every event that is over, in order: an inspection sees too what has no record yet, marked so and not counted.

    Raises PaperRefused for a year in which nothing was held.
    """
    branch, year = subject.row, int(subject.key)
    records = read(LifeEvent.objects.over_by(dates.today()).of_year(branch.pk, year))
    held = [record for record in records if record.is_recorded]
    if not held:
        raise PaperRefused(
            _("Nothing was held in %(year)s, or nothing is recorded of it. Please record it first.") % {"year": year}
        )
    kinds = tuple(line(kind, [one for one in held if one.kind == kind]) for kind in _kinds(held))
    return LedgerFacts(
        branch=branch.name,
        earlier_names=tuple(dict.fromkeys(one.branch for one in records if one.branch != branch.name)),
        superior=branch.superior,
        year=year,
        kinds=kinds,
        total=line(_("all together"), held),
        records=tuple(records),
    )


def _kinds(records: list[RecordFacts]) -> list[str]:
    """The kinds that were held, in the order of the rules."""
    held = {record.kind for record in records}
    return [str(kind.label) for kind in LifeEvent.Kind if kind.label in held]


def line(kind: str, records: list[RecordFacts]) -> KindLine:
    return KindLine(kind, len(records), sum(one.came + one.missed for one in records), sum(one.came for one in records))


def label(subject: PaperSubject) -> str:
    """2022 离退休干部党支部."""
    return f"{subject.key} {subject.row.name}"
