"""How a stretch of study falls into calendar years: hours count only in theirs. Pure arithmetic, no table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class YearPart:
    """The days of one calendar year and how much of the whole falls into them, in the units it was given in."""

    starts_on: date
    ends_on: date
    quantity: Decimal

    @property
    def year(self) -> int:
        return self.starts_on.year

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on + timedelta(days=1)).days


def by_year(starts_on: date, ends_on: date, quantity: Decimal) -> list[YearPart]:
    """The parts of each calendar year, by their days; the last takes what rounding leaves. Raises ValueError.

    30 December to 2 January of four days is two days in each year.
    """
    if ends_on < starts_on:
        raise ValueError(f"{starts_on} to {ends_on} goes backwards")
    whole, rest = (ends_on - starts_on).days + 1, quantity
    parts = []
    for year in range(starts_on.year, ends_on.year + 1):
        first, last = max(starts_on, date(year, 1, 1)), min(ends_on, date(year, 12, 31))
        share = (quantity * ((last - first).days + 1) / whole).quantize(CENT, ROUND_HALF_UP)
        if last == ends_on:
            share = rest
        parts.append(YearPart(first, last, share))
        rest -= share
    return parts


def hours_of(quantity: Decimal, hours_each: Decimal) -> Decimal:
    """Quantity times the hours of one unit, to two places as PostgreSQL rounds."""
    return (quantity * hours_each).quantize(CENT, ROUND_HALF_UP)


def said(hours: Decimal) -> str:
    """Hours without idle zeros: 16, 1.5."""
    return f"{hours.normalize():f}" if hours else "0"
