"""What triggers hold beyond the constraints of a row: each refuses past the services, with its sentence."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from donations.models import Donation, Reversal
from donations.services.registering import void_donation
from hebi_charity.core import dates
from hebi_charity.core.sentences import sentence_for
from tests.donations.factories import UserFactory, registered_gift, set_up_office
from tests.donations.pools import registered_pool

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def refused(act) -> tuple[str, str]:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return caught.value.__cause__.diag.constraint_name, sentence_for(caught.value)


FUTURE = ("donations_not_in_future", "捐赠日期和到账日期都不能晚于今天。请核对日期。")


@pytest.mark.parametrize("columns", [["received_on"], ["donated_on", "received_on"]])
def test_gift_is_not_dated_after_today(columns):
    gift = registered_gift()
    tomorrow = dates.today() + timedelta(days=1)

    assert refused(lambda: Donation.objects.filter(pk=gift.pk).update(**dict.fromkeys(columns, tomorrow))) == FUTURE
    assert Donation.objects.filter(pk=gift.pk).update(**dict.fromkeys(columns, dates.today())) == 1


def test_gift_that_is_not_here_yet_is_not_given_after_today():
    gift = registered_gift(channel="cheque", arrival="pending")
    tomorrow = dates.today() + timedelta(days=1)

    assert refused(lambda: Donation.objects.filter(pk=gift.pk).update(donated_on=tomorrow)) == FUTURE


def test_pool_is_not_inserted_with_a_day_after_today():
    tomorrow = dates.today() + timedelta(days=1)

    assert refused(lambda: registered_pool("5.00", donated_on=tomorrow, received_on=tomorrow)) == FUTURE


def asked_past_the_service(gift: Donation) -> Reversal:
    return Reversal.objects.create(
        reversal_no="冲1", donation=gift, reason="重复", recorded_by=UserFactory(), seal="0" * 64
    )


@pytest.mark.parametrize(
    "make",
    [registered_gift, registered_pool, lambda: void_donation(registered_gift(), by=UserFactory(), reason="重复")],
    ids=["registered", "pool", "voided"],
)
def test_only_a_reviewed_gift_is_reversed(make):
    gift = make()

    assert refused(lambda: asked_past_the_service(gift)) == (
        "donations_reversal_of_reviewed",
        "只有已复核的单据才能冲销；复核之前请作废。",
    )
