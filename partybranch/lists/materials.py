"""Study materials as lists: titles with their copies, one title with what became of it, one list by person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from partybranch.models import Branch, IssueLine, IssueList, MaterialLoan, Person, StudyMaterial

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


def materials_of(branch: Branch, *, by: User) -> QuerySet[StudyMaterial]:
    """The branch's titles with their copies. One query."""
    return StudyMaterial.objects.visible_to(by).of_branch(branch).counted().order_by("title", "pk")


def lists_of(branch: Branch, *, by: User) -> QuerySet[IssueList]:
    return IssueList.objects.visible_to(by).of_branch(branch).order_by("-issued_on", "-pk")


def loans_out(branch: Branch, *, by: User) -> QuerySet[MaterialLoan]:
    """What is lent and not back, the longest due first."""
    rows = MaterialLoan.objects.visible_to(by).live().filter(returned_on__isnull=True, material__branch=branch)
    return rows.select_related("person", "material").order_by("due_on", "pk")


@dataclass(frozen=True)
class SignLine:
    """One person of a list: copies by title in the list's order of titles, and whether the person has signed."""

    person: Person
    copies: tuple[int, ...]
    is_signed: bool


@dataclass(frozen=True)
class SignedList:
    """A list of what was handed out, as its page and its print show it."""

    titles: tuple[str, ...]
    lines: tuple[SignLine, ...]
    totals: tuple[int, ...]

    @property
    def waiting(self) -> int:
        """How many people have not signed yet."""
        return sum(not line.is_signed for line in self.lines)


def signed_list(issue_list: IssueList) -> SignedList:
    """The live lines of a list, a row for each person in the order of pinyin. One query."""
    rows = IssueLine.objects.live().filter(issue_list=issue_list).select_related("person", "material")
    rows = list(rows.order_by("person__sort_key", "person", "material__title", "pk"))
    titles = sorted({row.material.title for row in rows})
    by_person: dict[Person, dict[str, IssueLine]] = {}
    for row in rows:
        by_person.setdefault(row.person, {})[row.material.title] = row
    lines = tuple(
        SignLine(
            person,
            tuple(got[title].copies if title in got else 0 for title in titles),
            all(row.is_signed() for row in got.values()),
        )
        for person, got in by_person.items()
    )
    totals = tuple(sum(line.copies[place] for line in lines) for place in range(len(titles)))
    return SignedList(tuple(titles), lines, totals)
