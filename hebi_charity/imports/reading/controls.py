"""Totals that a file itself prints: footers, sub-totals, and a lone sum beside or below the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hebi_charity.imports.reading.header import squeeze
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.reading.tables import Cell
from hebi_charity.imports.reading.values import amount_in_fen, text_of

_LABEL = re.compile(
    r"(本页|本日|当日|本月|金额|捐款|捐赠|人民币)?(合计|总计|小计|总金额|总额|总数|共计|累计)(金额|人民币|捐款)?[::]?"
)
_COUNT = re.compile(r"(?:共计?|合计|总计)[::]?([\d,]+)(人次|笔|人|户|单|条)")
_SUM = re.compile(r"(?:总金额|合计|总计|共计|总额|小计|金额)[::]?(?:人民币|¥)?([\d,]+(?:\.\d+)?)元?")


@dataclass(frozen=True)
class Control:
    """One total printed in the file: how many rows, what sum (fen), as text, and what we read up to there."""

    row: int
    label: str
    printed: str
    count: int | None
    fen: int | None
    read_count: int
    read_fen: int
    is_subtotal: bool = False

    def as_dict(self) -> dict[str, object]:
        return {
            "row": self.row,
            "label": self.label,
            "printed": self.printed,
            "count": self.count,
            "fen": self.fen,
            "read_count": self.read_count,
            "read_fen": self.read_fen,
            "is_subtotal": self.is_subtotal,
            "count_agrees": None if self.count is None else self.count == self.read_count,
            "sum_agrees": None if self.fen is None else self.fen == self.read_fen,
        }


def footer(cells: Sequence[Cell]) -> tuple[str, str, int | None, int | None] | None:
    """Label, text as printed, count and sum (fen) when this row is a footer of the table; None when it is not.

    A footer has a cell that is nothing but a label of a total, alone or with its figure; text elsewhere in prose
    does not make one.
    """
    label = ""
    count = fen = None
    for cell in cells:
        if not isinstance(cell, str) or not cell:
            continue
        text = squeeze(cell)
        counted = _COUNT.match(text)
        summed = _SUM.search(text) if len(text) < 40 else None
        if _LABEL.fullmatch(text):
            label = label or text
        elif counted and len(text) < 40:
            label = label or text
            count = int(counted[1].replace(",", ""))
        elif summed and _SUM.fullmatch(text):
            label = label or text
        else:
            continue
        if summed and not counted:
            fen = _fen(summed[1])
    if not label:
        return None
    numbers = [value for cell in cells if (value := _number(cell)) is not None]
    if fen is None and numbers:
        fen = numbers[-1]
    printed = " ".join(text for cell in cells if (text := text_of(cell)))
    return label, printed, count, fen


def lone_number(cells: Sequence[Cell]) -> int | None:
    """The sum (fen) of a row that holds one number and nothing else, or None."""
    filled = [cell for cell in cells if not isinstance(cell, str) or cell.strip()]
    return _number(filled[0]) if len(filled) == 1 else None


def _number(cell: Cell) -> int | None:
    """A number or a text like 1,000.00; a text of digits alone may be a serial number and counts as well."""
    if isinstance(cell, str) and not re.fullmatch(r"[¥\s\xa0]*[\d,]+(\.\d+)?[\s\xa0元]*", cell):
        return None
    return _fen(cell)


def _fen(cell: Cell) -> int | None:
    try:
        return amount_in_fen(cell)[0]
    except Reason:
        return None
