"""What came in: for a fund by kind and month, for a campaign by day. All from the summaries, none of it added twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from donations.models import Campaign, DailySummary, Fund, IncomeKind
from donations.models.daily_summary import NET
from donations.reporting.campaigns import ARRIVING_KINDS, RAISED_KINDS
from hebi_charity.core.registry import StartChart

NOTHING = Decimal("0.00")
LONGEST_BY_DAY = 92  # days; beyond a quarter the days become months


@dataclass(frozen=True)
class MonthTable:
    """What one fund took in, in yuan: a row a month, a column for each kind that brought something."""

    kinds: list[str]
    rows: list[tuple[date, list[Decimal], Decimal]]
    sums: list[Decimal]
    total: Decimal


def fund_by_month(fund: Fund, year: int) -> MonthTable:
    """What was booked to the fund in a year, less what was reversed, by month and kind."""
    booked = DailySummary.objects.booked().of_year(year).filter(fund=fund)
    found: dict[tuple[str, date], Decimal] = {}
    for kind, month, yuan in (
        booked.annotate(month=TruncMonth("day")).values_list("kind", "month").annotate(yuan=NET["yuan"])
    ):
        found[kind, month] = yuan
    codes = [code for code, name in kinds_in_order() if any(kind == code for kind, month in found)]
    names = dict(kinds_in_order())
    rows = []
    for month in sorted({month for kind, month in found}):
        cells = [found.get((code, month), NOTHING) for code in codes]
        rows.append((month, cells, sum(cells, NOTHING)))
    sums = [sum((cells[place] for month, cells, total in rows), NOTHING) for place in range(len(codes))]
    return MonthTable([names[code] for code in codes], rows, sums, sum(sums, NOTHING))


def kinds_in_order() -> list[tuple[str, str]]:
    return list(IncomeKind.objects.values_list("code", "name"))


def month_chart(table: MonthTable, year: int) -> StartChart | None:
    """The months of the table as a chart; None for a single month, which says nothing more than its number."""
    if len(table.rows) < 2:
        return None
    title = _("Came in by month, %(year)s") % {"year": year}
    labels = [f"{month:%Y-%m}" for month, cells, total in table.rows]
    return StartChart(title, _("yuan"), labels, [f"{total:.2f}" for month, cells, total in table.rows])


def years_of(fund: Fund) -> list[int]:
    """The years in which something was booked to the fund, newest first."""
    return [day.year for day in DailySummary.objects.booked().filter(fund=fund).dates("day", "year", order="DESC")]


def this_year_by_fund(funds: Iterable[Fund], year: int) -> dict[int, Decimal]:
    """Yuan booked to each of these funds in a year, less what was reversed, by the fund's id."""
    rows = DailySummary.objects.booked().of_year(year).filter(fund__in=list(funds))
    return dict(rows.values_list("fund").annotate(yuan=NET["yuan"]))


@dataclass(frozen=True)
class CampaignFigures:
    """Two figures that are never added: raised by the day of giving, and arrived by the bank. Yuan."""

    raised: Decimal
    entries: int
    person_times: int
    arrived: Decimal

    @property
    def not_arrived(self) -> Decimal:
        return self.raised - self.arrived


def campaign_figures(campaign: Campaign) -> CampaignFigures:
    own = DailySummary.objects.filter(campaign=campaign)
    raised = own.given().filter(kind__in=RAISED_KINDS).net()
    arrived = own.booked().filter(kind__in=ARRIVING_KINDS).net()
    return CampaignFigures(raised["yuan"] or NOTHING, raised["entries"], raised["times"], arrived["yuan"] or NOTHING)


def raised_by_campaign(campaigns: Iterable[Campaign]) -> dict[int, Decimal]:
    """Yuan raised by each of these campaigns, by the campaign's id."""
    rows = DailySummary.objects.given().filter(campaign__in=list(campaigns), kind__in=RAISED_KINDS)
    return dict(rows.values_list("campaign").annotate(yuan=NET["yuan"]))


@dataclass(frozen=True)
class RaisedDay:
    """One day (or, of a long campaign, one month) of a campaign."""

    label: str
    entries: int
    person_times: int
    amount: Decimal


def raised_days(campaign: Campaign) -> list[RaisedDay]:
    """What was raised day by day, in order; month by month when it ran longer than a quarter."""
    own = DailySummary.objects.given().filter(campaign=campaign, kind__in=RAISED_KINDS)
    days = list(own.values_list("day").annotate(**NET).order_by("day"))
    form = "%Y-%m" if days and (days[-1][0] - days[0][0]).days >= LONGEST_BY_DAY else "%Y-%m-%d"
    merged: dict[str, list] = {}
    for day, yuan, entries, times in days:
        kept = merged.setdefault(day.strftime(form), [0, 0, NOTHING])
        kept[0], kept[1], kept[2] = kept[0] + entries, kept[1] + times, kept[2] + yuan
    return [RaisedDay(label, *kept) for label, kept in merged.items()]


def raised_chart(campaign: Campaign, days: list[RaisedDay]) -> StartChart | None:
    if len(days) < 2:
        return None
    title = _("Raised by day of giving, %(campaign)s") % {"campaign": campaign.name}
    return StartChart(title, _("yuan"), [day.label for day in days], [f"{day.amount:.2f}" for day in days])
