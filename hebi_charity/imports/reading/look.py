"""The first look at a file: sheets, header, columns, first rows, and what its titles and numbers propose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import islice

from hebi_charity.imports.reading.header import Header, find_header, read_header
from hebi_charity.imports.reading.names import is_masked
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.reading.tables import Cell, Table
from hebi_charity.imports.reading.values import identifier, lost_digits, text_of

SAMPLE = 2000
PREVIEW = 8
HIDDEN = "•••"
_FULL_DAY = re.compile(r"(20\d{2})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})")
_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"(20\d{2})年")
_NAME_DAY = re.compile(r"(?<!\d)(20\d{2})[-_.]?([01]\d)[-_.]?([0-3]\d)(?!\d)")
_CHANNELS = (
    ("alipay", re.compile(r"支付宝|alipay", re.I)),
    ("wechat", re.compile(r"微信|wechat|weixin", re.I)),
    ("platform", re.compile(r"公益平台|腾讯公益|99公益|网络募捐|水滴|轻松筹")),
    ("pos", re.compile(r"pos|刷卡|扫码|二维码", re.I)),
    ("post", re.compile(r"邮局|邮政汇款|邮汇")),
    ("bank", re.compile(r"银行|转账|对公|网银")),
    ("cash", re.compile(r"现金|cash", re.I)),
)


def look(table: Table, *, file_name: str, sheet: str = "", header_row: int | None = None) -> dict[str, object]:
    """What the file holds, for the person who loads it to see and correct.

    With `header_row` that line is taken as the header whatever it says. Raises Reason when no sheet has a table.
    """
    sheet, rows, header = _choose(table, sheet, header_row)
    data = [cells for cells in rows[header.row :] if any(text_of(cell) for cell in cells)]
    titles = [text for cells in rows[: header.row - 1] for cell in cells if (text := text_of(cell))]
    numbers = _numbers(data, header)
    if len(numbers) > 1 and sum(map(lost_digits, numbers)) * 2 > len(numbers):
        raise Reason("file_lost_digits", value=numbers[0])
    masked, named = _masked_share(data, header)
    width = max((len(cells) for cells in rows), default=0)
    # What is shown is kept: personal data that nobody needs to see stays in the file alone.
    kept_out = {place for place, name in enumerate(header.names) if name in header.kept_out}
    return {
        "kind": table.kind,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheets": table.sheets,
        "sheet": sheet,
        "header_row": header.row,
        "header": [*header.names, *[""] * (width - len(header.names))],
        "columns": header.columns,
        "currency": header.currency,
        "factor": header.factor,
        "kept_out": header.kept_out,
        "titles": titles[:10],
        "rows": [_preview(cells, kept_out) for cells in data[:PREVIEW]],
        "shape": "pool" if "order_no" in header.columns or masked * 2 > named else "named",
        "days": _days(titles, numbers, file_name),
        "channel": _channel(titles, sheet, file_name, header),
    }


def _preview(cells: Sequence[Cell], kept_out: set[int]) -> list[str]:
    texts = [text_of(cell) for cell in cells]
    return [HIDDEN if text and place in kept_out else text for place, text in enumerate(texts)]


def _choose(table: Table, sheet: str, header_row: int | None) -> tuple[str, list[list[Cell]], Header]:
    first_reason: Reason | None = None
    for name in [sheet] if sheet else table.sheets:
        rows = list(islice(table.rows(name), SAMPLE))
        if header_row is not None:
            if not 1 <= header_row <= len(rows):
                raise Reason("header_row_missing", row=header_row)
            return name, rows, read_header(header_row, rows[header_row - 1])
        try:
            return name, rows, find_header(rows)
        except Reason as reason:
            first_reason = first_reason or reason
    raise first_reason or Reason("file_empty")


def _masked_share(data: Sequence[Sequence[Cell]], header: Header) -> tuple[int, int]:
    column = header.columns.get("name")
    if column is None:
        return 0, 0
    names = [text for cells in data if len(cells) > column and (text := text_of(cells[column]))]
    return sum(map(is_masked, names)), len(names)


def _days(titles: list[str], numbers: list[str], file_name: str) -> list[dict[str, str]]:
    """Days that the file offers for its rows, the surest first, each with where it was found."""
    found = [("identifiers", _day_in_identifiers(numbers)), ("title", _day_in_titles(titles, file_name))]
    in_name = _NAME_DAY.search(file_name)
    found.append(("file_name", _day(*in_name.groups()) if in_name else None))
    return [{"day": day.isoformat(), "source": source} for source, day in found if day]


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day_in_titles(titles: list[str], file_name: str) -> date | None:
    """The day the titles name, or None when they name none or several (a span of days is nobody's settlement day)."""
    short = " ".join(title for title in titles if len(title) < 60)
    full = {_day(*parts) for parts in _FULL_DAY.findall(short)}
    if full:
        return full.pop() if len(full) == 1 else None
    in_name = _NAME_DAY.search(file_name)
    year = _YEAR.search(short) or in_name
    days = set(_DAY.findall(short))
    return _day(year[1], *days.pop()) if year and len(days) == 1 else None


def _numbers(data: Sequence[Sequence[Cell]], header: Header) -> list[str]:
    """The order numbers of the first rows that can be read as such."""
    column = header.columns.get("order_no")
    numbers = []
    for cells in data:
        try:
            number = identifier(cells[column]) if column is not None and len(cells) > column else ""
        except Reason:
            continue
        if number:
            numbers.append(number)
    return numbers


def _day_in_identifiers(numbers: list[str]) -> date | None:
    """The day written at the same place in every order number of the first rows (0102 20200125 235946…)."""
    numbers = [number for number in numbers if len(number) >= 12 and number.isdigit()]
    if len(numbers) < 2:
        return None
    for start in range(len(numbers[0]) - 7):
        text = numbers[0][start : start + 8]
        day = _day(text[:4], text[4:6], text[6:]) if text.startswith("20") else None
        if day and all(number[start : start + 8] == text for number in numbers):
            return day
    return None


def _channel(titles: list[str], sheet: str, file_name: str, header: Header) -> str:
    """The channel that titles, sheet or file name speak of, or ""."""
    for text in (*titles, sheet, " ".join(header.names), file_name):
        if len(text) < 80:
            for channel, pattern in _CHANNELS:
                if pattern.search(text):
                    return channel
    return ""
