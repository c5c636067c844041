"""What goes wrong is said in Chinese, on a page of ours, without a trace; health tells the truth to machines."""

import pytest
from django.db import DatabaseError, InterfaceError
from django.test import Client
from django.urls import reverse

from hebi_charity.office.views import health
from hebi_charity.office.views.start import StartView
from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def web():
    client = Client(raise_request_exception=False)
    client.force_login(make_person("donation_clerk"))
    return client


def said(response) -> str:
    page = response.content.decode()
    assert "data-error-page" in page
    assert "Traceback" not in page
    return page


def test_request_that_makes_no_sense(web):
    response = web.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "请求" in said(response)
    assert "evil.example" not in response.content.decode()


def test_page_that_is_not_for_this_role(web):
    response = web.get(reverse("accounts:list"))

    assert response.status_code == 403
    assert "请联系管理员" in said(response)


def test_address_that_does_not_exist(web):
    assert "上方的搜索框" in said(web.get("/no-such-page/"))

    stranger = Client().get("/no-such-page/")
    assert stranger.status_code == 404
    assert "上方的搜索框" not in said(stranger)


def test_fault_of_ours(web, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("a secret of the code")

    monkeypatch.setattr(StartView, "get_context_data", broken)
    response = web.get("/")

    assert response.status_code == 500
    assert "没有改动任何数据" in said(response)
    assert "a secret of the code" not in response.content.decode()


def test_fault_while_the_database_is_gone(web, monkeypatch):
    def gone(*_args, **_kwargs):
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(StartView, "get_context_data", gone)

    assert web.get("/").status_code == 500


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError])
def test_not_ready_without_the_database(client, monkeypatch, error):
    def refused():
        raise error("connection refused: password=secret")

    monkeypatch.setattr(health, "database_answers", refused)
    response = client.get("/health/ready")

    assert response.status_code == 503
    facts = response.json()
    assert {name: facts[name] for name in ("ready", "database", "migrated")} == {
        "ready": False,
        "database": False,
        "migrated": False,
    }
    assert "secret" not in response.content.decode()


def test_not_ready_before_the_tables_are_up_to_date(client, monkeypatch):
    monkeypatch.setattr(health, "is_migrated", lambda: False)
    response = client.get("/health/ready")

    assert (response.status_code, response.json()["ready"]) == (503, False)


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_is_asked_without_https_and_never_kept(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True

    response = client.get(path)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
