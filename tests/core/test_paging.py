"""Pages by key, in both directions, with equal days."""

from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest
from django.db import models
from django.http import QueryDict

from hebi_charity.core.paging import KeysetPage, in_chunks

TABLE = "core_paged"
DAYS = [date(2026, 9, 7)] * 5 + [date(2026, 9, 8)] * 4 + [date(2026, 9, 9)] * 3


class Paged(models.Model):
    """A row of a list, for these tests alone."""

    on = models.DateField()
    at = models.DateTimeField()
    name = models.TextField()
    maybe_on = models.DateField(null=True)

    class Meta:
        app_label = "core"
        db_table = TABLE
        managed = False

    def __str__(self):
        return self.name


@pytest.fixture
def rows(db, superuser):
    superuser(
        f'CREATE TABLE IF NOT EXISTS {TABLE} (id bigint PRIMARY KEY, "on" date NOT NULL, at timestamptz NOT NULL,'
        ' name text COLLATE "C" NOT NULL, maybe_on date)',
        f"GRANT ALL ON {TABLE} TO PUBLIC",
    )
    start = datetime(2026, 9, 7, 15, 59, tzinfo=UTC)
    Paged.objects.bulk_create(
        Paged(pk=n, on=day, at=start + timedelta(minutes=n // 3), name=f"zhang {n % 3}")
        for n, day in enumerate(DAYS, 1)
    )
    return Paged.objects.all()


def page_of(rows, query="", **options):
    return KeysetPage.of(rows, query=QueryDict(query), **{"key": "on", "size": 5} | options)


def keys(page):
    return [row.pk for row in page]


def walk(rows, **options):
    """Every page from the first to the last, then back again."""
    page = page_of(rows, **options)
    there = [keys(page)]
    while page.next_query:
        page = page_of(rows, page.next_query, **options)
        there.append(keys(page))
    back = [keys(page)]
    while page.previous_query:
        page = page_of(rows, page.previous_query, **options)
        back.append(keys(page))
    return there, back


def test_pages_follow_each_other_without_gap_or_double(rows):
    there, back = walk(rows)
    assert there == [[12, 11, 10, 9, 8], [7, 6, 5, 4, 3], [2, 1]]
    assert back == [[2, 1], [7, 6, 5, 4, 3], [12, 11, 10, 9, 8]]


def test_pages_ascending(rows):
    there, back = walk(rows, descending=False)
    assert there == [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12]]
    assert back == there[::-1]


@pytest.mark.parametrize("descending", [True, False])
def test_pages_by_moment_and_by_text_keep_every_row(rows, descending):
    for key in ("at", "name"):
        there, back = walk(rows, key=key, descending=descending, size=2)
        assert sorted(chain.from_iterable(there)) == list(range(1, 13))
        assert back == there[::-1]


def test_text_keys_stay_out_of_the_address(rows):
    page = page_of(rows, key="name", descending=False)
    assert page.next_query == f"after={page.rows[-1].pk}"
    assert "zhang" not in page.next_query


def test_page_of_a_full_last_page_has_no_next(rows):
    page = page_of(rows, size=12)
    assert len(page) == 12
    assert (page.next_query, page.previous_query, page.has_other_pages) == ("", "", False)


def test_page_before_the_second_page_is_the_full_first_page(rows):
    assert keys(page_of(rows, "before=2026-09-09~11")) == [12, 11, 10, 9, 8]


@pytest.mark.parametrize(
    "token", ["x", "2026-09-09", "~", "2026-13-01~1", "2026-09-08~x", "~1", "2026-09-08~" + "9" * 30]
)
def test_address_that_makes_no_sense_gives_the_first_page(rows, token):
    for name in ("after", "before"):
        assert keys(page_of(rows, f"{name}={token}")) == [12, 11, 10, 9, 8]


def test_page_whose_rows_are_gone_gives_the_first_page(rows):
    assert keys(page_of(rows, "after=2020-01-01~1")) == [12, 11, 10, 9, 8]


def test_empty_list_is_an_empty_page(rows):
    page = page_of(rows.none(), "after=2026-09-08~1")
    assert keys(page) == []
    assert not page.has_other_pages


def test_jump_to_a_day_begins_with_its_newest_row(rows):
    page = page_of(rows, "day=2026-09-08&state=x")
    assert keys(page) == [9, 8, 7, 6, 5]
    assert page.next_query == "state=x&after=2026-09-07~5"
    assert keys(page_of(rows, page.previous_query)) == [12, 11, 10, 9, 8]
    assert page.kept_fields == [("state", "x")]
    assert page.jump_text == "2026-09-08"


def test_jump_ascending_begins_with_its_oldest_row(rows):
    assert keys(page_of(rows, "day=20260908", descending=False)) == [6, 7, 8, 9, 10]


def test_jump_by_moment_uses_the_day_in_shanghai(rows):
    # Rows 1 and 2 came at 15:59 UTC, the last minute of 7 September in Shanghai.
    assert keys(page_of(rows, "day=2026-09-07", key="at")) == [2, 1]
    assert keys(page_of(rows, "day=2026-09-08", key="at", descending=False)) == [3, 4, 5, 6, 7]


def test_jump_to_what_is_no_day_says_so(rows):
    page = page_of(rows, "day=下周")
    assert keys(page) == [12, 11, 10, 9, 8]
    assert page.jump_error == "“下周”不是日期。请写成 2026-03-01、20260301、3.1 或 今天。"


def test_page_costs_one_query_and_never_counts_or_skips(rows, django_assert_num_queries):
    for query in ("", "after=2026-09-08~8", "before=2026-09-07~2"):
        with django_assert_num_queries(1) as captured:
            page_of(rows, query)
        assert "COUNT" not in captured[0]["sql"]
        assert "OFFSET" not in captured[0]["sql"]


def test_list_cannot_be_paged_by_a_column_that_may_be_null(rows):
    with pytest.raises(ValueError, match="may be NULL"):
        page_of(rows, key="maybe_on")


def test_list_is_paged_by_an_annotation(rows):
    annotated = rows.annotate(later=models.F("on"))
    assert walk(annotated, key="later")[0] == [[12, 11, 10, 9, 8], [7, 6, 5, 4, 3], [2, 1]]


def test_in_chunks_gives_every_row_once(rows, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert [row.pk for row in in_chunks(rows, size=5)] == list(range(1, 13))
