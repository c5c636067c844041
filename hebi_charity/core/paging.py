"""Pages by key: next, previous and jump to a day, without OFFSET and without COUNT.

A page costs the same at the first row as at row 500,000. An index on (key, id) must exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, Self, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Func, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict

from hebi_charity.core.dates import DayError, day_bounds, parse_day, today

Row = TypeVar("Row", bound=models.Model)
AFTER, BEFORE, DAY = "after", "before", "day"
PAGE_SIZE = 50


class FewQuerySet(models.QuerySet):
    """Rows of which somebody may know that they are few: they are found first and then put in order.

    Without that knowledge the database walks a list in its order and skips what does not fit, which is right when
    much fits and slow when nearly nothing does.
    """

    is_few = False

    def few(self) -> Self:
        rows = self._chain()
        rows.is_few = True
        return rows

    def _clone(self) -> Self:
        rows = super()._clone()
        rows.is_few = self.is_few
        return rows


class RowCompare(Func):
    """(a, b) < (c, d) as PostgreSQL compares rows, which one index range answers. `sign` is < or >."""

    output_field = models.BooleanField()

    def __init__(self, *parts: object, sign: str) -> None:
        self.sign = sign
        super().__init__(*parts)

    def as_sql(self, compiler, connection, **extra):
        texts, params = [], []
        for part in self.get_source_expressions():
            text, values = compiler.compile(part)
            texts.append(text)
            params += values
        left, right = texts[: len(texts) // 2], texts[len(texts) // 2 :]
        return f"({', '.join(left)}) {self.sign} ({', '.join(right)})", params


@dataclass(frozen=True)
class KeysetPage(Generic[Row]):
    """One page of rows. Iterates over them; `next_query` and `previous_query` are "" where there is no such page."""

    rows: list[Row]
    next_query: str = ""
    previous_query: str = ""
    jump_name: str = ""
    jump_text: str = ""
    jump_error: str = ""
    kept_fields: list[tuple[str, str]] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def has_other_pages(self) -> bool:
        return bool(self.next_query or self.previous_query)

    @classmethod
    def of(
        cls,
        rows: QuerySet[Row],
        *,
        query: QueryDict,
        key: str,
        descending: bool = True,
        size: int = PAGE_SIZE,
    ) -> KeysetPage[Row]:
        """The page that the request's query asks for: `after` and `before` a row, or at a `day`; else the first.

        `key` is a column or annotation that is never NULL; ties are broken by the primary key. A query that makes
        no sense gives the first page, a day that makes no sense also `jump_error`.
        """
        return _Reader(rows, query, key, descending, size).page()


class _Reader(Generic[Row]):
    def __init__(self, rows: QuerySet[Row], query: QueryDict, key: str, descending: bool, size: int) -> None:
        self.key, self.descending, self.size, self.query = key, descending, size, query
        self.column = column_of(rows, key)
        self.rows = in_order(rows, key, descending=descending)
        self.jump_error = ""

    def page(self) -> KeysetPage[Row]:
        if cursor := self.cursor(self.query.get(BEFORE, "")):
            page = self.backward(cursor)
        elif cursor := self.cursor(self.query.get(AFTER, "")):
            page = self.forward(self.beyond(cursor), has_previous=True)
        elif edge := self.edge():
            page = self.forward(self.rows.filter(edge[0]), has_previous=self.is_any_before(edge[1]))
        else:
            page = None
        # An empty page (its rows are gone, or nothing is so old) would be a dead end.
        return page or self.forward(self.rows, has_previous=False) or self.made([], False, False)

    def forward(self, rows: QuerySet[Row], *, has_previous: bool) -> KeysetPage[Row] | None:
        found = list(rows[: self.size + 1])
        return self.made(found[: self.size], has_previous, len(found) > self.size) if found else None

    def backward(self, cursor: tuple[object, int]) -> KeysetPage[Row] | None:
        found = list(self.beyond(cursor, backward=True).reverse()[: self.size + 1])
        # Fewer than a page before this row: the first page, full.
        if len(found) <= self.size:
            return None
        return self.made(found[self.size - 1 :: -1], True, True)

    def is_any_before(self, edge: models.Q) -> bool:
        """Whether a row stands before this edge of the list. Asked in the order of the index, it is the next entry."""
        return bool(self.rows.filter(edge).reverse().values_list("pk")[:1])

    def beyond(self, cursor: tuple[object, int], *, backward: bool = False) -> QuerySet[Row]:
        """The rows after this one in the order of the list, or with `backward` before it."""
        value, pk = cursor
        sign = "<" if self.descending != backward else ">"
        place = (Value(value, output_field=self.column), Value(pk, output_field=models.BigIntegerField()))
        return self.rows.filter(RowCompare(F(self.key), F("pk"), *place, sign=sign))

    def edge(self) -> tuple[models.Q, models.Q] | None:
        """The rows from the asked day on in the order of the list, and those before it."""
        text = self.query.get(DAY, "").strip()
        if not text or not self.is_by_day:
            return None
        try:
            day = parse_day(text, today=today())
        except DayError as error:
            self.jump_error = error.sentence
            return None
        first, after = day_bounds(day) if isinstance(self.column, models.DateTimeField) else (day, None)
        if not self.descending:
            return models.Q(**{f"{self.key}__gte": first}), models.Q(**{f"{self.key}__lt": first})
        if after is None:
            return models.Q(**{f"{self.key}__lte": day}), models.Q(**{f"{self.key}__gt": day})
        return models.Q(**{f"{self.key}__lt": after}), models.Q(**{f"{self.key}__gte": after})

    @property
    def is_by_day(self) -> bool:
        return isinstance(self.column, models.DateField)  # a moment's column is one too

    def made(self, rows: list[Row], has_previous: bool, has_next: bool) -> KeysetPage[Row]:
        kept = [
            (name, value)
            for name, values in self.query.lists()
            if name not in {AFTER, BEFORE, DAY, "page"}
            for value in values
        ]
        is_many = has_previous or has_next or self.jump_error
        return KeysetPage(
            rows=rows,
            next_query=self.address(kept, AFTER, rows[-1]) if has_next else "",
            previous_query=self.address(kept, BEFORE, rows[0]) if has_previous and rows else "",
            jump_name=DAY if self.is_by_day and is_many else "",
            jump_text=self.query.get(DAY, "")[:30],
            jump_error=self.jump_error,
            kept_fields=kept,
        )

    def address(self, kept: list[tuple[str, str]], name: str, row: Row) -> str:
        query = QueryDict(mutable=True)
        for kept_name, value in kept:
            query.appendlist(kept_name, value)
        query[name] = self.token(row)
        return query.urlencode()

    def token(self, row: Row) -> str:
        """Where a row stands. Text keys (names in pinyin) stay out of addresses: the row's id stands for them."""
        if self.is_text:
            return str(row.pk)
        value = getattr(row, self.key)
        return f"{value.isoformat() if isinstance(value, (date, datetime)) else value}~{row.pk}"

    def cursor(self, token: str) -> tuple[object, int] | None:
        """Key and id of a token; None when it makes no sense."""
        text, _, pk = token.rpartition("~")
        if not (pk.isascii() and pk.isdigit()) or len(pk) > 18:
            return None
        if self.is_text:
            value = self.rows.filter(pk=int(pk)).values_list(self.key, flat=True).first()
        else:
            try:
                value = self.column.to_python(text)
            except ValidationError:
                return None
        return None if value is None or value == "" else (value, int(pk))

    @property
    def is_text(self) -> bool:
        return isinstance(self.column, (models.CharField, models.TextField))


def in_order(rows: QuerySet[Row], key: str, *, descending: bool) -> QuerySet[Row]:
    """Rows in the order of a column and of the id."""
    # Said twice it is no column of an index any more: the database finds first and sorts then.
    place = Coalesce(F(key), F(key)) if getattr(rows, "is_few", False) else F(key)
    return rows.order_by(place.desc() if descending else place.asc(), "-pk" if descending else "pk")


def column_of(rows: QuerySet, key: str) -> models.Field:
    """The field behind a column or annotation. Raises ValueError for a column that may be NULL: it would lose rows."""
    try:
        column = rows.model._meta.get_field(key)
    except FieldDoesNotExist:
        return rows.query.annotations[key].output_field
    if column.null:
        raise ValueError(f"{rows.model.__name__}.{key} may be NULL: a list cannot be paged by it")
    return column


def in_chunks(rows: QuerySet[Row], *, size: int = 2000) -> Iterator[Row]:
    """Every row in the order of its id, fetched by key a chunk at a time: for exports, without a long cursor."""
    rows, last = rows.order_by("pk"), 0
    while chunk := list(rows.filter(pk__gt=last)[:size]):
        yield from chunk
        last = chunk[-1].pk
