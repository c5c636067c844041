"""A report that the application's role writes past the services: the books name it, and nobody's act covers it."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from hebi_charity.audit.books import differences
from hebi_charity.core.sentences import sentence_for
from hebi_charity.files import services as files
from hebi_charity.office.models import Period
from hebi_charity.office.services.periods import confirm_period, submit_period
from hebi_charity.reports import services
from hebi_charity.reports.exceptions import ReportTampered
from hebi_charity.reports.models import Report
from tests.donations.factories import UserFactory, set_up_office

SEPTEMBER = date(2022, 9, 1)
# A number, a row whose figures fit its digest, any paper: all that the database itself can look at.
FORGE = """
UPDATE office_numberseries SET last = last + 1 WHERE kind = 'report';
INSERT INTO reports_report (report_no, kind, period_on, version, state, facts, facts_digest, is_final, check_code,
    pdf_id, pdf_sha256, replace_reason, made_by_id, made_at)
SELECT left(report_no, -6) || '000002', kind, '2022-10-01', 1, 'made', '{{}}', encode(sha256('{{}}'), 'hex'), true,
    'FARGED', {pdf}, '{sha256}', '', {maker}, now() FROM reports_report;
"""
LOGGED = """
INSERT INTO audit_entry (act, actor_id, object_type, object_id, object_label, changes, sums, side, reason, digest,
    file_sha256) SELECT '{act}', {person}, 'reports.report', id, report_no, '{{}}', '{{}}', 'charity', '', '', ''
    FROM reports_report WHERE check_code = 'FARGED';
"""
CHECK = "UPDATE reports_report SET state = 'checked', checked_by_id = {person}, checked_at = now() WHERE {which};"
ISSUE = "UPDATE reports_report SET state = 'issued', issued_by_id = {person}, issued_at = now() WHERE {which};"
REPLACE = """
UPDATE reports_report SET state = 'superseded', superseded_by_id = {by}, superseded_at = now() WHERE {which};
"""
FORGED = "check_code = 'FARGED'"


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def found() -> set[tuple[str, str]]:
    return {(difference.record, difference.sentence) for difference in differences()}


@pytest.fixture
def real(committed_db) -> Report:
    """The report of September, closed."""
    set_up_office(SEPTEMBER)
    period = submit_period(Period.objects.get(month=SEPTEMBER), by=UserFactory(), today=date(2026, 11, 24))
    confirm_period(period, by=UserFactory())
    return services.make_report("monthly", SEPTEMBER, by=UserFactory())


@pytest.fixture
def forged(real) -> Report:
    maker = UserFactory()
    paper = files.store(b"%PDF-1.7 forged", name="a.pdf", by=maker)
    run(FORGE.format(pdf=paper.pk, sha256=paper.sha256, maker=maker.pk))
    run(LOGGED.format(act="report.made", person=maker.pk))
    return Report.objects.get(check_code="FARGED")


def test_forged_report_carried_through_its_life_is_named(forged):
    checker, leader = UserFactory(), UserFactory()
    run(CHECK.format(person=checker.pk, which=FORGED))
    run(ISSUE.format(person=leader.pk, which=FORGED))

    number = forged.report_no
    assert found() == {
        (number, f"报表 {number} 办理后被改动：封印不符。"),
        (number, f"报表 {number} 上有“审核报告”，操作记录中却没有相符的记录。"),
        (number, f"报表 {number} 上有“签发报告”，操作记录中却没有相符的记录。"),
    }


def test_log_forged_too_does_not_help(forged):
    checker = UserFactory()
    run(CHECK.format(person=checker.pk, which=FORGED))
    run(LOGGED.format(act="report.checked", person=checker.pk))

    number = forged.report_no
    assert found() == {(number, f"报表 {number} 办理后被改动：封印不符。")}


def test_nobody_checks_or_issues_a_forged_report(forged):
    with pytest.raises(ReportTampered):
        services.check_report(forged, by=UserFactory())
    run(CHECK.format(person=UserFactory().pk, which=FORGED))
    with pytest.raises(ReportTampered):
        services.issue_report(forged, by=UserFactory())

    assert Report.objects.get(pk=forged.pk).seal == ""


def test_replacing_a_forged_report_does_not_cover_it(forged):
    second = services.make_report("monthly", date(2022, 10, 1), by=UserFactory(), reason="更正")

    forged.refresh_from_db()
    assert (forged.state, forged.superseded_by, forged.seal) == ("superseded", second, "")
    assert found() == {(forged.report_no, f"报表 {forged.report_no} 办理后被改动：封印不符。")}


@pytest.mark.parametrize("kind", ["itself", "another month's", "another kind's", "an earlier version"])
def test_report_is_replaced_by_a_later_version_of_its_month_only(real, kind):
    august = Report.objects.create(**columns(real, period_on=date(2022, 8, 1), version=3))
    other = Report.objects.create(**columns(real, kind="yearly", version=3))
    second = Report.objects.create(**columns(real, version=2))
    by, which = {
        "itself": (real, real),
        "another month's": (august, real),
        "another kind's": (other, real),
        "an earlier version": (real, second),
    }[kind]

    with pytest.raises(IntegrityError) as refused:
        run(REPLACE.format(by=by.pk, which=f"id = {which.pk}"))

    assert sentence_for(refused.value).startswith("报表只能由同一种类、同一月份以后的版本替代")


def test_replacement_named_at_the_beginning_is_looked_at_too(real):
    second = Report.objects.create(**columns(real, version=2, superseded_by_id=real.pk))

    with pytest.raises(IntegrityError, match="later version"):
        run(f"UPDATE reports_report SET state = 'superseded', superseded_at = now() WHERE id = {second.pk}")


def test_report_made_before_there_were_seals_gets_its_seal(real, superuser):
    services.check_report(real, by=UserFactory())
    services.make_report("monthly", SEPTEMBER, by=UserFactory(), reason="更正")
    superuser("ALTER TABLE reports_report DISABLE TRIGGER USER; UPDATE reports_report SET seal = ''")

    import_module("hebi_charity.reports.migrations.0005_reports_sealed").seal_what_is_there(apps, None)

    assert found() == set()
    assert len(set(Report.objects.values_list("seal", flat=True))) == 2


def columns(report: Report, **changes: object) -> dict[str, object]:
    """A made report like this one, with these values."""
    names = {column.attname for column in report._meta.concrete_fields} - {"id", "job_id", "seal"}
    code = f"ZZ{Report.objects.count():04d}"
    own = {"report_no": f"测{code}", "check_code": code, "replace_reason": "更正"}
    return {name: getattr(report, name) for name in names} | own | changes
