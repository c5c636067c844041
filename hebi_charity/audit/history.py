"""An entry of the log as people read it: acts, fields and values in words, personal data as they were masked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import audit_acts

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

LONGEST_HISTORY = 300


@dataclass(frozen=True)
class Line:
    """One act, ready for the page."""

    pk: int
    at: datetime
    by: User | str
    act: str
    kind: str
    record: str
    url: str
    reason: str
    changes: list[tuple[str, str, str]]
    extent: str

    @classmethod
    def of(cls, entry: Entry) -> Line:
        model = model_of(entry)
        return cls(
            pk=entry.pk,
            at=entry.at,
            by=entry.actor or _("the system itself"),
            act=act_in_words(entry.act),
            kind=str(model._meta.verbose_name) if model else entry.object_type,
            record=entry.object_label,
            url=address_of(entry, model),
            reason=entry.reason,
            changes=[
                (field_in_words(model, field), value_in_words(model, field, old), value_in_words(model, field, new))
                for field, (old, new) in entry.changes.items()
            ],
            extent=extent_in_words(entry),
        )


def history_of(row: models.Model) -> list[Line]:
    """What happened to one record, oldest first, at most the last 300 acts."""
    entries = Entry.objects.of(row).select_related("actor").order_by("-pk")[:LONGEST_HISTORY]
    return [Line.of(entry) for entry in reversed(entries)]


def lines_of(entries: Iterable[Entry]) -> list[Line]:
    return [Line.of(entry) for entry in entries]


def act_in_words(act: str) -> str:
    return str(audit_acts.get(act) or act)


def model_of(entry: Entry) -> type[models.Model] | None:
    try:
        return apps.get_model(entry.object_type) if entry.object_type else None
    except (LookupError, ValueError):
        return None


def address_of(entry: Entry, model: type[models.Model] | None) -> str:
    """Where the record's page is; "" when it has none. Asks nothing of the database."""
    if model is None or entry.object_id is None or not hasattr(model, "get_absolute_url"):
        return ""
    try:
        return model(pk=entry.object_id).get_absolute_url()
    except (NoReverseMatch, AttributeError, ValueError):
        return ""


def field_in_words(model: type[models.Model] | None, field: str) -> str:
    try:
        return str(model._meta.get_field(field).verbose_name) if model else field
    except (FieldDoesNotExist, AttributeError):
        return field


def value_in_words(model: type[models.Model] | None, field: str, value: object) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict) and "masked" in value:
        return str(value["masked"])
    try:
        choices = dict(model._meta.get_field(field).flatchoices) if model else {}
    except (FieldDoesNotExist, AttributeError):
        choices = {}
    return str(choices.get(value, value))


def extent_in_words(entry: Entry) -> str:
    """Of a bulk act: how many rows, and the sum of each currency."""
    if entry.count is None:
        return ""
    rows = _("%(count)s rows") % {"count": f"{entry.count:,}"}
    sums = [f"{currency} {amount}" for currency, amount in entry.sums.items()]
    return "，".join([rows, *sums])
