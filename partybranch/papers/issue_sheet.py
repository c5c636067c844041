"""领书签收表: who gets how many copies of what, with room to sign for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hebi_charity.reports.papers import PaperRefused
from partybranch.lists.materials import signed_list

if TYPE_CHECKING:
    from hebi_charity.core.registry import PaperSubject


@dataclass(frozen=True)
class IssueLineFacts:
    number: int
    name: str
    copies: tuple[int, ...]


@dataclass(frozen=True)
class IssueFacts:
    """One list; `copies` and `totals` stand in the order of `titles`."""

    branch: str
    title: str
    issued_on: date
    titles: tuple[str, ...]
    lines: tuple[IssueLineFacts, ...]
    totals: tuple[int, ...]


def facts(subject: PaperSubject) -> IssueFacts:
    """Raises PaperRefused when every line was withdrawn."""
    signed = signed_list(subject.row)
    if not signed.lines:
        raise PaperRefused(_("Every line of this list was withdrawn. There is nothing to sign for."))
    lines = (IssueLineFacts(number, line.person.name, line.copies) for number, line in enumerate(signed.lines, start=1))
    return IssueFacts(
        branch=subject.row.branch.name,
        title=subject.row.title,
        issued_on=subject.row.issued_on,
        titles=signed.titles,
        lines=tuple(lines),
        totals=signed.totals,
    )


def label(subject: PaperSubject) -> str:
    """2022-03-10 党史学习书籍."""
    return f"{subject.row.issued_on} {subject.row.title}"
