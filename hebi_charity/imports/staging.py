"""The staging table in SQL: filled by COPY from the child, judged and proved as sets."""

from __future__ import annotations

from typing import BinaryIO

from django.db import connection

from hebi_charity.core import seals
from hebi_charity.imports.reading.stage import COLUMNS

BLOCK = 10_000

_COPY = f"COPY imports_stagedrow ({', '.join(COLUMNS)}) FROM STDIN"

# The columns that make a row what it is; what changes at the merge is not among them. Binary, because that depends on
# no setting of the session.
_PROVED = (
    "row_no, verdict, shape, order_no, name, name_key, donor_name, payer_name, amount, currency, received_on,"
    " donated_on, donated_at, note, content_key, occurrence, loose_key, reason"
)
_BLOCK = """
COPY (
    SELECT {columns}
    FROM imports_stagedrow WHERE import_id = {import_id:d} AND row_no BETWEEN {first:d} AND {last:d} ORDER BY row_no
) TO STDOUT (FORMAT binary)
"""
_WITHOUT_ROWS = 21  # bytes of beginning and end alone

# Up to here a loop over an index is the fastest way to look the rows up, and at worst a second.
_FEW_ROWS = 1_000


def prepare_large_statement(import_id: int) -> None:
    """For this transaction alone: let the planner treat many rows as many.

    It knows nothing of rows that were written a moment ago, takes them for a handful, and would compare half a
    million with half a million one by one (seen: minutes for 50,000). Hashing is in memory, not in files.
    """
    if last_row(import_id) > _FEW_ROWS:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('work_mem', '96MB', true), set_config('enable_nestloop', 'off', true)")


def copy_rows(rows: BinaryIO) -> None:
    """Take the child's lines as they come; memory does not grow with the file."""
    with connection.cursor() as cursor:
        cursor.copy_expert(_COPY, rows, 1 << 16)


def forget_rows(import_id: int) -> None:
    """Remove what an earlier check of this import read."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM imports_stagedrow WHERE import_id = %s", [import_id])


def block_digests(import_id: int, first: int = 1, last: int = 0, *, has_money: bool = True) -> list[list[int | str]]:
    """[block, SHA-256] of the staged rows of an import, by blocks of 10,000 row numbers; blocks without rows lack.

    `first` and `last` are row numbers (last 0: to the end); the blocks they lie in are taken whole. Rows without money
    are proved with their payload; of money the columns are those of its first version, so that old digests hold.
    """
    columns = _PROVED if has_money else f"{_PROVED}, payload"
    last = last or last_row(import_id)
    digests: list[list[int | str]] = []
    with connection.cursor() as cursor:
        for block in range((first - 1) // BLOCK, (last - 1) // BLOCK + 1):
            rows = {"first": block * BLOCK + 1, "last": (block + 1) * BLOCK}
            hashed = seals.Sha256Sink()
            cursor.copy_expert(_BLOCK.format(columns=columns, import_id=import_id, **rows), hashed)
            if hashed.size > _WITHOUT_ROWS:
                digests.append([block, hashed.hexdigest()])
    return digests


def last_row(import_id: int) -> int:
    """The largest row number; 0 without rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(row_no), 0) FROM imports_stagedrow WHERE import_id = %s", [import_id])
        return cursor.fetchone()[0]
