"""Gifts, funds and donors for tests. Every person and organisation is invented."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import factory

from donations.models import Campaign, Donor, Fund
from donations.services.donors import NewDonor, register_donor
from donations.services.registering import GiftEntry, register_donation
from donations.services.reviewing import review_donation
from hebi_charity.accounts.models import User
from hebi_charity.office.models import Organisation
from hebi_charity.office.services.periods import open_books


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    full_name = factory.Sequence(lambda n: f"测试员{n}")


class FundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Fund

    code = factory.Sequence(lambda n: f"F{n:03d}")
    name = factory.Sequence(lambda n: f"项目{n}")
    restriction = Fund.Restriction.UNRESTRICTED
    purpose = Fund.Purpose.POVERTY


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campaign

    name = factory.Sequence(lambda n: f"募捐活动{n}")
    starts_on = date(2022, 9, 1)
    ends_on = date(2022, 9, 6)
    fund = factory.SubFactory(FundFactory)


def set_up_office(first_month: date = date(2022, 1, 1)) -> None:
    """An organisation with its books open from a month on."""
    Organisation.objects.get_or_create(pk=1, defaults={"name": "某市慈善总会", "books_from": first_month})
    open_books(first_month)


def gift_entry(**changes: object) -> GiftEntry:
    """A cash gift of 100 yuan of 5 September 2022 to one unrestricted fund, unless said otherwise."""
    values: dict = {
        "amount": Decimal("100.00"),
        "channel": "cash",
        "donated_on": date(2022, 9, 5),
        "donor": NewDonor(name="李霞"),
    } | changes
    values.setdefault("received_on", None if values.get("arrival", "arrived") != "arrived" else values["donated_on"])
    if "allocations" not in values:
        values["allocations"] = ((FundFactory(), values["amount"]),)
    return GiftEntry(**values)


def registered_gift(*, by: User | None = None, **changes: object):
    return register_donation(gift_entry(**changes), by=by or UserFactory(), form_key=uuid4())


def reviewed_gift(*, by: User | None = None, reviewer: User | None = None, **changes: object):
    return review_donation(registered_gift(by=by, **changes), by=reviewer or UserFactory())


def known_donor(*, by: User | None = None, **facts: str) -> Donor:
    """A donor on record: 李霞, a person without telephone or paper, unless said otherwise."""
    entry = NewDonor(**{"name": "李霞", "kind": "person"} | facts)
    return register_donor(entry, by=by or UserFactory(), form_key=uuid4())


def other_income(kind: str = "interest", *, by: User | None = None, **changes: object):
    """Registered money of a kind that is no gift: 100 yuan of interest, unless said otherwise."""
    facts = {"donor": None, "person_times": 0, "public_mode": "none", "receipt_disposition": "not_receiptable"}
    return registered_gift(by=by, kind=kind, channel="bank", **(facts | changes))
