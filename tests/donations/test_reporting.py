"""The month's facts: what counts where, and that a closed month never changes."""

from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from donations.models import Campaign, DailySummary, Donation, FundAllocation, PlatformOrder
from donations.reporting.facts import Counted
from donations.reporting.month import gift_month
from donations.services.donors import NewDonor
from donations.services.query_codes import new_query_codes
from donations.services.reversing import approve_reversal, request_reversal
from donations.services.reviewing import record_arrival, record_bounce, review_donation
from hebi_charity.core import dates
from hebi_charity.core.registry import book_checks
from hebi_charity.office.models import Period
from hebi_charity.office.services.numbers import take_numbers
from hebi_charity.office.services.periods import confirm_period, submit_period
from hebi_charity.reports.building import MONTHLY, build
from hebi_charity.reports.facts import plain
from tests.donations.factories import (
    CampaignFactory,
    FundFactory,
    UserFactory,
    registered_gift,
    reviewed_gift,
    set_up_office,
)

pytestmark = pytest.mark.django_db

AUGUST, SEPTEMBER, OCTOBER = date(2022, 8, 1), date(2022, 9, 1), date(2022, 10, 1)


@pytest.fixture(autouse=True)
def office():
    set_up_office(AUGUST)


def yuan(text: str) -> Decimal:
    return Decimal(text)


def close(*months: date) -> None:
    for month in months:
        period = Period.objects.get(month=month)
        confirm_period(submit_period(period, by=UserFactory(), today=date(2026, 11, 24)), by=UserFactory())


def cheque(**changes: object) -> Donation:
    """A reviewed gift by cheque that has not arrived."""
    return reviewed_gift(channel="cheque", arrival="pending", **changes)


def platform_pool(campaign: Campaign, days: dict[date, list[str]], *, reviewed: bool = True) -> Donation:
    """A pool of platform orders, raised and not settled."""
    amounts = [yuan(amount) for day in days.values() for amount in day]
    pool = Donation.objects.create(
        donation_no=take_numbers("donation", on=dates.today())[0],
        query_code=new_query_codes(1)[0],
        shape=Donation.Shape.POOL,
        kind_id="donation",
        campaign=campaign,
        channel="platform",
        amount=sum(amounts),
        person_times=len(amounts),
        order_count=len(amounts),
        donated_on=max(days),
        arrival=Donation.Arrival.PLATFORM,
        public_mode="none",
        receipt_disposition="platform",
        recorded_by=UserFactory(),
        recorded_on=dates.today(),
    )
    FundAllocation.objects.create(donation=pool, fund=campaign.fund, amount=pool.amount)
    rows = [(day, amount) for day, each in days.items() for amount in each]
    PlatformOrder.objects.bulk_create(
        PlatformOrder(
            donation=pool, row_no=n, channel="platform", order_no=f"{pool.pk}-{n}", amount=amount, donated_on=day
        )
        for n, (day, amount) in enumerate(rows, start=1)
    )
    return review_donation(pool, by=UserFactory()) if reviewed else pool


def other_income(kind: str, amount: str, **changes: object) -> Donation:
    return reviewed_gift(
        kind=kind, amount=yuan(amount), donor=None, public_mode="none", person_times=0, channel="bank", **changes
    )


def lines(table) -> dict[str, Decimal]:
    return {line.label: line.figure.this_month for line in table.lines}


def test_other_income_changes_money_and_not_gifts():
    reviewed_gift(amount=yuan("100.00"))
    for kind, amount in (("interest", "7.00"), ("upstream_transfer", "300.00"), ("leftovers_returned", "20.00")):
        other_income(kind, amount)

    facts = gift_month(SEPTEMBER)

    assert facts.gift_income.this_month == yuan("100.00")
    assert (facts.gifts.this_month, facts.person_times.this_month) == (1, 1)
    assert lines(facts.other_kinds) == {
        "上级慈善组织拨入": yuan("300.00"),
        "利息及投资收益": yuan("7.00"),
        "结余退回": yuan("20.00"),
    }
    assert facts.all_income.this_month == facts.by_fund.total.this_month == yuan("427.00")


def test_months_before_the_books_are_unknown_and_not_zero():
    reviewed_gift(amount=yuan("100.00"))

    facts = gift_month(SEPTEMBER)

    assert facts.gift_income.last_month == yuan("0.00")
    assert facts.gift_income.last_year is None
    assert facts.gift_income.year_on_year is None
    assert gift_month(AUGUST).gift_income.last_month is None


def test_restricted_money_is_what_is_not_unrestricted():
    reviewed_gift(amount=yuan("10.00"))
    fund = FundFactory(restriction="restricted")
    reviewed_gift(amount=yuan("30.00"), allocations=((fund, yuan("30.00")),))

    assert gift_month(SEPTEMBER).restricted == yuan("30.00")


def test_split_gift_counts_once_and_its_parts_go_to_their_funds():
    first, second = FundFactory(name="甲项目"), FundFactory(name="乙项目")
    reviewed_gift(amount=yuan("30.00"), allocations=((first, yuan("10.00")), (second, yuan("20.00"))))

    facts = gift_month(SEPTEMBER)

    assert facts.gifts.this_month == 1
    assert lines(facts.by_fund) == {"甲项目": yuan("10.00"), "乙项目": yuan("20.00")}


def test_gift_reviewed_after_the_close_is_received_earlier_and_booked_now():
    """September keeps its digest; October names the gift; the year to date is the sum of both months."""
    reviewed_gift(amount=yuan("100.00"))
    late = registered_gift(amount=yuan("40.05"))
    close(AUGUST, SEPTEMBER)
    closed = build(MONTHLY, SEPTEMBER).digest
    reviewed_gift(amount=yuan("7.00"), donated_on=date(2022, 10, 3))

    late = review_donation(late, by=UserFactory())

    assert (late.received_on, late.booked_on) == (date(2022, 9, 5), OCTOBER)
    assert build(MONTHLY, SEPTEMBER).digest == closed
    september, october = gift_month(SEPTEMBER), gift_month(OCTOBER)
    assert october.composition.received_now == Counted(1, yuan("7.00"))
    assert october.composition.received_earlier == Counted(1, yuan("40.05"))
    assert october.composition.reversed_now == Counted(0, yuan("0.00"))
    assert (september.gift_income.this_month, september.gifts.this_month) == (yuan("100.00"), 1)
    assert (october.gift_income.this_month, october.gifts.this_month) == (yuan("47.05"), 2)
    assert (october.gift_income.year_to_date, october.gifts.year_to_date) == (yuan("147.05"), 3)
    booked = DailySummary.objects.booked().filter(day=OCTOBER).get()
    assert (booked.late_gifts, booked.late_amount) == (1, yuan("40.05"))
    page = "".join(strip_tags(render_to_string(october.template, {"section": october})).split())
    assert "以前期间收到、本期入账140.05" in page, page[page.index("以前期间") :][:60]
    assert [difference for check in book_checks for difference in check()] == []


def test_cheque_stands_beside_the_sums_until_it_arrives():
    reviewed_gift(amount=yuan("100.00"))
    gift = cheque(amount=yuan("500.00"))
    close(AUGUST, SEPTEMBER)
    closed = plain(gift_month(SEPTEMBER))

    record_arrival(gift, by=UserFactory(), received_on=date(2022, 10, 9))
    facts = gift_month(SEPTEMBER)

    assert plain(facts) == closed
    assert (facts.gift_income.this_month, facts.not_arrived.amount) == (yuan("100.00"), yuan("500.00"))
    assert gift_month(OCTOBER).gift_income.this_month == yuan("500.00")
    assert gift_month(OCTOBER).not_arrived.gifts == 0


def test_cheque_that_bounces_later_stays_beside_the_closed_month():
    gift = cheque(amount=yuan("500.00"))
    close(AUGUST, SEPTEMBER)
    closed = plain(gift_month(SEPTEMBER))

    record_bounce(gift, by=UserFactory(), reason="余额不足")

    assert plain(gift_month(SEPTEMBER)) == closed
    assert gift_month(SEPTEMBER).not_arrived.amount == yuan("500.00")
    assert gift_month(OCTOBER).not_arrived.gifts == 0


def test_reversal_is_taken_off_in_the_month_it_is_booked_and_named_there():
    gift = reviewed_gift(amount=yuan("60.00"))
    close(AUGUST, SEPTEMBER)
    closed = plain(gift_month(SEPTEMBER))
    reversal = approve_reversal(request_reversal(gift, by=UserFactory(), reason="重复登记"), by=UserFactory())

    month = dates.month_start(reversal.reversed_on)
    facts = gift_month(month)

    assert plain(gift_month(SEPTEMBER)) == closed
    assert facts.gift_income.this_month == yuan("-60.00")
    assert facts.composition.reversed_now.amount == yuan("60.00")
    (correction,) = facts.corrections_made
    assert (correction.number, correction.amount, correction.reason) == (gift.donation_no, yuan("60.00"), "重复登记")


def test_unreviewed_gift_is_named_and_not_counted():
    registered_gift(amount=yuan("40.00"))

    facts = gift_month(SEPTEMBER)

    assert facts.gift_income.this_month == yuan("0.00")
    assert (facts.not_reviewed.gifts, facts.not_reviewed.amount) == (1, yuan("40.00"))


def test_raised_and_arrived_are_two_figures():
    campaign = CampaignFactory(name="99公益日", starts_on=date(2022, 9, 4), ends_on=date(2022, 9, 9), platform="某平台")
    platform_pool(campaign, {date(2022, 9, 4): ["10.00", "20.00"], date(2022, 9, 5): ["0.01"]})
    other_income("platform_settlement", "25.00", campaign=campaign, donated_on=date(2022, 9, 28))

    facts = gift_month(SEPTEMBER)
    (page,) = facts.campaigns

    assert facts.gift_income.this_month == yuan("25.00")
    assert (facts.person_times.this_month, facts.platform_person_times) == (3, 3)
    assert (page.raised.amount, page.raised.person_times, page.raised.days) == (yuan("30.01"), 3, 6)
    assert [(day.on.day, day.person_times, day.amount) for day in page.by_day] == [
        (4, 2, yuan("30.00")),
        (5, 1, yuan("0.01")),
    ]
    assert (page.arrived, page.not_arrived) == (yuan("25.00"), yuan("5.01"))
    assert page.from_public is None


def test_pool_reviewed_after_the_close_counts_its_person_times_in_the_next_month():
    campaign = CampaignFactory(starts_on=date(2022, 9, 4), ends_on=date(2022, 9, 9))
    late = platform_pool(campaign, {date(2022, 9, 4): ["10.00", "20.00"]}, reviewed=False)
    close(AUGUST, SEPTEMBER)
    closed = plain(gift_month(SEPTEMBER))

    review_donation(late, by=UserFactory())

    assert plain(gift_month(SEPTEMBER)) == closed
    assert gift_month(SEPTEMBER).person_times.this_month == 0
    assert gift_month(OCTOBER).person_times.this_month == 2
    assert gift_month(OCTOBER).person_times.year_to_date == 2


def test_sources_of_a_campaign_without_pools_are_told_apart():
    campaign = CampaignFactory(starts_on=date(2022, 9, 4), ends_on=date(2022, 9, 9))
    reviewed_gift(amount=yuan("10.00"), campaign=campaign)
    reviewed_gift(amount=yuan("90.00"), campaign=campaign, donor=NewDonor(name="某某有限公司", kind="enterprise"))

    (page,) = gift_month(SEPTEMBER).campaigns

    assert (page.from_public, page.from_units, page.match_money) == (yuan("10.00"), yuan("90.00"), yuan("0.00"))


def test_campaign_is_compared_with_the_one_of_the_year_before():
    before = CampaignFactory(name="去年", starts_on=date(2021, 9, 7), ends_on=date(2021, 9, 9), platform="某平台")
    CampaignFactory(name="别处", starts_on=date(2021, 9, 7), ends_on=date(2021, 9, 9), platform="另一平台")
    campaign = CampaignFactory(name="今年", starts_on=date(2022, 9, 4), ends_on=date(2022, 9, 9), platform="某平台")
    reviewed_gift(amount=yuan("30.00"), campaign=before, donated_on=date(2022, 8, 30))
    reviewed_gift(amount=yuan("120.00"), campaign=campaign)

    (page,) = gift_month(SEPTEMBER).campaigns

    assert (page.before.name, page.before.days, page.before.amount) == ("去年", 3, yuan("30.00"))
    assert (page.amount_change, page.per_day_change) == (yuan("300.00"), yuan("100.00"))


def test_every_day_of_the_month_is_there():
    reviewed_gift(amount=yuan("8.00"), donated_on=date(2022, 9, 30))

    facts = gift_month(SEPTEMBER)

    assert len(facts.days) == 30
    assert (facts.days[29].gifts, facts.days[29].amount) == (1, yuan("8.00"))
    assert facts.days[0].amount == yuan("0.00")
