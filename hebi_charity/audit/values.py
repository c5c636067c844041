"""What of a change goes into the log: only what differs, and personal data never in clear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import models

from hebi_charity.core.encryption import keyed_hash

HIDDEN = "****"
Change = tuple[object, object]


@dataclass(frozen=True)
class Personal:
    """A personal value as the log keeps it: how it looks masked, and a keyed hash that shows whether it is equal."""

    masked: str
    hash: str

    @classmethod
    def of(cls, field: str, value: object, mask: Callable[[str], str] | None) -> Personal | None:
        if value in (None, ""):
            return None
        text = str(value)
        return cls(masked=mask(text) if mask else HIDDEN, hash=keyed_hash(text, purpose=f"audit.{field}"))

    def as_json(self) -> dict[str, str]:
        return {"masked": self.masked, "hash": self.hash}


def personal_masks(row: models.Model | type[models.Model] | None) -> Mapping[str, Callable[[str], str] | None]:
    """The personal fields of a model, with how each is masked.

    A model names them in `PERSONAL_FIELDS = {"name": mask_name, …}`; every encrypted field counts as personal.
    """
    if row is None:
        return {}
    encrypted = {field.name: None for field in row._meta.concrete_fields if getattr(field, "is_encrypted", False)}
    return encrypted | getattr(row, "PERSONAL_FIELDS", {})


def plain(value: object) -> object:
    """A value as JSON can hold it: a row becomes its label, anything else is left to the encoder."""
    return label_of(value) if isinstance(value, models.Model) else value


def changed_only(row: models.Model | type[models.Model] | None, changes: Mapping[str, Change] | None) -> dict:
    """`{field: [old, new]}` of the fields that differ, personal ones masked with their hash."""
    masks = personal_masks(row)
    kept: dict[str, list[object]] = {}
    for field, (old, new) in (changes or {}).items():
        if old == new:
            continue
        if field in masks:
            hidden = [Personal.of(field, value, masks[field]) for value in (old, new)]
            kept[field] = [value.as_json() if value else None for value in hidden]
        else:
            kept[field] = [plain(old), plain(new)]
    return kept


def label_of(row: models.Model) -> str:
    """How the log names a record: `row.audit_label()` where it has one, else its kind and key. Never a person's name.

    A model with a number of its own (`donation_no`) gives that number from `audit_label()`.
    """
    own = getattr(row, "audit_label", None)
    return str(own()) if own else f"{row._meta.verbose_name} {row.pk}"
