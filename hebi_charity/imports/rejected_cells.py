"""Rejected rows with their cells as they stand in the file, read from it when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hebi_charity.imports.local_copy import path_of
from hebi_charity.imports.models import Import
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.reading.letters import letter
from hebi_charity.imports.reading.look import HIDDEN
from hebi_charity.imports.reading.process import report_of
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.rejected import RejectedRow


@dataclass(frozen=True)
class RejectedCells:
    """Headings, and the rejected rows with the cells under them. Columns with personal data are left out."""

    headings: list[str] = field(default_factory=list)
    lines: list[tuple[RejectedRow, list[str]]] = field(default_factory=list)


def cells_of(imported: Import, rows: Sequence[RejectedRow], *, in_full: bool = False) -> RejectedCells:
    """The cells of these rows; without them where the file cannot be read any more.

    `in_full`: also what is personal in a list of people, for the file in which its loader corrects them.
    """
    plan = Plan.of(imported.plan) if imported.plan else None
    if plan is None or not rows:
        return RejectedCells([], [(row, []) for row in rows])
    order = {"sheet": plan.sheet, "header_row": plan.header_row, "encoding": plan.encoding}
    try:
        with path_of(imported.file) as path:
            found = report_of(path, "pick", rows=[row.row for row in rows], **order)["rows"]
    except (Reason, FileNotFoundError):
        return RejectedCells([], [(row, []) for row in rows])
    header = imported.look.get("header", [])
    found[str(plan.header_row)] = list(header) or found.get(str(plan.header_row), [])
    private = set() if in_full else set(imported.look.get("private", ()))
    kept_out = set(imported.look.get("kept_out", ()))
    return _shown(_without(found, plan.header_row, private), plan.header_row, rows, kept_out)


def _without(found: dict[str, list[str]], header_row: int, private: set[int]) -> dict[str, list[str]]:
    """The cells with those of private columns hidden; their headings stay."""
    return {
        row: [
            HIDDEN if cell and place in private and row != str(header_row) else cell for place, cell in enumerate(cells)
        ]
        for row, cells in found.items()
    }


def _shown(
    found: dict[str, list[str]], header_row: int, rows: Sequence[RejectedRow], kept_out: set[str]
) -> RejectedCells:
    header = found.get(str(header_row), [])
    cells = {row.row: found.get(str(row.row), []) for row in rows}
    width = max(map(len, [header, *cells.values()]), default=0)
    places = [
        place
        for place in range(width)
        if _at(header, place) not in kept_out
        and (_at(header, place) or any(_at(line, place) for line in cells.values()))
    ]
    headings = [_at(header, place) or letter(place) for place in places]
    return RejectedCells(headings, [(row, [_at(cells[row.row], place) for place in places]) for row in rows])


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
