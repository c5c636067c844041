"""What a page asks the database, how long that takes there, and how many rows are read for it."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection
from psycopg2.extensions import cursor as Cursor

TIMES = 20
TABLES = ("donations_donation", "donations_donor", "donations_platformorder")


Statement = tuple[str, object]


@dataclass
class Measured:
    """Milliseconds in the database, time after time, and the most rows that any one plan read."""

    times: list[float] = field(default_factory=list)
    rows: int = 0

    @property
    def milliseconds(self) -> float:
        return statistics.median(self.times)


def measure_in_turn(asked: list[tuple[Cursor, list[Statement]]]) -> list[Measured]:
    """Run what several databases are asked, in turn, so that a busy moment of the machine meets them all alike."""
    found = [Measured() for _ in asked]
    for turn in range(TIMES + 1):
        for (cursor, statements), measured in zip(asked, found, strict=True):
            plans = [_explained(cursor, *statement) for statement in statements]
            if turn:  # the first warms up
                measured.times.append(sum(plan["Execution Time"] for plan in plans))
            measured.rows = max(rows_read(plan["Plan"]) for plan in plans)
    return found


def statements_of(act: Callable[[], object], *, tables: tuple[str, ...] | None = TABLES) -> list[Statement]:
    """Every SELECT over these tables (None: over any) that the act sends, as it sends it."""
    found: list[Statement] = []

    def note(execute, sql, params, many, context):
        if sql.lstrip().startswith("SELECT") and (tables is None or any(f'FROM "{table}"' in sql for table in tables)):
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    if not found:
        raise RuntimeError("the act asked nothing of these tables")
    return found


def _explained(cursor: Cursor, sql: str, params: object) -> dict:
    cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
    return cursor.fetchone()[0][0]


def rows_read(plan: dict) -> int:
    """Rows of tables a plan looked at, those it threw away included.

    A bitmap's entries are counted where the rows themselves are read, unless they are read nowhere.
    """
    below = sum(rows_read(part) for part in plan.get("Plans", []) if part["Node Type"] != "Bitmap Index Scan")
    if "Relation Name" not in plan:
        return below
    removed = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
    return below + round((plan["Actual Rows"] + removed) * plan["Actual Loops"])
