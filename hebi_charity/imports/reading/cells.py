"""What a cell of a list without money says, by the kind its column was given: text, number, day, month, choice.

A cell comes from the child as JSON can say it: text, a number, or {"day": "1985-07-01T00:00:00"}. Raises Reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from hebi_charity.imports.reading.header import squeeze
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.reading.values import text_of

JsonCell = str | int | float | dict | None
_EXACT = 10**15  # digits of a whole number that a spreadsheet keeps exactly
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_DAY = re.compile(r"((?:19|20)\d{2})[-./年、](\d{1,2})[-./月、](\d{1,2})[日号]?(?:[t\s]*\d{1,2}[:时].*)?")
_MONTH = re.compile(r"((?:19|20)\d{2})[-./年、](\d{1,2})月?份?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})?")
_ZERO = date(1899, 12, 30)  # the day a spreadsheet counts from
_FIRST_COUNT, _LAST_COUNT = 3_654, 73_050  # 1910-01-01 and 2099-12-31 as such counts
_EARLIEST_YEAR = 1900


def text(cell: JsonCell) -> str:
    """The text as people see it. A number too long for a spreadsheet has lost its last digits and is refused."""
    shown = text_of(cell["day"][:10] if isinstance(cell, dict) else "" if cell is None else cell)
    shown = shown.lstrip("'`").strip()
    is_long = isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) >= _EXACT
    if is_long or _SCIENTIFIC.fullmatch(shown):
        raise Reason("cell_lost_digits", value=shown)
    return shown


def number(cell: JsonCell) -> int:
    """A whole number. Raises Reason."""
    shown = unicodedata.normalize("NFKC", text(cell)).replace(",", "")
    if not re.fullmatch(r"-?\d{1,9}", shown):
        raise Reason("cell_not_a_number", value=shown)
    return int(shown)


def choice(cell: JsonCell, choices: Mapping[str, str]) -> str:
    """The code behind a word of the list. Raises Reason with the words that are known."""
    shown = text(cell)
    found = choices.get(squeeze(shown))
    if found is None:
        raise Reason("cell_not_a_choice", value=shown, known="、".join(_one_word_each(choices)))
    return found


def _one_word_each(choices: Mapping[str, str]) -> list[str]:
    """The first word of every meaning, which is the one to write."""
    first: dict[str, str] = {}
    for word, code in choices.items():
        first.setdefault(code, word)
    return list(first.values())


def day(cell: JsonCell, *, today: date) -> str:
    """A day as 1985-07-01, or 1985-07 where the cell names a month alone. Raises Reason."""
    found = _day(cell)
    if found is None:
        raise Reason("cell_not_a_day", value=text(cell))
    if found > today.isoformat():
        raise Reason("cell_day_in_future", value=text(cell))
    return found


def month(cell: JsonCell, *, today: date) -> str:
    """A month as 1985-07, also where the cell names a day in it. Raises Reason."""
    return day(cell, today=today)[:7]


def _day(cell: JsonCell) -> str | None:
    if isinstance(cell, dict):
        return _valid(*map(int, cell["day"][:10].split("-")))
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _of_number(cell)
    shown = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text(cell))).lower().rstrip("。.")
    if found := _DAY.fullmatch(shown):
        return _valid(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH.fullmatch(shown):
        return _valid(int(found[1]), int(found[2]))
    if found := _COMPACT.fullmatch(shown):
        return _valid(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    return None


def _of_number(cell: float) -> str | None:
    """A day count (31229), digits (19850701, 198507), or a year with its month behind the point (1985.07)."""
    if float(cell).is_integer():
        whole = int(cell)
        if _FIRST_COUNT <= whole <= _LAST_COUNT:
            return (_ZERO + timedelta(days=whole)).isoformat()
        found = _COMPACT.fullmatch(str(whole))
        return _valid(int(found[1]), int(found[2]), int(found[3]) if found[3] else None) if found else None
    if _FIRST_COUNT <= cell <= _LAST_COUNT and not 1900 <= cell < 2100:
        return (_ZERO + timedelta(days=int(cell))).isoformat()
    shown = repr(float(cell))
    if re.fullmatch(r"(19|20)\d{2}\.1", shown):
        # A spreadsheet drops the last zero: it may have been 1985.1 or 1985.10, and nobody can tell which.
        raise Reason("cell_month_ambiguous", value=shown, year=int(cell))
    found = re.fullmatch(r"((?:19|20)\d{2})\.(\d{1,2})", shown)
    return _valid(int(found[1]), int(found[2])) if found else None


def _valid(year: int, month_of_year: int, day_of_month: int | None = None) -> str | None:
    if year < _EARLIEST_YEAR:
        return None
    try:
        found = datetime(year, month_of_year, day_of_month or 1)  # noqa: DTZ001 a day of the calendar
    except ValueError:
        return None
    return f"{found:%Y-%m-%d}" if day_of_month else f"{found:%Y-%m}"
