"""Checking the books: every registered check, in one snapshot of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from hebi_charity.core.registry import Difference, book_checks


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the database, read only, while people go on working (design decision 12)."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
        yield


def differences() -> list[Difference]:
    """What does not agree, by every app's checks in their order."""
    with snapshot():
        return [difference for check in book_checks for difference in check()]
