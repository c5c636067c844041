"""党员学习记录: what one person studied in a calendar year, with hours and who confirmed them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hebi_charity.reports.papers import PaperRefused
from partybranch.lists.study import line_of, records_of

if TYPE_CHECKING:
    from hebi_charity.core.registry import PaperSubject
    from partybranch.models import LearningRecord


@dataclass(frozen=True)
class StudiedFacts:
    """One record. `hours` in 学时; `confirmed_by` "" while it waits."""

    number: int
    starts_on: date
    ends_on: date
    subject: str
    way: str
    hours: Decimal
    note: str
    confirmed_by: str


@dataclass(frozen=True)
class StudyRecordFacts:
    """A year of one person. `target` None where none is asked; `hours` are those that are confirmed."""

    branch: str
    name: str
    year: int
    posts: str
    stage: str
    hours: Decimal
    target: Decimal | None
    is_exempt: bool
    records: tuple[StudiedFacts, ...]


def _studied(number: int, row: LearningRecord) -> StudiedFacts:
    return StudiedFacts(
        number=number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        subject=row.subject,
        way=str(row.get_way_display()),
        hours=row.hours,
        note=row.note,
        confirmed_by=row.confirmed_by.full_name if row.confirmed_by else "",
    )


def facts(subject: PaperSubject) -> StudyRecordFacts:
    """Raises PaperRefused when nothing is recorded of this year."""
    person, year = subject.row, int(subject.key)
    rows = records_of(person, year, with_withdrawn=False)
    if not rows:
        raise PaperRefused(_("Nothing studied is recorded of this person in this year."))
    line = line_of(person, year)
    rows.reverse()  # on paper from January on
    return StudyRecordFacts(
        branch=rows[-1].branch.name,
        name=person.name,
        year=year,
        posts=line.posts if line else "",
        stage=line.stage if line else "",
        hours=sum((row.hours for row in rows if row.is_confirmed()), Decimal(0)),
        target=line.target if line else None,
        is_exempt=bool(line and line.is_exempt),
        records=tuple(_studied(number, row) for number, row in enumerate(rows, start=1)),
    )


def label(subject: PaperSubject) -> str:
    """张建国 2022 年."""
    return f"{subject.row.name} " + _("year %(year)s (label)") % {"year": subject.key}
