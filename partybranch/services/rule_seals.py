"""The keyed digest by which the log knows a dated rule as an act left it."""

from __future__ import annotations

from django.db.models import Model

from hebi_charity.core import seals


def rule_seal(row: Model) -> str:
    """Over every column of the row and its table."""
    columns = {column.attname: column.to_python(getattr(row, column.attname)) for column in row._meta.concrete_fields}
    return seals.seal({"table": row._meta.label_lower, "columns": columns})
