"""One role for everything: the product runs, and says that append-only is not enforced against it."""

import os

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from environ import Env


@pytest.fixture
def owner_alone(committed_db):
    """The test database, reached by the role that owns its tables."""
    owner = Env.db_url_config(os.environ["DATABASE_OWNER_URL"])
    database = settings.DATABASES["default"]
    before = {name: database[name] for name in ("USER", "PASSWORD")}
    connections.close_all()
    database.update({name: owner[name] for name in before})
    yield
    connections.close_all()
    database.update(before)


def test_ready_says_that_append_only_is_not_enforced(owner_alone, client):
    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json()["append_only_enforced"] is False


def test_check_for_deployment_says_that_append_only_is_not_enforced(owner_alone, capsys):
    with pytest.raises(CommandError, match="“只增不改”没有得到数据库保证"):
        call_command("check", deploy=True, fail_level="WARNING")


def test_check_for_deployment_finds_nothing_with_two_roles(committed_db, capsys):
    call_command("check", deploy=True, tags=["security"])

    assert "office.W" not in capsys.readouterr().err
