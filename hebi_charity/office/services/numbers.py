"""Gap-free numbers that auditors read. The row lock is taken last in every transaction (design decision 9)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import connection

PREFIXES = {"donation": "捐", "income": "收", "reversal": "冲", "report": "报", "import": "导"}

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
    return [f"{prefix}{number:06d}" for number in range(last - count + 1, last + 1)]
