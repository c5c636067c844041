"""Party standing (党龄) in full years, and who has reached fifty of them on the first of July.

Standing counts from 转正, or from the day a paper sets. Who was admitted when there was no probation has one day only.
"""

from __future__ import annotations

from datetime import date

MEDAL_YEARS = 50  # 光荣在党50年, awarded each first of July


def anniversary(since: date, year: int) -> date:
    """The day in this year on which another year is full; of 29 February in a common year the 28th."""
    try:
        return since.replace(year=year)
    except ValueError:
        return since.replace(year=year, day=28)


def full_years(since: date, on: date) -> int:
    """Years completed from a day to a day; 0 when it lies before."""
    years = on.year - since.year - (on < anniversary(since, on.year))
    return max(0, years)


def medal_day(year: int) -> date:
    return date(year, 7, 1)


def reaches_fifty(since: date, year: int) -> bool:
    """Whether the fiftieth year is full on the first of July of this year."""
    return full_years(since, medal_day(year)) >= MEDAL_YEARS


def reaches_fifty_first(since: date, year: int) -> bool:
    """Whether it was not full yet a year before: then this is the year of the medal."""
    return reaches_fifty(since, year) and not reaches_fifty(since, year - 1)
