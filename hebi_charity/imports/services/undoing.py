"""An import without money is taken back as a whole: what it made is withdrawn, and stays readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.imports.exceptions import NotUndoable
from hebi_charity.imports.models import Import
from hebi_charity.imports.services.logging import record_rows
from hebi_charity.imports.targets import EntryTarget, target_of

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


@atomic_with_retry
def undo(imported: Import, *, by: User, reason: str) -> Import:
    """Withdraw what a finished import made: state `undone`.

    Raises NotUndoable, UndoRefused with a sentence, and IntegrityError without a reason.
    """
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    target = target_of(imported)
    if imported.state != Import.State.DONE or not isinstance(target, EntryTarget):
        raise NotUndoable
    reason = reason.strip()[:200]
    target.undo(imported, by, reason)
    imported.state, imported.undone_by, imported.undone_at = Import.State.UNDONE, by, timezone.now()
    imported.undo_reason = reason
    imported.save(update_fields=["state", "undone_by", "undone_at", "undo_reason"])
    record_rows(by, "import.undone", imported, count=imported.outcome["rows"], reason=reason)
    return imported
