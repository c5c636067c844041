"""The embedded servers: on loopback alone, with passwords that nobody sees, and with rights that cannot be widened."""

import os
import stat

import psycopg2
import pytest
from environ import Env

from hebi_charity.local import environment
from hebi_charity.local.postgres import Postgres
from hebi_charity.local.valkey import Valkey


def asked(url, query):
    config = Env.db_url_config(url)
    connection = psycopg2.connect(
        host=config["HOST"],
        port=config["PORT"],
        user=config["USER"],
        password=config["PASSWORD"],
        dbname=config["NAME"],
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def superuser_url():
    return os.environ["DATABASE_SUPERUSER_URL"]


def test_server_listens_on_loopback_alone(superuser_url):
    settings = asked(superuser_url, "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses',"
                     " 'unix_socket_directories', 'password_encryption', 'TimeZone')")  # fmt: skip

    assert dict(settings) == {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "password_encryption": "scram-sha-256",
        "TimeZone": "UTC",
    }


def test_log_of_the_server_says_no_row_and_no_statement(superuser_url):
    settings = asked(superuser_url, "SELECT name, setting, source FROM pg_settings WHERE name IN"
                     " ('log_error_verbosity', 'log_min_error_statement') ORDER BY name")  # fmt: skip

    # On the command line: a cluster that an earlier version made has them from its next start on.
    assert settings == [
        ("log_error_verbosity", "terse", "command line"),
        ("log_min_error_statement", "panic", "command line"),
    ]


def test_everybody_needs_a_password_kept_as_scram(superuser_url):
    methods = asked(superuser_url, "SELECT DISTINCT auth_method FROM pg_hba_file_rules")
    kept = asked(superuser_url, "SELECT rolname, left(rolpassword, 13) FROM pg_authid WHERE rolcanlogin")

    assert methods == [("scram-sha-256",)]
    assert dict(kept) == dict.fromkeys(("postgres", "hebi_owner", "hebi_app", "hebi_worker"), "SCRAM-SHA-256")


def test_roles_of_the_application_own_nothing_and_cannot_become_the_owner(superuser_url):
    roles = asked(
        superuser_url,
        """
        SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,
               pg_has_role(rolname, 'hebi_owner', 'MEMBER')
        FROM pg_roles WHERE rolname IN ('hebi_app', 'hebi_worker') ORDER BY rolname
        """,
    )

    assert roles == [("hebi_app", False, False), ("hebi_worker", False, False)]


def test_application_reaches_its_database_alone():
    url = os.environ["DATABASE_URL"]
    may = """
        SELECT datname, has_database_privilege(datname, 'CONNECT'), has_database_privilege(datname, 'CREATE')
        FROM pg_database WHERE datname IN ('hebi', 'postgres', 'template1') ORDER BY datname
    """

    assert asked(url, may) == [("hebi", True, False), ("postgres", False, False), ("template1", False, False)]


def test_limits_hold_for_pages_and_are_wider_for_workers(superuser_url):
    limits = asked(superuser_url, "SELECT rolname, rolconfig FROM pg_roles WHERE rolconfig IS NOT NULL")

    assert dict(limits) == {
        "hebi_app": ["statement_timeout=15s", "lock_timeout=5s"],
        "hebi_worker": ["statement_timeout=10min", "lock_timeout=30s"],
    }


@pytest.fixture
def valkey(tmp_path):
    environment.make_secrets(tmp_path)
    return Valkey(tmp_path, environment.read_file(tmp_path))


def test_password_of_the_broker_is_in_no_process_list(valkey):
    child = valkey.child()
    password = valkey.values["HEBI_VALKEY_PASSWORD"]

    assert [word for word in child.command if password in str(word)] == []
    assert password not in " ".join(child.environment.values())
    assert stat.S_IMODE(child.command[-1].stat().st_mode) == 0o600
    assert f"requirepass {password}" in child.command[-1].read_text()


def test_broker_is_on_loopback_and_keeps_its_messages(valkey):
    lines = valkey.child().command[-1].read_text().splitlines()

    assert {"bind 127.0.0.1", "appendonly yes", "maxmemory-policy noeviction", f"port {valkey.port}"} <= set(lines)


def test_password_of_the_database_is_in_no_process_list(tmp_path):
    environment.make_secrets(tmp_path)
    database = Postgres(tmp_path, environment.read_file(tmp_path))
    secrets = {value for name, value in database.values.items() if name.endswith("_PASSWORD")}

    assert [word for word in database.child().command if str(word) in secrets] == []


def test_office_that_keeps_real_data_never_forgets(tmp_path):
    environment.make_secrets(tmp_path)
    command = Postgres(tmp_path, environment.read_file(tmp_path)).child().command

    assert [word for word in command if "fsync" in str(word) or "synchronous_commit" in str(word)] == []
