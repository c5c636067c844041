"""Finding names by any one or two characters: see docs/decisions/0003-finding-names.md."""

from __future__ import annotations

import json
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Value

from hebi_charity.core.paging import FewQuerySet

# Two characters that stand side by side are found as one thing; longer texts by their pairs and then compared.
LONGEST_GRAM = 2
# From this share of all names on, walking the list in its order finds a page sooner than looking names up does.
COMMON_SHARE = 0.012


class NameGrams(Func):
    """Every character and every pair of neighbours of a name key, each marked with the block its place lies in."""

    function = "donations_name_grams"

    def __init__(self, name: str, place: str | Value) -> None:
        super().__init__(F(name), place, output_field=ArrayField(models.TextField()))


class NameCharacters(Func):
    """What the first indexes on names were made of; their migration names it."""

    function = "string_to_array"

    def __init__(self, expression: str) -> None:
        super().__init__(expression, Value(None), output_field=models.JSONField())


def grams_of(key: str) -> list[str]:
    """What a text is looked up by: itself, or the pairs of a longer one."""
    if len(key) <= LONGEST_GRAM:
        return [key]
    return sorted({key[place : place + LONGEST_GRAM] for place in range(len(key) - 1)})


class NamedQuerySet(FewQuerySet):
    """Rows with a `name_key` and an index on its grams."""

    def holding(self, key: str) -> Self:
        """Rows whose name holds this text. An index finds them; common ones are better met on the way."""
        if not key:
            return self.none()
        if self.model.objects.is_common(key):
            return self.filter(name_key__contains=key)
        return self._looked_up(key).few()

    def _looked_up(self, key: str) -> Self:
        marked = [f"{gram}0" for gram in grams_of(key)]
        rows = self.alias(grams=NameGrams("name_key", Value(0))).filter(grams__contains=marked)
        return rows if len(key) <= LONGEST_GRAM else rows.filter(name_key__contains=key)

    def is_common(self, key: str) -> bool:
        """Whether the database, by its statistics, expects this text in many names. Reads no row."""
        everything = self.model.objects.all()
        holding = everything._looked_up(key) if len(key) <= LONGEST_GRAM else everything.filter(name_key__contains=key)
        return _expected(holding) >= COMMON_SHARE * _expected(everything)


def _expected(rows: models.QuerySet) -> int:
    return json.loads(rows.explain(format="json"))[0]["Plan"]["Plan Rows"]
