"""Pools of platform orders for tests, sealed as a merged file leaves them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from donations.models import Donation, Fund, FundAllocation, PlatformOrder
from donations.services.query_codes import new_query_codes
from donations.services.reviewing import review_donation
from donations.services.sealing import orders_digests
from hebi_charity.accounts.models import User
from hebi_charity.core import dates
from hebi_charity.core.names import name_key
from hebi_charity.office.services.numbers import take_numbers
from tests.donations.factories import FundFactory, UserFactory

DAY = date(2022, 9, 5)


@transaction.atomic
def registered_pool(
    *amounts: str, by: User | None = None, fund: Fund | None = None, name: str = "爱心网友", **changes: object
) -> Donation:
    """A pool that waits for review: one order for each amount in yuan, all of one day."""
    parts = [Decimal(amount) for amount in amounts or ("10.00", "20.00")]
    values = {
        "donation_no": take_numbers("donation", on=dates.today())[0],
        "query_code": new_query_codes(1)[0],
        "shape": Donation.Shape.POOL,
        "kind_id": "donation",
        "channel": Donation.Channel.POS,
        "amount": sum(parts),
        "person_times": len(parts),
        "order_count": len(parts),
        "donated_on": DAY,
        "received_on": DAY,
        "public_mode": "none",
        "receipt_disposition": "platform",
        "recorded_by": by or UserFactory(),
        "recorded_on": dates.today(),
    }
    pool = Donation.objects.create(**values | changes)
    FundAllocation.objects.create(donation=pool, fund=fund or FundFactory(), amount=pool.amount)
    PlatformOrder.objects.bulk_create(
        PlatformOrder(
            donation=pool,
            row_no=row,
            channel=pool.channel,
            order_no=f"{pool.pk:06d}{row:06d}",
            order_tail=f"{row:06d}",
            amount=amount,
            donated_on=DAY,
            nickname=name,
            name_key=name_key(name),
        )
        for row, amount in enumerate(parts, start=1)
    )
    pool.orders_digest = orders_digests([pool.pk])[pool.pk]
    pool.save(update_fields=["orders_digest"])
    return pool


def reviewed_pool(*amounts: str, reviewer: User | None = None, **changes: object) -> Donation:
    return review_donation(registered_pool(*amounts, **changes), by=reviewer or UserFactory())
