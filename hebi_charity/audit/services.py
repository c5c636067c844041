"""Writing the log. Call these inside the transaction of the act, so that both happen or neither."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models

from hebi_charity.audit.models import Entry
from hebi_charity.audit.values import Change, changed_only, label_of

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

VIEWED = Entry.VIEWED
EXPORTED = "audit.exported"

Row = models.Model | type[models.Model] | None


class ReasonMissing(Exception):
    """Looking at personal data in full needs a reason in words."""


def _object_of(row: Row) -> dict[str, object]:
    if row is None:
        return {}
    found: dict[str, object] = {"object_type": row._meta.label_lower}
    if isinstance(row, models.Model):
        found |= {"object_id": row.pk, "object_label": label_of(row)[:120]}
    return found


def record(
    by: User | None,
    act: str,
    row: Row,
    *,
    changes: Mapping[str, Change] | None = None,
    digest: str = "",
    reason: str = "",
    side: str = Entry.Side.CHARITY,
    import_ref: int | None = None,
    import_row: int | None = None,
) -> Entry:
    """Log one act of a person (None: the system itself) on a row, on a kind of row (the model class), or on neither.

    `changes` is `{field: (old, new)}`; equal pairs are dropped, personal fields are masked. `digest` is a keyed one
    of the record as the act left it, where a check of the books compares them.
    """
    return Entry.objects.create(
        actor=by,
        act=act,
        changes=changed_only(row, changes),
        digest=digest,
        reason=reason,
        side=side,
        import_ref=import_ref,
        import_row=import_row,
        **_object_of(row),
    )


def record_bulk(
    by: User | None,
    act: str,
    row: Row,
    *,
    count: int,
    sums: Mapping[str, Decimal] | None = None,
    changes: Mapping[str, Change] | None = None,
    digest: str = "",
    file_sha256: str = "",
    reason: str = "",
    side: str = Entry.Side.CHARITY,
    import_ref: int | None = None,
) -> Entry:
    """Log one act on many rows as one entry: how many, the sum per currency, and the digest over the rows.

    `changes` may say which ones, as (None, text).
    """
    return Entry.objects.create(
        actor=by,
        act=act,
        count=count,
        sums=sums or {},
        changes=changed_only(row, changes),
        digest=digest,
        file_sha256=file_sha256,
        reason=reason,
        side=side,
        import_ref=import_ref,
        **_object_of(row),
    )


def record_view(by: User, row: models.Model, *, reason: str, side: str = Entry.Side.CHARITY) -> Entry:
    """Log that a person looked at a record's personal data in full. Raises ReasonMissing without a reason."""
    if not reason.strip():
        raise ReasonMissing
    return record(by, VIEWED, row, reason=reason.strip()[:300], side=side)
