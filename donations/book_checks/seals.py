"""Seals of reviewed documents and of reversals, computed anew."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from donations.models import Donation, FundAllocation
from donations.services.sealing import is_sealed, orders_digests
from hebi_charity.core.registry import Difference

_BATCH = 2_000


def _batches() -> Iterator[list[Donation]]:
    """Reviewed documents in order, a batch at a time, by key: no server-side cursor behind a pooler."""
    last = 0
    while batch := list(Donation.objects.reviewed().filter(pk__gt=last).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk


def check_seals() -> Iterator[Difference]:
    """Every reviewed document carries the seal of its columns, its parts and its orders."""
    for batch in _batches():
        numbers = [donation.pk for donation in batch]
        parts: dict[int, list[tuple[int, Decimal]]] = {}
        rows = FundAllocation.objects.filter(donation_id__gte=numbers[0], donation_id__lte=numbers[-1])
        for donation_id, fund_id, amount in rows.values_list("donation_id", "fund_id", "amount"):
            parts.setdefault(donation_id, []).append((fund_id, amount))
        digests = orders_digests(donation.pk for donation in batch if donation.shape == Donation.Shape.POOL)
        for donation in batch:
            if not is_sealed(donation, parts.get(donation.pk, []), donation.seal):
                sentence = _("The gift %(number)s was changed after its review: its seal does not match.")
                yield Difference("seals", donation.donation_no, sentence % {"number": donation.donation_no})
            if donation.shape == Donation.Shape.POOL and donation.orders_digest != digests.get(donation.pk, ""):
                sentence = _("The orders of the pool %(number)s were changed after its review.")
                yield Difference("seals", donation.donation_no, sentence % {"number": donation.donation_no})
