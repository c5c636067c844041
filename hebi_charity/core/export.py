"""Tables out: CSV and Excel files, streamed row by row, in which no cell can act as a formula."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO, Generic, TypeVar

import xlsxwriter
from django.conf import settings
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from hebi_charity.core.dates import SHANGHAI

Row = TypeVar("Row")
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_PER_SHEET = 1_000_000
_CELL_LIMIT = 32_767

# Half-width and full-width signs that a spreadsheet takes for the beginning of a formula, also after blanks.
_FORMULA = re.compile(r"[\s\x00-\x1f\u200b\ufeff]*[=+\-@＝＋－＠|%].|[\t\r\n]", re.DOTALL)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column: its title (with the unit), what a row gives for it, and its width in characters.

    A value may be text, Decimal, int, bool, date, a moment or None. Numbers that are identifiers must be text.
    """

    title: str
    value: Callable[[Row], object]
    width: int = 14


@dataclass(frozen=True)
class Export(Generic[Row]):
    """A table to be written: the file's name without ending, columns, rows, and notes (who, when, filtered how).

    A watermark stands above the headings, in a line of its own.
    """

    name: str
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]
    notes: Sequence[str] = field(default=())
    watermark: str = ""

    def titles(self) -> list[str]:
        return [str(column.title) for column in self.columns]

    def lines(self) -> Iterator[list[object]]:
        for row in self.rows:
            yield [column.value(row) for column in self.columns]


def demonstration_mark() -> str:
    """What stands above every table of the demonstration; "" where real work is done."""
    return _("Demonstration system · all data are invented") if settings.HEBI_MODE == "demo" else ""


def is_like_formula(text: str) -> bool:
    """Whether a spreadsheet might calculate this text: it begins with = + - @, half or full width, or with a TAB."""
    return _FORMULA.match(text) is not None


def neutral(text: str) -> str:
    """The text as a CSV cell may hold it: an apostrophe before what begins like a formula."""
    text = _CONTROLS.sub("", text)
    return f"'{text}" if is_like_formula(text) else text


def plain(value: object) -> str:
    """A value as a CSV cell: numbers and days as machines read them, moments in Shanghai, text made harmless."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (Decimal, int)):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    return neutral(str(value))


class _Line:
    """A file for csv.writer that hands back each line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(export: Export[Row]) -> Iterator[bytes]:
    """The file line by line, UTF-8 with the mark by which Excel and WPS know it. Notes are left out."""
    writer = csv.writer(_Line())
    yield b"\xef\xbb\xbf" + (writer.writerow([neutral(export.watermark)]).encode() if export.watermark else b"")
    yield writer.writerow([neutral(title) for title in export.titles()]).encode()
    for line in export.lines():
        yield writer.writerow([plain(value) for value in line]).encode()


def write_xlsx(export: Export[Row], target: BinaryIO) -> int:
    """Write an Excel file in constant memory and return the number of rows. Notes stand on a sheet of their own."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        writer = _Sheets(book, export)
        for line in export.lines():
            writer.write(line)
        writer.write_notes()
    return writer.count


class _Sheets:
    """The sheets of one workbook: a new one when the last is full."""

    def __init__(self, book: xlsxwriter.Workbook, export: Export) -> None:
        self.book, self.export, self.count, self.sheets = book, export, 0, 0
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self.text = book.add_format({"num_format": "@"})
        self.quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        self.formats = {
            Decimal: book.add_format({"num_format": "#,##0.00"}),
            int: book.add_format({"num_format": "0"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        self.begin_sheet()

    def begin_sheet(self) -> None:
        self.sheets += 1
        name = re.sub(r"[\[\]:*?/\\']", " ", self.export.name)[:25].strip() or "1"
        self.sheet = self.book.add_worksheet(name if self.sheets == 1 else f"{name} {self.sheets}")
        top = 1 if self.export.watermark else 0
        if top:
            self.put(0, 0, str(self.export.watermark), self.text)
        for place, column in enumerate(self.export.columns):
            self.sheet.set_column(place, place, column.width)
            self.put(top, place, str(column.title), self.head)
        self.sheet.freeze_panes(top + 1, 0)
        self.sheet.repeat_rows(top)
        self.line = top

    def write(self, values: list[object]) -> None:
        if self.line >= ROWS_PER_SHEET:
            self.begin_sheet()
        self.line += 1
        self.count += 1
        for place, value in enumerate(values):
            self.put_value(self.line, place, value)

    def put_value(self, line: int, place: int, value: object) -> None:
        if isinstance(value, bool):
            value = int(value)
        if isinstance(value, datetime):
            self.sheet.write_datetime(
                line, place, value.astimezone(SHANGHAI).replace(tzinfo=None), self.formats[datetime]
            )
        elif isinstance(value, date):
            self.sheet.write_datetime(line, place, value, self.formats[date])
        elif isinstance(value, (Decimal, int)):
            kind = Decimal if isinstance(value, Decimal) else int
            self.sheet.write_number(line, place, value, self.formats[kind])
        elif value is not None and value != "":
            text = str(value)
            self.put(line, place, text, self.quoted if is_like_formula(text) else self.text)

    def put(self, line: int, place: int, text: str, look: object) -> None:
        # As text by its own call: xlsxwriter's `write` would guess.
        self.sheet.write_string(line, place, _CONTROLS.sub("", text)[:_CELL_LIMIT], look)

    def write_notes(self) -> None:
        if not self.export.notes:
            return
        sheet = self.book.add_worksheet("说明")
        sheet.set_column(0, 0, 100)
        for line, note in enumerate(self.export.notes):
            sheet.write_string(line, 0, str(note), self.text)


def csv_response(export: Export[Row]) -> StreamingHttpResponse:
    """Send the table as CSV while it is read."""
    response = StreamingHttpResponse(csv_lines(export), content_type=CSV_TYPE)
    return _as_download(response, f"{export.name}.csv")


def xlsx_response(export: Export[Row]) -> FileResponse:
    """Send the table as an Excel file. A table beyond some 50,000 rows belongs into a job."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(export, target)
    target.seek(0)
    return _as_download(FileResponse(target, content_type=XLSX_TYPE), f"{export.name}.xlsx")


def export_response(export: Export[Row], *, kind: str) -> HttpResponseBase:
    """The table as "csv" or else as an Excel file."""
    return csv_response(export) if kind == "csv" else xlsx_response(export)


def _as_download(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = content_disposition_header(True, re.sub(r"[\\/:*?\"<>|\x00-\x1f]", "_", name))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
