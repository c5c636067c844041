"""A reviewed document is undone by another document that points at it: asked for by one, approved by another."""

from __future__ import annotations

from django.utils import timezone

from donations.models import Donation, Reversal
from donations.services import summaries
from donations.services.broken_rules import MakerIsChecker, NotReversible
from donations.services.sealing import reversal_seal
from hebi_charity.accounts.models import User
from hebi_charity.audit import services as audit
from hebi_charity.core import dates
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.numbers import take_numbers
from hebi_charity.office.services.periods import booking_day


@atomic_with_retry
def request_reversal(donation: Donation, *, by: User, reason: str) -> Reversal:
    """Ask for a reversal. Raises NotReversible, and IntegrityError without a reason."""
    donation = Donation.objects.select_for_update().get(pk=donation.pk)
    live = donation.reversals.exclude(state=Reversal.State.REFUSED).exists()
    if donation.state != Donation.State.REVIEWED or live:
        raise NotReversible
    number = take_numbers("reversal", on=dates.today())[0]
    reversal = Reversal(reversal_no=number, donation=donation, reason=reason, recorded_by=by)
    reversal.seal = reversal_seal(reversal)
    reversal.save(force_insert=True)
    audit.record(by, "reversal.requested", reversal, reason=reason)
    return reversal


def _lock_requested(reversal: Reversal, by: User) -> Reversal:
    reversal = Reversal.objects.select_for_update().get(pk=reversal.pk)
    if reversal.state != Reversal.State.REQUESTED:
        raise NotReversible
    if User.objects.accounts_of_same_person(by).filter(pk=reversal.recorded_by_id).exists():
        raise MakerIsChecker
    return reversal


@atomic_with_retry
def approve_reversal(reversal: Reversal, *, by: User) -> Reversal:
    """Approve: the document is reversed today, in the first open month. Raises NotReversible, MakerIsChecker."""
    reversed_on = booking_day(dates.today())
    donation = Donation.objects.select_for_update().get(pk=reversal.donation_id)
    reversal = _lock_requested(reversal, by)
    reversal.state, reversal.approved_by, reversal.approved_at = Reversal.State.APPROVED, by, timezone.now()
    reversal.reversed_on = reversed_on
    reversal.seal = reversal_seal(reversal)
    reversal.save(update_fields=["state", "approved_by", "approved_at", "reversed_on", "seal"])
    donation.reversal = reversal
    donation.save(update_fields=["reversal"])
    donation.orders.filter(reversal__isnull=True).update(reversal=reversal)
    summaries.add_reversed([donation.pk])
    audit.record(by, "reversal.approved", reversal)
    return reversal


@atomic_with_retry
def refuse_reversal(reversal: Reversal, *, by: User, reason: str) -> Reversal:
    """Refuse with a reason; the document stays as it is. Raises NotReversible, MakerIsChecker."""
    reversal = _lock_requested(reversal, by)
    reversal.state, reversal.approved_by, reversal.approved_at = Reversal.State.REFUSED, by, timezone.now()
    reversal.refusal = reason
    reversal.seal = reversal_seal(reversal)
    reversal.save(update_fields=["state", "approved_by", "approved_at", "refusal", "seal"])
    audit.record(by, "reversal.refused", reversal, reason=reason)
    return reversal
