"""What the list shows for the start page, and that a wrong filter never means everything."""

from decimal import Decimal

import pytest
from django.urls import reverse

from donations.services.registering import return_donation
from donations.work import this_month
from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from tests.donations.factories import UserFactory, other_income, registered_gift, reviewed_gift, set_up_office
from tests.donations.staff import log_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def test_figures_of_the_month_lead_to_exactly_its_bookings(client):
    user = log_in_as(client, "accountant")
    today = dates.today()
    booked = reviewed_gift(amount=Decimal("70.00"), donated_on=today)
    reviewed_gift(amount=Decimal("500.00"))
    registered_gift(amount=Decimal("9.00"), donated_on=today)

    amount, entries = this_month(user).figures
    page = client.get(amount.url)

    assert [row.pk for row in page.context["object_list"]] == [booked.pk]
    assert (amount.value, entries.value) == ("70.00", "1")
    totals = client.get(amount.url.replace("/donations/", "/donations/totals/")).content.decode()
    assert "70.00" in totals
    assert entries.url == amount.url


WRONG = {"first": "乱写"}


def test_wrong_filter_shows_and_adds_up_nothing(client):
    log_in_as(client, "accountant")
    registered_gift()

    listed = client.get(reverse("donations:list"), WRONG)
    totals = client.get(reverse("donations:totals"), WRONG).content.decode()

    assert list(listed.context["object_list"]) == []
    assert listed.context["filter_form"].errors["first"]
    assert "改正之前不列出任何记录" in listed.content.decode()
    assert "100.00" not in totals
    assert "上面的筛选条件有误，没有统计" in totals


def test_wrong_filter_exports_nothing_and_goes_back_to_it(client):
    log_in_as(client, "accountant")
    registered_gift()

    response = client.get(reverse("donations:export"), WRONG, follow=True)

    assert response.redirect_chain[0][1] == 302
    assert "筛选条件有误，没有导出" in response.content.decode()
    assert "乱写" in response.content.decode()
    assert not Entry.objects.filter(act__contains="export").exists()


@pytest.mark.parametrize(("query", "is_open"), [({"least": "很多"}, True), ({"least": "5"}, False)])
def test_folded_filters_stand_open_when_one_is_wrong(client, query, is_open):
    log_in_as(client, "accountant")

    page = client.get(reverse("donations:list"), query).content.decode()

    assert ('<details class="filter-more" open>' in page) is is_open


@pytest.mark.parametrize(
    ("role", "make", "name"),
    [("donation_clerk", registered_gift, "update"), ("accountant", other_income, "income_update")],
)
def test_returned_document_says_why_at_the_top_of_its_form(client, role, make, name):
    clerk = log_in_as(client, role)
    gift = return_donation(make(by=clerk), by=UserFactory(), reason="金额与凭证不符")

    page = client.get(reverse(f"donations:{name}", args=[gift.pk])).content.decode()

    assert page.index("金额与凭证不符") < page.index('name="form_key"')
