"""Guards that the database holds: triggers without a way round, and the list of tables they stand on.

Every guard is a plain trigger with a fixed search path and no bypass variable. The application's role cannot
drop, disable or replace it, because it owns nothing. See design decision 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import migrations

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
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $guard$
BEGIN
{body}
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = '{name}', TABLE = '{table}',
        MESSAGE = 'binding record of {table}: ' || lower(TG_OP) || ' refused';
END
$guard$;
CREATE TRIGGER {name}_row BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


def guard_name(table: str) -> str:
    """The name of a table's guard: its triggers, its function and the constraint name an error carries."""
    return f"{table}_guard"


def guard_sql(table: str, transitions: Sequence[Transition] = ()) -> str:
    """The trigger function and triggers that let only these transitions through; DELETE and TRUNCATE never."""
    tests = "\n".join(f"        IF {transition.sql()} THEN RETURN NEW; END IF;" for transition in transitions)
    body = f"    IF TG_OP = 'UPDATE' THEN\n{tests}\n    END IF;" if transitions else ""
    return _FUNCTION.format(name=guard_name(table), table=table, body=body)


def guard_drop_sql(table: str) -> str:
    name = guard_name(table)
    return (
        f"DROP TRIGGER IF EXISTS {name}_row ON {table}; DROP TRIGGER IF EXISTS {name}_truncate ON {table};"
        f" DROP FUNCTION IF EXISTS {name}();"
    )


def append_only(table: str) -> migrations.RunSQL:
    """A migration operation: rows of this table are inserted and never changed."""
    return migrations.RunSQL(guard_sql(table), guard_drop_sql(table))


def guarded(table: str, *transitions: Transition) -> migrations.RunSQL:
    """A migration operation: rows of this table change only along the listed transitions."""
    return migrations.RunSQL(guard_sql(table, transitions), guard_drop_sql(table))


def reguarded(table: str, old: Sequence[Transition], new: Sequence[Transition]) -> migrations.RunSQL:
    """A migration operation: replace the transitions of a guard."""
    return migrations.RunSQL(
        guard_drop_sql(table) + guard_sql(table, new), guard_drop_sql(table) + guard_sql(table, old)
    )


def grant_sql(app_role: str, tables: Sequence[str]) -> list[str]:
    """What the application's role may do: DML on every table, logs SELECT and INSERT only; no TRUNCATE, no DDL."""
    statements = [
        f'GRANT USAGE ON SCHEMA public TO "{app_role}"',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{app_role}"',
    ]
    for table in tables:
        if table == "django_migrations":
            allowed = "SELECT"
        else:
            allowed = "SELECT, INSERT" if BINDING.get(table) == "log" else "SELECT, INSERT, UPDATE, DELETE"
        statements.append(f'REVOKE ALL ON TABLE "{table}" FROM "{app_role}"')
        statements.append(f'GRANT {allowed} ON TABLE "{table}" TO "{app_role}"')
    return statements
