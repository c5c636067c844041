"""What the rules require: a dated rule recorded, ended, withdrawn. Earlier rows stay: a past year keeps its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import save_once
from partybranch.models import Requirement
from partybranch.services.broken_rules import AlreadyWithdrawn, BrokenRule
from partybranch.services.logging import record
from partybranch.services.rule_seals import rule_seal

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class ShippedRule(BrokenRule):
    """A rule that came with the program was recorded by nobody, and nobody recorded it wrongly."""

    sentence = _(
        "This rule came with the program and stays. Record a later rule, which takes its place from its day on."
    )


@atomic_with_retry
def record_requirement(row: Requirement, *, by: User, form_key: UUID) -> Requirement:
    """Keep a new dated rule. Raises FormKeyReused, and IntegrityError for a second one from the same day."""
    row.recorded_by = by
    if row.ends_on:
        row.ended_by, row.ended_at = by, timezone.now()

    def save(row: Requirement) -> None:
        row.save(force_insert=True)
        record(
            by,
            "party.requirement_recorded",
            row,
            changes=what_it_says(row),
            reason=row.source,
            digest=rule_seal(row),
        )

    return save_once(row, save, form="partybranch.requirement", by=by, form_key=form_key)


@atomic_with_retry
def end_requirement(row: Requirement, *, by: User, day: date) -> Requirement:
    """The rule holds no longer from this day on. Raises AlreadyWithdrawn, and IntegrityError for an impossible day."""
    row = Requirement.objects.select_for_update().get(pk=row.pk)
    if not row.is_open():
        raise AlreadyWithdrawn
    row.ends_on, row.ended_by, row.ended_at = day, by, timezone.now()
    row.save(update_fields=["ends_on", "ended_by", "ended_at"])
    record(by, "party.requirement_ended", row, changes={"ends_on": (None, day)}, digest=rule_seal(row))
    return row


@atomic_with_retry
def withdraw_requirement(row: Requirement, *, by: User, reason: str) -> Requirement:
    """Take back a rule recorded wrongly; it stays readable. Raises AlreadyWithdrawn and ShippedRule."""
    row = Requirement.objects.select_for_update().get(pk=row.pk)
    if row.is_withdrawn():
        raise AlreadyWithdrawn
    if row.recorded_by_id is None:
        raise ShippedRule
    row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason = by, timezone.now(), reason
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    record(by, "party.requirement_withdrawn", row, changes=what_it_says(row), reason=reason, digest=rule_seal(row))
    return row


def what_it_says(row: Requirement) -> dict[str, tuple[object, object]]:
    """What the log says a rule was; the codes are put into words where they are shown."""
    return {name: (None, getattr(row, name)) for name in ("kind", "per", "times", "starts_on", "ends_on")}
