"""The log proves itself: each day that ended is sealed and chained to the day before (design decision 12).

Whoever changes, takes away or slips in an entry of a sealed day would have to know the office's key. Entries of the
last days, not sealed yet, are held by the guard of the log alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hebi_charity.audit.models import DaySeal, Entry
from hebi_charity.core import seals
from hebi_charity.core.registry import Difference

# An entry bears the moment it was written, and is seen when its transaction ends: a day is sealed when no honest act
# that began before midnight can still be under way. Its guard says the same (migration 0005); a later entry is refused.
HOURS_AFTER = 1
DAYS_AT_ONCE = 31
_ONE = timedelta(days=1)

_LAST_TO_SEAL = "SELECT ((clock_timestamp() - make_interval(hours => %s)) AT TIME ZONE 'Asia/Shanghai')::date - 1"
_EXTENT = 'SELECT count(*), min(id), max(id) FROM audit_entry WHERE "on" = %s'
# The binary format depends on no setting of the session.
_ENTRIES = """
COPY (
    SELECT id, at, "on", actor_id, act, object_type, object_id, object_label, changes, reason, side, "count", sums,
        digest, file_sha256, import_ref, import_row
    FROM audit_entry WHERE "on" = '{day:%Y-%m-%d}' ORDER BY id
) TO STDOUT (FORMAT binary)
"""
_UNSEALED = """
SELECT DISTINCT "on" FROM audit_entry WHERE "on" < (SELECT min(day) FROM audit_dayseal) ORDER BY 1
"""


def sealed_to() -> date | None:
    """The last day that is sealed; None before the first."""
    last = DaySeal.objects.order_by("-day").first()
    return last.day if last else None


def seal_days(*, limit: int = DAYS_AT_ONCE) -> int:
    """Seal what has ended and is not sealed, in order, at most `limit` days; gives how many. May run twice at once."""
    last_to_seal = _row(_LAST_TO_SEAL, [HOURS_AFTER])[0]
    day, sealed = _next_day(), 0
    while day and day <= last_to_seal and sealed < limit:
        seal_day(day)
        day, sealed = day + _ONE, sealed + 1
    return sealed


@transaction.atomic
def seal_day(day: date) -> None:
    """Seal one day; does nothing when it is sealed. The database refuses a day that has not ended long enough."""
    before = DaySeal.objects.filter(day__lt=day).order_by("-day").first()
    row = _computed(day, before.seal if before else "")
    DaySeal.objects.bulk_create([row], ignore_conflicts=True)


def check_days() -> Iterator[Difference]:
    """Every sealed day of the log is as it was sealed, and none is missing between the first and the last."""
    for (day,) in _rows(_UNSEALED):
        sentence = _("The log of %(day)s has no seal, though later days have: it was taken away, or the log was added.")
        yield Difference("log", str(day), sentence % {"day": day})
    before: DaySeal | None = None
    for row in DaySeal.objects.order_by("day"):
        yield from _missing_between(before, row)
        yield from _differences(row, before)
        before = row


def _missing_between(before: DaySeal | None, row: DaySeal) -> Iterator[Difference]:
    day = before.day + _ONE if before else row.day
    while day < row.day:
        sentence = _("The seal of the log of %(day)s is missing, though later days have theirs.")
        yield Difference("log", str(day), sentence % {"day": day})
        day += _ONE


def _differences(row: DaySeal, before: DaySeal | None) -> Iterator[Difference]:
    computed = _computed(row.day, row.before)
    if (computed.count, computed.digest) != (row.count, row.digest):
        sentence = _(
            "The log of %(day)s was changed after it was sealed: %(sealed)s entries were sealed, %(found)s are there."
        )
        values = {"day": row.day, "sealed": row.count, "found": computed.count}
        yield Difference("log", str(row), sentence % values)
    if row.seal != _seal_of(row):
        sentence = _("The seal of the log of %(day)s was changed.")
        yield Difference("log", str(row), sentence % {"day": row.day})
    if row.before != (before.seal if before else ""):
        sentence = _("The seal of the log of %(day)s does not follow the one before: that was changed or taken away.")
        yield Difference("log", str(row), sentence % {"day": row.day})


def _computed(day: date, before: str) -> DaySeal:
    count, first, last = _row(_EXTENT, [day])
    hashed = seals.Sha256Sink()
    with connection.cursor() as cursor:
        cursor.copy_expert(_ENTRIES.format(day=day), hashed)
    row = DaySeal(day=day, count=count, first_entry=first, last_entry=last, digest=hashed.hexdigest(), before=before)
    row.seal = _seal_of(row)
    return row


def _seal_of(row: DaySeal) -> str:
    names = ("day", "count", "first_entry", "last_entry", "digest", "before")
    return seals.seal({"log": "day"} | {name: getattr(row, name) for name in names})


def _next_day() -> date | None:
    """The day after the last sealed one, else the day of the first entry; None while the log is empty."""
    last = sealed_to()
    if last:
        return last + _ONE
    first = Entry.objects.order_by("on").first()
    return first.on if first else None


def _row(statement: str, parameters: list[object]) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()


def _rows(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
