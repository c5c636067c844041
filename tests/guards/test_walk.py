"""Every binding table against the application's own role: nothing that SQL offers changes a binding row."""

from itertools import product

import psycopg2
import pytest
from django.db import connection

from hebi_charity.core.guards import BINDING, SEARCH_PATH, guard_name

UPDATE, DELETE, TRUNCATE = 16, 8, 32  # bits of pg_trigger.tgtype
GUARDS = """
SELECT c.relname, bit_or(t.tgtype), bool_and(t.tgenabled = 'O') FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND p.proname = c.relname || '_guard' GROUP BY c.relname
"""
FUNCTIONS = """
SELECT p.proname, p.prosecdef, p.proconfig FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' AND p.prorettype = 'trigger'::regtype
"""
COLUMNS = """
SELECT column_name, data_type, column_name IN (
    SELECT a.attname FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey)
    WHERE k.contype = 'p' AND k.conrelid = table_name::regclass
) FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position
"""
OTHER_VALUES = {
    "bigint": "coalesce({0}, 2) - 1",
    "integer": "coalesce({0}, 2) - 1",
    "smallint": "coalesce({0}, 2) - 1",
    "numeric": "coalesce({0}, 2) - 1",
    "boolean": "NOT coalesce({0}, false)",
    "character varying": "CASE WHEN {0} = 'x' THEN 'y' ELSE 'x' END",
    "text": "CASE WHEN {0} = 'x' THEN 'y' ELSE 'x' END",
    "time without time zone": "coalesce({0}, '09:00') - interval '1 hour'",
    "date": "coalesce({0}, '2022-09-02') - 1",
    "timestamp with time zone": "coalesce({0}, now()) - interval '1 hour'",
    "jsonb": """'{{"x": 1}}'""",
    "bytea": r"'\x00'",
    "uuid": "gen_random_uuid()",
}


def columns_of(session, table):
    """(name, an expression that gives another value, whether it is the key) of every column."""
    return [
        (name, OTHER_VALUES[kind].format(f'"{name}"'), key)
        for name, kind, key in session.run(COLUMNS.format(table=table))
    ]


def attempts(table, columns):
    guard = guard_name(table)
    key = '", "'.join(name for name, _, is_key in columns if is_key)
    column, other, _ = next(column for column in columns if not column[2])
    change, body = f'UPDATE {table} SET "{column}" = {other}', "BEGIN RETURN NEW; END"
    upsert = f'ON CONFLICT ("{key}") DO UPDATE SET "{column}" = EXCLUDED."{column}"'
    return [
        (change,),
        (f'UPDATE {table} SET "{column}" = "{column}"',),
        (f"DELETE FROM {table}",),
        (f"TRUNCATE {table}",),
        (f"TRUNCATE {table} CASCADE",),
        (f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1 {upsert}",),
        (f"MERGE INTO {table} USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",),
        (f'MERGE INTO {table} USING (SELECT 1) AS one ON true WHEN MATCHED THEN UPDATE SET "{column}" = {other}',),
        ("SET hebi.bypass = 'on'", "SET pgtrigger.ignore = 'all'", "SET app.is_owner = 'true'", change),
        ("SET session_replication_role = replica", change),
        ("SET row_security = off", "SET CONSTRAINTS ALL DEFERRED", change),
        (f"ALTER TABLE {table} DISABLE TRIGGER {guard}_row", change),
        (f"ALTER TABLE {table} DISABLE TRIGGER ALL", change),
        (f"ALTER TABLE {table} OWNER TO CURRENT_USER", change),
        (f"DROP TRIGGER {guard}_row ON {table}", change),
        (f"DROP FUNCTION {guard}() CASCADE", change),
        (f"DROP TABLE {table} CASCADE",),
        (f"CREATE OR REPLACE FUNCTION {guard}() RETURNS trigger LANGUAGE plpgsql AS $x$ {body} $x$", change),
        (f"ALTER FUNCTION {guard}() SECURITY DEFINER",),
        (f"CREATE RULE around AS ON UPDATE TO {table} DO INSTEAD NOTHING",),
        (f"CREATE VIEW around AS SELECT * FROM {table}", f"UPDATE around SET {column} = {other}"),
        (f"CREATE TEMP VIEW around AS SELECT * FROM {table}", f"UPDATE around SET {column} = {other}"),
        ("SET ROLE hebi_owner", change),
        ("SET SESSION AUTHORIZATION hebi_owner", change),
    ]


def test_nothing_that_sql_offers_changes_a_binding_row(session):
    otherwise = []
    for table in sorted(BINDING):
        assert session.run(f"SELECT count(*) > 0 FROM {table}") == [(True,)], f"tests/guards/rows.py: {table} is empty"
        for statements in attempts(table, columns_of(session, table)):
            error = session.refusal(*statements)
            if not isinstance(error, (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.RestrictViolation)):
                otherwise.append((table, statements[-1], error))

    assert otherwise == []


def test_no_column_of_a_binding_row_changes_on_its_own(session):
    """All rows here are decided or settled. Refused by the guard itself, or by missing rights where none are needed."""
    otherwise = []
    still_open = {
        "donations_donation": "state = 'reviewed'",
        "donations_fundallocation": "donation_id IN (SELECT id FROM donations_donation WHERE state = 'reviewed')",
        "donations_reversal": "state <> 'requested'",
        "office_period": "state = 'closed'",
        "accounts_roleassignment": "ended_at IS NOT NULL",
        "partybranch_learningrecord": "withdrawn_at IS NOT NULL",
        "partybranch_branch": "withdrawn_at IS NOT NULL",
        "partybranch_body": "withdrawn_at IS NOT NULL",
        "partybranch_exam": "state <> 'open'",
        "partybranch_question": "withdrawn_at IS NOT NULL",
    }
    # Each on its own: one row that is refused would speak for the others.
    of_event = "event_id IN (SELECT id FROM partybranch_lifeevent WHERE state = '{}')"
    apart = {
        "partybranch_lifeevent": ["state = 'cancelled'", "state = 'filed'"],
        "partybranch_attendance": [of_event.format("cancelled"), of_event.format("filed")],
        "partybranch_lifepicture": ["removed_at IS NOT NULL", of_event.format("filed")],
    }
    for table, kind in sorted(BINDING.items()):
        every = product(columns_of(session, table), apart.get(table, [still_open.get(table, "true")]))
        for (column, other, is_key), binds in every:
            error = session.refusal(f'UPDATE {table} SET "{column}" = {other} WHERE {binds}')
            if kind == "log" or is_key:
                is_right = isinstance(error, psycopg2.errors.InsufficientPrivilege)
            else:
                is_right = getattr(error, "diag", None) and error.diag.constraint_name == guard_name(table)
            if not is_right:
                otherwise.append((table, column, binds, error))

    assert otherwise == []


def test_guards_stop_even_those_who_may_do_everything(session, superuser):
    """Rights keep the application from logs and from TRUNCATE; the guards keep everybody from every binding row.

    A TRUNCATE takes the tables along that point here: their guards are asleep for this, so that each speaks for itself.
    """
    otherwise = []
    for table, kind in sorted(BINDING.items()):
        column, other, _ = next(column for column in columns_of(session, table) if not column[2])
        asleep = [f"ALTER TABLE {each} DISABLE TRIGGER USER" for each in BINDING if each != table]
        attempts = [f"DELETE FROM {table}", "; ".join([*asleep, f"TRUNCATE {table} CASCADE"])]
        attempts += [f'UPDATE {table} SET "{column}" = {other}'] if kind == "log" else []
        for attempt in attempts:
            try:
                superuser(f"BEGIN; {attempt}; ROLLBACK")
            except psycopg2.errors.RestrictViolation as error:
                if error.diag.constraint_name == guard_name(table):
                    continue
            otherwise.append((table, attempt))

    assert otherwise == []


@pytest.mark.structure
def test_guards_stand_on_exactly_the_tables_that_bind(db):
    with connection.cursor() as cursor:
        cursor.execute(GUARDS)
        found = {table: (bits & (UPDATE | DELETE | TRUNCATE), enabled) for table, bits, enabled in cursor.fetchall()}

    assert found == dict.fromkeys(BINDING, (UPDATE | DELETE | TRUNCATE, True))


def test_functions_look_at_our_own_tables_first_and_lend_no_rights(db):
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        functions = cursor.fetchall()

    assert len(functions) > len(BINDING)
    assert [row for row in functions if row[1:] != (False, [f"search_path={SEARCH_PATH}"])] == []
