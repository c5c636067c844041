"""Orders of a file become pools: one document for each day of settlement, open until its last order is in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from donations.models import Donation, FundAllocation
from donations.services import summaries
from donations.services.query_codes import new_query_codes
from donations.services.sealing import allocation_parts, orders_digests, seal_of
from hebi_charity.core import dates
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.targets import Merged
from hebi_charity.office.services.numbers import take_numbers

if TYPE_CHECKING:
    from hebi_charity.imports.models import Import

_EXPECTED = """
SELECT received_on, count(*), sum(amount) FROM imports_stagedrow
WHERE import_id = %s AND verdict = 'new' AND NOT known_at_merge AND shape = 'order' GROUP BY 1 ORDER BY 1
"""
# In the order of their keys, so that two imports at once wait for each other and never block each other.
_TAKE_IN = """
WITH taken AS (
    INSERT INTO donations_platformorder (donation_id, row_no, channel, order_no, order_tail, content_key, occurrence,
        amount, donated_on, donated_at, nickname, name_key, loose_key)
    SELECT d.id, s.row_no, d.channel, nullif(s.order_no, ''), right(s.order_no, 6), s.content_key, s.occurrence,
        s.amount, s.donated_on, s.donated_at, left(s.name, 60), left(s.name_key, 60), s.loose_key
    FROM imports_stagedrow s
    JOIN donations_donation d ON d.import_id = s.import_id AND d.shape = 'pool' AND d.donated_on = s.received_on
    WHERE s.import_id = %s AND s.row_no BETWEEN %s AND %s
        AND s.verdict = 'new' AND NOT s.known_at_merge AND s.shape = 'order'
    ORDER BY s.order_no, s.content_key, s.occurrence
    ON CONFLICT DO NOTHING RETURNING amount
)
SELECT count(*), coalesce(sum(amount), 0) FROM taken
"""
_HELD = """
SELECT donation_id, count(*), sum(amount) FROM donations_platformorder WHERE donation_id = ANY(%s) GROUP BY 1
"""


def is_settled_apart(plan: Plan) -> bool:
    """Whether the money of the orders comes later, from the platform."""
    return plan.channel == Donation.Channel.PLATFORM


def pools_of(imported: Import) -> list[Donation]:
    """The pools of an import that still take orders."""
    merging = Donation.objects.filter(source_import=imported, state=Donation.State.MERGING)
    return list(merging.order_by("pk"))


def open_pools(imported: Import) -> Merged:
    """Make the pools of an import with the sums that are to come. They bind nothing yet and cannot be touched."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPECTED, [imported.pk])
        expected = cursor.fetchall()
    if not expected:
        return Merged()
    plan = Plan.of(imported.plan)
    today = dates.today()
    codes = new_query_codes(len(expected))
    numbers = take_numbers("donation", on=today, count=len(expected))
    pools = Donation.objects.bulk_create(
        _pool(imported, plan, figures, today=today, number=number, code=code)
        for figures, number, code in zip(expected, numbers, codes, strict=True)
    )
    FundAllocation.objects.bulk_create(
        FundAllocation(donation=pool, fund_id=plan.choices["fund"], amount=pool.amount) for pool in pools
    )
    return Merged(documents=len(pools))


def _pool(
    imported: Import, plan: Plan, figures: tuple[date, int, Decimal], *, today: date, number: str, code: str
) -> Donation:
    day, count, amount = figures
    settled_apart = is_settled_apart(plan)
    disposition = Donation.ReceiptDisposition
    return Donation(
        donation_no=number,
        query_code=code,
        shape=Donation.Shape.POOL,
        kind_id=plan.choices["kind"],
        campaign_id=plan.choices["campaign"],
        channel=plan.channel,
        amount=amount,
        person_times=count,
        order_count=count,
        donated_on=day,
        received_on=None if settled_apart else day,
        arrival=Donation.Arrival.PLATFORM if settled_apart else Donation.Arrival.ARRIVED,
        public_mode=Donation.PublicMode.NONE,
        receipt_disposition=disposition.PLATFORM if settled_apart else disposition.ANONYMOUS,
        state=Donation.State.MERGING,
        recorded_by_id=imported.recorded_by_id,
        recorded_on=today,
        source_import=imported,
    )


def take_in(imported: Import, first: int, last: int) -> Merged:
    """Put the orders between two row numbers into their pools. What others took meanwhile is passed over."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_IN, [imported.pk, first, last])
        count, amount = cursor.fetchone()
    return Merged(rows=count, amount=amount)


def close_pools(imported: Import, booked: Mapping[date, date]) -> Merged:
    """Every order is in: count, sum and seal the pools, book them, and add them to the summaries."""
    pools = list(Donation.objects.select_for_update().filter(pk__in=[pool.pk for pool in pools_of(imported)]))
    numbers = [pool.pk for pool in pools]
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [numbers])
        held = {pk: (count, amount) for pk, count, amount in cursor.fetchall()}
    digests, parts = orders_digests(numbers), allocation_parts(numbers)
    now = timezone.now()
    for pool in pools:
        if held.get(pool.pk) != (pool.order_count, pool.amount):
            # The marks of the beginning and the unique constraints have told apart what is new: never seen.
            raise RuntimeError(f"the pool {pool.donation_no} holds other orders than it was opened for")
        pool.orders_digest = digests[pool.pk]
        pool.state, pool.reviewed_by_id, pool.reviewed_at = Donation.State.REVIEWED, imported.confirmed_by_id, now
        pool.booked_on = booked.get(pool.received_on) if pool.received_on else None
        pool.seal = seal_of(pool, parts[pool.pk])
    fields = ["orders_digest", "state", "reviewed_by", "reviewed_at", "booked_on", "seal"]
    Donation.objects.bulk_update(pools, fields, batch_size=500)
    summaries.add_booked(numbers)
    return Merged()
