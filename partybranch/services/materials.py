"""Study materials: bought, handed out by a list that is signed, lent and given back; never more than there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import IO, TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hebi_charity.audit.models import Entry
from hebi_charity.core import seals
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.files.services import add_papers
from hebi_charity.office.services.form_keys import AlreadySubmitted, claim_form_key, save_once, settle_form_key
from partybranch.models import IssueLine, IssueList, MaterialLoan, MaterialPurchase, Person, StudyMaterial
from partybranch.models.binding import Binding
from partybranch.services.broken_rules import AlreadyWithdrawn, BrokenRule
from partybranch.services.logging import record, record_bulk

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

INVOICE = "invoice"


class NobodyToIssueTo(BrokenRule):
    """A list has people and something to hand out."""

    sentence = _("Choose at least one person and one title with its copies.")


class NotLent(BrokenRule):
    """Only what is out comes back, once."""

    sentence = _("This was given back or withdrawn already. Please reload the page.")


@atomic_with_retry
def add_material(material: StudyMaterial, *, by: User, form_key: UUID) -> StudyMaterial:
    """Keep a title. Raises FormKeyReused, and IntegrityError for one that is there."""
    material.recorded_by = by

    def save(row: StudyMaterial) -> None:
        row.save(force_insert=True)
        record(by, "party.material_added", row, changes={"title": (None, row.title)})

    return save_once(material, save, form="partybranch.material", by=by, form_key=form_key)


@atomic_with_retry
def record_purchase(
    row: MaterialPurchase, *, by: User, form_key: UUID, papers: Sequence[IO[bytes]] = ()
) -> MaterialPurchase:
    """Copies came in; the scan of the invoice is kept with them. Raises FileRefused, FormKeyReused, IntegrityError."""
    row.recorded_by = by

    def save(row: MaterialPurchase) -> None:
        row.save(force_insert=True)
        changes = {name: (None, getattr(row, name)) for name in ("copies", "unit_price", "paid_from", "bought_on")}
        record(by, "party.material_bought", row, changes=changes | {"title": (None, row.material.title)})
        add_papers(row, papers, by=by, purpose=INVOICE, side=Entry.Side.PARTY)

    return save_once(row, save, form="partybranch.purchase", by=by, form_key=form_key)


@atomic_with_retry
def hand_out(
    issue_list: IssueList, people: Iterable[Person], copies: Mapping[StudyMaterial, int], *, by: User, form_key: UUID
) -> IssueList:
    """Hand each of these people so many copies of these titles; the print of the list is then signed.

    Raises NobodyToIssueTo, FormKeyReused, and IntegrityError when there are not so many copies.
    """
    people, copies = list(people), {title: count for title, count in copies.items() if count}
    facts = {"people": [person.pk for person in people], "copies": {str(one.pk): n for one, n in copies.items()}}
    facts |= {"title": issue_list.title, "day": str(issue_list.issued_on), "branch": issue_list.branch_id}
    try:
        claim_form_key(form_key, form="partybranch.issue_list", digest=seals.digest(facts), by=by)
    except AlreadySubmitted as first:
        return IssueList.objects.get(pk=first.result_id)
    if not people or not copies:
        raise NobodyToIssueTo
    issue_list.recorded_by = by
    issue_list.save(force_insert=True)
    IssueLine.objects.bulk_create(
        IssueLine(issue_list=issue_list, person=person, material=title, copies=count, recorded_by=by)
        for person in people
        # Titles are locked in one order, whoever hands out what.
        for title, count in sorted(copies.items(), key=lambda pair: pair[0].pk)
    )
    changes = {"title": (None, issue_list.title)}
    record_bulk(by, "party.material_handed_out", issue_list, count=len(people), changes=changes)
    settle_form_key(form_key, issue_list)
    return issue_list


@atomic_with_retry
def tick_signed(issue_list: IssueList, people: Iterable[int], *, by: User) -> int:
    """These people have signed on the print. Gives how many are new."""
    lines = IssueLine.objects.select_for_update().live().filter(issue_list=issue_list, person__in=list(people))
    waiting = [line for line in lines.order_by("pk") if not line.is_signed()]
    for line in waiting:
        line.signed_by, line.signed_at = by, timezone.now()
        line.save(update_fields=["signed_by", "signed_at"])
    count = len({line.person_id for line in waiting})
    if count:
        record_bulk(by, "party.material_signed_for", issue_list, count=count)
    return count


@atomic_with_retry
def lend(row: MaterialLoan, *, by: User, form_key: UUID) -> MaterialLoan:
    """Lend a copy. Raises FormKeyReused, and IntegrityError when none is at hand."""
    row.recorded_by = by

    def save(row: MaterialLoan) -> None:
        row.save(force_insert=True)
        changes = {"title": (None, row.material.title), "lent_on": (None, row.lent_on), "due_on": (None, row.due_on)}
        record(by, "party.material_lent", row, changes=changes)

    return save_once(row, save, form="partybranch.loan", by=by, form_key=form_key)


@atomic_with_retry
def take_back(row: MaterialLoan, *, by: User, day: date) -> MaterialLoan:
    """The copy came back. Raises NotLent, and IntegrityError for a day before it was lent."""
    row = MaterialLoan.objects.select_for_update().get(pk=row.pk)
    if not row.is_out():
        raise NotLent
    row.returned_on, row.returned_to = day, by
    row.save(update_fields=["returned_on", "returned_to"])
    record(by, "party.material_returned", row, changes={"returned_on": (None, day)})
    return row


@atomic_with_retry
def withdraw_material_row(row: Binding, *, by: User, reason: str) -> Binding:
    """Take back a purchase, a line or a loan. Raises AlreadyWithdrawn, and IntegrityError when copies are out."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if row.is_withdrawn():
        raise AlreadyWithdrawn
    row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason = by, timezone.now(), reason
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    record(by, "party.material_withdrawn", row, changes={"title": (None, row.material.title)}, reason=reason)
    return row
