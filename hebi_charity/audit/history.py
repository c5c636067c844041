"""An entry of the log as people read it: acts, fields and values in words, personal data as they were masked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import LoggedField, audit_acts, logged_fields, setting_kinds

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
            record=record_in_words(entry),
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


def record_in_words(entry: Entry) -> str:
    """The record's label; a dated setting by what pages call it and not by its key."""
    kind = setting_kinds.get(entry.object_label) if entry.object_type == "office.datedsetting" else None
    return str(kind.label) if kind else entry.object_label


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


def field_of(model: type[models.Model] | None, field: str) -> models.Field | None:
    try:
        return model._meta.get_field(field) if model else None
    except FieldDoesNotExist:
        return None


def logged_field(model: type[models.Model] | None, field: str) -> LoggedField | None:
    """What an app says about a name that is no column, such as the role somebody was given."""
    return logged_fields.get(f"{model._meta.label_lower}.{field}") if model else None


def field_in_words(model: type[models.Model] | None, field: str) -> str:
    if told := logged_field(model, field):
        return str(told.label)
    return str(getattr(field_of(model, field), "verbose_name", field))


def value_in_words(model: type[models.Model] | None, field: str, value: object) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict) and "masked" in value:
        return str(value["masked"])
    if told := logged_field(model, field):
        return told.value(value)
    kind = field_of(model, field)
    if isinstance(kind, models.DecimalField):
        return number_in_words(value, places=kind.decimal_places)
    return str(dict(getattr(kind, "flatchoices", ())).get(value, value))


def number_in_words(value: object, *, places: int = 2) -> str:
    """An amount as pages show it: 1,200.00; what is no number stays as it was written."""
    try:
        return f"{Decimal(str(value)):,.{places}f}"
    except InvalidOperation:
        return str(value)


def sum_in_words(currency: str, amount: object) -> str:
    said = number_in_words(amount)
    return _("%(amount)s yuan") % {"amount": said} if currency == "CNY" else f"{currency} {said}"


def extent_in_words(entry: Entry) -> str:
    """Of a bulk act: how many rows, and the sum of each currency."""
    if entry.count is None:
        return ""
    rows = _("%(count)s rows") % {"count": f"{entry.count:,}"}
    sums = [sum_in_words(currency, amount) for currency, amount in entry.sums.items()]
    return "，".join([rows, *sums])
