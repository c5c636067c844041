"""The process that opens a file from outside: `python -m hebi_charity.imports.reading.child REPORT_FD`.

It gets its order as JSON on standard input, writes rows in COPY format to standard output, and a report as JSON to
the given descriptor. It has no database, no secrets and little memory; whatever it is fed, it can only fail.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from datetime import date
from pathlib import Path

from hebi_charity.imports.reading.entries import look_entries, write_entries
from hebi_charity.imports.reading.header import Header, read_header
from hebi_charity.imports.reading.look import look
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.reading.rows import Plan
from hebi_charity.imports.reading.stage import Stager
from hebi_charity.imports.reading.tables import Table
from hebi_charity.imports.reading.values import text_of

MEMORY = 560 * 1024 * 1024
SECONDS = 180


def main() -> None:
    report_fd = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order = json.load(sys.stdin)
    try:
        report = {"look": _look, "stage": _stage, "entries": _entries, "pick": _pick}[order["act"]](order)
    except Reason as reason:
        report = {"refused": reason.as_dict()}
    except MemoryError:
        report = {"refused": {"code": "file_too_complex"}}
    sys.stdout.flush()
    os.close(sys.stdout.fileno())
    with os.fdopen(report_fd, "w", encoding="utf-8") as out:
        json.dump(report, out, ensure_ascii=False)
    # Standard output is closed already; skip the interpreter's attempt to flush it.
    os._exit(0)


def _look(order: dict) -> dict:
    table = Table(Path(order["path"]), encoding=order.get("encoding", ""))
    if order.get("fields"):
        return look_entries(table, order["fields"], sheet=order.get("sheet", ""), header_row=order.get("header_row"))
    return look(table, file_name=order["file_name"], sheet=order.get("sheet", ""), header_row=order.get("header_row"))


def _stage(order: dict) -> dict:
    """Write every row to standard output."""
    table = Table(Path(order["path"]), encoding=order.get("encoding", ""))
    header = _header(table, order)
    plan = Plan(
        import_id=order["import_id"],
        header=header,
        today=date.fromisoformat(order["today"]),
        channel=order["channel"],
        shape=order["shape"],
        received_on=date.fromisoformat(order["received_on"]) if order.get("received_on") else None,
        is_split=order.get("is_split", True),
    )
    stager = Stager(plan, sys.stdout.write)
    stager.run(table.rows(order["sheet"]))
    return stager.report()


def _entries(order: dict) -> dict:
    """Write every row of a list without money to standard output, a line of JSON each."""
    table = Table(Path(order["path"]), encoding=order.get("encoding", ""))
    return write_entries(table, order, sys.stdout.write)


def _header(table: Table, order: dict) -> Header:
    """The header line as it stands in the file, with the columns as a person confirmed them."""
    for number, cells in enumerate(table.rows(order["sheet"]), start=1):
        if number == order["header_row"]:
            header = read_header(number, cells)
            columns = {role: place for role, place in order["columns"].items() if place < len(cells)}
            return Header(number, header.names, columns, order.get("currency", "CNY"), order.get("factor", 1))
    raise Reason("header_row_missing", row=order["header_row"])


def _pick(order: dict) -> dict:
    """The cells of some rows as text, with the header: for the list of what was not taken in."""
    wanted = set(order["rows"])
    table = Table(Path(order["path"]), encoding=order.get("encoding", ""))
    picked = {}
    for number, cells in enumerate(table.rows(order["sheet"]), start=1):
        if number in wanted or number == order["header_row"]:
            picked[number] = [text_of(cell) for cell in cells]
    return {"rows": picked, "sheets": table.sheets, "kind": table.kind, "encoding": table.encoding}


if __name__ == "__main__":
    main()
