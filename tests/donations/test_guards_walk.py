"""Every binding table against the application's own role: nothing that SQL offers changes a binding row."""

import psycopg2
import pytest
from django.apps import apps
from environ import Env

from donations.services.reversing import refuse_reversal, request_reversal
from hebi_charity.core.guards import BINDING, guard_name
from tests.donations.factories import UserFactory, reviewed_gift, set_up_office

# Tables that need more than a reviewed and once refused gift to hold a row; their own apps test their guards.
WITHOUT_ROWS = {
    "accounts_roleassignment",
    "accounts_writtendecision",
    "donations_platformorder",
    "files_attachment",
    "files_use",
    "reports_report",
}


@pytest.fixture
def as_application(committed_db):
    """Run one statement as the application's role in a transaction of its own."""
    set_up_office()
    gift = reviewed_gift()
    refuse_reversal(request_reversal(gift, by=UserFactory(), reason="重复"), by=UserFactory(), reason="不重复")
    config = Env.db_url_config(committed_db)
    session = psycopg2.connect(
        host=config["HOST"],
        port=config["PORT"],
        user=config["USER"],
        password=config["PASSWORD"],
        dbname=config["NAME"],
    )

    def run(*statements: str) -> int:
        try:
            with session, session.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                return cursor.rowcount
        finally:
            session.rollback()

    yield run
    session.close()


def key_of(table: str) -> str:
    models = {model._meta.db_table: model for model in apps.get_models()}
    return models[table]._meta.pk.column


def attempts(table: str) -> list[tuple[str, ...]]:
    key, guard = key_of(table), guard_name(table)
    change, body = f"UPDATE {table} SET {key} = {key}", "BEGIN RETURN NEW; END"
    upsert = f"ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}"
    return [
        (change,),
        (f"DELETE FROM {table}",),
        (f"TRUNCATE {table} CASCADE",),
        (f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1 {upsert}",),
        ("SET hebi.bypass = 'on'", "SET pgtrigger.ignore = 'all'", change),
        ("SET session_replication_role = replica", change),
        (f"ALTER TABLE {table} DISABLE TRIGGER {guard}_row",),
        (f"DROP TRIGGER {guard}_row ON {table}",),
        (f"CREATE OR REPLACE FUNCTION {guard}() RETURNS trigger LANGUAGE plpgsql AS $x$ {body} $x$",),
        ("SET ROLE hebi_owner", change),
    ]


def test_nothing_changes_a_binding_row(as_application):
    passed = []
    for table in sorted(BINDING):
        if table not in WITHOUT_ROWS:
            assert as_application(f"SELECT 1 FROM {table} LIMIT 1") == 1, table
        for statements in attempts(table):
            try:
                count = as_application(*statements)
            except psycopg2.Error:
                continue
            if count != 0 or table not in WITHOUT_ROWS:
                passed.append((table, statements[-1]))
    assert passed == []
