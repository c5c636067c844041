"""Review makes a document binding: booked in the first open month, sealed and summarised in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from donations.models import Donation
from donations.services import summaries
from donations.services.broken_rules import (
    ChangedMeanwhile,
    GivenInFuture,
    MakerIsChecker,
    NotAwaitingArrival,
    NotAwaitingReview,
)
from donations.services.sealing import allocation_parts, binding_facts, seal_of
from hebi_charity.accounts.models import User
from hebi_charity.audit import services as audit
from hebi_charity.core import dates, seals
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.numbers import in_ranges
from hebi_charity.office.services.periods import booking_day, booking_days


def fingerprints(donations: Iterable[Donation]) -> dict[str, str]:
    """What each document is now, by its key: what a page remembers to say which one was changed meanwhile."""
    shown = list(donations)
    parts = allocation_parts(donation.pk for donation in shown)
    return {str(row.pk): seals.digest(binding_facts(row, parts.get(row.pk, ()))) for row in shown}


def fingerprint(donations: Iterable[Donation]) -> str:
    """What a page remembers of the documents it shows for review, so that what binds is what was seen."""
    return joined(fingerprints(donations))


def joined(prints: Mapping[str, str]) -> str:
    """One fingerprint of several documents out of that of each."""
    return seals.digest(dict(prints))


@dataclass(frozen=True)
class ReviewSums:
    """What a review of these documents does: how many are booked at once, and how many when their money is here."""

    booked: int
    booked_yuan: Decimal
    awaited: int
    awaited_yuan: Decimal


def review_sums(donations: Iterable[Donation]) -> ReviewSums:
    here, away = [], []
    for donation in donations:
        (here if donation.received_on else away).append(donation.amount)
    return ReviewSums(len(here), sum(here, Decimal(0)), len(away), sum(away, Decimal(0)))


def _check(donations: list[Donation], booked: dict[date, date], by: User) -> None:
    if any(donation.state != Donation.State.REGISTERED for donation in donations):
        raise NotAwaitingReview
    numbers = [donation.pk for donation in donations]
    if Donation.objects.awaiting_review_by(by).filter(pk__in=numbers).count() < len(donations):
        raise MakerIsChecker
    if any(donation.received_on and donation.received_on not in booked for donation in donations):
        raise ChangedMeanwhile


@atomic_with_retry
def review_donations(pks: Sequence[int], *, by: User, read_at: str = "") -> list[Donation]:
    """Make registered documents binding: all of them or none.

    Raises NotAwaitingReview, MakerIsChecker, PeriodNotOpen, and ChangedMeanwhile (also when `read_at` is not the
    fingerprint of what the reviewer saw).
    """
    wanted = Donation.objects.filter(pk__in=pks).order_by("pk")
    received = [day for day in wanted.values_list("received_on", flat=True) if day]
    booked = booking_days(received)  # periods are locked before documents (design 9)
    donations = list(wanted.select_for_update())
    parts = allocation_parts(donation.pk for donation in donations)
    now = timezone.now()
    _check(donations, booked, by)
    if read_at and read_at != fingerprint(donations):
        raise ChangedMeanwhile
    for donation in donations:
        donation.state, donation.reviewed_by, donation.reviewed_at = Donation.State.REVIEWED, by, now
        donation.booked_on = booked.get(donation.received_on)
        donation.seal = seal_of(donation, parts[donation.pk])
    fields = ["state", "reviewed_by", "reviewed_at", "booked_on", "seal"]
    Donation.objects.bulk_update(donations, fields, batch_size=500)
    summaries.add_booked(donation.pk for donation in donations)
    _log_review(donations, by)
    return donations


def _log_review(donations: list[Donation], by: User) -> None:
    if len(donations) == 1:
        audit.record(by, "donation.reviewed", donations[0])
    elif donations:
        audit.record_bulk(
            by,
            "donation.reviewed",
            Donation,
            count=len(donations),
            sums={"CNY": sum((donation.amount for donation in donations), Decimal(0))},
            digest=seals.digest({"seals": [donation.seal for donation in donations]}),
            changes={"reviewed": (None, in_ranges(donation.donation_no for donation in donations))},
        )


def review_donation(donation: Donation, *, by: User, read_at: str = "") -> Donation:
    """Make one registered gift binding. Raises what review_donations raises."""
    return review_donations([donation.pk], by=by, read_at=read_at)[0]


def _lock_pending(donation: Donation, by: User) -> Donation:
    donation = Donation.objects.select_for_update().get(pk=donation.pk)
    if not Donation.objects.awaiting_arrival().filter(pk=donation.pk).exists():
        raise NotAwaitingArrival
    if User.objects.accounts_of_same_person(by).filter(pk=donation.recorded_by_id).exists():
        raise MakerIsChecker
    return donation


@atomic_with_retry
def record_arrival(donation: Donation, *, by: User, received_on: date) -> Donation:
    """Money that was awaited is in the account: the gift is booked now and sealed anew.

    Raises NotAwaitingArrival, MakerIsChecker, GivenInFuture, PeriodNotOpen.
    """
    if received_on > dates.today():
        raise GivenInFuture
    booked_on = booking_day(received_on)
    donation = _lock_pending(donation, by)
    donation.arrival, donation.arrival_by = Donation.Arrival.ARRIVED, by
    donation.received_on, donation.booked_on = received_on, booked_on
    donation.seal = seal_of(donation, allocation_parts([donation.pk])[donation.pk])
    donation.save(update_fields=["arrival", "arrival_by", "received_on", "booked_on", "seal"])
    summaries.add_booked([donation.pk])
    audit.record(by, "donation.arrived", donation, changes={"received_on": (None, received_on)})
    return donation


@atomic_with_retry
def record_bounce(donation: Donation, *, by: User, reason: str) -> Donation:
    """The cheque or transfer came back (退票): the gift never counts. Raises NotAwaitingArrival, MakerIsChecker."""
    donation = _lock_pending(donation, by)
    donation.arrival, donation.arrival_by = Donation.Arrival.BOUNCED, by
    donation.seal = seal_of(donation, allocation_parts([donation.pk])[donation.pk])
    donation.save(update_fields=["arrival", "arrival_by", "seal"])
    audit.record(by, "donation.bounced", donation, reason=reason)
    return donation
