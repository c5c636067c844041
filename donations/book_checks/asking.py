"""How the checks of the books ask the database."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection


def rows(statement: str, parameters: Iterable[object] = ()) -> list[tuple]:
    """The rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters) or None)
        return cursor.fetchall()
