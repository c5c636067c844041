"""The checks of a file's rows, as sets: repeated, known, known elsewhere, counted and summed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection

from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.targets import MoneyTarget

# One number twice with one sum is the same payment; with two sums nobody here knows which is right.
_REPEATED = """
UPDATE imports_stagedrow s SET
    verdict = CASE WHEN r.differs THEN 'rejected' ELSE 'duplicate' END,
    reason = CASE WHEN r.differs THEN jsonb_build_object('code', 'order_no_repeated', 'value', s.order_no) END
FROM (
    SELECT order_no, min(row_no) AS first_row, min(amount) <> max(amount) AS differs FROM imports_stagedrow
    WHERE import_id = %(import)s AND verdict = 'new' AND order_no <> '' GROUP BY order_no HAVING count(*) > 1
) AS r
WHERE s.import_id = %(import)s AND s.verdict = 'new' AND s.order_no = r.order_no
    AND (r.differs OR s.row_no > r.first_row)
"""
_KNOWN = """
UPDATE imports_stagedrow s SET
    verdict = CASE WHEN k.known_amount = s.amount THEN 'known' ELSE 'rejected' END,
    reason = CASE WHEN k.known_amount <> s.amount THEN jsonb_build_object(
        'code', 'order_no_conflict', 'value', s.order_no, 'known', k.known_amount::text) END
FROM ({known}) AS k (row_no, known_amount)
WHERE s.import_id = %(import)s AND s.row_no = k.row_no AND s.verdict = 'new'
"""
_TAKEN = """
UPDATE imports_stagedrow s SET known_at_merge = true FROM ({known}) AS k (row_no, known_amount)
WHERE s.import_id = %(import)s AND s.row_no = k.row_no AND s.verdict = 'new' AND NOT s.known_at_merge
"""
# Rows of another import that is being merged: they are as good as in the books.
_TAKEN_BY_OTHERS = """
SELECT s.row_no, other.amount FROM imports_import i
JOIN imports_stagedrow other ON other.import_id = i.id AND other.verdict = 'new' AND NOT other.known_at_merge
JOIN imports_stagedrow s ON s.import_id = %(import)s AND s.verdict = 'new' AND (
    {same}
)
WHERE i.id <> %(import)s AND (i.state = 'merging' OR (i.state = 'failed' AND i.failed_while = 'merging'))
    AND i.target = %(target)s AND i.plan ->> 'channel' = %(channel)s
"""
_SAME = (
    "s.order_no <> '' AND s.order_no = other.order_no",
    "s.content_key = other.content_key AND s.occurrence = other.occurrence",
)
_FOUND = """
SELECT verdict, shape, received_on, count(*), coalesce(sum(amount), 0)
FROM imports_stagedrow WHERE import_id = %s GROUP BY 1, 2, 3 ORDER BY 3
"""
_REASONS = """
SELECT reason ->> 'code', count(*) FROM imports_stagedrow
WHERE import_id = %s AND verdict = 'rejected' GROUP BY 1 ORDER BY 2 DESC, 1
"""
# The note is left out: two rows of one person, day and amount are worth a look whatever they say beside it.
_AGAIN = """
SELECT count(*), coalesce((array_agg(row_no ORDER BY row_no))[1:20], '{}') FROM (
    SELECT row_no, row_number() OVER (PARTITION BY received_on, name_key, amount ORDER BY row_no) AS nth
    FROM imports_stagedrow WHERE import_id = %s AND verdict = 'new' AND order_no = ''
) AS counted WHERE nth > 1
"""


def _ask(statement: str, parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _change(statement: str, parameters: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def _values(imported: Import) -> dict[str, object]:
    return {"import": imported.pk, "channel": Plan.of(imported.plan).channel, "target": imported.target}


def mark_repeated(imported: Import) -> None:
    """Order numbers that stand in the file more than once: the first counts, or none when their sums differ."""
    _change(_REPEATED, _values(imported))


def mark_known(imported: Import, target: MoneyTarget) -> None:
    """Rows that the books hold already are known; an order number with another sum is rejected."""
    _change(_KNOWN.format(known=target.known), _values(imported))


def as_of(imported: Import) -> dict[str, int]:
    """How many imports of this target are done and how many on their way: while both stand still, nobody takes rows."""
    others = Import.objects.of_target(imported.target)
    return {"done": others.filter(state=Import.State.DONE).count(), "merging": others.being_merged().count()}


def mark_taken(imported: Import, target: MoneyTarget) -> int:
    """At the merge: rows that others took since the check, in the books or on their way. Gives how many."""
    values = _values(imported)
    # The books last: another import that ends between two of these statements is no longer on its way, but in them.
    taken = sum(_change(_TAKEN.format(known=_TAKEN_BY_OTHERS.format(same=same)), values) for same in _SAME)
    return taken + _change(_TAKEN.format(known=target.known), values)


def known_elsewhere(imported: Import, target: MoneyTarget) -> tuple[int, date | None]:
    """How many new rows the books hold under another day or channel, and the day most of those are under."""
    ((count, day),) = _ask(target.elsewhere, _values(imported)) or [(0, None)]
    return int(count or 0), day


@dataclass
class Found:
    """Rows of one verdict: how many, of them gifts and orders, their yuan, and rows and yuan by day of receipt.

    `months` are yuan by first day of the month of receipt and shape.
    """

    gifts: int = 0
    orders: int = 0
    amount: Decimal = Decimal(0)
    days: dict[date, tuple[int, Decimal]] = field(default_factory=dict)
    order_days: set[date] = field(default_factory=set)
    months: dict[tuple[date, str], Decimal] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.gifts + self.orders

    def add(self, shape: str, day: date | None, rows: int, amount: Decimal) -> None:
        self.amount += amount
        if shape == StagedRow.Shape.GIFT:
            self.gifts += rows
        else:
            self.orders += rows
            self.order_days.add(day)
        if day:
            before = self.days.get(day, (0, Decimal(0)))
            self.days[day] = (before[0] + rows, before[1] + amount)
            month = (day.replace(day=1), str(shape))
            self.months[month] = self.months.get(month, Decimal(0)) + amount


def findings(imported: Import) -> dict[str, Found]:
    """What was found, per verdict (new, known, duplicate, rejected), in one pass over the rows."""
    found = {str(verdict): Found() for verdict in StagedRow.Verdict.values}
    for verdict, *facts in _ask(_FOUND, [imported.pk]):
        found[verdict].add(*facts)
    return found


def reasons(imported: Import) -> dict[str, int]:
    """How many rows were rejected for which reason, the most frequent first."""
    return dict(_ask(_REASONS, [imported.pk]))


def repeated(imported: Import) -> tuple[int, list[int]]:
    """How many new rows without a number repeat day, name and amount of an earlier one, and the first twenty."""
    ((count, first),) = _ask(_AGAIN, [imported.pk])
    return count, list(first)
