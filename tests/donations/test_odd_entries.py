"""What a hand can type wrongly is answered with a sentence, never with a broken page, and goes to the right donor."""

from uuid import uuid4

import pytest
from django.urls import reverse

from donations.models import Donation
from tests.donations.factories import known_donor, reviewed_gift, set_up_office
from tests.donations.staff import log_in_as
from tests.donations.test_pages import typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def test_arrival_before_the_gift_is_refused_with_a_sentence(client):
    gift = reviewed_gift(channel="cheque", arrival="pending")
    log_in_as(client, "cashier")

    page = client.post(reverse("donations:arrive", args=[gift.pk]), {"received_on": "2022-09-01"}, follow=True)

    gift.refresh_from_db()
    assert gift.arrival == Donation.Arrival.PENDING
    assert "不能" in page.content.decode()


def test_donor_chosen_from_the_list_does_not_stand_for_another_name(client):
    log_in_as(client, "donation_clerk")

    client.post(reverse("donations:create"), typed(donor=known_donor(name="张三").pk, name="王五", phone=""))

    assert Donation.objects.get().donor.name == "王五"


def test_form_sent_again_for_another_donor_of_that_name_is_not_taken_for_the_first(client):
    log_in_as(client, "donation_clerk")
    first, second = (known_donor(name="张三", phone=phone) for phone in ("13812345670", "13812345671"))
    data = typed(name="张三", phone="", confirmed="known")

    client.post(reverse("donations:create"), data | {"donor": first.pk})
    again = client.post(reverse("donations:create"), data | {"donor": second.pk})

    assert Donation.objects.get().donor == first
    assert again.context["form"].non_field_errors()


def test_gift_of_a_day_before_the_first_sentence_read_is_recorded(client):
    log_in_as(client, "donation_clerk")

    client.post(reverse("donations:create"), typed(donated_on="1999-01-01", confirmed="day:1999-01-01"))

    assert Donation.objects.get().consent is None


def test_name_whose_key_is_longer_than_itself_is_recorded(client):
    log_in_as(client, "donation_clerk")

    client.post(reverse("donations:create"), typed(name="㍿" * 60))
    client.post(reverse("donations:donor_create"), {"form_key": uuid4(), "kind": "enterprise", "name": "㍿" * 90})

    assert Donation.objects.get().donor.name == "㍿" * 60


@pytest.mark.parametrize("address", ["/donations/kinds/%00/", "/donations/kinds/%00/rules/new/"])
def test_kind_with_an_odd_code_is_not_found(client, address):
    log_in_as(client, "accountant")

    assert client.get(address).status_code == 404
