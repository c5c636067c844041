from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import work_sources
from hebi_charity.jobs.models import Job
from hebi_charity.office.models import Period
from hebi_charity.office.services.periods import confirm_period, submit_period
from hebi_charity.reports import services
from hebi_charity.reports.models import Report
from tests.accounts.factories import make_person
from tests.donations.factories import UserFactory, reviewed_gift, set_up_office

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2022, 9, 1)


@pytest.fixture(autouse=True)
def office():
    set_up_office(SEPTEMBER)


@pytest.fixture
def report() -> Report:
    """September, closed, with one gift of 4,321.00 yuan."""
    reviewed_gift(amount=Decimal("4321.00"))
    period = submit_period(Period.objects.get(month=SEPTEMBER), by=UserFactory(), today=date(2026, 11, 24))
    confirm_period(period, by=UserFactory())
    return services.make_report("monthly", SEPTEMBER, by=make_person("accountant"))


@pytest.fixture
def as_role(client):
    def log_in(role: str):
        person = make_person(role)
        client.force_login(person)
        return person

    return log_in


def ask(client, **changes: object):
    data = {"form_key": str(uuid4()), "kind": "monthly", "period_on": "2022-09-01", "reason": ""} | changes
    return client.post(reverse("reports:create"), data)


def test_asking_for_a_month_leads_to_its_progress(client, as_role):
    as_role("leadership")

    response = ask(client)

    job = Job.objects.get(kind=services.MAKE)
    assert response.url == job.get_absolute_url()
    assert job.params == {"kind": "monthly", "period_on": "2022-09-01", "reason": ""}


def test_two_clicks_ask_once(client, as_role):
    as_role("leadership")
    key = str(uuid4())

    first, second = ask(client, form_key=key), ask(client, form_key=key)

    assert first.url == second.url
    assert Job.objects.filter(kind=services.MAKE).count() == 1


def test_month_with_a_report_asks_for_the_reason_and_keeps_what_was_chosen(client, as_role, report):
    as_role("leadership")

    page = ask(client).content.decode()

    assert f"该月已有报告（{report.report_no}）" in page
    assert '<option value="2022-09-01" selected>' in page


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("donation_clerk", "create"),
        ("cashier", "list"),
        ("auditor", "create"),
        ("administrator", "list"),
        ("branch_secretary", "list"),
    ],
)
def test_page_is_refused_to_a_role_without_the_permission(client, as_role, settings, role, name):
    settings.HEBI_MODE = "demo"
    as_role(role)

    assert client.get(reverse(f"reports:{name}")).status_code == 403


def test_three_roles_carry_a_report_through_its_life(client, as_role, report):
    for role, act in (("approver", "mark_checked"), ("leadership", "issue")):
        as_role(role)
        client.post(reverse(f"reports:{act}", args=[report.pk]))

    report.refresh_from_db()
    assert report.state == "issued"


def test_act_out_of_order_is_a_sentence(client, as_role, report):
    as_role("leadership")

    page = client.post(reverse("reports:issue", args=[report.pk]), follow=True).content.decode()

    assert "同事已先办理，报告状态已改变。" in page


def test_makers_own_check_is_a_sentence(client, report):
    client.force_login(report.made_by)

    page = client.post(reverse("reports:mark_checked", args=[report.pk]), follow=True).content.decode()

    assert "编制、审核、签发须由三个不同的人办理" in page


def test_pdf_is_downloaded_by_who_may_see_reports_only(client, as_role, report):
    as_role("auditor")
    response = client.get(report.pdf.get_absolute_url())
    assert b"".join(response.streaming_content).startswith(b"%PDF")

    as_role("cashier")
    assert client.get(report.pdf.get_absolute_url()).status_code == 404


def test_paper_that_was_changed_is_handed_to_nobody(client, as_role, report):
    auditor = as_role("auditor")
    Path(default_storage.path(report.pdf.path)).write_bytes(b"%PDF-1.7 forged")

    response = client.get(report.pdf.get_absolute_url())

    assert response.status_code == 409
    assert "这个文件存入后被改动，不能下载" in response.content.decode()
    entry = Entry.objects.of(report.pdf).get()
    assert (entry.act, entry.actor) == ("file.refused", auditor)


def test_report_whose_paper_was_changed_is_not_checked(client, as_role, report):
    as_role("approver")
    Path(default_storage.path(report.pdf.path)).write_bytes(b"%PDF-1.7 forged")

    page = client.post(reverse("reports:mark_checked", args=[report.pk]), follow=True).content.decode()

    assert "这份报表与编制时不同" in page
    assert Report.objects.get().state == "made"


def test_foreign_report_is_not_found(client, as_role):
    as_role("leadership")

    assert client.get(reverse("reports:detail", args=[1])).status_code == 404


def test_waiting_report_stands_on_the_start_page(report):
    (source,) = [source for key, source in work_sources.items() if key == "reports.waiting"]

    assert [(item.label, item.count) for item in source(make_person("approver"))] == [("待审核的报告", 1)]
    assert [(item.label, item.count) for item in source(make_person("leadership"))] == [("待签发的报告", 0)]


def test_check_page_tells_a_stranger_the_state_and_no_figure(client, report):
    page = client.get(reverse("reports:check", args=[report.check_code])).content.decode()

    assert "本报告已编制，尚未签发" in page
    assert report.report_no in page
    for hidden in ("4,321.00", "4321.00", report.facts_digest, report.made_by.full_name):
        assert hidden not in page


def test_check_page_follows_the_life_of_the_report(client, report):
    address = reverse("reports:check", args=[report.check_code.lower()])
    services.check_report(report, by=make_person("approver"))
    services.issue_report(report, by=make_person("leadership"))
    assert "本报告为现行有效版本" in client.get(address).content.decode()

    second = services.make_report("monthly", SEPTEMBER, by=make_person("accountant"), reason="更正")
    services.check_report(second, by=make_person("approver"))
    services.issue_report(second, by=make_person("leadership"))

    page = client.get(address).content.decode()
    assert "本报告已不是现行版本" in page
    assert second.report_no in page


def test_check_page_of_an_unknown_code_says_so(client):
    assert "没有校验码为ABCDEF的报告" in client.get(reverse("reports:check", args=["abcdef"])).content.decode()


def test_typed_code_leads_to_its_page(client):
    response = client.get(reverse("reports:check"), {"code": " abcdef "})

    assert response.url == reverse("reports:check", args=["ABCDEF"])
    assert client.get(reverse("reports:check")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count_does_not_grow(client, as_role, count, django_assert_num_queries):
    reviewed_gift()
    first = services.make_report("monthly", SEPTEMBER, by=UserFactory())
    for number in range(1, count):
        clone = Report.objects.get(pk=first.pk)
        clone.pk, clone.report_no, clone.check_code = None, f"测试{number}", f"ABCDE{number}"
        clone.period_on, clone.job = date(2022, 9 + number, 1), None
        clone.save()
    as_role("leadership")
    client.get(reverse("reports:list"))

    with django_assert_num_queries(6):
        client.get(reverse("reports:list"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/reports/check/%00/", "/reports/check/?code=%00"])
def test_check_page_takes_odd_codes_from_anybody(client, address):
    assert client.get(address).status_code == 200
