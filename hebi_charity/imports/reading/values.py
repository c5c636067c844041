"""What one cell says: an amount in fen, a day, an identifier, a name. Raises Reason with what to do about it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from hebi_charity.imports.reading.header import currency_named
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.reading.tables import Cell

_PLAIN_AMOUNT = re.compile(r"(\d{1,12})(?:\.(\d{1,2})0*)?")
_AMOUNT = re.compile(r"([^\d.,+-]*)([+-]?[\d,]*\.?\d*)([^\d.,]*)")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\s\u200b-\u200f\u2028-\u202f\ufeff\u3000\xa0]+")
_EXCEL_ZERO = date(1899, 12, 30)
_LARGEST_FEN = 10**16 - 1  # numeric(16, 2)
# Digits of a whole number that a spreadsheet keeps exactly.
_EXACT = 10**15


def text_of(cell: Cell) -> str:
    """A cell as people see it: blanks and invisible marks at the ends gone, those inside made one blank."""
    if isinstance(cell, str):
        return _INVISIBLE.sub(" ", cell).strip() if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).upper() if isinstance(cell, bool) else str(cell)


def amount_in_fen(cell: Cell, *, factor: int = 1) -> tuple[int, str]:
    """Give (fen or cents, currency code or "" when the cell names none).

    Raises Reason for what is not a number, has more than two decimals, or is not above 0.
    """
    if isinstance(cell, str):
        plain = _PLAIN_AMOUNT.fullmatch(cell)
        if plain and factor == 1:
            fen = int(plain[1]) * 100 + int((plain[2] or "0").ljust(2, "0"))
            return _above_zero(fen, cell), ""
        return _amount_from_text(text_of(cell), factor)
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        raise Reason("amount_not_number", value=text_of(cell))
    return _above_zero(_fen(cell * factor, text_of(cell)), text_of(cell)), ""


def _fen(yuan: float, shown: str) -> int:
    fen = round(yuan * 100)
    # A sum in binary arithmetic is off by far less than this; a real third decimal by far more.
    if abs(yuan * 100 - fen) > max(1e-4, abs(yuan) * 1e-10):
        raise Reason("amount_too_fine", value=shown)
    return fen


def _above_zero(fen: int, shown: str) -> int:
    if fen <= 0:
        raise Reason("amount_not_above_zero", value=shown)
    if fen > _LARGEST_FEN:
        raise Reason("amount_too_large", value=shown)
    return fen


def _amount_from_text(text: str, factor: int) -> tuple[int, str]:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if not plain:
        raise Reason("amount_missing")
    found = _AMOUNT.fullmatch(plain)
    if not found or not re.search(r"\d", found[2]) or not _grouping_is_right(found[2]):
        raise _not_a_number(text)
    currency = ""
    for word in (found[1], found[3]):
        if word.startswith("万"):
            factor, word = factor * 10_000, word[1:]
        if word:
            named = currency_named(word)
            if not named:
                raise _not_a_number(text)
            currency = named
    whole, _, decimals = found[2].replace(",", "").lstrip("+").partition(".")
    if len(decimals.rstrip("0")) > 2 and factor == 1:
        raise Reason("amount_too_fine", value=text)
    scaled = int(f"{whole}{decimals}" if f"{whole}{decimals}".strip("-") else "0") * factor * 100
    fen, rest = divmod(abs(scaled), 10 ** len(decimals))
    if rest:
        raise Reason("amount_too_fine", value=text)
    return _above_zero(-fen if scaled < 0 else fen, text), currency


def _grouping_is_right(number: str) -> bool:
    """1,000 and 10000 are numbers; 1,00 may be a decimal comma and is asked about."""
    return "," not in number or bool(re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", number))


def _not_a_number(text: str) -> Reason:
    return Reason("amount_not_number", value=text)


def identifier(cell: Cell) -> str:
    """An order number as text, a leading zero kept.

    Raises Reason where a spreadsheet has already lost digits: scientific notation, or more than 15 digits as a number.
    """
    if isinstance(cell, str):
        text = cell.strip()
        if text.isdigit() and text.isascii() and len(text) <= 64:
            return text
        text = text_of(cell).lstrip("'`").strip()
        if _SCIENTIFIC.fullmatch(text):
            raise Reason("identifier_scientific", value=text)
        if len(text) > 64:
            raise Reason("identifier_too_long", value=f"{text[:20]}…")
        return text
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        raise Reason("identifier_not_text", value=text_of(cell))
    if isinstance(cell, float) and not cell.is_integer():
        raise Reason("identifier_not_text", value=str(cell))
    if abs(cell) >= _EXACT:
        raise Reason("identifier_scientific", value=f"{cell:.5E}")
    return str(int(cell))


def lost_digits(number: str) -> bool:
    """Whether an order number ends as a spreadsheet leaves long numbers: 15 digits, then only zeros.

    One true number may look so by chance; a whole column does not.
    """
    return len(number) > 17 and number.isdigit() and not number[15:].strip("0")


_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})日?(?:[T\s]+(.*))?")
_COMPACT_DAY = re.compile(r"(20\d{2}|19\d{2})(\d{2})(\d{2})(\d{6})?")
_CLOCK = re.compile(r"(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?(?:\.\d+)?秒?")
_DAY_WITHOUT_YEAR = re.compile(r"(\d{1,2})[月./-](\d{1,2})日?")


def moment(cell: Cell, *, today: date) -> datetime:
    """The local day and time a cell names (midnight when it names a day only). Raises Reason.

    A year is never guessed, and a day after today or before 1990 is refused.
    """
    found = _moment(cell)
    if found is None:
        text = text_of(cell)
        if not text:
            raise Reason("day_missing")
        code = "day_without_year" if _DAY_WITHOUT_YEAR.fullmatch(text) else "day_not_a_date"
        raise Reason(code, value=text)
    if found.date() > today:
        raise Reason("day_in_future", value=text_of(cell))
    if found.year < 1990:
        raise Reason("day_not_a_date", value=text_of(cell))
    return found


def _moment(cell: Cell) -> datetime | None:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None, microsecond=0)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 local wall time, made aware when stored
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return _moment_of_number(cell)
    text = unicodedata.normalize("NFKC", text_of(cell))
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if not found:
        return None
    clock = (0, 0, 0)
    if found[4]:
        digits = _CLOCK.fullmatch(found[4].strip()) or re.fullmatch(r"(\d{2})(\d{2})(\d{2})", found[4])
        if not digits:
            return None
        clock = (int(digits[1]), int(digits[2]), int(digits[3] or 0))
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3]), *clock)  # noqa: DTZ001
    except ValueError:
        return None


def _moment_of_number(number: float) -> datetime | None:
    """A day kept as a spreadsheet's day count (43859) or as digits (20200129)."""
    if 30_000 <= number < 80_000:
        start = datetime(_EXCEL_ZERO.year, _EXCEL_ZERO.month, _EXCEL_ZERO.day)  # noqa: DTZ001
        return start + timedelta(seconds=round(number * 86_400))
    return _moment(str(int(number))) if 19_000_101 <= number <= 21_001_231 else None
