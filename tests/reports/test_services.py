import hashlib
import io
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pypdf import PdfReader

from hebi_charity.audit.models import Entry
from hebi_charity.core import seals
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import run_job
from hebi_charity.office.models import Period
from hebi_charity.office.services.form_keys import AlreadySubmitted
from hebi_charity.office.services.periods import confirm_period, submit_period
from hebi_charity.reports import services
from hebi_charity.reports.building import build
from hebi_charity.reports.exceptions import (
    MonthNotClosed,
    NotAwaitingCheck,
    NotAwaitingIssue,
    NotThreePeople,
    ReportRefused,
)
from hebi_charity.reports.models import Report
from tests.donations.factories import UserFactory, registered_gift, reviewed_gift, set_up_office

pytestmark = pytest.mark.django_db

AUGUST, SEPTEMBER, OCTOBER = date(2022, 8, 1), date(2022, 9, 1), date(2022, 10, 1)


@pytest.fixture(autouse=True)
def office():
    set_up_office(date(2022, 8, 1))


def close(month: date) -> None:
    """Close a month with two people."""
    period = Period.objects.get(month=month)
    confirm_period(submit_period(period, by=UserFactory(), today=date(2026, 11, 24)), by=UserFactory())


def closed_september() -> None:
    close(AUGUST)
    close(SEPTEMBER)


def text_of(report: Report) -> str:
    with report.pdf.open() as content:
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content.read())).pages)


def issued_report(month: date = SEPTEMBER, **changes: str) -> Report:
    report = services.make_report("monthly", month, by=UserFactory(), **changes)
    services.check_report(report, by=UserFactory())
    return services.issue_report(report, by=UserFactory())


def test_report_keeps_facts_digest_and_pdf():
    reviewed_gift(amount=Decimal("12345.67"))
    closed_september()
    maker = UserFactory(full_name="和会计")

    report = services.make_report("monthly", SEPTEMBER, by=maker)

    assert (report.version, report.state, report.is_final) == (1, "made", True)
    assert report.report_no == f"演报{timezone.localdate().year}-000001"
    report.refresh_from_db()
    assert report.facts_digest == seals.digest(report.facts)
    with report.pdf.open() as content:
        assert report.pdf_sha256 == hashlib.sha256(content.read()).hexdigest()
    text = text_of(report)
    for words in ("12,345.67", "人民币壹万贰仟叁佰肆拾伍元陆角柒分", report.report_no, report.check_code, "和会计"):
        assert words in text
    assert Entry.objects.of(report).get().act == "report.made"


def test_closed_month_keeps_its_digest_when_later_gifts_come():
    reviewed_gift(amount=Decimal("100.00"))
    late = registered_gift(amount=Decimal("40.00"), donated_on=date(2022, 9, 20), received_on=date(2022, 9, 20))
    closed_september()
    before = build("monthly", SEPTEMBER)

    from donations.services.reviewing import review_donation

    review_donation(late, by=UserFactory())
    reviewed_gift(amount=Decimal("7.00"), donated_on=date(2022, 10, 3))
    september, october = build("monthly", SEPTEMBER), build("monthly", OCTOBER)

    assert september.digest == before.digest
    (before_facts,), (facts,) = september.facts.sections, october.facts.sections
    assert before_facts.gift_income.this_month == Decimal("100.00")
    assert before_facts.not_reviewed.amount == Decimal("40.00")
    assert facts.gift_income.this_month == Decimal("47.00")
    assert facts.composition.received_earlier.amount == Decimal("40.00")
    assert facts.composition.received_earlier.gifts == 1
    assert facts.gift_income.last_month == Decimal("100.00")
    assert facts.gift_income.year_to_date == Decimal("147.00")


def test_only_what_can_be_issued_waits_for_the_leader():
    of_open = services.check_report(services.make_report("monthly", AUGUST, by=UserFactory()), by=UserFactory())
    closed_september()
    final = services.check_report(services.make_report("monthly", SEPTEMBER, by=UserFactory()), by=UserFactory())

    assert list(Report.objects.awaiting_issue_by(UserFactory())) == [final]
    with pytest.raises(MonthNotClosed):
        services.issue_report(of_open, by=UserFactory())


def test_three_people_make_check_and_issue():
    closed_september()
    maker, checker, leader = UserFactory(), UserFactory(), UserFactory()
    report = services.make_report("monthly", SEPTEMBER, by=maker)

    with pytest.raises(NotThreePeople):
        services.check_report(report, by=maker)
    report = services.check_report(report, by=checker)
    for person in (maker, checker):
        with pytest.raises(NotThreePeople):
            services.issue_report(report, by=person)
    report = services.issue_report(report, by=leader)

    assert report.state == "issued"
    assert [entry.act for entry in Entry.objects.of(report)] == ["report.made", "report.checked", "report.issued"]


def test_steps_out_of_order_are_refused():
    closed_september()
    report = services.make_report("monthly", SEPTEMBER, by=UserFactory())

    with pytest.raises(NotAwaitingIssue):
        services.issue_report(report, by=UserFactory())
    services.check_report(report, by=UserFactory())
    with pytest.raises(NotAwaitingCheck):
        services.check_report(report, by=UserFactory())


def test_report_of_an_open_month_is_not_issued():
    report = services.make_report("monthly", SEPTEMBER, by=UserFactory())
    services.check_report(report, by=UserFactory())

    with pytest.raises(MonthNotClosed):
        services.issue_report(report, by=UserFactory())


def test_next_version_needs_a_reason():
    services.make_report("monthly", SEPTEMBER, by=UserFactory())

    with pytest.raises(ReportRefused, match="请写明原因"):
        services.make_report("monthly", SEPTEMBER, by=UserFactory())


def test_version_that_was_not_issued_is_replaced_at_once():
    first = services.make_report("monthly", SEPTEMBER, by=UserFactory())
    reviewed_gift(amount=Decimal("30.00"))

    second = services.make_report("monthly", SEPTEMBER, by=UserFactory(), reason="补入一笔")

    first.refresh_from_db()
    assert (first.state, first.superseded_by) == ("superseded", second)
    assert second.version == 2
    text = text_of(second).replace("\n", "")
    assert f"本报告替代{first.report_no}。原因：补入一笔" in text
    assert "捐赠收入：上一版0.00，本版30.00。" in text


def test_issued_version_stays_current_until_the_next_is_issued():
    closed_september()
    first = issued_report()
    second = services.make_report("monthly", SEPTEMBER, by=UserFactory(), reason="更正单位名称")
    first.refresh_from_db()
    assert first.state == "issued"

    services.check_report(second, by=UserFactory())
    services.issue_report(second, by=UserFactory())

    first.refresh_from_db()
    assert (first.state, first.superseded_by) == ("superseded", second)


@pytest.mark.parametrize(("kind", "month"), [("yearly", SEPTEMBER), ("monthly", date(2022, 7, 1))])
def test_impossible_report_is_refused(kind, month):
    with pytest.raises(ReportRefused):
        services.make_report(kind, month, by=UserFactory())


def test_month_that_has_not_begun_is_refused():
    with pytest.raises(ReportRefused, match="尚未开始"):
        services.make_report("monthly", date(timezone.localdate().year + 1, 1, 1), by=UserFactory())


def test_months_without_issued_report_are_named_on_the_paper():
    closed_september()
    report = services.make_report("monthly", SEPTEMBER, by=UserFactory())

    assert "8月尚未签发月报" in text_of(report)


def test_issued_months_are_summed_without_a_remark():
    closed_september()
    issued_report(AUGUST)

    assert "尚未签发月报" not in text_of(services.make_report("monthly", SEPTEMBER, by=UserFactory()))


def test_asking_twice_with_one_form_gives_one_job():
    person, key = UserFactory(), uuid4()
    job = services.ask_for_report("monthly", SEPTEMBER, by=person, form_key=key)

    with transaction.atomic(), pytest.raises(AlreadySubmitted) as again:
        services.ask_for_report("monthly", SEPTEMBER, by=person, form_key=key)

    assert again.value.result_id == job.pk
    assert Job.objects.filter(kind=services.MAKE).count() == 1


def test_job_makes_the_report_once():
    person = UserFactory()
    job = services.ask_for_report("monthly", SEPTEMBER, by=person, form_key=uuid4())

    run_job(job.pk)
    run_job(job.pk)

    report = Report.objects.get()
    job.refresh_from_db()
    assert (job.state, job.result_url, job.output) == ("done", report.get_absolute_url(), report.pdf)
    assert (report.job, report.made_by) == (job, person)


def test_job_that_is_refused_says_why():
    job = services.ask_for_report("monthly", SEPTEMBER, by=UserFactory(), form_key=uuid4())
    services.make_report("monthly", SEPTEMBER, by=UserFactory())

    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == "failed"
    assert "请写明原因" in job.error


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("report_three_people", {"state": "checked", "checked_by": "made_by", "checked_at": timezone.now}),
        ("report_state_matches_people", {"state": "issued"}),
        ("report_checked_has_time", {"state": "checked", "checked_by": "another"}),
        ("report_replacement_has_reason", {"version": 0}),
        ("report_replacement_has_reason", {"version": 2}),
        ("report_period_first_of_month", {"period_on": date(2022, 9, 2)}),
        (
            "report_issued_is_final",
            {
                "state": "issued",
                "checked_by": "another",
                "checked_at": timezone.now,
                "issued_by": "third",
                "issued_at": timezone.now,
            },
        ),
    ],
)
def test_database_refuses_a_report_that_cannot_be(name, changes):
    made = services.make_report("monthly", SEPTEMBER, by=UserFactory())
    people = {"made_by": made.made_by, "another": UserFactory(), "third": UserFactory()}
    values = {
        "report_no": "测试",
        "kind": "other",
        "period_on": SEPTEMBER,
        "version": 1,
        "facts": {},
        "facts_digest": "0" * 64,
        "is_final": False,
        "check_code": "AAAAAA",
        "pdf": made.pdf,
        "pdf_sha256": made.pdf_sha256,
        "made_by": made.made_by,
        "made_at": timezone.now(),
    }
    values |= {
        field: people[value] if isinstance(value, str) and value in people else value() if callable(value) else value
        for field, value in changes.items()
    }

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Report.objects.create(**values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_report SET facts = '{}'",
        "UPDATE reports_report SET facts_digest = ''",
        "UPDATE reports_report SET pdf_sha256 = ''",
        "UPDATE reports_report SET state = 'issued'",
        "UPDATE reports_report SET state = 'checked', check_code = 'ZZZZZZ'",
        "DELETE FROM reports_report",
    ],
)
def test_database_freezes_what_was_made(statement):
    from django.db import connection

    services.make_report("monthly", SEPTEMBER, by=UserFactory())

    with pytest.raises(IntegrityError, match="binding record"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_two_issued_reports_of_a_month_are_refused():
    closed_september()
    first = issued_report()
    second = services.make_report("monthly", SEPTEMBER, by=UserFactory(), reason="更正")
    services.check_report(second, by=UserFactory())

    with pytest.raises(IntegrityError, match="report_one_issued"), transaction.atomic():
        Report.objects.filter(pk=second.pk).update(state="issued", issued_by=UserFactory(), issued_at=timezone.now())
    assert Report.objects.issued().get() == first
