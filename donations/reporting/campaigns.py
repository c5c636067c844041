"""A campaign's page: raised by the day of giving, arrived by the bank, as the close of the month knew them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from donations.models import Campaign, Donation, Donor, PlatformOrder
from donations.reporting.books import cut_off
from donations.reporting.facts import NOTHING, CampaignDay, CampaignFacts, Raised
from hebi_charity.core.dates import month_end

MATCH = "match_fund"
RAISED_KINDS = ("donation", MATCH)
ARRIVING_KINDS = ("donation", MATCH, "platform_settlement")
UNITS = (Donor.Kind.ENTERPRISE, Donor.Kind.ORGANISATION)
LONGEST_BY_DAY = 31  # days; a longer campaign is not drawn day by day
NEAR = timedelta(days=45)


def campaigns_of(month: date) -> tuple[CampaignFacts, ...]:
    """The campaigns that ran in this month and raised something, oldest first."""
    last = month_end(month)
    running = Campaign.objects.filter(starts_on__lte=last).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=month))
    found = [campaign_facts(campaign, last, cut_off(month)) for campaign in running.order_by("starts_on", "pk")]
    return tuple(facts for facts in found if facts.raised.amount)


def campaign_facts(campaign: Campaign, last: date, cut: datetime) -> CampaignFacts:
    known = known_at(campaign, last, cut)
    by_day = raised_by_day(known)
    raised = raised_of(campaign, last, by_day)
    arrived = arrived_by(campaign, last, cut)
    before = campaign_before(campaign)
    return CampaignFacts(
        raised=raised,
        is_running=campaign.ends_on is None or campaign.ends_on > last,
        platform=campaign.platform,
        filing_no=campaign.filing_no,
        **sources(known),
        arrived=arrived,
        not_arrived=raised.amount - arrived,
        by_day=by_day if raised.days <= LONGEST_BY_DAY else (),
        before=raised_of(before, last, raised_by_day(known_at(before, last, cut))) if before else None,
    )


def known_at(campaign: Campaign, last: date, cut: datetime) -> QuerySet[Donation]:
    """The campaign's documents given up to a day, reviewed and not reversed at a moment."""
    return (
        Donation.objects.reviewed()
        .filter(campaign=campaign, kind__in=RAISED_KINDS, donated_on__lte=last, reviewed_at__lte=cut)
        .exclude(reversal__approved_at__lte=cut)
        .exclude(arrival__in=[Donation.Arrival.PENDING, Donation.Arrival.BOUNCED])
        .exclude(booked_on__gt=last)
    )


def raised_by_day(known: QuerySet[Donation]) -> tuple[CampaignDay, ...]:
    """Person-times and yuan per day of giving; the orders of a pool by their own days."""
    days: dict[date, tuple[int, Decimal]] = {}
    singles = known.filter(shape=Donation.Shape.SINGLE).values_list("donated_on")
    single_days = singles.annotate(times=Sum("person_times"), yuan=Sum("amount")).order_by("donated_on")
    orders = PlatformOrder.objects.filter(donation__in=known.filter(shape=Donation.Shape.POOL))
    order_days = orders.values_list("donated_on").annotate(times=Count("id"), yuan=Sum("amount")).order_by("donated_on")
    for day, times, yuan in (*single_days, *order_days):
        counted, summed = days.get(day, (0, NOTHING))
        days[day] = (counted + times, summed + yuan)
    return tuple(CampaignDay(day, *days[day]) for day in sorted(days))


def raised_of(campaign: Campaign, last: date, by_day: tuple[CampaignDay, ...]) -> Raised:
    ended = min(campaign.ends_on or last, last)
    return Raised(
        name=campaign.name,
        first_day=campaign.starts_on,
        last_day=ended,
        days=(ended - campaign.starts_on).days + 1,
        person_times=sum(day.person_times for day in by_day),
        amount=sum((day.amount for day in by_day), NOTHING),
    )


def sources(known: QuerySet[Donation]) -> dict[str, Decimal | None]:
    """Who gave what part; None for all three where a pool does not tell its sources apart."""
    if known.filter(shape=Donation.Shape.POOL).exists():
        return {"from_public": None, "from_units": None, "match_money": None}
    match = Q(kind=MATCH)
    units = ~match & Q(donor__kind__in=UNITS)
    sums = known.aggregate(
        match_money=Sum("amount", filter=match),
        from_units=Sum("amount", filter=units),
        from_public=Sum("amount", filter=~match & ~Q(donor__kind__in=UNITS)),
    )
    return {name: value or NOTHING for name, value in sums.items()}


def arrived_by(campaign: Campaign, last: date, cut: datetime) -> Decimal:
    """What the bank holds of the campaign: booked up to the last day, less what was reversed up to it."""
    booked = Donation.objects.reviewed().filter(
        campaign=campaign, kind__in=ARRIVING_KINDS, booked_on__lte=last, reviewed_at__lte=cut
    )
    return booked.exclude(reversal__reversed_on__lte=last).aggregate(yuan=Sum("amount"))["yuan"] or NOTHING


def campaign_before(campaign: Campaign) -> Campaign | None:
    """The campaign of the year before: on the same platform, begun at nearly the same time of the year."""
    year_ago = campaign.starts_on - timedelta(days=365)
    near = Campaign.objects.filter(
        platform=campaign.platform, starts_on__range=(year_ago - NEAR, year_ago + NEAR), ends_on__isnull=False
    ).exclude(pk=campaign.pk)
    return min(near, key=lambda other: (abs(other.starts_on - year_ago), other.pk), default=None)
