"""Circumstances, terms and the beginning of the standing: recorded, ended, and anything withdrawn with a reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import save_once
from partybranch.models import Circumstance, Membership, Standing, Term
from partybranch.models.binding import Binding, Lasting
from partybranch.services.broken_rules import AlreadyWithdrawn, HasTermsHere
from partybranch.services.logging import record

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


@atomic_with_retry
def record_circumstance(row: Circumstance, *, by: User, form_key: UUID) -> Circumstance:
    """What is taken into account from a day on. Raises FormKeyReused, and IntegrityError."""
    row.recorded_by = by

    def save(row: Circumstance) -> None:
        row.save(force_insert=True)
        changes = {"circumstance": (None, row.kind), "starts_on": (None, row.starts_on)}
        record(by, "party.circumstance_recorded", row.person, changes=changes, reason=row.reason)

    return save_once(row, save, form="partybranch.circumstance", by=by, form_key=form_key)


@atomic_with_retry
def record_term(row: Term, *, by: User, form_key: UUID) -> Term:
    """A person takes up a post, or joins a group. Raises FormKeyReused, and IntegrityError."""
    row.recorded_by = by

    def save(row: Term) -> None:
        row.save(force_insert=True)
        changes = {"post_held": (None, row.post), "starts_on": (None, row.starts_on)}
        record(by, "party.term_recorded", row.person, changes=changes, reason=row.basis)

    return save_once(row, save, form="partybranch.term", by=by, form_key=form_key)


@atomic_with_retry
def set_standing(row: Standing, *, by: User, form_key: UUID) -> Standing:
    """A paper sets from when the standing counts. Raises FormKeyReused, and IntegrityError for a second one."""
    row.recorded_by = by

    def save(row: Standing) -> None:
        row.save(force_insert=True)
        changes = {"standing_from": (None, row.standing_from)}
        record(by, "party.standing_set", row.person, changes=changes, reason=row.reason)

    return save_once(row, save, form="partybranch.standing", by=by, form_key=form_key)


@atomic_with_retry
def end_row(row: Lasting, *, by: User, day: date) -> Lasting:
    """A circumstance or a term ends on this day. Raises AlreadyWithdrawn, and IntegrityError for an impossible day."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if not row.is_open():
        raise AlreadyWithdrawn
    row.ends_on, row.ended_by, row.ended_at = day, by, timezone.now()
    row.save(update_fields=["ends_on", "ended_by", "ended_at"])
    record(by, "party.ended", row.person, changes=what_it_says(row) | {"ends_on": (None, day)})
    return row


@atomic_with_retry
def withdraw(row: Binding, *, by: User, reason: str) -> Binding:
    """Take back what was recorded wrongly; it stays readable. Raises AlreadyWithdrawn and HasTermsHere."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if row.is_withdrawn():
        raise AlreadyWithdrawn
    if isinstance(row, Membership) and row.person.terms.open().filter(branch=row.branch_id).exists():
        raise HasTermsHere
    row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason = by, timezone.now(), reason
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    record(by, "party.withdrawn", row.person, changes=what_it_says(row), reason=reason)
    return row


def what_it_says(row: Binding) -> dict[str, tuple[object, object]]:
    """What the log says a row was: its kind in the code of the field, and its day."""
    if isinstance(row, Circumstance):
        return {"circumstance": (None, row.kind), "starts_on": (None, row.starts_on)}
    if isinstance(row, Term):
        return {"post_held": (None, row.post), "starts_on": (None, row.starts_on)}
    if isinstance(row, Membership):
        return {"branch": (None, row.branch.name), "starts_on": (None, row.starts_on)}
    if isinstance(row, Standing):
        return {"standing_from": (None, row.standing_from)}
    return {f"stage_{row.stage}": (None, row.on)}
