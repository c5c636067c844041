"""A session as psql has one: the application's own role, its own password, one transaction an attempt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import psycopg2
import pytest
from environ import Env
from psycopg2.extensions import connection as Connection

from tests.guards.rows import Rows, make_rows


@dataclass
class Session:
    """Runs statements and commits; what the database refuses is raised and rolled back."""

    connection: Connection

    def run(self, *statements: str) -> list[tuple]:
        """The rows of the last statement."""
        try:
            with self.connection, self.connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            self.connection.rollback()
            self.connection.autocommit = True
            with self.connection.cursor() as cursor:
                cursor.execute("DISCARD ALL")  # what an attempt set must not help the next one
            self.connection.autocommit = False

    def refusal(self, *statements: str) -> psycopg2.Error | None:
        """What the database answers, None when it did as it was told."""
        try:
            self.run(*statements)
        except psycopg2.Error as error:
            return error
        return None


@pytest.fixture
def open_session(committed_db) -> Callable[[], Session]:
    """Sessions of the application's role."""
    config = Env.db_url_config(committed_db)
    opened = []

    def connect() -> Session:
        opened.append(
            psycopg2.connect(
                host=config["HOST"],
                port=config["PORT"],
                user=config["USER"],
                password=config["PASSWORD"],
                dbname=config["NAME"],
            )
        )
        return Session(opened[-1])

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def rows(open_session) -> Rows:
    return make_rows()


@pytest.fixture
def session(open_session, rows) -> Session:
    return open_session()
