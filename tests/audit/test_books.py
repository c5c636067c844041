"""One check of the books that cannot be made hides nothing that the others find, and is told itself."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from hebi_charity.core.registry import Difference, book_checks

pytestmark = pytest.mark.django_db
NOT_MADE = "这项核对没能做完，本来会查出什么尚不知道。请把运行日志交给维护人员。"


def finds(record: str):
    def check():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        yield Difference("first", record, "不符")

    return check


def breaks_in_the_database():
    yield Difference("broken", "7", "不符")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def breaks_in_itself():
    raise TypeError


def test_check_that_breaks_is_told_and_hides_no_other(committed_db, monkeypatch, caplog):
    checks = {"a": finds("1"), "b": breaks_in_the_database, "c": breaks_in_itself, "d": finds("2")}
    monkeypatch.setattr(book_checks, "_items", {name: (1, check) for name, check in checks.items()})
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("check_books", stdout=out)

    assert ended.value.code == 1
    assert out.getvalue().splitlines() == [
        "first\t1\t不符",
        "broken\t7\t不符",
        f"b\t-\t{NOT_MADE}",
        f"c\t-\t{NOT_MADE}",
        "first\t2\t不符",
        "check_books: 5 differences",
    ]
    assert "The check b of the books could not be made." in caplog.text
