"""In which month money is counted, said before it binds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from donations.models import Donation
from hebi_charity.core import dates
from hebi_charity.office.models import Period


@dataclass
class OtherMonth:
    """Documents that a review would count in a month that is not the month they were given in."""

    month: date
    count: int = 0
    yuan: Decimal = Decimal(0)


def mark_other_months(donations: Iterable[Donation]) -> list[OtherMonth]:
    """Give each document its `counted_in`: the month it would be counted in, where that is not its own; None elsewhere.

    Money that is not here yet is counted when it arrives, so nothing is said of it. The sums by month, in order.
    """
    shown = list(donations)
    received = {dates.month_start(row.received_on) for row in shown if row.received_on}
    booked = Period.objects.booking_months(received)
    found: dict[date, OtherMonth] = {}
    for row in shown:
        month = booked.get(dates.month_start(row.received_on)) if row.received_on else None
        row.counted_in = month if month and month != dates.month_start(row.donated_on) else None
        if row.counted_in:
            sums = found.setdefault(month, OtherMonth(month))
            sums.count, sums.yuan = sums.count + 1, sums.yuan + row.amount
    return [found[month] for month in sorted(found)]
