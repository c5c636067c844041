"""Checking the books: every registered check, in one snapshot of the database."""

from __future__ import annotations

from collections.abc import Iterator
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
