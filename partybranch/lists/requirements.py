"""What the rules require, kind by kind: what holds today, what is to come, what held before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from partybranch.models import LifeEvent, Requirement

HOLDS, COMES, PAST, WITHDRAWN = "holds", "comes", "past", "withdrawn"


@dataclass(frozen=True)
class RuleLine:
    """One dated rule and whether it decides today."""

    row: Requirement
    standing: str


def rules_by_kind(rows: QuerySet[Requirement], today: date) -> list[tuple[str, list[RuleLine]]]:
    """Each kind of event that a rule speaks of, with its rules, the newest first. One query."""
    found = list(rows.select_related("branch", "recorded_by", "withdrawn_by"))
    by_kind = {kind: [row for row in found if row.kind == kind] for kind in LifeEvent.Kind.values}
    return [
        (str(LifeEvent.Kind(kind).label), [RuleLine(row, _standing(row, of_kind, today)) for row in of_kind])
        for kind, of_kind in by_kind.items()
        if of_kind
    ]


def _standing(row: Requirement, fellows: list[Requirement], today: date) -> str:
    if row.is_withdrawn():
        return WITHDRAWN
    if row.starts_on > today:
        return COMES
    later = [
        one
        for one in fellows
        if one.branch_id == row.branch_id and not one.is_withdrawn() and row.starts_on < one.starts_on <= today
    ]
    return HOLDS if row.holds_on(today) and not later else PAST
