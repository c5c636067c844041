"""Money in through the forms: several funds, foreign currency, another payer, and receipts that are no gift."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from donations.lists.incoming import fund_by_month
from donations.models import DailySummary, Donation, Donor
from donations.services.reviewing import review_donations
from tests.donations.factories import (
    FundFactory,
    UserFactory,
    known_donor,
    other_income,
    registered_gift,
    set_up_office,
)
from tests.donations.staff import log_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def typed(**changes):
    return {
        "form_key": str(uuid4()),
        "name": "李霞",
        "amount": "1,200",
        "channel": "cash",
        "fund": str(FundFactory().pk),
        "public_mode": "full",
        "donated_on": "2022-09-05",
    } | changes


def with_parts(*parts: tuple[object, str]) -> dict[str, str]:
    """The rows of further funds as a browser sends them."""
    rows = {"part-TOTAL_FORMS": str(len(parts)), "part-INITIAL_FORMS": "0"}
    for place, (fund, amount) in enumerate(parts):
        rows |= {f"part-{place}-fund": str(fund.pk if fund else ""), f"part-{place}-amount": amount}
    return rows


def income_typed(**changes):
    return {
        "form_key": str(uuid4()),
        "kind": "interest",
        "payer_name": "某某银行鹤壁分行",
        "amount": "12.34",
        "channel": "bank",
        "fund": str(FundFactory().pk),
        "received_on": "2022-09-21",
    } | changes


def errors_of(response) -> list[str]:
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


def parts_of(gift: Donation) -> list[tuple[int, Decimal]]:
    return list(gift.allocations.values_list("fund", "amount"))


def test_gift_goes_to_one_fund_by_default(client):
    log_in_as(client, "donation_clerk")
    data = typed() | with_parts((None, ""), (None, ""))

    client.post(reverse("donations:create"), data)

    assert parts_of(Donation.objects.get()) == [(int(data["fund"]), Decimal("1200.00"))]


def test_first_fund_keeps_what_further_funds_leave(client):
    log_in_as(client, "donation_clerk")
    second, third = FundFactory(), FundFactory()
    data = typed() | with_parts((second, "200"), (None, ""), (third, "0.50"))

    client.post(reverse("donations:create"), data)

    assert parts_of(Donation.objects.get()) == [
        (int(data["fund"]), Decimal("999.50")),
        (second.pk, Decimal("200.00")),
        (third.pk, Decimal("0.50")),
    ]


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [
        (("1200",), "另分出 1,200.00 元，总额 1,200.00 元，须留有余额归第一个资金项目。"),
        (("",), "请检查另分的资金项目：项目或金额有误或未填。"),
        (("一百多",), "请检查另分的资金项目：项目或金额有误或未填。"),
    ],
)
def test_parts_that_cannot_be_are_refused_and_kept(client, amounts, sentence):
    log_in_as(client, "donation_clerk")
    fund = FundFactory()

    response = client.post(reverse("donations:create"), typed() | with_parts(*((fund, each) for each in amounts)))

    assert errors_of(response) == [sentence]
    assert f'<option value="{fund.pk}" selected>' in response.content.decode()
    assert Donation.objects.count() == 0


def test_fund_named_twice_is_refused(client):
    log_in_as(client, "donation_clerk")
    fund = FundFactory()

    response = client.post(reverse("donations:create"), typed(fund=str(fund.pk)) | with_parts((fund, "1")))

    assert errors_of(response) == ["每个资金项目只能填一次。请合并相同的资金项目。"]


def test_parts_of_a_gift_are_shown_and_changed(client):
    log_in_as(client, "donation_clerk")
    first, second = FundFactory(), FundFactory(is_active=False)
    halves = ((first, Decimal("60.00")), (second, Decimal("40.00")))
    gift = registered_gift(allocations=halves)
    address = reverse("donations:update", args=[gift.pk])

    page = client.get(address).context["form"]
    data = typed(amount="100", fund=str(first.pk)) | with_parts((second, "30"))
    client.post(address, data)

    assert page["fund"].initial == first
    assert [row.initial for row in page.parts.initial_forms] == [{"fund": second, "amount": Decimal("40.00")}]
    assert parts_of(gift) == [(first.pk, Decimal("70.00")), (second.pk, Decimal("30.00"))]


def test_foreign_gift_keeps_currency_amount_and_rate(client):
    log_in_as(client, "donation_clerk")
    data = typed(currency="HKD", foreign_amount="1000", booked_rate="0.91235", amount="912.35")

    client.post(reverse("donations:create"), data)

    gift = Donation.objects.get()
    assert (gift.currency, gift.foreign_amount, gift.booked_rate, gift.amount) == (
        "HKD",
        Decimal("1000.00"),
        Decimal("0.91235000"),
        Decimal("912.35"),
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"amount": "912.34"}, "按这个汇率应为 912.35 元。"),
        ({"booked_rate": ""}, "外币请填写金额和汇率。"),
        ({"foreign_amount": ""}, "外币请填写金额和汇率。"),
        ({"booked_rate": "约0.9"}, "请用数字填写汇率，例如 7.1234。"),
    ],
)
def test_foreign_gift_that_does_not_add_up_is_refused(client, changes, sentence):
    log_in_as(client, "donation_clerk")
    data = typed(currency="HKD", foreign_amount="1000", booked_rate="0.91235", amount="912.35")

    assert errors_of(client.post(reverse("donations:create"), data | changes)) == [sentence]


def test_gift_passed_on_names_donor_and_payer(client):
    log_in_as(client, "donation_clerk")

    client.post(reverse("donations:create"), typed(payer_relation="passed_on", payer_name="王五"))

    gift = Donation.objects.get()
    assert (gift.donor.name, gift.payer_name, gift.payer_relation) == ("李霞", "王五", "passed_on")


def test_gift_on_behalf_without_the_payer_is_refused(client):
    log_in_as(client, "donation_clerk")

    response = client.post(reverse("donations:create"), typed(payer_relation="on_behalf"))

    assert Donation.objects.count() == 0
    assert len(errors_of(response)) == 1


def test_telephone_typed_for_a_donor_on_record_is_kept_when_there_was_none(client):
    log_in_as(client, "donation_clerk")
    without, other = known_donor(), known_donor(name="王五", phone="13800001111")

    client.post(reverse("donations:create"), typed(donor=str(without.pk), phone="13812345678"))
    page = client.post(
        reverse("donations:create"), typed(name="王五", donor=str(other.pk), phone="13812345678"), follow=True
    )

    assert [Donor.objects.get(pk=donor.pk).phone for donor in (without, other)] == ["13812345678", "13800001111"]
    assert "电话与档案中的不同，档案未改动。" in page.content.decode()


@pytest.mark.parametrize("role", ["accountant", "cashier"])
def test_other_income_is_recorded_with_its_own_number(client, role):
    log_in_as(client, role)
    data = income_typed()

    for _ in range(2):
        client.post(reverse("donations:income_create"), data)

    income = Donation.objects.get()
    assert income.donation_no.startswith("演收")
    assert (income.kind_id, income.donor, income.person_times, income.public_mode) == ("interest", None, 0, "none")
    assert (income.payer_name, income.payer_relation) == ("某某银行鹤壁分行", "sender")
    assert (income.amount, income.receipt_disposition) == (Decimal("12.34"), "not_receiptable")


def test_other_income_that_may_have_a_bill_waits_for_it(client):
    log_in_as(client, "accountant")

    client.post(reverse("donations:income_create"), income_typed(kind="match_fund"))

    assert Donation.objects.get().receipt_disposition == "pending"


def test_other_income_is_changed_before_review(client):
    log_in_as(client, "cashier")
    income = other_income()
    data = income_typed(kind="government", amount="500", fund=str(income.allocations.get().fund.pk))

    page = client.get(reverse("donations:income_update", args=[income.pk]))
    client.post(reverse("donations:income_update", args=[income.pk]), data)

    income.refresh_from_db()
    assert page.context["form"]["kind"].initial.pk == "interest"
    assert (income.kind_id, income.amount) == ("government", Decimal("500.00"))


def test_gift_and_other_income_have_forms_of_their_own(client):
    log_in_as(client, "accountant")
    gift, income = registered_gift(), other_income()

    assert client.get(reverse("donations:income_update", args=[gift.pk])).status_code == 404
    assert client.get(reverse("donations:update", args=[income.pk])).status_code == 404


def test_other_income_leaves_gifts_as_they_are_and_adds_to_fund_and_bank():
    fund = FundFactory()
    gift = registered_gift(amount=Decimal("100.00"), allocations=((fund, Decimal("100.00")),))
    review_donations([gift.pk], by=UserFactory())
    donors = Donor.objects.count()

    others = [
        other_income(kind, amount=Decimal(amount), allocations=((fund, Decimal(amount)),))
        for kind, amount in (("interest", "2.50"), ("upstream_transfer", "5000.00"), ("leftovers_returned", "300.00"))
    ]
    review_donations([each.pk for each in others], by=UserFactory())

    booked = DailySummary.objects.booked()
    gifts = booked.filter(kind="donation").net()
    assert (gifts["entries"], gifts["times"], gifts["yuan"]) == (1, 1, Decimal("100.00"))
    assert booked.net()["times"] == 1
    assert booked.net()["yuan"] == Decimal("5402.50")
    assert booked.filter(channel="bank").net()["yuan"] == Decimal("5302.50")
    assert fund_by_month(fund, 2022).rows == [
        (
            date(2022, 9, 1),
            [Decimal("100.00"), Decimal("5000.00"), Decimal("2.50"), Decimal("300.00")],
            Decimal("5402.50"),
        )
    ]
    assert Donor.objects.count() == donors
    assert DailySummary.objects.given().count() == 0
