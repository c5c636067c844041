"""Conversions and targets of study hours: a new row from a day on, never a changed one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import save_once
from partybranch.models import HourRule, HourTarget
from partybranch.services.logging import record
from partybranch.services.rule_seals import rule_seal

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


@atomic_with_retry
def record_figure(row: HourRule | HourTarget, *, by: User, form_key: UUID) -> HourRule | HourTarget:
    """Keep a conversion or a target with its source. Raises FormKeyReused, and IntegrityError."""
    row.recorded_by = by
    of = "unit" if isinstance(row, HourRule) else "duty"

    def save(row: HourRule | HourTarget) -> None:
        row.save(force_insert=True)
        changes = {name: (None, getattr(row, name)) for name in (of, "hours", "valid_from")}
        record(by, "party.hours_figure_recorded", row, changes=changes, reason=row.source, digest=rule_seal(row))

    return save_once(row, save, form=f"partybranch.{row._meta.model_name}", by=by, form_key=form_key)
