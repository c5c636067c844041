"""check_books on reports: their numbers, and that what is kept is what was printed."""

from datetime import date

import pytest

from hebi_charity.audit.books import differences
from hebi_charity.reports.services import make_report
from tests.donations.factories import UserFactory, reviewed_gift, set_up_office


@pytest.fixture
def number(committed_db) -> str:
    set_up_office()
    reviewed_gift()
    number = make_report("monthly", date(2022, 9, 1), by=UserFactory()).report_no
    assert found() == []
    return number


def found() -> list[tuple[str, str, str]]:
    return [(difference.check, difference.record, difference.sentence) for difference in differences()]


def test_report_deleted(number, superuser):
    superuser("SET session_replication_role = replica; DELETE FROM reports_report")

    assert found() == [("numbers", number, f"编号 {number} 已经编出，单据却没有了。")]


def test_figures_of_a_report_changed(number, superuser):
    superuser(
        "SET session_replication_role = replica;"
        """ UPDATE reports_report SET facts = jsonb_set(facts, '{sections,0,restricted}', '"7.00"')"""
    )

    assert found() == [("reports", number, f"报表 {number} 保存的数字与生成时不同：摘要不符。")]


def test_paper_of_a_report_changed(number, superuser):
    superuser("SET session_replication_role = replica; UPDATE reports_report SET pdf_sha256 = repeat('0', 64)")

    assert found() == [("reports", number, f"报表 {number} 保存的 PDF 与生成时不同：摘要不符。")]
