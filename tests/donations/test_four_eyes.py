"""Who recorded or changed a gift never makes it binding, and what binds is what the reviewer saw."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from donations.models import Donation
from donations.services.broken_rules import ChangedMeanwhile, MakerIsChecker
from donations.services.registering import change_donation
from donations.services.reviewing import fingerprint, review_donation, review_donations
from hebi_charity.audit.models import Entry
from tests.donations.factories import UserFactory, gift_entry, registered_gift, set_up_office
from tests.donations.staff import BACKEND, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def changed(gift: Donation, *, by):
    return change_donation(gift, gift_entry(amount=Decimal("9999.00")), by=by)


def reviewed_past_the_service(gift: Donation, *, by) -> None:
    facts = {"reviewed_at": timezone.now(), "booked_on": date(2022, 9, 5), "seal": "0" * 64}
    Donation.objects.filter(pk=gift.pk).update(state="reviewed", reviewed_by=by, **facts)


def test_who_changed_a_gift_cannot_review_it():
    colleague = UserFactory()
    gift = changed(registered_gift(), by=colleague)

    with pytest.raises(MakerIsChecker):
        review_donation(gift, by=colleague)

    assert list(Donation.objects.awaiting_review_by(colleague)) == []


def test_who_changed_a_gift_cannot_review_it_after_another_change():
    colleague = UserFactory()
    gift = changed(changed(registered_gift(), by=colleague), by=UserFactory())

    with pytest.raises(MakerIsChecker):
        review_donation(gift, by=colleague)


def test_second_account_of_the_recorder_cannot_review():
    recorder = UserFactory()
    gift = registered_gift(by=recorder)

    with pytest.raises(MakerIsChecker):
        review_donation(gift, by=UserFactory(main_account=recorder))


def test_third_person_reviews_what_another_changed():
    gift = changed(registered_gift(), by=UserFactory())

    assert review_donation(gift, by=UserFactory()).amount == Decimal("9999.00")


def test_database_refuses_the_review_of_who_changed_it():
    colleague = UserFactory()
    gift = changed(registered_gift(), by=colleague)

    with pytest.raises(IntegrityError, match="who recorded or changed a gift cannot review it"):
        reviewed_past_the_service(gift, by=colleague)


def test_database_refuses_the_review_by_a_second_account():
    recorder = UserFactory()
    gift = registered_gift(by=UserFactory(main_account=recorder))

    with pytest.raises(IntegrityError, match="who recorded or changed a gift cannot review it"):
        reviewed_past_the_service(gift, by=recorder)


def test_many_gifts_are_not_reviewed_when_one_changed_since_they_were_shown():
    gifts = [registered_gift(), registered_gift()]
    seen = fingerprint(Donation.objects.order_by("pk"))
    changed(gifts[1], by=gifts[1].recorded_by)

    with pytest.raises(ChangedMeanwhile):
        review_donations([gift.pk for gift in gifts], by=UserFactory(), read_at=seen)


@pytest.mark.parametrize("address", ["detail", "bulk_review"])
def test_gift_that_changed_since_the_page_was_opened_is_not_reviewed(client, address):
    gift = registered_gift()
    client.force_login(person("accountant"), backend=BACKEND)
    page = client.get(
        reverse("donations:detail", args=[gift.pk])
        if address == "detail"
        else f"{reverse('donations:bulk_review')}?rows={gift.pk}"
    ).content.decode()
    seen = re.search(r'name="read_at" value="([0-9a-f]{64})"', page)[1]
    changed(gift, by=gift.recorded_by)

    client.post(
        reverse("donations:review", args=[gift.pk]) if address == "detail" else reverse("donations:bulk_review"),
        {"rows": gift.pk, "read_at": seen},
    )

    gift.refresh_from_db()
    assert gift.state == Donation.State.REGISTERED


def test_log_keeps_the_names_of_a_changed_gift_masked():
    gift = registered_gift()

    change_donation(gift, gift_entry(payer_name="欧阳建国", payer_relation="passed_on"), by=gift.recorded_by)

    entry = Entry.objects.of(gift).last()
    assert "欧阳建国" not in str(entry.changes)
    assert entry.changes["payer_name"][1]["masked"]
