"""Questions about documents of money in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from donations.models.income_kind import IncomeKind
from donations.models.name_grams import NamedQuerySet
from hebi_charity.accounts.models import User
from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.office.services.numbers import NUMBER_DIGITS, numbers_ending

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from donations.models.donation import Donation


class DonationQuerySet(NamedQuerySet["Donation"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("donations.view_donation") else self.none()

    def of_donor(self, donor: Model) -> Self:
        return self.filter(donor=donor)

    def of_donors(self, donors: Iterable[Model]) -> Self:
        return self.filter(donor__in=[donor.pk for donor in donors])

    def single(self) -> Self:
        return self.filter(shape=self.model.Shape.SINGLE)

    def of_query_code(self, code: str) -> Donation | None:
        return self.filter(query_code=code).first()

    def pools(self) -> Self:
        return self.filter(shape=self.model.Shape.POOL)

    def printable(self) -> Self:
        """Documents that ever had a slip: gifts of one donor. Whether one has it still, `has_slip` says."""
        return self.gifts().single()

    def gifts(self) -> Self:
        return self.filter(kind=IncomeKind.GIFT)

    def other_income(self) -> Self:
        return self.exclude(kind=IncomeKind.GIFT)

    def of_fund(self, fund: Model) -> Self:
        """Documents with a part for this fund. A fund is named once in a document, so no row comes twice."""
        return self.filter(allocations__fund=fund)

    def of_campaign(self, campaign: Model) -> Self:
        return self.filter(campaign=campaign)

    def registered(self) -> Self:
        return self.filter(state=self.model.State.REGISTERED)

    def reviewed(self) -> Self:
        return self.filter(state=self.model.State.REVIEWED)

    def not_reversed(self) -> Self:
        return self.filter(reversal__isnull=True)

    def awaiting_review_by(self, user: User) -> Self:
        """What another person recorded, and nobody but others changed: two accounts of one person are one."""
        own = User.objects.accounts_of_same_person(user).values("pk")
        changed = Entry.objects.filter(
            object_type="donations.donation", object_id=OuterRef("pk"), act="donation.changed", actor__in=own
        )
        return self.registered().exclude(recorded_by__in=own).exclude(Exists(changed))

    def returned_to(self, user: User) -> Self:
        return self.filter(state=self.model.State.RETURNED, recorded_by=user)

    def awaiting_arrival(self) -> Self:
        return self.reviewed().not_reversed().filter(arrival=self.model.Arrival.PENDING)

    def numbered(self, text: str) -> Self:
        """Documents with exactly this number, query code, or cheque, bank or order number."""
        return self.filter(Q(donation_no=text) | Q(query_code=text.upper()) | Q(voucher_no=text) & ~Q(voucher_no=""))

    def ending(self, digits: str) -> Self:
        """Documents by the last digits of the number: 41 or 000041 for …-000041; four and more find every such one."""
        if not (digits.isascii() and digits.isdigit() and len(digits) <= NUMBER_DIGITS):
            return self.none()
        return self.filter(donation_no__in=numbers_ending(digits, kinds=("donation", "income")))

    def among(self, rows: Iterable[Donation]) -> Self:
        return self.filter(pk__in=[row.pk for row in rows])

    def overdue(self, *, days: int) -> Self:
        """Awaited money that was given longer ago than this."""
        return self.awaiting_arrival().filter(donated_on__lt=dates.today() - timedelta(days=days))
