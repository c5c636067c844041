"""Gap-free numbers that auditors read. The row lock is taken last in every transaction (design decision 9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import connection

from hebi_charity.office.models import NumberSeries

PREFIXES = {"donation": "捐", "income": "收", "reversal": "冲", "report": "报", "import": "导", "party_import": "党导"}

NUMBER_DIGITS, FEWEST_ENDING = 6, 4  # of a number; so many last digits are looked for in all of them

_TAKE = """
INSERT INTO office_numberseries (kind, year, last) VALUES (%s, %s, %s)
ON CONFLICT (kind, year) DO UPDATE SET last = office_numberseries.last + EXCLUDED.last
RETURNING last
"""


def number_prefix(kind: str, year: int) -> str:
    """What stands before the six digits; numbers of the demonstration begin with 演."""
    demo = "演" if settings.HEBI_MODE == "demo" else ""
    return f"{demo}{PREFIXES[kind]}{year}-"


def take_numbers(kind: str, *, on: date, count: int = 1) -> list[str]:
    """The next `count` numbers of this kind in the year of `on`; given back when the transaction rolls back."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [kind, on.year, count])
        last = cursor.fetchone()[0]
    prefix = number_prefix(kind, on.year)
    return [f"{prefix}{number:0{NUMBER_DIGITS}d}" for number in range(last - count + 1, last + 1)]


def numbers_ending(digits: str, *, kinds: Iterable[str]) -> list[str]:
    """Every number given so far that ends with these digits; fewer than four are a whole number without its zeros."""
    if not int(digits):
        return []
    step = 10 ** len(digits) if len(digits) >= FEWEST_ENDING else 10**NUMBER_DIGITS
    return [
        f"{number_prefix(series.kind, series.year)}{number:0{NUMBER_DIGITS}d}"
        for series in NumberSeries.objects.filter(kind__in=kinds)
        for number in range(int(digits), series.last + 1, step)
    ]


def in_ranges(numbers: Iterable[str]) -> str:
    """Numbers as a log names them: 捐2026-000001—000003、捐2026-000007."""
    runs: list[tuple[str, str]] = []
    for number in sorted(numbers):
        if runs and number == _next(runs[-1][1]):
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return "、".join(first if first == last else f"{first}—{last[-NUMBER_DIGITS:]}" for first, last in runs)


def _next(number: str) -> str:
    return f"{number[:-NUMBER_DIGITS]}{int(number[-NUMBER_DIGITS:]) + 1:0{NUMBER_DIGITS}d}"
