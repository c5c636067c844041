"""Funds, campaigns and kinds of receipts: what came in, made and changed by who may, fixed where books rely on it."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from donations.models import Campaign, Fund, IncomeKind, IncomeKindRule
from donations.services.reversing import approve_reversal, request_reversal
from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.office.models import Period
from hebi_charity.office.services.periods import confirm_period, submit_period
from tests.donations.factories import (
    CampaignFactory,
    FundFactory,
    UserFactory,
    registered_gift,
    reviewed_gift,
    set_up_office,
)
from tests.donations.staff import log_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def gift_for(fund: Fund, amount: str, **changes):
    return reviewed_gift(amount=Decimal(amount), allocations=((fund, Decimal(amount)),), **changes)


def interest_for(fund: Fund, amount: str):
    other = {"kind": "interest", "donor": None, "person_times": 0, "public_mode": "none"}
    return gift_for(fund, amount, receipt_disposition="not_receiptable", **other)


def errors_of(response) -> list[str]:
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


def test_fund_page_shows_what_came_in_by_month_and_kind(client):
    fund = FundFactory()
    gift_for(fund, "100.00")
    gift_for(fund, "40.00", donated_on=date(2022, 10, 1), received_on=date(2022, 10, 1))
    interest_for(fund, "2.50")
    gift_for(FundFactory(), "9.00")
    log_in_as(client, "accountant")

    table = client.get(fund.get_absolute_url()).context["table"]

    assert table.kinds == ["捐赠", "利息及投资收益"]
    assert table.rows == [
        (date(2022, 9, 1), [Decimal("100.00"), Decimal("2.50")], Decimal("102.50")),
        (date(2022, 10, 1), [Decimal("40.00"), Decimal("0.00")], Decimal("40.00")),
    ]
    assert (table.sums, table.total) == ([Decimal("140.00"), Decimal("2.50")], Decimal("142.50"))


def test_fund_page_leaves_out_what_has_not_arrived_or_was_reversed(client):
    fund = FundFactory()
    gift_for(fund, "100.00")
    gift_for(fund, "7.00", arrival="pending")
    registered_gift(amount=Decimal("8.00"), allocations=((fund, Decimal("8.00")),))
    wrong = gift_for(fund, "30.00", donated_on=dates.today(), received_on=dates.today())
    approve_reversal(request_reversal(wrong, by=UserFactory(), reason="重复"), by=UserFactory())
    log_in_as(client, "accountant")

    this_year = client.get(fund.get_absolute_url())
    in_2022 = client.get(fund.get_absolute_url(), {"year": "2022"})

    assert this_year.context["table"].total == Decimal("0.00")
    assert in_2022.context["table"].total == Decimal("100.00")


def test_fund_list_shows_the_year_and_hides_what_is_retired(client):
    fund, retired = FundFactory(), FundFactory(is_active=False)
    gift_for(fund, "100.00", donated_on=dates.today(), received_on=dates.today())
    log_in_as(client, "leadership")
    address = reverse("donations:fund_list")

    assert client.get(address).context["lines"] == [(fund, Decimal("100.00"))]
    assert [line[0] for line in client.get(address, {"which": "all"}).context["lines"]] == [fund, retired]


def test_fund_is_made_changed_and_logged(client):
    log_in_as(client, "accountant")
    typed = {"form_key": str(uuid4()), "code": "zhcj", "name": "灾后重建", "restriction": "restricted"}
    typed["purpose"] = "disaster"

    for _ in range(2):
        client.post(reverse("donations:fund_create"), typed)
    fund = Fund.objects.get()
    client.post(reverse("donations:fund_update", args=[fund.pk]), typed | {"name": "灾后重建专项资金"})

    fund.refresh_from_db()
    assert (fund.code, fund.name) == ("ZHCJ", "灾后重建专项资金")
    assert list(Entry.objects.of(fund).values_list("act", flat=True)) == ["fund.made", "fund.changed"]


def test_code_and_restriction_of_a_used_fund_are_fixed(client):
    fund = FundFactory(code="FXD")
    gift_for(fund, "100.00")
    log_in_as(client, "accountant")
    typed = {"code": "XXX", "name": "新名", "restriction": "agency", "purpose": "poverty"}

    client.post(reverse("donations:fund_update", args=[fund.pk]), typed)

    fund.refresh_from_db()
    assert (fund.code, fund.restriction, fund.name) == ("FXD", "unrestricted", "新名")
    with pytest.raises(IntegrityError, match="of a used fund are fixed"), transaction.atomic():
        Fund.objects.filter(pk=fund.pk).update(restriction="agency")


def test_fund_with_a_running_campaign_is_not_retired(client):
    campaign = CampaignFactory(starts_on=dates.today(), ends_on=None)
    log_in_as(client, "accountant")
    address = reverse("donations:fund_retire", args=[campaign.fund.pk])

    page = client.post(address, {"reason": "不再使用"}, follow=True).content.decode()
    assert "仍有进行中的募捐活动使用这个资金项目" in page
    assert Fund.objects.get().is_active

    Campaign.objects.update(ends_on=dates.today(), starts_on=date(2022, 1, 1))
    Campaign.objects.update(ends_on=date(2022, 1, 2))
    client.post(address, {"reason": "不再使用"})
    assert not Fund.objects.get().is_active
    client.post(reverse("donations:fund_resume", args=[campaign.fund.pk]), {"reason": "继续使用"})
    assert Fund.objects.get().is_active


def test_campaign_page_keeps_raised_and_arrived_apart(client):
    campaign = CampaignFactory()
    first, second = date(2022, 9, 2), date(2022, 9, 3)
    reviewed_gift(amount=Decimal("100.00"), campaign=campaign, donated_on=first, received_on=first)
    reviewed_gift(amount=Decimal("50.00"), campaign=campaign, donated_on=second, arrival="platform")
    settlement = {"kind": "platform_settlement", "donor": None, "person_times": 0, "public_mode": "none"}
    reviewed_gift(amount=Decimal("45.00"), campaign=campaign, **settlement)
    log_in_as(client, "leadership")

    context = client.get(campaign.get_absolute_url()).context

    figures = context["figures"]
    assert (figures.raised, figures.arrived) == (Decimal("150.00"), Decimal("145.00"))
    assert (figures.entries, figures.person_times) == (2, 2)
    assert [(day.label, day.amount) for day in context["days"]] == [
        ("2022-09-02", Decimal("100.00")),
        ("2022-09-03", Decimal("50.00")),
    ]


def test_campaign_without_a_filing_number_says_until_when(client):
    campaign = CampaignFactory(is_emergency=True)
    log_in_as(client, "accountant")

    assert "应在 2022-09-11 前取得备案编号" in client.get(campaign.get_absolute_url()).content.decode()


def campaign_typed(**changes):
    return {
        "form_key": str(uuid4()),
        "name": "慈善一日捐",
        "starts_on": "20220901",
        "ends_on": "2022-09-06",
        "fund": str(FundFactory().pk),
        "platform": "",
        "filing_no": "",
        "filed_on": "",
    } | changes


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": "2022-08-31"}, "募捐活动的结束日期不能早于开始日期"),
        ({"filing_no": "5341060020220001"}, "备案编号"),
    ],
)
def test_campaign_that_cannot_be_is_refused_in_a_sentence(client, changes, sentence):
    log_in_as(client, "approver")

    response = client.post(reverse("donations:campaign_create"), campaign_typed(**changes))

    assert any(sentence in error for error in errors_of(response)), errors_of(response)
    assert Campaign.objects.count() == 0


def test_campaign_is_made_and_changed(client):
    log_in_as(client, "approver")
    typed = campaign_typed()

    client.post(reverse("donations:campaign_create"), typed)
    campaign = Campaign.objects.get()
    client.post(reverse("donations:campaign_update", args=[campaign.pk]), typed | {"ends_on": "2022-09-10"})

    campaign.refresh_from_db()
    assert (campaign.starts_on, campaign.ends_on) == (date(2022, 9, 1), date(2022, 9, 10))


def rule_typed(**changes):
    flags = {"counts_person_times": "on"}
    return (
        {"form_key": str(uuid4()), "valid_from": "2022-10-01", "legal_basis": "会长办公会2022年第9次"} | flags | changes
    )


def test_new_rule_holds_from_its_day_and_the_old_one_before(client):
    accountant = log_in_as(client, "accountant")
    kind = IncomeKind.objects.get(code="match_fund")

    client.post(reverse("donations:kind_rule_create", args=[kind.code]), rule_typed())

    before = IncomeKindRule.objects.in_force(date(2022, 9, 30))["match_fund"]
    after = IncomeKindRule.objects.in_force(date(2022, 10, 1))["match_fund"]
    assert (before.is_donation_income, before.counts_person_times, before.recorded_by) == (True, False, None)
    assert (after.is_donation_income, after.counts_person_times, after.recorded_by) == (False, True, accountant)
    page = client.get(kind.get_absolute_url()).content.decode()
    assert "会长办公会2022年第9次" in page


def test_rule_cannot_begin_in_a_closed_month(client):
    for period in Period.objects.filter(month__lt=date(2022, 3, 1)).order_by("month"):
        submit_period(period, by=UserFactory(), today=date(2022, 4, 1))
        confirm_period(period, by=UserFactory())
    log_in_as(client, "accountant")

    response = client.post(
        reverse("donations:kind_rule_create", args=["interest"]), rule_typed(valid_from="2022-02-28")
    )

    assert errors_of(response) == ["规则不能从已结账的月份开始，请选未结账月份内的日期，或更晚。"]
    assert IncomeKindRule.objects.filter(kind="interest").count() == 1


LISTS = {"fund_list": 6, "campaign_list": 6, "kind_list": 6}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("count", [1, 5])
def test_list_query_count_does_not_grow(client, name, count, django_assert_num_queries):
    for _ in range(count):
        gift_for(CampaignFactory().fund, "1.00", campaign=Campaign.objects.first())
    log_in_as(client, "accountant")
    client.get(reverse(f"donations:{name}"))

    with django_assert_num_queries(LISTS[name]):
        client.get(reverse(f"donations:{name}"))


@pytest.mark.parametrize("count", [1, 5])
def test_page_query_count_does_not_grow(client, count, django_assert_num_queries):
    campaign = CampaignFactory()
    for _ in range(count):
        gift_for(campaign.fund, "1.00", campaign=campaign)
    log_in_as(client, "accountant")
    for page, number in ((campaign.fund.get_absolute_url(), 12), (campaign.get_absolute_url(), 10)):
        client.get(page)
        with django_assert_num_queries(number):
            client.get(page)


EVERYONE = ("donation_clerk", "accountant", "cashier", "approver", "leadership", "auditor")
MAY = {
    "fund_list": EVERYONE,
    "fund_detail": EVERYONE,
    "fund_create": ("accountant",),
    "fund_update": ("accountant",),
    "campaign_list": EVERYONE,
    "campaign_detail": EVERYONE,
    "campaign_create": ("accountant", "approver"),
    "campaign_update": ("accountant", "approver"),
    "kind_list": EVERYONE,
    "kind_detail": EVERYONE,
    "kind_rule_create": ("accountant",),
}


@pytest.mark.parametrize("name", MAY)
@pytest.mark.parametrize("role", [*EVERYONE, "administrator", "branch_secretary"])
def test_role_and_page(client, name, role):
    campaign = CampaignFactory()
    rows = {"fund_detail": campaign.fund.pk, "fund_update": campaign.fund.pk, "campaign_detail": campaign.pk}
    rows |= {"campaign_update": campaign.pk, "kind_detail": "interest", "kind_rule_create": "interest"}
    log_in_as(client, role)

    response = client.get(reverse(f"donations:{name}", args=[rows[name]] if name in rows else []))

    assert response.status_code == (200 if role in MAY[name] else 403)
