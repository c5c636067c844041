"""After how many months without organisational life, or without contact, the secretary is told: first, and again.

Half a year of either without a valid reason has consequences (党员教育管理工作条例 art. 24, 31): so three and five
months, unless the branch records others from a day on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hebi_charity.audit.models import Entry
from hebi_charity.core.shipped import FirstSetting
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.models import DatedSetting
from hebi_charity.office.services.dated_settings import record_setting

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

KEY = "partybranch.warning_months"
SINCE, FIRST, AGAIN = date(2019, 5, 6), 3, 5
BASIS = "《中国共产党党员教育管理工作条例》第二十四条、第三十一条：满6个月须处理，提前提醒"


@dataclass(frozen=True)
class WarningMonths:
    """Full months after which a first and an urgent warning is given."""

    first: int
    again: int


def warning_months(day: date) -> WarningMonths:
    """What holds on this day; three and five before anything was recorded."""
    found = DatedSetting.objects.in_force(KEY, day)
    return WarningMonths(*found.value) if found else WarningMonths(FIRST, AGAIN)


SHIPPED = FirstSetting(SINCE, [FIRST, AGAIN], BASIS)


@atomic_with_retry
def record_warning_months(first: int, again: int, *, valid_from: date, basis: str, by: User) -> DatedSetting:
    """Other months from a day on; earlier rows stay. The act stands on the branch's side of the log."""
    return record_setting(
        KEY, valid_from=valid_from, value=[first, again], legal_basis=basis, by=by, side=Entry.Side.PARTY
    )
