"""Checking the books: every registered check, in one snapshot of the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from hebi_charity.core.registry import Difference, book_checks, file_checks


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the database, read only, while people go on working (design decision 12).

    Raises RuntimeError inside another transaction, whose moments it could not hold. A test's own transaction, which
    Django lets durable blocks pass in, is one connection's view anyway.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(durable=True):
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def differences(*, with_files: bool = False) -> list[Difference]:
    """What does not agree, by every app's checks in their order; `with_files` reads every stored file too."""
    checks = [*book_checks, *(file_checks if with_files else ())]
    with snapshot():
        return [difference for check in checks for difference in check()]


def differing(held: Iterable[tuple], shipped: Iterable[tuple]) -> Iterator[tuple[str, bool]]:
    """What is only here or only there, by key and first day, and whether it is gone."""
    there, wanted = (Counter(map(repr, rows)) for rows in (held, shipped))
    names = {repr(row): f"{row[0]} {row[1]}" for row in (*held, *shipped)}
    for row in sorted(there - wanted):
        yield names[row], False
    for row in sorted(wanted - there):
        yield names[row], True
