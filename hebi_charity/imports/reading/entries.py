"""Lists without money, in the child: where their header is, what their columns are, and each row as a line of JSON.

What a column can mean comes with the order: keys with the headings by which they are known. Headings may stand over
two lines, with merged cells above: what a line leaves empty the line above says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from hebi_charity.imports.reading.header import SEARCHED_ROWS, squeeze
from hebi_charity.imports.reading.look import HIDDEN, PREVIEW, SAMPLE
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.reading.tables import Cell, Table
from hebi_charity.imports.reading.values import text_of

MOST_ROWS = 20_000
_FEWEST_KNOWN = 2
_LONGEST_HEADING = 40
_PRIVATE = re.compile(r"身份证|证件|电话|手机|联系方式|卡号|账号|住址|地址|邮箱")
_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|[*#:;,。]|_x000d_")
_CSV_MONTH = re.compile(r"(19|20)\d{2}\.\d{1,2}")


@dataclass(frozen=True)
class Meaning:
    """What a column can mean: its key, the squeezed headings by which it is known, required, personal."""

    key: str
    names: tuple[str, ...]
    required: bool = False
    personal: bool = False


def meanings(fields: Iterable[dict]) -> list[Meaning]:
    """The meanings as the order names them."""
    return [
        Meaning(each["key"], tuple(map(squeeze, each["names"])), each["required"], each["personal"]) for each in fields
    ]


def headings_of(cells: Sequence[Cell], above: Sequence[Cell] = ()) -> list[str]:
    """The headings of a line; an empty one is what the line above says over it."""
    width = max(len(cells), len(above))
    found = []
    for place in range(width):
        own = _heading(cells, place)
        found.append(own or _heading(above, place))
    return found


def _heading(cells: Sequence[Cell], place: int) -> str:
    cell = cells[place] if place < len(cells) else ""
    return text_of(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_HEADING else ""


def columns_of(headings: Sequence[str], known: Sequence[Meaning]) -> dict[str, int]:
    """Key -> place of the columns whose headings are known; the first of several counts."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        key = _meaning(heading, known)
        if key and key not in found:
            found[key] = place
    return found


def _meaning(heading: str, known: Sequence[Meaning]) -> str:
    whole = squeeze(heading)
    for tried in (whole, _BRACKETS.sub("", whole)):
        for meaning in known:
            if tried and tried in meaning.names:
                return meaning.key
    return ""


def look_entries(
    table: Table, fields: Iterable[dict], *, sheet: str = "", header_row: int | None = None
) -> dict[str, object]:
    """What the file holds, for the person who loads it. Raises Reason when no sheet has a table."""
    known = meanings(fields)
    sheet, rows, row = _choose(table, known, sheet, header_row)
    headings = _headings_at(rows, row)
    columns = columns_of(headings, known)
    private = {columns[meaning.key] for meaning in known if meaning.personal and meaning.key in columns}
    private |= {place for place, heading in enumerate(headings) if _PRIVATE.search(squeeze(heading))}
    data = [cells for cells in rows[row:] if any(text_of(cell) for cell in cells)]
    width = max((len(cells) for cells in rows), default=0)
    return {
        "kind": table.kind,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheets": table.sheets,
        "sheet": sheet,
        "header_row": row,
        "header": [*headings, *[""] * (width - len(headings))],
        "columns": columns,
        "kept_out": [],
        "private": sorted(private),
        "titles": [text for cells in rows[: row - 1] for cell in cells if (text := text_of(cell))][:10],
        "rows": [_preview(cells, private) for cells in data[:PREVIEW]],
    }


def _preview(cells: Sequence[Cell], private: set[int]) -> list[str]:
    texts = [_shown(cell) for cell in cells]
    return [HIDDEN if text and place in private else text for place, text in enumerate(texts)]


def _shown(cell: Cell) -> str:
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()[:10]
    return text_of(cell)


def _headings_at(rows: Sequence[Sequence[Cell]], row: int) -> list[str]:
    return headings_of(rows[row - 1], rows[row - 2] if row > 1 else ())


def _choose(
    table: Table, known: Sequence[Meaning], sheet: str, header_row: int | None
) -> tuple[str, list[list[Cell]], int]:
    first_reason: Reason | None = None
    for name in [sheet] if sheet else table.sheets:
        rows = list(islice(table.rows(name), SAMPLE))
        if header_row is not None:
            if not 1 <= header_row <= len(rows):
                raise Reason("header_row_missing", row=header_row)
            return name, rows, header_row
        row = find_header(rows, known)
        if row and any(text_of(cell) for cells in rows[row:] for cell in cells):
            return name, rows, row
        first_reason = first_reason or Reason("no_rows_below_header" if row else "header_missing_entries")
    raise first_reason or Reason("file_empty")


def find_header(rows: Sequence[Sequence[Cell]], known: Sequence[Meaning]) -> int:
    """The line (from 1) of the header, its last one where it has two; 0 when none names what is required."""
    required = {meaning.key for meaning in known if meaning.required}
    for row in range(1, min(len(rows), SEARCHED_ROWS) + 1):
        found = columns_of(_headings_at(rows, row), known)
        if required <= set(found) and len(found) >= min(_FEWEST_KNOWN, len(known)):
            below = columns_of(headings_of(rows[row], rows[row - 1]), known) if row < len(rows) else {}
            own = columns_of(headings_of(rows[row]), known) if row < len(rows) else {}
            return row + 1 if own and len(below) > len(found) else row
    return 0


def write_entries(table: Table, order: dict, write: Callable[[str], object]) -> dict[str, object]:
    """Write every row that holds something as a line of JSON: its line and the cells by key. Raises Reason."""
    columns: dict[str, int] = order["columns"]
    start, header, blank, count = order["header_row"], None, 0, 0
    for number, cells in enumerate(table.rows(order["sheet"]), start=1):
        if number <= start:
            header = [text_of(cell) for cell in cells]
            continue
        texts = [text_of(cell) for cell in cells]
        if not any(texts):
            blank += 1
            continue
        if texts == header:
            continue  # repeated at the top of each printed page
        count += 1
        if count > MOST_ROWS:
            raise Reason("too_many_rows", most=MOST_ROWS)
        found = {key: _as_json(cells[place], table.kind) for key, place in columns.items() if place < len(cells)}
        others = sum(1 for place, text in enumerate(texts) if text and place not in columns.values())
        line = {"row": number, "cells": {key: cell for key, cell in found.items() if cell != ""}, "others": others}
        if not line["cells"] or len(line["cells"]) + others == 1:
            line["only"] = next(text for text in texts if text)[:60]
        write(json.dumps(line, ensure_ascii=False) + "\n")
    if header is None:
        raise Reason("header_row_missing", row=start)
    return {"blank": blank, "rows": count}


def _as_json(cell: Cell, kind: str) -> object:
    if isinstance(cell, (datetime, date)):
        return {"day": cell.isoformat()}
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        text = text_of(cell)
        # A spreadsheet saved as CSV writes its number 1985.10 as 1985.1, like its number 1985.1.
        return float(text) if kind == "csv" and _CSV_MONTH.fullmatch(text) else text
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
