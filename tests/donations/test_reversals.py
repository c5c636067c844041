"""The list of reversals, and what is long awaited on the start page."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from donations.services.registering import return_donation
from donations.services.reversing import approve_reversal, refuse_reversal, request_reversal
from donations.work import waiting
from hebi_charity.core import dates
from hebi_charity.office.services.dated_settings import record_setting
from tests.donations.factories import UserFactory, registered_gift, reviewed_gift, set_up_office
from tests.donations.staff import BACKEND, log_in_as, person

pytestmark = pytest.mark.django_db
ADDRESS = "donations:reversals"


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def requested(reason: str = "重复登记"):
    return request_reversal(reviewed_gift(), by=UserFactory(), reason=reason)


def test_list_shows_what_waits_and_on_demand_what_was_decided(client):
    log_in_as(client, "approver")
    waits = requested()
    approved = approve_reversal(requested(), by=UserFactory())
    refused = refuse_reversal(requested(), by=UserFactory(), reason="并未重复")

    first = client.get(reverse(ADDRESS))
    whole = client.get(reverse(ADDRESS), {"which": "all"})

    assert list(first.context["object_list"]) == [waits]
    assert list(whole.context["object_list"]) == [refused, approved, waits]
    assert "并未重复" in whole.content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_list_query_count_does_not_grow(client, count, django_assert_num_queries):
    for _ in range(count):
        requested()
    log_in_as(client, "approver")
    client.get(reverse(ADDRESS))

    with django_assert_num_queries(5):
        client.get(reverse(ADDRESS))


@pytest.mark.parametrize("count", [1, 5])
def test_bulk_review_query_count_does_not_grow(client, count, django_assert_num_queries):
    rows = {"rows": [str(registered_gift().pk) for _ in range(count)]}
    log_in_as(client, "accountant")
    client.get(reverse("donations:bulk_review"), rows)

    with django_assert_num_queries(10):  # two for the parts and their funds, one for the months they are counted in
        client.get(reverse("donations:bulk_review"), rows)


def overdue_of(user) -> list[tuple[str, int, bool]]:
    return [(item.label, item.count, item.overdue) for item in waiting(user) if item.overdue]


def test_money_awaited_for_long_is_overdue_by_the_setting():
    cashier = person("cashier")
    eleven_days_ago = dates.today() - timedelta(days=11)
    reviewed_gift(amount=Decimal("5.00"), arrival="pending", donated_on=eleven_days_ago)
    reviewed_gift(amount=Decimal("6.00"), arrival="pending", donated_on=eleven_days_ago + timedelta(days=1))

    assert overdue_of(cashier) == [("超过 10 天未到账", 1, True)]

    record_setting(
        "donations.arrival_days", valid_from=dates.today(), value=3, legal_basis="本单位规定", by=UserFactory()
    )
    assert overdue_of(cashier) == [("超过 3 天未到账", 2, True)]
    assert overdue_of(person("donation_clerk")) == []


@pytest.mark.parametrize("role", ["donation_clerk", "accountant", "cashier", "approver"])
def test_number_on_the_start_page_is_the_length_of_its_list(client, role):
    me, old = person(role), dates.today() - timedelta(days=11)
    for by in (me, UserFactory(), UserFactory()):
        registered_gift(by=by)
        return_donation(registered_gift(by=by), by=UserFactory(), reason="看不清")
        reviewed_gift(by=by, arrival="pending", donated_on=old)
        request_reversal(reviewed_gift(), by=by, reason="重复登记")
    bounced = reviewed_gift(by=UserFactory(), arrival="pending", donated_on=old)
    approve_reversal(request_reversal(bounced, by=UserFactory(), reason="重复登记"), by=UserFactory())
    client.force_login(me, backend=BACKEND)

    work = waiting(me)

    assert work
    assert [item.count for item in work] == [len(client.get(item.url).context["object_list"]) for item in work]


def test_link_of_overdue_money_shows_exactly_it(client):
    cashier = log_in_as(client, "cashier")
    old = reviewed_gift(arrival="pending", donated_on=dates.today() - timedelta(days=11))
    reviewed_gift(arrival="pending", donated_on=dates.today() - timedelta(days=10))
    address = next(item.url for item in waiting(cashier) if item.overdue)

    assert [row.pk for row in client.get(address).context["object_list"]] == [old.pk]
