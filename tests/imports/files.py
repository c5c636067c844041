"""Files of the shapes that charities, banks and platforms send, with invented people."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from openpyxl import Workbook

CASH_HEADER = ["序号", "捐赠日期", "捐赠(单位/姓名）个人 ", "捐赠金额（元）", "备注"]
CASH_ROWS = [
    [1, "2020.01.29", "申屠敏\t", 100, ""],
    [2, "2020.01.29", "澹台桂\t", 10.5, "请开票据"],
    [3, "2020.01.29", "申屠敏\t", 100, ""],
    [4, "2020.01.29", "公冶强\t转来淇县示例物流有限公司捐款", 2000, ""],
    [5, "2020.01.29", "公冶强代淇县示例物流有限公司", 500, ""],
]
CASH_SUM = "2710.50"
NUMBERS = [f"0102{20200125}{235946 - i:06d}{82306257 + i:010d}" for i in range(5)]


def cash_rows(*, total: object = 2710.5) -> list[list[object]]:
    """A list of named donors: title and unit above the header, names padded with TABs, a footer."""
    return [
        ["", "2020年捐款信息（截至1月29日24：00）", "", "", ""],
        ["", "", "", "", "单位：元"],
        CASH_HEADER,
        *CASH_ROWS,
        ["合计", "", "", total, ""],
    ]


def pos_rows() -> list[list[object]]:
    """A list of POS payments: padded identifiers, two columns without names, a stray sum beside the last row."""
    rows: list[list[object]] = [["交易单号", "", "交易金额", ""]]
    rows += [[number.ljust(64), "", 10.0 + i, ""] for i, number in enumerate(NUMBERS)]
    rows[-1][3] = 60.00000006
    return rows


def write_csv(path: Path, rows: list[list[object]], encoding: str = "utf-8-sig") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, rows: list[list[object]], *, sheet: str = "Sheet1") -> Path:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row])
    book.create_sheet("Sheet2")
    book.save(path)
    return path
