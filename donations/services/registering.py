"""A gift comes in: registered with its number, changed or voided before review, never deleted."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from donations.models import Campaign, Donation, Donor, Fund, FundAllocation, IncomeKind
from donations.services.broken_rules import (
    AllocationsDoNotSum,
    ChangedMeanwhile,
    GivenInFuture,
    HasNoSlip,
    NotAwaitingReview,
)
from donations.services.donors import NewDonor, find_or_make_donor
from donations.services.query_codes import new_query_codes
from donations.services.sealing import seal_as_stored
from hebi_charity.audit import services as audit
from hebi_charity.core import dates, seals
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.models import DatedSetting
from hebi_charity.office.services.form_keys import AlreadySubmitted, claim_form_key, settle_form_key
from hebi_charity.office.services.numbers import take_numbers

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

GIFT = "donation"


@dataclass(frozen=True)
class GiftEntry:
    """What is typed of one receipt of money. Amounts are yuan; `allocations` are (fund, yuan) and sum to the amount."""

    amount: Decimal
    channel: str
    allocations: tuple[tuple[Fund, Decimal], ...]
    donated_on: date
    donor: Donor | NewDonor | None
    kind: str = GIFT
    donated_at: datetime | None = None
    received_on: date | None = None
    arrival: str = Donation.Arrival.ARRIVED
    payer_name: str = ""
    payer_relation: str = ""
    campaign: Campaign | None = None
    voucher_no: str = ""
    currency: str = "CNY"
    foreign_amount: Decimal | None = None
    booked_rate: Decimal | None = None
    person_times: int = 1
    public_mode: str = Donation.PublicMode.FULL
    public_name: str = ""
    hides_amount: bool = False
    consent: DatedSetting | None = None
    receipt_disposition: str = Donation.ReceiptDisposition.PENDING
    note: str = ""

    def columns(self) -> dict[str, object]:
        """The values that become columns of the document as they are."""
        apart = {"allocations", "donor", "kind"}
        return {part.name: getattr(self, part.name) for part in fields(self) if part.name not in apart} | {
            "kind": IncomeKind.objects.get(code=self.kind)
        }

    def digest(self) -> str:
        """What makes two submissions the same: everything typed."""
        typed = {part.name: str(getattr(self, part.name)) for part in fields(self)}
        # Two donors may have one name; a new one is told by a keyed digest, because of the telephone.
        typed["donor"] = self.donor.digest() if isinstance(self.donor, NewDonor) else str(self.donor and self.donor.pk)
        typed["allocations"] = str([(fund.pk, str(amount)) for fund, amount in self.allocations])
        return seals.digest(typed)


@dataclass(frozen=True)
class _Checked:
    """An entry that holds what no column can hold alone."""

    entry: GiftEntry
    today: date = field(default_factory=dates.today)

    def __post_init__(self) -> None:
        if self.entry.donated_on > self.today or (self.entry.received_on or self.today) > self.today:
            raise GivenInFuture
        if sum(amount for _, amount in self.entry.allocations) != self.entry.amount:
            raise AllocationsDoNotSum


def _donor_of(entry: GiftEntry, *, by: User) -> Donor | None:
    if isinstance(entry.donor, NewDonor):
        return find_or_make_donor(entry.donor, by=by)
    return entry.donor


def _allocate(donation: Donation, allocations: tuple[tuple[Fund, Decimal], ...]) -> None:
    FundAllocation.objects.bulk_create(
        [FundAllocation(donation=donation, fund=fund, amount=amount) for fund, amount in allocations]
    )


@atomic_with_retry
def register_donation(entry: GiftEntry, *, by: User, form_key: UUID) -> Donation:
    """Save what came in, with its number, query code and allocations. The same form gives the first result again.

    Raises GivenInFuture, AllocationsDoNotSum, FormKeyReused, and IntegrityError for what the table refuses.
    """
    checked = _Checked(entry)
    try:
        claim_form_key(form_key, form="donations.donation", digest=entry.digest(), by=by)
    except AlreadySubmitted as first:
        return Donation.objects.get(pk=first.result_id)
    donor = _donor_of(entry, by=by)
    series = "donation" if entry.kind == GIFT else "income"
    donation = Donation.objects.create(
        **entry.columns(),
        donor=donor,
        recorded_by=by,
        recorded_on=checked.today,
        query_code=new_query_codes(1)[0],
        donation_no=take_numbers(series, on=checked.today)[0],
    )
    _allocate(donation, entry.allocations)
    settle_form_key(form_key, donation)
    digest = seal_as_stored(donation.pk)
    audit.record(by, "donation.registered", donation, changes={"amount": (None, entry.amount)}, digest=digest)
    return donation


def _lock_open(donation: Donation) -> Donation:
    donation = Donation.objects.select_for_update().get(pk=donation.pk)
    if donation.state not in {Donation.State.REGISTERED, Donation.State.RETURNED}:
        raise NotAwaitingReview
    return donation


@atomic_with_retry
def change_donation(donation: Donation, entry: GiftEntry, *, by: User, read_at: str = "") -> Donation:
    """Change a gift before review; a returned one waits for review again.

    Raises NotAwaitingReview, GivenInFuture, AllocationsDoNotSum, ChangedMeanwhile (when `read_at` is not the
    fingerprint the form was opened with).
    """
    _Checked(entry)
    donation = _lock_open(donation)
    if read_at and read_at != fingerprint(donation):
        raise ChangedMeanwhile
    columns = entry.columns() | {"donor": _donor_of(entry, by=by)}
    changes = {name: (getattr(donation, name), value) for name, value in columns.items()}
    for name, value in columns.items():
        setattr(donation, name, value)
    donation.state, donation.returned_reason = Donation.State.REGISTERED, ""
    donation.allocations.all().delete()
    donation.save()
    _allocate(donation, entry.allocations)
    audit.record(by, "donation.changed", donation, changes=changes, digest=seal_as_stored(donation.pk))
    return donation


def fingerprint(donation: Donation) -> str:
    """What a form remembers of the record it was opened with, so that a change in between is noticed."""
    names = [part.attname for part in donation._meta.concrete_fields if part.attname != "printed_times"]
    parts = {name: str(getattr(donation, name)) for name in names}
    parts["allocations"] = str(list(donation.allocations.values_list("fund_id", "amount")))
    return seals.digest(parts)


@atomic_with_retry
def return_donation(donation: Donation, *, by: User, reason: str) -> Donation:
    """The reviewer sends a gift back to the clerk who recorded it. Raises NotAwaitingReview."""
    donation = Donation.objects.select_for_update().get(pk=donation.pk)
    if donation.state != Donation.State.REGISTERED:
        raise NotAwaitingReview
    donation.state, donation.returned_reason = Donation.State.RETURNED, reason
    donation.save(update_fields=["state", "returned_reason"])
    audit.record(by, "donation.returned", donation, reason=reason)
    return donation


@atomic_with_retry
def void_donation(donation: Donation, *, by: User, reason: str) -> Donation:
    """Void a gift before review; its number stays, explained. Raises NotAwaitingReview, IntegrityError w/o reason."""
    donation = _lock_open(donation)
    donation.state, donation.void_reason, donation.returned_reason = Donation.State.VOIDED, reason, ""
    donation.voided_by, donation.voided_at = by, timezone.now()
    donation.save(update_fields=["state", "void_reason", "returned_reason", "voided_by", "voided_at"])
    audit.record(by, "donation.voided", donation, reason=reason)
    return donation


@atomic_with_retry
def print_first(donation: Donation, *, by: User) -> None:
    """Log the print that comes with saving; a repeated submission of the form is no second print."""
    donation = Donation.objects.select_for_update().get(pk=donation.pk)
    if not donation.printed_times and donation.has_slip():
        count_print(donation, by=by)


@atomic_with_retry
def count_print(donation: Donation, *, by: User) -> int:
    """Log that the slip is printed and give how many times it was printed before (补打第 n 次). Raises HasNoSlip."""
    donation = Donation.objects.select_for_update().get(pk=donation.pk)
    if not donation.has_slip():
        raise HasNoSlip
    before = donation.printed_times
    donation.printed_times = before + 1
    donation.save(update_fields=["printed_times"])
    audit.record(by, "donation.printed", donation, changes={"printed_times": (before, before + 1)})
    return before
