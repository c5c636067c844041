"""Imports without money: what the database holds of them, and that money is no easier to load because of them."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.reading import cells
from hebi_charity.imports.reading.entries import Meaning, columns_of, find_header
from hebi_charity.imports.reading.reasons import Reason
from tests.guards.valid import VALID

TODAY = date(2026, 11, 26)
GIFT = {"row_no": 1, "verdict": "new", "shape": "gift", "amount": 1, "received_on": TODAY}
ENTRY = {"row_no": 1, "verdict": "new", "shape": "entry", "payload": {"name": "甲"}}


def being_checked(**facts) -> Import:
    imported = Import.objects.create(**VALID[Import]() | facts)
    Import.objects.filter(pk=imported.pk).update(state="checking")
    return imported


def refused(change) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    return caught.value.__cause__.diag.constraint_name


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "values"), [("entries", GIFT), ("money", ENTRY)])
def test_row_of_the_other_kind_does_not_come_in(kind, values):
    imported = being_checked(kind=kind)

    assert refused(lambda: StagedRow.objects.create(of_import=imported, **values)) == "imports_stagedrow_guard"


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "values"), [("money", GIFT), ("entries", ENTRY)])
def test_row_of_its_own_kind_comes_in(kind, values):
    StagedRow.objects.create(of_import=being_checked(kind=kind), **values)

    assert StagedRow.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["kind = 'entries'", "needs_second_person = false, kind = 'entries'"])
def test_import_does_not_change_its_kind(column):
    imported = Import.objects.create(**VALID[Import]())

    def change():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE imports_import SET {column} WHERE id = %s", [imported.pk])

    assert refused(change) == "imports_import_guard"


KNOWN = [Meaning("name", ("姓名",), required=True), Meaning("sex", ("性别",)), Meaning("born", ("出生年月",))]


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([["名册"], ["姓名", "性别"], ["甲", "男"]], 2),
        ([["姓名", "情况", ""], ["", "性别", "出生年月"], ["甲", "男", "1952.6"]], 2),
        ([["*姓名（必填）", "性 别"], ["甲", "男"]], 1),
        ([["性别", "出生年月"], ["男", "1952.6"]], 0),
        ([["甲", "男"]], 0),
    ],
)
def test_header_is_found_by_what_is_required(rows, line):
    assert find_header(rows, KNOWN) == line


def test_first_of_two_columns_with_one_heading_counts():
    assert columns_of(["姓名", "性别", "姓名"], KNOWN) == {"name": 0, "sex": 1}


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1985.7.1", "1985-07-01"),
        ("1985年7月", "1985-07"),
        ("１９８５．０７", "1985-07"),
        (1985.07, "1985-07"),
        (18780, "1951-06-01"),
        ({"day": "1985-07-01T00:00:00"}, "1985-07-01"),
    ],
)
def test_day_of_a_cell(cell, day):
    assert cells.day(cell, today=TODAY) == day


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1985.13", "cell_not_a_day"),
        ("1985.2.30", "cell_not_a_day"),
        ("七月", "cell_not_a_day"),
        (1985, "cell_not_a_day"),
        (1985.1, "cell_month_ambiguous"),
        ("2027-01", "cell_day_in_future"),
    ],
)
def test_cell_that_names_no_day(cell, code):
    with pytest.raises(Reason) as caught:
        cells.day(cell, today=TODAY)

    assert caught.value.code == code
