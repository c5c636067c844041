"""Rejected rows with their cells as they stand in the file, read from it when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hebi_charity.imports.local_copy import path_of
from hebi_charity.imports.models import Import
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.reading.letters import letter
from hebi_charity.imports.reading.process import report_of
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.rejected import RejectedRow


@dataclass(frozen=True)
class RejectedCells:
    """Headings, and the rejected rows with the cells under them. Columns with personal data are left out."""

    headings: list[str] = field(default_factory=list)
    lines: list[tuple[RejectedRow, list[str]]] = field(default_factory=list)


def cells_of(imported: Import, rows: Sequence[RejectedRow]) -> RejectedCells:
    """The cells of these rows; without them where the file cannot be read any more."""
    plan = Plan.of(imported.plan) if imported.plan else None
    if plan is None or not rows:
        return RejectedCells([], [(row, []) for row in rows])
    order = {"sheet": plan.sheet, "header_row": plan.header_row, "encoding": plan.encoding}
    try:
        with path_of(imported.file) as path:
            found = report_of(path, "pick", rows=[row.row for row in rows], **order)["rows"]
    except (Reason, FileNotFoundError):
        return RejectedCells([], [(row, []) for row in rows])
    return _shown(found, plan.header_row, rows, set(imported.look.get("kept_out", ())))


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
