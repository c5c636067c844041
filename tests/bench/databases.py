"""Databases of the benchmarks' own: made by the product's migrations, filled by SQL, dropped afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from environ import Env
from psycopg2.extensions import connection as Connection

from tests.sessions import session_of

ROOT = Path(__file__).resolve().parents[2]


def superuser(database: str = "postgres") -> Connection:
    """A session of the cluster's superuser, one transaction a statement."""
    return session_of("DATABASE_SUPERUSER_URL", database)


def with_name(url: str, name: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{name}"


def _migrate(name: str) -> None:
    environment = os.environ | {
        url: with_name(os.environ[url], name) for url in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WORKER_URL")
    }
    command = [sys.executable, "manage.py", "migrate_office", "-v", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def _drop(name: str) -> None:
    session = superuser()
    with session.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    session.close()


@contextmanager
def new_database(name: str) -> Iterator[str]:
    """A migrated database with the shipped data, and Django pointed at it as the application's role."""
    owner = Env.db_url_config(os.environ["DATABASE_OWNER_URL"])["USER"]
    _drop(name)
    session = superuser()
    with session.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" OWNER "{owner}" TEMPLATE template0')
    session.close()
    try:
        _migrate(name)
        use(name)
        yield name
    finally:
        connection.close()
        _drop(name)


@contextmanager
def copy_of(source: str, name: str) -> Iterator[str]:
    """A copy of a database that nobody is connected to."""
    owner = Env.db_url_config(os.environ["DATABASE_OWNER_URL"])["USER"]
    _drop(name)
    with closing(superuser()) as session, session.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" OWNER "{owner}" TEMPLATE "{source}"')
    try:
        yield name
    finally:
        _drop(name)


def use(name: str) -> None:
    """Point Django at this database from now on."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
