"""Tables out: what stands in the cells, and that none of them calculates."""

import ast
import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from hebi_charity.core import export
from hebi_charity.core.export import (
    Column,
    Export,
    csv_response,
    demonstration_mark,
    export_response,
    neutral,
    write_xlsx,
    xlsx_response,
)

DANGEROUS = [
    "=1+1",
    '=HYPERLINK("http://x")',
    "+86 138",
    "-5",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "|calc",
    "%x",
    " =1",
    "\t=1",
    "\ttext",
    "\rtext",
    "\n=1",
    "\u200b=1",
]
HARMLESS = ["王五", "1-2", "a=b", "", "-", "—", "·", "【=】", "＃"]


def table(*values, notes=()):
    return Export("捐赠/明细", [Column("值", lambda row: row, width=20)], list(values), notes)


def read_csv(response):
    text = b"".join(response.streaming_content)
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def read_xlsx(made):
    target = io.BytesIO()
    assert write_xlsx(made, target) == len(made.rows)
    return openpyxl.load_workbook(target)


@pytest.mark.parametrize("text", DANGEROUS)
def test_formula_is_made_harmless_in_csv(text):
    assert neutral(text) == f"'{text}"
    assert read_csv(csv_response(table(text)))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays_in_csv(text):
    assert neutral(text) == text


@pytest.mark.parametrize("text", DANGEROUS)
def test_formula_is_text_in_xlsx(text):
    cell = read_xlsx(table(text)).active["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix is True


def test_values_in_csv():
    moment = datetime(2026, 8, 31, 16, 0, tzinfo=UTC)
    values = [Decimal("-5.00"), Decimal("1E+3"), 3, True, None, date(2026, 3, 1), moment, "a\x00b"]
    cells = [line[0] if line else "" for line in read_csv(csv_response(table(*values)))]
    assert cells == ["值", "-5.00", "1000", "3", "1", "", "2026-03-01", "2026-09-01 00:00:00", "ab"]


def test_values_in_xlsx():
    moment = datetime(2026, 8, 31, 16, 0, tzinfo=UTC)
    book = read_xlsx(table(Decimal("99999999999999.99"), 3, date(2026, 3, 1), moment, "0012345678901234567890"))
    cells = [cell.value for cell in book.active["A"]]
    assert cells == [
        "值",
        99999999999999.99,
        3,
        datetime(2026, 3, 1),
        datetime(2026, 9, 1),
        "0012345678901234567890",
    ]
    assert book.active["A2"].number_format == "#,##0.00"
    assert book.active["A6"].number_format == "@"
    assert book.sheetnames == ["捐赠 明细"]


def test_notes_stand_on_their_own_sheet():
    book = read_xlsx(table("x", notes=["导出人：王五", "=1"]))
    assert [cell.value for cell in book["说明"]["A"]] == ["导出人：王五", "=1"]
    assert book["说明"]["A2"].data_type == "s"


def test_full_sheet_is_followed_by_another(monkeypatch):
    monkeypatch.setattr(export, "ROWS_PER_SHEET", 2)
    book = read_xlsx(table("a", "b", "c"))
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [["值", "a", "b"], ["值", "c"]]


def test_text_longer_than_a_cell_is_cut():
    assert len(read_xlsx(table("字" * 40_000)).active["A2"].value) == 32_767


@pytest.mark.parametrize(("kind", "ending"), [("csv", "csv"), ("xlsx", "xlsx")])
def test_download_carries_a_chinese_name_and_is_not_kept(db, kind, ending):
    response = export_response(table("x"), kind=kind)
    assert response["Content-Disposition"] == (
        f"attachment; filename*=utf-8''%E6%8D%90%E8%B5%A0_%E6%98%8E%E7%BB%86.{ending}"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    response.close()


def test_xlsx_response_is_a_whole_file(db):
    response = xlsx_response(table("王五"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    response.close()
    assert book.active["A2"].value == "王五"


@pytest.mark.parametrize(("mode", "mark"), [("demo", "演示系统 · 数据均为虚构"), ("real", "")])
def test_mark_of_the_demonstration(settings, mode, mark):
    settings.HEBI_MODE = mode

    assert demonstration_mark() == mark


def test_every_table_that_leaves_the_product_asks_for_the_mark():
    root = Path(__file__).resolve().parents[2]
    sources = [path for top in ("hebi_charity", "donations", "partybranch") for path in (root / top).rglob("*.py")]
    exporting = [
        function
        for path in sources
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef) and "func=Name(id='Export'" in ast.dump(function)
    ]
    assert len(exporting) >= 3
    # The branch's own mark holds it (`watermark_of`, asked below); an empty table to be filled in holds nothing.
    marks = ("demonstration_mark", "watermark_of")
    filled = [function for function in exporting if function.name != "template"]
    assert [one.name for one in filled if not any(mark in ast.dump(one) for mark in marks)] == []
    assert "demonstration_mark" in (root / "partybranch/lists/exporting.py").read_text(encoding="utf-8")
