"""Who sat in on an event without standing on its list (列席): people of the branch, and guests from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import save_once
from partybranch.models import Observer
from partybranch.services.broken_rules import AlreadyWithdrawn
from partybranch.services.events import noticed_event
from partybranch.services.logging import record

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


@atomic_with_retry
def add_observer(observer: Observer, *, by: User, form_key: UUID) -> Observer:
    """Raises NotNoticed, AlreadyFiled, FormKeyReused, and IntegrityError for who stands on the list already."""
    noticed_event(observer.event)
    observer.recorded_by = by

    def save(row: Observer) -> None:
        row.save(force_insert=True)
        record(by, "party.observer_added", row.event, changes={"observer": (None, row.pk)})

    return save_once(observer, save, form="partybranch.observer", by=by, form_key=form_key)


@atomic_with_retry
def withdraw_observer(observer: Observer, *, by: User, reason: str) -> Observer:
    """Take back who was added wrongly. Raises NotNoticed, AlreadyFiled and AlreadyWithdrawn."""
    event = noticed_event(observer.event)
    observer = Observer.objects.select_for_update().get(pk=observer.pk)
    if observer.is_withdrawn():
        raise AlreadyWithdrawn
    observer.withdrawn_by, observer.withdrawn_at, observer.withdrawal_reason = by, timezone.now(), reason
    observer.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    record(by, "party.observer_withdrawn", event, changes={"observer": (observer.pk, None)}, reason=reason)
    return observer
