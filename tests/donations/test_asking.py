"""What is asked once more before money is recorded, and that a yes holds for what was asked only."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from donations.models import Donation
from donations.services.donors import NewDonor
from donations.shipped import LARGE_SETTING
from hebi_charity.core import dates
from hebi_charity.office.services.dated_settings import record_setting
from tests.donations.factories import FundFactory, UserFactory, other_income, registered_gift, set_up_office
from tests.donations.staff import log_in_as
from tests.donations.test_pages import typed
from tests.donations.test_services import close

pytestmark = pytest.mark.django_db
ASKED = "金额特别大"


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def post(client, **changes):
    return client.post(reverse("donations:create"), typed(**changes))


def amounts() -> list[Decimal]:
    return list(Donation.objects.values_list("amount", flat=True))


def test_very_large_amount_is_asked_about_in_capitals_and_saved_when_told(client):
    log_in_as(client, "donation_clerk")

    asked = post(client, amount="99,999,999,999,999")
    page = asked.content.decode()
    assert amounts() == []
    assert "人民币玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元整" in page
    assert 'value="99,999,999,999,999"' in page

    post(client, amount="99,999,999,999,999", confirmed=asked.context["to_confirm"])
    assert amounts() == [Decimal("99999999999999.00")]


@pytest.mark.parametrize(("amount", "is_asked"), [("1000000", False), ("1000000.01", True)])
def test_large_begins_above_the_setting(client, amount, is_asked):
    log_in_as(client, "donation_clerk")

    page = post(client, amount=amount).content.decode()

    assert (ASKED in page) is is_asked


def test_large_follows_the_dated_setting(client):
    record_setting(LARGE_SETTING, valid_from=dates.today(), value="500.00", legal_basis="规定", by=UserFactory())
    log_in_as(client, "donation_clerk")

    assert ASKED in post(client, amount="500.01").content.decode()


def test_settings_page_shows_amounts_with_separators(client):
    log_in_as(client, "approver")

    listed = client.get(reverse("office:settings")).content.decode()
    opened = client.get(reverse("office:setting", args=[LARGE_SETTING])).content.decode()

    assert "1,000,000.00（" in listed
    assert ">1,000,000.00</td>" in opened


def test_yes_to_one_amount_is_no_yes_to_another(client):
    log_in_as(client, "donation_clerk")
    confirmed = post(client, amount="20000000").context["to_confirm"]

    assert ASKED in post(client, amount="200000000", confirmed=confirmed).content.decode()
    assert amounts() == []


@pytest.mark.parametrize(
    ("day", "is_asked"), [("1926-11-26", True), ("2021-12-31", True), ("2022-01-01", False), ("2022-09-05", False)]
)
def test_day_before_the_books_is_asked_about_and_saved_when_told(client, day, is_asked):
    log_in_as(client, "donation_clerk")

    asked = post(client, donated_on=day)

    assert bool(amounts()) is not is_asked
    if is_asked:
        year, month, of_month = (int(part) for part in day.split("-"))
        assert f"日期是 {year}年{month}月{of_month}日，确认？" in asked.content.decode()
        assert "计入最早的未结账月份 2022-01" in asked.content.decode()
        assert asked.context["to_confirm"] == f"day:{day}"
        assert "日期很早" in post(client, donated_on="1927-01-01", confirmed=f"day:{day}").content.decode()
        post(client, donated_on=day, confirmed=asked.context["to_confirm"])
        assert amounts() == [Decimal("1200.00")]


@pytest.mark.parametrize(("day", "is_asked"), [("2022-08-01", True), ("2022-08-02", False)])
def test_day_more_than_sixty_days_before_the_first_open_month_is_asked_about(client, day, is_asked):
    close(date(2022, 9, 1))
    log_in_as(client, "donation_clerk")

    assert ("日期很早" in post(client, donated_on=day).content.decode()) is is_asked


def test_change_asks_about_a_new_day_only(client):
    log_in_as(client, "donation_clerk")
    gift = registered_gift(donated_on=date(1999, 1, 1))
    address = reverse("donations:update", args=[gift.pk])
    same = {"amount": "100", "fund": gift.allocations.get().fund_id}

    assert "日期很早" in client.post(address, typed(donated_on="1998-01-01", **same)).content.decode()
    assert client.post(address, typed(donated_on="1999-01-01", **same)).status_code == 302


def test_other_money_of_an_old_day_is_asked_about(client):
    log_in_as(client, "accountant")
    fields = {"kind": "interest", "payer_name": "某银行", "channel": "bank", "received_on": "1926-11-26"}

    assert "日期很早" in client.post(reverse("donations:income_create"), typed() | fields).content.decode()


def test_gift_without_a_name_is_anonymous_only_when_told(client):
    log_in_as(client, "donation_clerk")

    asked = post(client, name=" ", phone="")
    assert "没有填姓名，按匿名登记？" in asked.content.decode()
    assert amounts() == []

    post(client, name=" ", phone="", confirmed=asked.context["to_confirm"])
    assert Donation.objects.get().donor.name == "爱心人士"


@pytest.mark.parametrize(
    "said", [{"public_mode": "anonymous"}, {"kind": "anonymous"}, {"name": "匿名"}, {"name": "爱心人士"}]
)
def test_who_says_anonymous_is_not_asked(client, said):
    log_in_as(client, "donation_clerk")

    post(client, **({"name": "", "phone": ""} | said))

    assert Donation.objects.get().public_mode == "anonymous"


def test_all_questions_are_asked_at_once(client):
    log_in_as(client, "donation_clerk")
    before = registered_gift(amount=Decimal("20000000.00"))

    asked = post(client, amount="2000万")

    assert asked.context["to_confirm"] == f"known:{before.pk} large:20000000.00"
    post(client, amount="2000万", confirmed=asked.context["to_confirm"])
    assert amounts() == [Decimal("20000000.00")] * 2


def test_yes_to_one_known_gift_is_no_yes_to_another(client):
    log_in_as(client, "donation_clerk")
    registered_gift(amount=Decimal("1200.00"))
    registered_gift(amount=Decimal("1200.00"), donor=NewDonor(name="王五"))
    asked = post(client)

    again = post(client, name="王五", phone="", confirmed=asked.context["to_confirm"])

    assert "疑似重复登记" in again.content.decode()
    assert len(amounts()) == 2


def test_other_money_is_asked_about_too(client):
    log_in_as(client, "accountant")
    fields = {"kind": "interest", "payer_name": "某银行", "amount": "20000000", "channel": "bank"}
    fields |= {"fund": FundFactory().pk, "received_on": "2022-09-05"}
    data = typed() | fields

    asked = client.post(reverse("donations:income_create"), data)
    assert ASKED in asked.content.decode()
    client.post(reverse("donations:income_create"), data | {"confirmed": asked.context["to_confirm"]})

    assert amounts() == [Decimal("20000000.00")]


def test_change_asks_about_the_new_amount_only(client):
    log_in_as(client, "donation_clerk")
    gift = registered_gift(amount=Decimal("20000000.00"), channel="bank")
    address = reverse("donations:update", args=[gift.pk])
    fund = gift.allocations.get().fund_id

    same = client.post(address, typed(amount="20000000", fund=fund, note="改备注"))
    greater = client.post(address, typed(amount="30000000", fund=fund))

    assert same.url == gift.get_absolute_url()
    assert ASKED in greater.content.decode()
    assert amounts() == [Decimal("20000000.00")]


def test_change_of_a_name_to_nothing_is_asked_about(client):
    log_in_as(client, "donation_clerk")
    gift = registered_gift()
    data = typed(name="", phone="", amount="100", fund=gift.allocations.get().fund_id)

    page = client.post(reverse("donations:update", args=[gift.pk]), data).content.decode()

    assert "没有填姓名，按匿名登记？" in page


def test_change_of_other_money_asks_about_the_new_amount(client):
    log_in_as(client, "accountant")
    income = other_income()
    data = typed(kind="interest", amount="20000000", received_on="2022-09-05", payer_name="")

    assert ASKED in client.post(reverse("donations:income_update", args=[income.pk]), data).content.decode()
