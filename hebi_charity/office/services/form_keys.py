"""One opened form creates one thing: two clicks, a back button and a repeated POST give the first result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault

from hebi_charity.core import seals
from hebi_charity.office.models import FormKey

Row = TypeVar("Row", bound=Model)

_CLAIM = """
INSERT INTO office_formkey (key, form, digest, used_by_id, used_at, result_model)
VALUES (%s, %s, %s, %s, now(), '') ON CONFLICT (key) DO NOTHING RETURNING key
"""


class AlreadySubmitted(Exception):
    """The same form with the same content was submitted before; `result_id` is the record it made."""

    def __init__(self, result_id: int | None) -> None:
        super().__init__(result_id)
        self.result_id = result_id


class FormKeyReused(Exception):
    """The form was submitted before with other content."""


def claim_form_key(key: UUID, *, form: str, digest: str, by: Model) -> None:
    """Take the key first in the service's transaction; a concurrent second submission waits here.

    Raises AlreadySubmitted for the same content and FormKeyReused for other content, form or person.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [key, form, digest, by.pk])
        if cursor.fetchone():
            return
    first = FormKey.objects.get(key=key)
    if (first.form, first.digest, first.used_by_id) == (form, digest, by.pk):
        raise AlreadySubmitted(first.result_id)
    raise FormKeyReused


def settle_form_key(key: UUID, result: Model) -> None:
    """Remember what the form made, in the same transaction."""
    FormKey.objects.filter(key=key).update(result_model=result._meta.label_lower, result_id=result.pk)


def was_saved_with(key: UUID) -> bool:
    """Whether this form made its record already: its repetition is nothing new and needs no question."""
    return FormKey.objects.filter(key=key, result_id__isnull=False).exists()


def columns_of(row: Model) -> dict[str, str]:
    """Every column of a new row as text: a form that differs in any of them is another one.

    What the database fills by itself is no part of the form.
    """
    values = {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}
    return {name: str(value) for name, value in values.items() if not isinstance(value, DatabaseDefault)}


def save_once(
    row: Row,
    save: Callable[[Row], None],
    *,
    form: str,
    by: Model,
    form_key: UUID,
    also: Mapping[str, object] | None = None,
) -> Row:
    """Save a new row; the same form with the same content gives the first one again.

    `also` is what the form says beside the columns. Raises FormKeyReused.
    """
    digest = seals.digest(columns_of(row) | {f"also.{name}": value for name, value in (also or {}).items()})
    try:
        claim_form_key(form_key, form=form, digest=digest, by=by)
    except AlreadySubmitted as first:
        return type(row)._default_manager.get(pk=first.result_id)
    save(row)
    settle_form_key(form_key, row)
    return row
