from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from donations.book_checks.periods import booked_totals
from donations.models import DailySummary, Donation
from donations.services.broken_rules import (
    AllocationsDoNotSum,
    GivenInFuture,
    MakerIsChecker,
    NotAwaitingArrival,
    NotAwaitingReview,
    NotReversible,
)
from donations.services.registering import register_donation, void_donation
from donations.services.reversing import approve_reversal, request_reversal
from donations.services.reviewing import record_arrival, record_bounce, review_donation, review_donations
from hebi_charity.core.registry import book_checks as checks
from hebi_charity.office.models import Period
from hebi_charity.office.services.form_keys import FormKeyReused
from hebi_charity.office.services.periods import confirm_period, submit_period
from tests.donations.factories import (
    FundFactory,
    UserFactory,
    gift_entry,
    registered_gift,
    reviewed_gift,
    set_up_office,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def close(month: date) -> None:
    for period in Period.objects.exclude(state="closed").filter(month__lte=month).order_by("month"):
        submit_period(period, by=UserFactory(), today=date(2026, 1, 1))
        confirm_period(period, by=UserFactory())


def found() -> list[tuple[str, str]]:
    return [(difference.check, difference.record) for check in checks for difference in check()]


def test_register_gives_consecutive_numbers_and_a_query_code():
    first, second = registered_gift(), registered_gift()

    assert int(second.donation_no[-6:]) == int(first.donation_no[-6:]) + 1
    assert first.donation_no.startswith("演捐")
    assert len(first.query_code) == 6
    assert first.state == "registered"


def test_same_form_twice_gives_the_first_gift():
    clerk, key, entry = UserFactory(), uuid4(), gift_entry()

    first = register_donation(entry, by=clerk, form_key=key)
    second = register_donation(entry, by=clerk, form_key=key)

    assert second == first
    assert Donation.objects.count() == 1


def test_same_form_with_other_content_is_refused():
    clerk, key = UserFactory(), uuid4()
    register_donation(gift_entry(), by=clerk, form_key=key)

    with pytest.raises(FormKeyReused):
        register_donation(gift_entry(amount=Decimal("101.00")), by=clerk, form_key=key)


def test_gift_dated_tomorrow_is_refused():
    with pytest.raises(GivenInFuture):
        registered_gift(donated_on=date(2999, 1, 1))


def test_parts_that_do_not_sum_are_refused():
    with pytest.raises(AllocationsDoNotSum):
        registered_gift(allocations=((FundFactory(), Decimal("99.99")),))


def test_database_refuses_parts_that_do_not_sum():
    gift = registered_gift()

    with pytest.raises(IntegrityError, match="allocations do not sum"), transaction.atomic():
        gift.allocations.update(amount=Decimal("1.00"))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_review_books_seals_and_summarises():
    gift = reviewed_gift()

    summary = DailySummary.objects.get()
    assert (gift.state, gift.booked_on) == ("reviewed", date(2022, 9, 5))
    assert len(gift.seal) == 64
    assert (summary.day, summary.gifts, summary.person_times, summary.amount) == (gift.booked_on, 1, 1, gift.amount)


def test_recorder_cannot_review_the_own_gift():
    clerk = UserFactory()

    with pytest.raises(MakerIsChecker):
        review_donation(registered_gift(by=clerk), by=clerk)


def test_reviewed_gift_is_not_reviewed_twice():
    with pytest.raises(NotAwaitingReview):
        review_donation(reviewed_gift(), by=UserFactory())


def test_bulk_review_reviews_all_or_none():
    reviewer = UserFactory()
    own, other = registered_gift(by=reviewer), registered_gift()

    with pytest.raises(MakerIsChecker):
        review_donations([own.pk, other.pk], by=reviewer)

    assert Donation.objects.reviewed().count() == 0


def test_voided_gift_keeps_its_number_and_cannot_be_reviewed():
    gift = void_donation(registered_gift(), by=UserFactory(), reason="登记重复")

    with pytest.raises(NotAwaitingReview):
        review_donation(gift, by=UserFactory())
    assert found() == []


def test_gift_reviewed_after_its_month_closed_is_booked_in_the_next():
    gift = registered_gift(donated_on=date(2022, 9, 30))
    close(date(2022, 9, 1))

    gift = review_donation(gift, by=UserFactory())

    summary = DailySummary.objects.get(basis="booked")
    assert gift.booked_on == date(2022, 10, 1)
    assert (summary.late_gifts, summary.late_amount) == (1, Decimal("100.00"))


def test_cheque_counts_when_it_arrives():
    gift = reviewed_gift(channel="cheque", arrival="pending")
    assert DailySummary.objects.count() == 0

    gift = record_arrival(gift, by=UserFactory(), received_on=date(2022, 9, 9))

    assert gift.booked_on == date(2022, 9, 9)
    assert DailySummary.objects.get().amount == Decimal("100.00")
    assert found() == []


def test_bounced_cheque_never_counts():
    gift = record_bounce(reviewed_gift(channel="cheque", arrival="pending"), by=UserFactory(), reason="空头支票")

    with pytest.raises(NotAwaitingArrival):
        record_arrival(gift, by=UserFactory(), received_on=date(2022, 9, 9))
    assert DailySummary.objects.count() == 0


def test_reversal_is_approved_by_another_and_booked_today():
    gift, asker = reviewed_gift(), UserFactory()
    reversal = request_reversal(gift, by=asker, reason="金额登记错误")

    with pytest.raises(MakerIsChecker):
        approve_reversal(reversal, by=asker)
    reversal = approve_reversal(reversal, by=UserFactory())

    gift.refresh_from_db()
    summary = DailySummary.objects.get(day=reversal.reversed_on)
    assert gift.reversal == reversal
    assert (summary.amount, summary.reversed_amount) == (Decimal("0.00"), Decimal("100.00"))
    assert found() == []


def test_reversed_gift_is_not_reversed_again():
    gift = reviewed_gift()
    request_reversal(gift, by=UserFactory(), reason="重复")

    with pytest.raises(NotReversible):
        request_reversal(gift, by=UserFactory(), reason="重复")


def test_closed_month_keeps_its_totals():
    reviewed_gift()
    close(date(2022, 9, 1))

    period = Period.objects.get(month=date(2022, 9, 1))
    assert period.totals["donations"] == booked_totals(date(2022, 9, 1))
    assert period.totals["donations"]["amount"] == "100.00"
    assert found() == []
