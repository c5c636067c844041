"""The books are checked while people work: each check sees one moment, and that moment agrees with itself."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from uuid import uuid4

import pytest
from django.db import connection

from donations.models import DailySummary, Donation, Reversal
from donations.services.registering import register_donation
from donations.services.reversing import approve_reversal, request_reversal
from donations.services.reviewing import review_donations
from hebi_charity.audit.books import differences
from tests.donations.factories import FundFactory, UserFactory, gift_entry, set_up_office

ROUNDS, CHECKS = 12, 5


@pytest.mark.race
def test_books_agree_while_two_clerks_work(committed_db):
    """Each registers two gifts a round, reviews those of the other together, and has one of them reversed."""
    set_up_office()
    clerks, approver = [UserFactory(), UserFactory()], UserFactory()
    allocations = ((FundFactory(), gift_entry().amount),)
    start, turn, over = Barrier(3), Barrier(2), Event()
    waiting: list[list[int]] = [[], []]
    acts, checks = [], []

    def gift(by):
        return register_donation(gift_entry(allocations=allocations), by=by, form_key=uuid4())

    def work(place: int) -> None:
        me, other = clerks[place], 1 - place
        try:
            start.wait(60)
            for _round in range(ROUNDS):
                waiting[place] = [gift(me).pk for _ in range(2)]
                acts.append("registered")
                turn.wait(60)  # both have registered; now each reviews what the other did
                first, _second = review_donations(waiting[other], by=me)
                acts.append("reviewed")
                approve_reversal(request_reversal(first, by=me, reason="重复登记"), by=approver)
                acts.append("reversed")
                turn.wait(60)
        finally:
            connection.close()

    def check() -> None:
        try:
            start.wait(60)
            while not over.is_set() or len(checks) < CHECKS:
                before = len(acts)
                found = differences()
                checks.append((before, len(acts), found))
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        checking = pool.submit(check)
        working = [pool.submit(work, place) for place in range(2)]
        try:
            for each in working:
                each.result(300)
        finally:
            over.set()
        checking.result(300)

    every = len(acts)
    assert every == 2 * 3 * ROUNDS
    assert [found for _, _, found in checks if found] == []
    # Some checks began after the first act and ended before the last: they ran between acts, not around them.
    assert len([1 for before, after, _ in checks if before > 0 and after < every]) >= 3
    assert (Donation.objects.reviewed().count(), Reversal.objects.count()) == (4 * ROUNDS, 2 * ROUNDS)
    assert DailySummary.objects.booked().net()["yuan"] == 4 * ROUNDS * 100 - 2 * ROUNDS * 100
    assert differences() == []
