"""Honours: recorded once with the bodies that gave them, moved, revoked, cited, and withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from hebi_charity.core import seals
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import (
    AlreadySubmitted,
    claim_form_key,
    columns_of,
    save_once,
    settle_form_key,
)
from partybranch.models import Honour, HonourCitation, HonourDossier, HonourGrantor
from partybranch.services.broken_rules import AlreadyWithdrawn
from partybranch.services.logging import record

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


@atomic_with_retry
def record_honour(honour: Honour, *, grantors: Sequence[str], by: User, form_key: UUID) -> Honour:
    """Keep an honour with the bodies that gave it, in their order. The same form gives the first one again.

    Raises FormKeyReused, and IntegrityError for what the tables refuse.
    """
    honour.recorded_by, honour.grantor_count = by, len(grantors)
    digest = seals.digest(columns_of(honour) | {"grantors": list(grantors)})
    try:
        claim_form_key(form_key, form="partybranch.honour", digest=digest, by=by)
    except AlreadySubmitted as first:
        return Honour.objects.get(pk=first.result_id)
    honour.save(force_insert=True)
    honour.refresh_from_db(fields=["awarded_as"])
    HonourGrantor.objects.bulk_create(
        HonourGrantor(honour=honour, place=place, name=name) for place, name in enumerate(grantors, start=1)
    )
    changes = {"title": (None, honour.title), "bodies": (None, honour.bodies()), "when": (None, honour.when())}
    record(by, "party.honour_recorded", honour, changes=changes)
    settle_form_key(form_key, honour)
    return honour


@atomic_with_retry
def move_honour(honour: Honour, *, by: User, kept_at: str) -> Honour:
    """The plaque or certificate hangs elsewhere now. Raises AlreadyWithdrawn."""
    honour = Honour.objects.select_for_update().get(pk=honour.pk)
    if honour.is_withdrawn():
        raise AlreadyWithdrawn
    if honour.kept_at == kept_at:
        return honour
    before, honour.kept_at = honour.kept_at, kept_at
    honour.moved_by, honour.moved_at = by, timezone.now()
    honour.save(update_fields=["kept_at", "moved_by", "moved_at"])
    record(by, "party.honour_moved", honour, changes={"kept_at": (before, kept_at)})
    return honour


@atomic_with_retry
def revoke_honour(honour: Honour, *, by: User, day: date, reason: str) -> Honour:
    """The bodies that gave it took it back on this day; it stays readable.

    Raises AlreadyWithdrawn, and IntegrityError for a day before the award or after today.
    """
    honour = Honour.objects.select_for_update().get(pk=honour.pk)
    if honour.is_withdrawn() or honour.is_revoked():
        raise AlreadyWithdrawn
    honour.revoked_on, honour.revoked_reason = day, reason
    honour.revoked_by, honour.revoked_at = by, timezone.now()
    honour.save(update_fields=["revoked_on", "revoked_reason", "revoked_by", "revoked_at"])
    record(by, "party.honour_revoked", honour, changes={"revoked_on": (None, day)}, reason=reason)
    return honour


@atomic_with_retry
def cite_honour(row: HonourCitation, *, by: User, form_key: UUID) -> HonourCitation:
    """Record where an honour was cited. Raises FormKeyReused, and IntegrityError when the honour was withdrawn."""
    row.recorded_by = by

    def save(row: HonourCitation) -> None:
        row.save(force_insert=True)
        record(by, "party.honour_cited", row.honour, changes={"cited_in": (None, row.cited_in)})

    return save_once(row, save, form="partybranch.citation", by=by, form_key=form_key)


@atomic_with_retry
def withdraw_of_honour(row: HonourCitation | HonourDossier, *, by: User, reason: str) -> HonourCitation | HonourDossier:
    """Take back a citation or a dossier; it stays readable under its honour. Raises AlreadyWithdrawn."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if row.is_withdrawn():
        raise AlreadyWithdrawn
    row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason = by, timezone.now(), reason
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    said = row.cited_in if isinstance(row, HonourCitation) else row.item_count
    field = "cited_in" if isinstance(row, HonourCitation) else "evidence"
    record(by, "party.withdrawn", row.honour, changes={field: (said, None)}, reason=reason)
    return row
