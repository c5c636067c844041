"""Guards that the database holds: triggers without a way round, and the list of tables they stand on.

Every guard is a plain trigger with a fixed search path and no bypass variable. The application's role cannot
drop, disable or replace it, because it owns nothing. See design decision 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import migrations

# Temporary tables come last: named nowhere, they would stand before our own, and a guard would read a forgery.
SEARCH_PATH = "pg_catalog, public, pg_temp"

# Guarded tables: name -> kind. "log": insert only. "document": changes once, along listed transitions.
BINDING: dict[str, str] = {}


def binding(table: str, *, kind: str) -> None:
    """Name a table that a guard stands on. Called in `AppConfig.ready()`; a test compares the list with pg_trigger."""
    if kind not in {"log", "document"}:
        raise ValueError(f"{table}: a guard is of kind log or document, not {kind}")
    BINDING[table] = kind


@dataclass(frozen=True)
class Transition:
    """One allowed change of a row: when `condition` holds (SQL over OLD and NEW), only `columns` may differ.

    `columns` None means: any column but those in `never`.
    """

    condition: str
    columns: Sequence[str] | None = None
    never: Sequence[str] = ()

    def sql(self) -> str:
        if self.columns is None:
            frozen = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in self.never)
            return f"({self.condition}){' AND ' + frozen if frozen else ''}"
        names = ", ".join(f"'{column}'" for column in self.columns)
        return (
            f"({self.condition}) AND (to_jsonb(NEW) - ARRAY[{names}]::text[])"
            f" IS NOT DISTINCT FROM (to_jsonb(OLD) - ARRAY[{names}]::text[])"
        )


_FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = {path} AS $guard$
BEGIN
{body}
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = '{name}', TABLE = '{table}',
        MESSAGE = 'binding record of {table}: ' || lower(TG_OP) || ' refused';
END
$guard$;
CREATE TRIGGER {name}_row BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""
_BEGINNING = """    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = '{name}', TABLE = '{table}',
            MESSAGE = 'binding record of {table}: insert refused';
    END IF;"""
# After the row's own constraints: they have the more exact sentences.
_BEGINS = """
CREATE TRIGGER {guard}_insert AFTER INSERT ON {table} FOR EACH ROW WHEN (({begins}) IS NOT TRUE)
    EXECUTE FUNCTION {guard}();
"""


def guard_name(table: str) -> str:
    """The name of a table's guard: its triggers, its function and the constraint name an error carries."""
    return f"{table}_guard"


def begin_name(table: str) -> str:
    """The constraint name an error carries when a row would not begin as rows of this table do."""
    return f"{table}_begins"


def guard_sql(table: str, transitions: Sequence[Transition] = (), *, begins: str = "") -> str:
    """The trigger function and triggers that let only these transitions through; DELETE and TRUNCATE never.

    `begins` is what must hold of every new row (SQL over NEW): a document is not inserted as if it were decided.
    """
    name = guard_name(table)
    parts = [_BEGINNING.format(name=begin_name(table), table=table)] if begins else []
    if transitions:
        tests = "\n".join(f"        IF {transition.sql()} THEN RETURN NEW; END IF;" for transition in transitions)
        parts.append(f"    IF TG_OP = 'UPDATE' THEN\n{tests}\n    END IF;")
    sql = _FUNCTION.format(name=name, table=table, path=SEARCH_PATH, body="\n".join(parts))
    return sql + (_BEGINS.format(guard=name, table=table, begins=begins) if begins else "")


def guard_drop_sql(table: str) -> str:
    name = guard_name(table)
    triggers = " ".join(f"DROP TRIGGER IF EXISTS {name}_{part} ON {table};" for part in ("insert", "row", "truncate"))
    return f"{triggers} DROP FUNCTION IF EXISTS {name}();"


def append_only(table: str) -> migrations.RunSQL:
    """A migration operation: rows of this table are inserted and never changed."""
    return migrations.RunSQL(guard_sql(table), guard_drop_sql(table))


def guarded(table: str, *transitions: Transition, begins: str = "") -> migrations.RunSQL:
    """A migration operation: rows of this table change only along the listed transitions, and begin as said."""
    return migrations.RunSQL(guard_sql(table, transitions, begins=begins), guard_drop_sql(table))


def reguarded(
    table: str, old: Sequence[Transition] = (), new: Sequence[Transition] = (), *, begins: str = ""
) -> migrations.RunSQL:
    """A migration operation: replace the transitions of a guard, and say how its rows begin."""
    return migrations.RunSQL(
        guard_drop_sql(table) + guard_sql(table, new, begins=begins), guard_drop_sql(table) + guard_sql(table, old)
    )


@dataclass(frozen=True)
class Columns:
    """What a table's rows consist of: its key, and whether the database itself counts the key."""

    key: str
    others: Sequence[str]
    is_counted: bool


def grant_sql(app_role: str, database: str, tables: Mapping[str, Columns]) -> list[str]:
    """What the application's role may do: DML on every table, logs SELECT and INSERT only; no TRUNCATE, no DDL.

    A row's key never changes, not even that of a row that binds nothing itself: what points at it would move. The
    key of a log's row is counted by the database alone. No temporary tables: they could stand before real ones.
    """
    statements = [
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{database}" TO "{app_role}"',
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f'GRANT USAGE ON SCHEMA public TO "{app_role}"',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{app_role}"',
    ]
    for table, columns in tables.items():
        statements.append(f'REVOKE ALL ON TABLE "{table}" FROM "{app_role}"')
        statements.append(f'GRANT {_allowed(table, columns)} ON TABLE "{table}" TO "{app_role}"')
    return statements


def _allowed(table: str, columns: Columns) -> str:
    others = ", ".join(f'"{name}"' for name in columns.others)
    if table == "django_migrations":
        return "SELECT"
    if BINDING.get(table) == "log":
        return f"SELECT, INSERT ({others})" if columns.is_counted else "SELECT, INSERT"
    return f"SELECT, INSERT, DELETE, UPDATE ({others})" if others else "SELECT, INSERT, DELETE"
