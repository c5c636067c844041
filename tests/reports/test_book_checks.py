"""check_books on reports: their numbers, and that what is kept is what was printed."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from hebi_charity.audit.books import differences
from hebi_charity.reports.models import Report
from hebi_charity.reports.services import check_report, make_report
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


def changed(number: str) -> str:
    return f"报表 {number} 办理后被改动：封印不符。"


def test_report_deleted(number, superuser):
    superuser("SET session_replication_role = replica; DELETE FROM reports_report")

    assert found() == [
        ("numbers", number, f"编号 {number} 已经编出，单据却没有了。"),
        ("reports", number, f"操作记录里有报表 {number}“编制报告”，报表上却没有。"),
    ]


def test_figures_of_a_report_changed(number, superuser):
    superuser(
        "SET session_replication_role = replica;"
        """ UPDATE reports_report SET facts = jsonb_set(facts, '{sections,0,restricted}', '"7.00"')"""
    )

    assert found() == [("reports", number, f"报表 {number} 保存的数字与生成时不同：摘要不符。")]


def test_paper_of_a_report_changed(number, superuser):
    superuser("SET session_replication_role = replica; UPDATE reports_report SET pdf_sha256 = repeat('0', 64)")

    assert found() == [
        ("reports", number, f"报表 {number} 保存的 PDF 与生成时不同：摘要不符。"),
        ("reports", number, changed(number)),
    ]


def test_bytes_of_a_paper_changed(number):
    report = Report.objects.get()
    Path(default_storage.path(report.pdf.path)).write_bytes(b"%PDF-1.7 forged")

    assert found() == [("reports", number, f"报表 {number} 保存的 PDF 与生成时不同：摘要不符。")]


def test_paper_taken_away(number):
    default_storage.delete(Report.objects.get().pdf.path)

    assert found() == [("reports", number, f"报表 {number} 保存的 PDF 与生成时不同：摘要不符。")]


@pytest.mark.parametrize(
    "change",
    [
        "period_on = '2022-08-01'",
        "kind = 'other'",
        "is_final = NOT is_final",
        "check_code = 'ZZZZZZ'",
        "made_at = made_at - interval '1 day'",
        "version = 2, replace_reason = '更正'",
        "seal = ''",
    ],
)
def test_column_of_a_report_changed(number, superuser, change):
    superuser(f"SET session_replication_role = replica; UPDATE reports_report SET {change}")

    assert found() == [("reports", number, changed(number))]


def test_maker_of_a_report_changed(number, superuser):
    other = UserFactory()

    superuser(f"SET session_replication_role = replica; UPDATE reports_report SET made_by_id = {other.pk}")

    assert found() == [
        ("reports", number, changed(number)),
        ("reports", number, f"报表 {number} 上有“编制报告”，操作记录中却没有相符的记录。"),
        ("reports", number, f"操作记录里有报表 {number}“编制报告”，报表上却没有。"),
    ]


def test_row_of_before_put_back_with_its_seal(number, superuser):
    seal = Report.objects.get().seal
    check_report(Report.objects.get(), by=UserFactory())

    superuser(
        "SET session_replication_role = replica; UPDATE reports_report"
        f" SET state = 'made', checked_by_id = NULL, checked_at = NULL, seal = '{seal}'"
    )

    assert found() == [("reports", number, f"操作记录里有报表 {number}“审核报告”，报表上却没有。")]


def test_replaced_report_put_back_with_its_seal(number, superuser):
    seal = Report.objects.get().seal
    make_report("monthly", date(2022, 9, 1), by=UserFactory(), reason="更正")

    superuser(
        "SET session_replication_role = replica; UPDATE reports_report SET state = 'made', superseded_by_id = NULL,"
        f" superseded_at = NULL, seal = '{seal}' WHERE report_no = '{number}'"
    )

    assert found() == [("reports", number, f"报表 {number} 应由以后的版本替代却没有替代，或者不应被替代却已被替代。")]
