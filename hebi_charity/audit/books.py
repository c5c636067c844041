"""Checking the books: every registered check, in one snapshot of the database."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hebi_charity.core.registry import BookCheck, Difference, book_checks, file_checks

logger = logging.getLogger(__name__)


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
    """What does not agree, by every app's checks in their order; `with_files` reads every stored file too.

    A check that cannot be made is a difference of its own, after those that it found before, and hides no other check.
    """
    checks = [*book_checks.items(), *(file_checks.items() if with_files else ())]
    with snapshot():
        return [difference for name, check in checks for difference in _found_by(name, check)]


def _found_by(name: str, check: BookCheck) -> list[Difference]:
    found: list[Difference] = []
    try:
        with transaction.atomic():  # a savepoint: what the database refuses to one check it answers to the next
            for difference in check():
                found.append(difference)
    except Exception:  # whatever stands in the rows, the books are checked as far as they can be
        logger.exception("The check %s of the books could not be made.", name)
        sentence = _("This check could not be made to its end; what it would have found is not known.")
        found.append(Difference(name, "-", sentence))
    return found


def differing(held: Iterable[tuple], shipped: Iterable[tuple]) -> Iterator[tuple[str, bool]]:
    """What is only here or only there, by key and first day, and whether it is gone."""
    there, wanted = (Counter(map(repr, rows)) for rows in (held, shipped))
    names = {repr(row): f"{row[0]} {row[1]}" for row in (*held, *shipped)}
    for row in sorted(there - wanted):
        yield names[row], False
    for row in sorted(wanted - there):
        yield names[row], True
