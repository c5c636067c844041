"""A fault leaves its place in the code in the log, and nothing that anybody typed."""

import io
import logging

import pytest
from celery import current_app
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from donations.models import Donor
from donations.services import registering
from tests.accounts.factories import make_person
from tests.donations.factories import set_up_office
from tests.donations.test_pages import typed

NAME, PHONE, NOTE = "司马相如甲", "13912345678", "只此一处的备注"


@pytest.fixture
def log():
    """What the product's own handler writes."""
    handler = next(each for each in logging.getLogger("django").handlers)
    written, usual = io.StringIO(), handler.stream
    handler.setStream(written)
    yield written
    handler.setStream(usual)


def fail_with_name(entry, **_kwargs):
    raise ValueError(f"could not read {entry.donor.name} {entry.donor.phone}")


@pytest.mark.django_db
def test_fault_is_logged_with_its_place_and_without_what_was_typed(log, monkeypatch):
    set_up_office()
    monkeypatch.setattr(registering, "register_donation", fail_with_name)
    client = Client(raise_request_exception=False)
    client.force_login(make_person("donation_clerk"))

    data = typed(name=NAME, phone=PHONE, note=NOTE)
    answer = client.post(f"{reverse('donations:create')}?q={NAME}", data)

    said = log.getvalue()
    assert answer.status_code == 500
    assert "ERROR django.request Internal Server Error: /donations/new/" in said
    assert "in fail_with_name" in said
    assert "builtins.ValueError" in said
    assert not [text for text in (NAME, PHONE, NOTE, "q=") if text in said]


@pytest.mark.django_db
def test_database_error_is_told_by_its_rule_and_never_by_the_row(log):
    try:
        with transaction.atomic():
            Donor.objects.create(name=NAME, kind="person", identifier_hash="x", sort_key="x")
    except IntegrityError as error:
        assert NAME in str(error)  # what the log must not take over
        logging.getLogger("hebi_charity.core").exception("Not kept.")
        logging.getLogger("django.request").exception("Not kept.")

    said = log.getvalue()
    assert "23514 donor_identifier_has_type" in said
    assert "which led to:" in said
    assert NAME not in said


def logged(name, level, *words, **extra):
    """Log a fault whose text holds a name."""
    try:
        raise ValueError(NAME)
    except ValueError as error:
        logging.getLogger(name).log(level, *words or (error,), exc_info=True, extra=extra)


@pytest.mark.parametrize("name", ["", "celery.app.trace", "celery.task", "gunicorn.error", "weasyprint", "py.warnings"])
def test_every_librarys_fault_is_written_once_and_without_its_text(log, name):
    logged(name, logging.ERROR)

    assert log.getvalue().count("in logged") == 1
    assert log.getvalue().count("ERROR") == 1
    assert NAME not in log.getvalue()


def test_fault_while_an_answer_streams_is_written_without_its_query(log):
    logged("gunicorn.error", logging.ERROR, "Error handling request %s %s", "GET", f"/donations/?q={NAME}")

    assert "Error handling request GET /donations/\n" in log.getvalue()
    assert NAME not in log.getvalue()


def test_sentences_of_celery_hold_neither_errors_nor_arguments(log):
    @current_app.task(name="tests.fails")
    def fails(name):
        raise ValueError(name)

    fails.apply(args=[NAME])

    assert "Task tests.fails[" in log.getvalue()
    assert "raised unexpected: …" in log.getvalue()
    assert "builtins.ValueError" in log.getvalue()
    assert NAME not in log.getvalue()


def test_error_among_the_words_is_told_by_its_kind(log):
    logging.getLogger("hebi_charity.jobs").warning("No heartbeat: %s", ValueError(NAME))

    assert log.getvalue().endswith("WARNING hebi_charity.jobs No heartbeat: builtins.ValueError\n")


@pytest.mark.django_db
def test_refused_and_missing_pages_are_one_line_each(log):
    set_up_office()
    client = Client(raise_request_exception=False)
    client.force_login(make_person("auditor"))

    answers = [client.get(address).status_code for address in (reverse("donations:create"), "/none/")]

    assert answers == [403, 404]
    assert [line.partition(" WARNING ")[2] for line in log.getvalue().splitlines()] == [
        "django.request Forbidden (Permission denied): /donations/new/",
        "django.request Not Found: /none/",
    ]


@pytest.fixture
def server_log():
    """What the embedded PostgreSQL writes from here on."""
    path = settings.HEBI_VAR / "log" / "postgres.log"
    if not path.exists():
        pytest.skip("the database is a named server, whose log is not ours")
    begun = path.stat().st_size
    return lambda: path.read_bytes()[begun:].decode()


@pytest.mark.django_db
def test_server_writes_neither_the_refused_row_nor_the_statement_into_its_log(server_log):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Donor.objects.create(name=NAME, kind="person", identifier_hash="x", sort_key="x")
    donor = Donor.objects.create(name=NAME, kind="person", sort_key="x")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        literal = f"UPDATE {Donor._meta.db_table} SET name = '{NAME}', identifier_hash = 'x' WHERE id = {donor.pk}"
        cursor.execute(literal)

    assert NAME in str(refused.value)  # what the server had to say
    assert server_log().count("donor_identifier_has_type") >= 2
    assert NAME not in server_log()


def test_text_cached_by_another_handler_is_not_taken_over(log):
    error = ValueError(NAME)
    record = logging.LogRecord("django", logging.ERROR, __file__, 1, "Broken.", (), (type(error), error, None))
    logging.Formatter().format(record)

    logging.getLogger("django").handle(record)

    assert "builtins.ValueError" in log.getvalue()
    assert NAME not in log.getvalue()
