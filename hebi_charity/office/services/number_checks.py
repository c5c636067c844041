"""Whether every number that was given is there: a gap is a document that somebody took away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from hebi_charity.core.registry import Difference
from hebi_charity.office.models import NumberSeries
from hebi_charity.office.services.numbers import NUMBER_DIGITS, number_prefix

if TYPE_CHECKING:
    from django.db.models import Model

# Written as they are given: six digits, and seven once a year has more than 999,999 documents.
_WRONG = """
WITH given AS (
    SELECT (s.prefix || lpad(n::text, greatest(6, length(n::text)), '0')) COLLATE "C" AS number
    FROM unnest(%s::text[], %s::bigint[]) AS s (prefix, last), generate_series(1, s.last) AS n
), held AS (
    SELECT {column} COLLATE "C" AS number FROM {table}
)
SELECT number, held.number IS NULL FROM given FULL JOIN held USING (number)
WHERE given.number IS NULL OR held.number IS NULL ORDER BY 1
"""


def number_differences(
    model: type[Model], field: str, *, kinds: tuple[str, ...], logged: Mapping[str, int] | None = None
) -> Iterator[Difference]:
    """Numbers of these series that no document has, and numbers of documents that these series never gave.

    `logged` is the highest number that the log names by prefix: who takes a document away may set its series back.
    """
    series = NumberSeries.objects.filter(kind__in=kinds)
    last = {number_prefix(each.kind, each.year): each.last for each in series}
    for prefix, highest in sorted((logged or {}).items()):
        if highest > last.get(prefix, 0):
            yield _set_back(prefix, last.get(prefix, 0), highest)
            last[prefix] = highest
    yield from _wrong_numbers(model, field, last)


def _set_back(prefix: str, last: int, highest: int) -> Difference:
    number = f"{prefix}{highest:0{NUMBER_DIGITS}d}"
    sentence = _(
        "The series of numbers %(prefix)s stands at %(last)s, but the log names the number %(number)s: the series was"
        " set back."
    )
    return Difference("numbers", number, sentence % {"prefix": prefix, "last": last, "number": number})


def _wrong_numbers(model: type[Model], field: str, last: Mapping[str, int]) -> Iterator[Difference]:
    names = {"table": model._meta.db_table, "column": model._meta.get_field(field).column}
    quoted = {part: connection.ops.quote_name(name) for part, name in names.items()}
    with connection.cursor() as cursor:
        cursor.execute(_WRONG.format(**quoted), [list(last), list(last.values())])
        found = cursor.fetchall()
    for number, is_missing in found:
        if is_missing:
            sentence = _("The number %(number)s was given, but its document is missing.")
        else:
            sentence = _("The number %(number)s stands on a document, but its series never gave it.")
        yield Difference("numbers", number, sentence % {"number": number})
