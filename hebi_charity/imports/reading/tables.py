"""A file as sheets of rows; a row is a list of cells as the file holds them (text, numbers, dates)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import python_calamine

from hebi_charity.imports.reading.kinds import MAX_COLUMNS, checked_encoding, detect_encoding, detect_kind
from hebi_charity.imports.reading.reasons import Reason

Cell = str | int | float | bool | date | datetime | time | timedelta
_SNIFFED = 64 * 1024


class Table:
    """One file. `sheets` are the names of sheets that hold something; a CSV file has one without a name.

    A CSV file is read in `encoding` where a person gave one, else in what its bytes look like.
    """

    def __init__(self, path: Path, *, encoding: str = "") -> None:
        self.path = path
        self.kind = detect_kind(path)
        self.encoding = ""
        self.delimiter = ""
        self._book = None
        if self.kind == "csv":
            self.encoding = checked_encoding(path, encoding) if encoding else detect_encoding(path)
            self.delimiter = self._find_delimiter()
            self.sheets = [""]
        else:
            self._book = _open_book(path)
            self.sheets = [name for name in self._book.sheet_names if self._sheet(name).total_height]
            if not self.sheets:
                raise Reason("file_empty")

    def rows(self, sheet: str = "") -> Iterator[list[Cell]]:
        """The rows of a sheet from its first line on, blank ones too, so that counting gives the line people see."""
        if self.kind == "csv":
            return self._csv_rows()
        if sheet and sheet not in self.sheets:
            raise Reason("sheet_missing", sheet=sheet)
        return self._sheet_rows(sheet or self.sheets[0])

    def _sheet(self, name: str) -> python_calamine.CalamineSheet:
        return self._book.get_sheet_by_name(name)

    def _sheet_rows(self, name: str) -> Iterator[list[Cell]]:
        try:
            sheet = self._sheet(name)
        except python_calamine.CalamineError:
            raise Reason("file_damaged") from None
        if sheet.total_width > MAX_COLUMNS:
            raise Reason("too_many_columns", columns=sheet.total_width)
        # The reader gives the blank lines above the first filled one, but not the blank columns left of it.
        padding: list[Cell] = [""] * (sheet.start or (0, 0))[1]
        for row in sheet.iter_rows():
            yield padding + row if padding else row

    def _csv_rows(self) -> Iterator[list[Cell]]:
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            begins = 1
            try:
                for row in reader:
                    if reader.line_num > begins and any(map(self._swallows_lines, row)):
                        raise Reason("csv_quote_open", row=begins, last=reader.line_num)
                    yield row
                    begins = reader.line_num + 1
            except csv.Error:
                raise Reason("csv_line_unreadable", row=begins) from None

    def _swallows_lines(self, cell: str) -> bool:
        """Whether a cell looks like whole lines of the list, caught between a stray quote and the next one."""
        return any(self.delimiter in line for line in cell.splitlines()[1:])

    def _find_delimiter(self) -> str:
        with self.path.open(encoding=self.encoding, newline="") as file:
            sample = file.read(_SNIFFED)
        if "\x00" in sample:
            raise Reason("file_kind_unknown")
        lines = sample.splitlines()[:200]
        if lines and max(line.count(",") for line in lines) > MAX_COLUMNS:
            raise Reason("too_many_columns", columns=max(line.count(",") for line in lines) + 1)
        counts = {mark: sum(1 for line in lines if mark in line) for mark in (",", "\t", ";", "|")}
        # A comma wins a draw: names may end in a TAB in a file whose cells are parted by commas.
        return max(counts, key=lambda mark: (counts[mark], mark == ","))


def _open_book(path: Path) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError:
        raise Reason("file_has_password") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise Reason("file_damaged") from None
