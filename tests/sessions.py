"""Plain sessions of the cluster's roles, beside Django's own connection."""

from __future__ import annotations

import os

import psycopg2
from environ import Env
from psycopg2.extensions import connection as Connection


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
