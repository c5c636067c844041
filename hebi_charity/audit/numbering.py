"""What the log knows of numbers: it names every document by its number, so no series can be set back unseen."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, models

from hebi_charity.core.registry import Difference
from hebi_charity.office.services.number_checks import number_differences

_HIGHEST = """
SELECT substring(object_label FROM '^(.*-)[0-9]{6,18}$'), max(substring(object_label FROM '[0-9]{6,18}$')::bigint)
FROM audit_entry WHERE object_type = %s AND object_label ~ '-[0-9]{6,18}$' GROUP BY 1
"""


def highest_logged(model: type[models.Model]) -> dict[str, int]:
    """The highest number of this kind of document that the log names, by what stands before the six digits."""
    with connection.cursor() as cursor:
        cursor.execute(_HIGHEST, [model._meta.label_lower])
        return dict(cursor.fetchall())


def check_numbers_of(model: type[models.Model], field: str, *, kinds: tuple[str, ...]) -> Iterator[Difference]:
    """Numbers given, by these series or by the log, that no document has, and numbers that were never given."""
    yield from number_differences(model, field, kinds=kinds, logged=highest_logged(model))
