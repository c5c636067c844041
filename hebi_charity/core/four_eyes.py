"""Four eyes in the database: two accounts of one person are one person, also for who acts past the services."""

from __future__ import annotations

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

# After the row's own constraints: one account for both acts has a sentence of its own.
_SQL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = {path} AS $guard$
BEGIN
    IF EXISTS (
        SELECT 1 FROM accounts_user checker JOIN accounts_user maker
            ON COALESCE(maker.main_account_id, maker.id) = COALESCE(checker.main_account_id, checker.id)
        WHERE checker.id = NEW.{checker} AND maker.id IN ({makers})
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', TABLE = '{table}',
            MESSAGE = '{checker} of {table} is the same person by another account';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER {name} AFTER UPDATE OF {checker} ON {table} FOR EACH ROW
    WHEN (NEW.{checker} IS NOT NULL AND OLD.{checker} IS DISTINCT FROM NEW.{checker}) EXECUTE FUNCTION {name}();
"""
_DROP = "DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();"


def another_person_name(table: str, checker: str) -> str:
    """The name of the trigger, its function and the constraint name its error carries."""
    return f"{table}_{checker.removesuffix('_id')}_another"


def another_person(table: str, checker: str, *makers: str) -> migrations.RunSQL:
    """A migration operation: who stands in the column `checker` is no account of a person in the columns `makers`."""
    names = {"name": another_person_name(table, checker), "table": table}
    makers_sql = ", ".join(f"NEW.{maker}" for maker in makers)
    return migrations.RunSQL(
        _SQL.format(checker=checker, makers=makers_sql, path=SEARCH_PATH, **names), _DROP.format(**names)
    )
