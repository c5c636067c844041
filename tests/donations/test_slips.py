"""Who gets no slip any more, and what a slip says of money that is not here."""

import pytest
from django.urls import reverse

from donations.models import Donation
from donations.services import registering, reversing, reviewing
from donations.services.broken_rules import HasNoSlip
from tests.donations.factories import UserFactory, registered_gift, reviewed_gift, set_up_office
from tests.donations.staff import log_in_as
from tests.donations.test_pages import typed

pytestmark = pytest.mark.django_db
NO_SLIP = "不再出具捐赠登记单"


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def voided() -> Donation:
    return registering.void_donation(registered_gift(), by=UserFactory(), reason="重复登记")


def reversed_() -> Donation:
    asked = reversing.request_reversal(reviewed_gift(), by=UserFactory(), reason="金额错")
    return reversing.approve_reversal(asked, by=UserFactory()).donation


def bounced() -> Donation:
    gift = reviewed_gift(channel="cheque", arrival="pending")
    return reviewing.record_bounce(gift, by=UserFactory(), reason="存款不足")


@pytest.mark.parametrize("make", [voided, reversed_, bounced])
def test_gift_that_is_gone_has_no_slip_and_its_record_says_why(client, make):
    log_in_as(client, "donation_clerk")
    gift = make()
    address = reverse("donations:slip", args=[gift.pk])

    opened = client.get(address, follow=True)
    printed = client.post(reverse("donations:slip_print", args=[gift.pk]), follow=True)

    for page in (opened, printed):
        assert page.redirect_chain == [(gift.get_absolute_url(), 302)]
        assert NO_SLIP in page.content.decode()
    assert address not in opened.content.decode()
    with pytest.raises(HasNoSlip):
        registering.count_print(gift, by=UserFactory())
    gift.refresh_from_db()
    assert gift.printed_times == 0


def test_gift_that_counts_offers_its_slip(client):
    log_in_as(client, "donation_clerk")
    gift = reviewed_gift()

    assert reverse("donations:slip", args=[gift.pk]) in client.get(gift.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("layout", "copies"), [("a4", 3), ("wide", 1), ("narrow", 1)])
def test_slip_of_a_cheque_says_on_every_copy_that_the_money_is_awaited(client, layout, copies):
    log_in_as(client, "donation_clerk")
    gift = registered_gift(channel="cheque", arrival="pending")

    page = client.get(reverse("donations:slip", args=[gift.pk]), {"format": layout}).content.decode()

    assert page.count("待到账：款项到账后才算收到。") == copies
    assert page.count("支票（待到账）") == copies


def test_yes_to_a_question_keeps_the_wish_to_print(client):
    log_in_as(client, "donation_clerk")
    address = reverse("donations:create")
    data = typed(name="", phone="")

    asked = client.post(address, data | {"print": "1"})
    assert "没有错，保存并打印" in asked.content.decode()
    saved = client.post(address, data | {"confirmed": asked.context["to_confirm"]})

    gift = Donation.objects.get()
    assert saved.url == f"{reverse('donations:slip', args=[gift.pk])}?print=1"
    assert gift.printed_times == 1


def test_yes_without_the_wish_prints_nothing(client):
    log_in_as(client, "donation_clerk")
    data = typed(name="", phone="")

    asked = client.post(reverse("donations:create"), data)
    client.post(reverse("donations:create"), data | {"confirmed": asked.context["to_confirm"]})

    assert Donation.objects.get().printed_times == 0
