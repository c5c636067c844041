"""The test database: made by the owner's role, used by the application's role, as on a real machine.

`db` rolls each test back. `committed_db` lets a test commit (races, workers, browsers) and afterwards makes the
database anew from a template, because the application's role may neither truncate nor delete binding rows.
"""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from environ import Env

from tests.browser import (  # noqa: F401
    browser_context_args,
    browser_type_launch_args,
    console,
    large,
    page,
    site,
)
from tests.sessions import session_of

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser):
    parser.addoption("--kill", action="store_true", help="kill at ten random points each in tests/live, not two")
    parser.addoption("--kill-seed", default="2022", help="which random points (default: %(default)s)")


def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER") or os.environ.get("HEBI_TEST_WORKER", "main")


def database_name() -> str:
    base = Env.db_url_config(os.environ["DATABASE_URL"])["NAME"]
    return f"test_{base}_{worker_name()}"


def superuser_execute(*statements: str, database: str = "postgres") -> None:
    """Run statements as the cluster's superuser, each in its own transaction."""
    with closing(session_of("DATABASE_SUPERUSER_URL", database)) as session, session.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def with_name(url: str, name: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{name}"


def copy_database(source: str, target: str) -> None:
    owner = Env.db_url_config(os.environ["DATABASE_OWNER_URL"])["USER"]
    application = Env.db_url_config(os.environ["DATABASE_URL"])["USER"]
    superuser_execute(
        f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)',
        f'CREATE DATABASE "{target}" OWNER "{owner}" TEMPLATE "{source}" STRATEGY file_copy',
        # A copy takes over every right but those on the database itself.
        f'REVOKE ALL ON DATABASE "{target}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{target}" TO "{application}"',
    )


@pytest.fixture(scope="session")
def template_database():
    """A migrated database with the shipped data and nothing else; every test database is a copy of it."""
    if given := os.environ.get("HEBI_TEST_TEMPLATE"):
        return given  # bin/check --mutate gives one that lacks a rule
    name = f"{database_name()}_template"
    copy_database("template0", name)
    environment = os.environ | {
        "DATABASE_URL": with_name(os.environ["DATABASE_URL"], name),
        "DATABASE_OWNER_URL": with_name(os.environ["DATABASE_OWNER_URL"], name),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    command = [sys.executable, "manage.py", "migrate_office", "-v", "0"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return name


@pytest.fixture(scope="session")
def django_db_setup(template_database, django_db_blocker):
    name = database_name()
    copy_database(template_database, name)
    settings.DATABASES["default"]["NAME"] = name
    os.environ["TEST_DATABASE_URL"] = with_name(os.environ["DATABASE_URL"], name)
    with django_db_blocker.unblock():
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = name
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    superuser_execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker, template_database):
    """Real commits. Gives the database's URL for processes the test starts; made anew afterwards."""
    with django_db_blocker.unblock():
        yield os.environ["TEST_DATABASE_URL"]
        connections.close_all()
        copy_database(template_database, database_name())


@pytest.fixture
def superuser():
    """Run SQL as the cluster's superuser in the test database: `superuser("UPDATE …")`."""

    def execute(*statements: str) -> None:
        superuser_execute(*statements, database=database_name())

    return execute
