"""The first conversions and targets of study hours, each with its source. A change is a new row with a later day.

What was shipped stays in these lists for ever: the check of the books holds the rows without a person against them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from partybranch.models import HourRule, HourTarget

_LOCAL = "本地学时折算办法；全国无统一规定，本支部可按上级文件另记新的折算"
_SINCE = date(1949, 10, 1)
Unit, Duty = HourRule.Unit, HourTarget.Duty
HOUR_RULES = (
    (Unit.FULL_DAY, _SINCE, 8, _LOCAL),
    (Unit.HALF_DAY, _SINCE, 4, _LOCAL),
    (Unit.THEME_HALF_DAY, _SINCE, 4, _LOCAL),
    (Unit.HOUR, _SINCE, 1, _LOCAL),
    (Unit.SELF_HOUR, _SINCE, 1, _LOCAL),
)
HOUR_TARGETS = (
    (Duty.MEMBER, date(2019, 5, 6), 32, "《中国共产党党员教育管理工作条例》第二十条"),
    (Duty.COMMITTEE, date(2019, 5, 6), 56, "《2019—2023年全国党员教育培训工作规划》"),
    (Duty.COMMITTEE, date(2024, 1, 1), 56, "《全国党员教育培训工作规划（2024—2028年）》"),
)


def hour_rules() -> list[dict[str, object]]:
    """The columns of each conversion, what it is of and its day first."""
    return [_columns("unit", *row) for row in HOUR_RULES]


def hour_targets() -> list[dict[str, object]]:
    """The columns of each target, whose it is and its day first."""
    return [_columns("duty", *row) for row in HOUR_TARGETS]


def _columns(of: str, code: str, day: date, hours: int, source: str) -> dict[str, object]:
    return {of: str(code), "valid_from": day, "hours": Decimal(hours).quantize(Decimal("0.01")), "source": source}


def ship() -> None:
    """Make what is missing; leave what people have added."""
    for columns in hour_rules():
        HourRule.objects.get_or_create(unit=columns["unit"], valid_from=columns["valid_from"], defaults=columns)
    for columns in hour_targets():
        HourTarget.objects.get_or_create(duty=columns["duty"], valid_from=columns["valid_from"], defaults=columns)
