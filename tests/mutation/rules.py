"""The rules a database holds: checks, uniqueness, foreign keys and triggers, each with the statement that drops it.

Primary keys and NOT NULL are what a table is made of, not rules of the office, and stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from psycopg2.extensions import connection as Connection

OURS = ("hebi_charity.", "donations", "relief", "partybranch")

_CONSTRAINTS = """
SELECT r.relname, c.conname, CASE c.contype WHEN 'f' THEN 'reference' ELSE 'constraint' END
FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
WHERE r.relnamespace = 'public'::regnamespace AND c.contype IN ('c', 'u', 'x', 'f') AND c.conparentid = 0
"""
# Uniqueness with a condition or an expression is an index of its own.
_INDEXES = """
SELECT r.relname, i.relname, 'index' FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class r ON r.oid = x.indrelid
WHERE r.relnamespace = 'public'::regnamespace AND x.indisunique
AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u', 'x'))
"""
_TRIGGERS = """
SELECT r.relname, t.tgname, 'trigger' FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
WHERE r.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
"""


@dataclass(frozen=True)
class Rule:
    table: str
    name: str
    kind: str

    @property
    def drop(self) -> str:
        if self.kind == "trigger":
            return f'DROP TRIGGER "{self.name}" ON "{self.table}"'
        if self.kind == "index":
            return f'DROP INDEX "{self.name}"'
        return f'ALTER TABLE "{self.table}" DROP CONSTRAINT "{self.name}" CASCADE'

    def __str__(self) -> str:
        return f"{self.table}: {self.name}"


def rules_of(session: Connection) -> Iterator[Rule]:
    """Every rule on our own tables, table by table."""
    ours = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(OURS)
    }
    with session.cursor() as cursor:
        cursor.execute(f"{_CONSTRAINTS} UNION ALL {_INDEXES} UNION ALL {_TRIGGERS} ORDER BY 1, 2")
        for row in cursor.fetchall():
            if row[0] in ours:
                yield Rule(*row)
