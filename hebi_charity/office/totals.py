"""What a month holds, as its page and the log say it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from hebi_charity.core.registry import PeriodTotals, period_totals

_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")


def block(totals: PeriodTotals, month: date) -> tuple[str, list[tuple[str, str]]]:
    """The title of an app's totals and its lines as (label, value)."""
    return totals.title, _lines(totals, totals.compute(month))


def totals_in_words(kept: object) -> str:
    """What a closed month promised: every app's figures with their labels, in one line."""
    lines = [
        line
        for key, totals in period_totals.items()
        if isinstance(kept, Mapping) and key in kept
        for line in _lines(totals, kept[key])
    ]
    return "，".join(f"{label} {value}" for label, value in lines)


def _lines(totals: PeriodTotals, values: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(str(label), _spoken(values[name])) for name, label in totals.labels.items() if name in values]


def _spoken(value: str) -> str:
    """1200.00 → 1,200.00; what is no number stays."""
    return f"{Decimal(value):,}" if _NUMBER.match(value) else value
