"""Databases of the benchmarks' own: made by the product's migrations, filled by SQL, dropped afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from django.db import connection
from environ import Env
from psycopg2.extensions import connection as Connection

ROOT = Path(__file__).resolve().parents[2]


def superuser(database: str = "postgres") -> Connection:
    """A session of the cluster's superuser, one transaction a statement."""
    return session_of("DATABASE_SUPERUSER_URL", database)


def session_of(url: str, database: str) -> Connection:
    """A session of the role that this variable of the environment names, one transaction a statement."""
    config = Env.db_url_config(os.environ[url])
    found = psycopg2.connect(
        host=config["HOST"],
        port=config["PORT"],
        user=config["USER"],
        password=config["PASSWORD"],
        dbname=database,
    )
    found.autocommit = True
    return found


def _with_name(url: str, name: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{name}"


def _migrate(name: str) -> None:
    environment = os.environ | {
        url: _with_name(os.environ[url], name) for url in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WORKER_URL")
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


def use(name: str) -> None:
    """Point Django at this database from now on."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
