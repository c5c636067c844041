"""Numbers under pressure: many register at once, some fail in mid-transaction, and no number is lost or doubled."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, transaction

from donations.models import Donation
from donations.services.registering import register_donation
from tests.donations.factories import FundFactory, UserFactory, gift_entry, set_up_office

PEOPLE, FAILING = 50, 10


class PulledPlug(Exception):
    """What ends a transaction after its number was taken."""


@pytest.mark.race
def test_fifty_register_at_once_and_ten_fail_in_the_middle(committed_db):
    set_up_office()
    clerk, fund = UserFactory(), FundFactory()
    start = Barrier(PEOPLE)

    def register(place: int) -> bool:
        entry = gift_entry(allocations=((fund, Decimal("100.00")),))
        try:
            start.wait(60)
            with transaction.atomic():
                register_donation(entry, by=clerk, form_key=uuid4())
                if place < FAILING:
                    raise PulledPlug
        except PulledPlug:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(PEOPLE) as pool:
        saved = list(pool.map(register, range(PEOPLE)))

    numbers = sorted(int(number[-6:]) for number in Donation.objects.values_list("donation_no", flat=True))
    assert saved.count(True) == PEOPLE - FAILING
    assert numbers == list(range(1, PEOPLE - FAILING + 1))


@pytest.mark.race
def test_same_form_sent_eight_times_at_once_makes_one_gift(committed_db):
    set_up_office()
    clerk, key = UserFactory(), uuid4()
    entry = gift_entry()
    start = Barrier(8)

    def register(_: int) -> int:
        try:
            start.wait(60)
            return register_donation(entry, by=clerk, form_key=key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        results = set(pool.map(register, range(8)))

    assert len(results) == 1
    assert Donation.objects.count() == 1
