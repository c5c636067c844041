"""The registers beside the honours: rankings, press, words of leaders, thanks. Recorded once, perhaps withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from hebi_charity.audit.models import Entry
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.files import services as files
from hebi_charity.files.models import Attachment
from hebi_charity.office.services.form_keys import save_once
from partybranch.models import Honour
from partybranch.models.register_row import RegisterRow
from partybranch.services.broken_rules import AlreadyWithdrawn
from partybranch.services.logging import record

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

SCAN = "scan"


@atomic_with_retry
def record_row(row: RegisterRow, *, by: User, form_key: UUID) -> RegisterRow:
    """Keep a row of a register. Raises FormKeyReused, and IntegrityError."""
    row.recorded_by = by

    def save(row: RegisterRow) -> None:
        row.save(force_insert=True)
        record(by, f"party.{row.WORD}_recorded", row, changes={"when": (None, row.when())})

    return save_once(row, save, form=f"partybranch.{row.WORD}", by=by, form_key=form_key)


@atomic_with_retry
def withdraw_row(row: RegisterRow | Honour, *, by: User, reason: str) -> RegisterRow | Honour:
    """Take back what was recorded wrongly; it stays readable. Raises AlreadyWithdrawn."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if row.is_withdrawn():
        raise AlreadyWithdrawn
    row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason = by, timezone.now(), reason
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    record(by, "party.withdrawn", row, reason=reason)
    return row


def add_scans(row: RegisterRow | Honour, contents: Iterable[IO[bytes]], *, by: User) -> list[Attachment]:
    """Keep scans and photographs of a row: all of them or none. Raises FileRefused, whose sentence names the file."""
    return files.add_papers(row, contents, by=by, purpose=SCAN, side=Entry.Side.PARTY)
