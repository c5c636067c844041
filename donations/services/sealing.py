"""Seals of reviewed documents: an HMAC over every binding column, so that a silent change is found (design 12)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import connection

from donations.models import Donation, FundAllocation, Reversal
from hebi_charity.core import seals

# What a seal covers. A document keeps the seal it was given: an older one is right in the older form only.
VERSION = 2
_ORDERS = """
COPY (
    SELECT row_no, channel, order_no, content_key, occurrence, amount, donated_on, donated_at, nickname
    FROM donations_platformorder WHERE donation_id = {pool:d} ORDER BY row_no
) TO STDOUT (FORMAT binary)
"""


def orders_digests(pools: Iterable[int]) -> dict[int, str]:
    """SHA-256 over the orders of each pool in order of their rows."""
    digests: dict[int, str] = {}
    with connection.cursor() as cursor:
        for pool in pools:
            hashed = seals.Sha256Sink()
            cursor.copy_expert(_ORDERS.format(pool=pool), hashed)
            digests[pool] = hashed.hexdigest()
    return digests


def binding_facts(
    donation: Donation, allocations: Iterable[tuple[int, Decimal]], *, version: int = VERSION
) -> dict[str, object]:
    """The columns that bind, with the parts for the funds as (fund id, yuan), as the seals of a version hold them."""
    facts: dict[str, object] = {
        "number": donation.donation_no,
        "shape": donation.shape,
        "kind": donation.kind_id,
        "donor": donation.donor_id,
        "payer": donation.payer_name,
        "payer_relation": donation.payer_relation,
        "campaign": donation.campaign_id,
        "channel": donation.channel,
        "voucher": donation.voucher_no,
        "amount": donation.amount,
        "currency": donation.currency,
        "foreign_amount": donation.foreign_amount,
        "rate": None if donation.booked_rate is None else f"{donation.booked_rate:.8f}",
        "person_times": donation.person_times,
        "orders": donation.order_count,
        "orders_digest": donation.orders_digest,
        "donated_on": donation.donated_on,
        "donated_at": donation.donated_at,
        "received_on": donation.received_on,
        "booked_on": donation.booked_on,
        "arrival": donation.arrival,
        "public_mode": donation.public_mode,
        "public_name": donation.public_name,
        "hides_amount": donation.hides_amount,
        "recorded_by": donation.recorded_by_id,
        "reviewed_by": donation.reviewed_by_id,
        "allocations": sorted([fund, f"{amount:.2f}"] for fund, amount in allocations),
    }
    if version > 1:
        facts |= {"version": version} | _circumstances(donation)
    # Only where there is an import: documents sealed without one keep the seal they have.
    return facts | _origin(donation) if donation.source_import_id else facts


def _circumstances(donation: Donation) -> dict[str, object]:
    """What the first seals left out: who says that the money is here, when it was recorded and reviewed, and the rest.

    All of it is fixed at review, but for the arrival, which seals anew.
    """
    return {
        "arrival_by": donation.arrival_by_id,
        "recorded_on": donation.recorded_on,
        "recorded_at": donation.recorded_at,
        "reviewed_at": donation.reviewed_at,
        "consent": donation.consent_id,
        "receipt_disposition": donation.receipt_disposition,
        "query_code": donation.query_code,
        "note": donation.note,
    }


def _origin(donation: Donation) -> dict[str, object]:
    """From which line of which import the document comes, and by what it is known in another file."""
    return {
        "import": donation.source_import_id,
        "import_row": donation.import_row,
        "content_key": bytes(donation.content_key).hex() if donation.content_key else "",
        "occurrence": donation.occurrence,
    }


def seal_of(donation: Donation, allocations: Iterable[tuple[int, Decimal]]) -> str:
    """The seal this document should carry."""
    return seals.seal(binding_facts(donation, allocations))


def is_sealed(donation: Donation, allocations: Iterable[tuple[int, Decimal]], seal: str) -> bool:
    """Whether this is the seal of the document as it stands, in the form of today or of an earlier version.

    That the earlier one is taken lets nobody in: without the key a seal of today cannot be made into one.
    """
    parts = list(allocations)
    return any(seals.is_sealed(binding_facts(donation, parts, version=form), seal) for form in range(VERSION, 0, -1))


def seal_as_stored(pk: int) -> str:
    """The seal over what the database holds of a document now: rounded and cut as its columns do it."""
    return seal_of(Donation.objects.get(pk=pk), allocation_parts([pk])[pk])


def reversal_seal(reversal: Reversal) -> str:
    """The seal this reversal should carry: what was asked for and why, and what was decided by whom."""
    return seals.seal(
        {
            "number": reversal.reversal_no,
            "donation": reversal.donation_id,
            "reason": reversal.reason,
            "state": reversal.state,
            "recorded_by": reversal.recorded_by_id,
            "approved_by": reversal.approved_by_id,
            "approved_at": reversal.approved_at,
            "reversed_on": reversal.reversed_on,
            "refusal": reversal.refusal,
        }
    )


def allocation_parts(donations: Iterable[int]) -> dict[int, list[tuple[int, Decimal]]]:
    """The parts of several documents: {donation id: [(fund id, yuan), …]}."""
    parts: dict[int, list[tuple[int, Decimal]]] = {}
    rows = FundAllocation.objects.filter(donation_id__in=list(donations))
    for donation_id, fund_id, amount in rows.values_list("donation_id", "fund_id", "amount"):
        parts.setdefault(donation_id, []).append((fund_id, amount))
    return parts
