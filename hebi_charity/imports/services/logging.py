"""The log of an import: every act on the side of its target, for a file of the branch is nobody else's business."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hebi_charity.audit import services as audit
from hebi_charity.imports.models import Import
from hebi_charity.imports.targets import target_of

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from hebi_charity.audit.models import Entry


def record(by: User | None, act: str, imported: Import, **values: object) -> Entry:
    return audit.record(by, act, imported, side=target_of(imported).side, **values)


def record_rows(
    by: User | None, act: str, imported: Import, *, count: int, amount: Decimal | str | None = None, **values: object
) -> Entry:
    """One act on many rows of an import: how many, and their yuan where its rows are money."""
    if amount is not None and imported.has_money:
        values["sums"] = {"CNY": Decimal(amount)}
    return audit.record_bulk(
        by,
        act,
        imported,
        count=count,
        file_sha256=imported.file_sha256,
        import_ref=imported.pk,
        side=target_of(imported).side,
        **values,
    )
