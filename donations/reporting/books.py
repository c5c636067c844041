"""What the summaries say about months: one query, then sums in memory over few rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import F, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from donations.models import DailySummary, Donation, IncomeKindRule
from donations.reporting.facts import NOTHING
from hebi_charity.core.dates import month_end, previous_month
from hebi_charity.office.models import Period
from hebi_charity.reports.facts import Compared


@dataclass(frozen=True)
class Booked:
    """What was booked in one month for one kind, channel, fund and campaign; reversals of the month are taken off."""

    month: date
    kind: str
    channel: str
    fund: int
    campaign: int | None
    is_gift: bool
    gifts: int
    person_times: int
    amount: Decimal
    late_gifts: int
    late_amount: Decimal
    reversed_gifts: int
    reversed_amount: Decimal


Measure = Callable[[Booked], "Decimal | int"]


def amount_of(row: Booked) -> Decimal:
    return row.amount


@dataclass(frozen=True)
class Books:
    """The months a report compares. `last_month` and `last_year` are None where the books did not run yet."""

    month: date
    last_month: date | None
    last_year: date | None
    rows: tuple[Booked, ...]

    @classmethod
    def of(cls, month: date) -> Books:
        before, year_before = previous_month(month), month.replace(year=month.year - 1)
        known = set(Period.objects.filter(month__in=[before, year_before]).values_list("month", flat=True))
        wanted = {before, year_before, *months_so_far(month)}
        return cls(
            month,
            before if before in known else None,
            year_before if year_before in known else None,
            tuple(booked_rows(wanted)),
        )

    def compared(self, rows: Iterable[Booked], measure: Measure = amount_of) -> Compared:
        """The sum of these rows beside those it is compared with."""
        rows = tuple(rows)
        zero = NOTHING if measure is amount_of else 0

        def of(*months: date) -> Decimal | int:
            return sum((measure(row) for row in rows if row.month in months), zero)

        return Compared(
            of(self.month),
            of(self.last_month) if self.last_month else None,
            of(self.last_year) if self.last_year else None,
            of(*months_so_far(self.month)),
        )

    def gifts(self) -> list[Booked]:
        return [row for row in self.rows if row.is_gift]

    def others(self) -> list[Booked]:
        return [row for row in self.rows if not row.is_gift]


def months_so_far(month: date) -> list[date]:
    """January up to this month."""
    return [month.replace(month=number) for number in range(1, month.month + 1)]


def cut_off(month: date) -> datetime:
    """The moment up to which a month knows its records: when it was closed for entries; open months: now."""
    closed = Period.objects.filter(month=month).exclude(state=Period.State.OPEN).first()
    return closed.submitted_at if closed else timezone.now()


def gift_kinds_of(months: Iterable[date]) -> dict[date, set[str]]:
    """The kinds that count as gift income, by month, as the rules stood when the month was closed."""
    found = {}
    for month in months:
        rules = IncomeKindRule.objects.filter(recorded_at__lte=cut_off(month)).in_force(month_end(month))
        found[month] = {kind for kind, rule in rules.items() if rule.is_donation_income}
    return found


def booked_rows(months: set[date]) -> list[Booked]:
    """Sums of the summaries by the day of booking, per month and key."""
    gift_kinds = gift_kinds_of(months)
    summaries = (
        DailySummary.objects.filter(basis=DailySummary.Basis.BOOKED)
        .filter(day__gte=min(months), day__lte=month_end(max(months)))
        .annotate(month=TruncMonth("day"))
        .values("month", "kind_id", "channel", "fund_id", "campaign_id")
        .annotate(
            net_gifts=Sum(F("gifts") - F("reversed_gifts")),
            net_person_times=Sum(F("person_times") - F("reversed_person_times")),
            net_amount=Sum(F("amount") - F("reversed_amount")),
            late=Sum("late_gifts"),
            late_yuan=Sum("late_amount"),
            taken_off=Sum("reversed_gifts"),
            yuan_off=Sum("reversed_amount"),
        )
        .order_by("month", "kind_id", "channel", "fund_id", "campaign_id")
    )
    return [
        Booked(
            month=row["month"],
            kind=row["kind_id"],
            channel=row["channel"],
            fund=row["fund_id"],
            campaign=row["campaign_id"],
            is_gift=row["kind_id"] in gift_kinds[row["month"]],
            gifts=row["net_gifts"],
            person_times=row["net_person_times"],
            amount=row["net_amount"],
            late_gifts=row["late"],
            late_amount=row["late_yuan"],
            reversed_gifts=row["taken_off"],
            reversed_amount=row["yuan_off"],
        )
        for row in summaries
        if row["month"] in months
    ]


def platform_person_times(month: date) -> int:
    """Person-times of all platform pools known at the close of a month; their money is booked when it is settled.

    A month's own figure is the difference to the month before, so that a pool reviewed late counts once.
    """
    cut = cut_off(month)
    known = Donation.objects.reviewed().filter(
        arrival=Donation.Arrival.PLATFORM, donated_on__lte=month_end(month), reviewed_at__lte=cut
    )
    return known.exclude(reversal__approved_at__lte=cut).aggregate(times=Sum("person_times"))["times"] or 0
