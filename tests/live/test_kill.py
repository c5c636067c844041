"""`kill -9` on worker, web, PostgreSQL and Valkey at random points of making a report: done once, totals right."""

from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader

from hebi_charity.audit.books import differences
from hebi_charity.files.models import Attachment, Use
from hebi_charity.jobs.models import Job
from hebi_charity.office.models import NumberSeries
from hebi_charity.reports import services
from hebi_charity.reports.models import Report
from tests.live.conftest import wait_until
from tests.live.house import SEPTEMBER
from tests.live.kills import choose_points, is_done, kill_after, press_while_killed, seconds_of, wait_until_back

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("house")]


def pytest_generate_tests(metafunc):
    if "share" in metafunc.fixturenames:
        choose_points(metafunc, "report")


@pytest.fixture
def usual_seconds(house):
    if "report" not in house.usual_seconds:
        wait_until(is_done(ask(house)))  # the first one warms the workers
        house.usual_seconds["report"] = seconds_of(lambda: ask(house))
    return house.usual_seconds["report"]


def ask(house):
    return services.ask_for_report("monthly", SEPTEMBER, by=house.accountant, form_key=uuid4(), reason="再做一次")


def ask_on_the_page(house, seconds):
    form = {"kind": "monthly", "period_on": SEPTEMBER, "reason": "再做一次", "form_key": uuid4()}
    before = Job.objects.filter(kind=services.MAKE).count()
    status, address = press_while_killed(house, house.accountant, reverse("reports:create"), form, seconds)
    assert (status, Job.objects.filter(kind=services.MAKE).count()) == (302, before + 1)
    return Job.objects.get(pk=address.strip("/").split("/")[-1])


def made_once(house, job):
    """The job's report, the only one, with the right figures, its number and its file."""
    report = Report.objects.get(job=job)
    assert report.facts["sections"][0]["gift_income"]["this_month"] == "210.00"
    assert Use.objects.filter(owner_type="reports.report", owner_id=report.pk).count() == 1
    assert report.job.output_id == report.pdf_id
    path = house.var / "files" / Attachment.path_of(report.pdf_sha256)
    assert "210.00" in "".join(page.extract_text() for page in PdfReader(path).pages)
    reports = Report.objects.order_by("version")
    assert [each.version for each in reports] == list(range(1, len(reports) + 1))
    assert NumberSeries.objects.get(kind="report").last == len(reports)
    assert Job.objects.unfinished().filter(kind=services.MAKE).count() == 0


def test_report_is_made_once_whoever_is_killed(house, usual_seconds, victim, share):
    dead = None
    if victim == "web":
        job = ask_on_the_page(house, share * usual_seconds)
    else:
        job = ask(house)
        dead = kill_after(house, victim, share * usual_seconds)

    wait_until(is_done(job))
    wait_until_back(house, victim, dead)

    made_once(house, job)
    assert differences() == []
