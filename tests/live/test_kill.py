"""`kill -9` on worker, web, PostgreSQL and Valkey at random points of making a report: done once, totals right.

Two points each in every run; `bin/test --kill tests/live/test_kill.py -v` goes through ten. A point is a share of the
time that the work takes when nobody is harmed; its number in the test's name repeats it with `--kill-seed`.
"""

import random
import time
from contextlib import suppress
from threading import Thread
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from hebi_charity.audit.books import differences
from hebi_charity.files.models import Attachment, Use
from hebi_charity.jobs.models import Job
from hebi_charity.office.models import NumberSeries
from hebi_charity.reports import services
from hebi_charity.reports.models import Report
from tests.live.conftest import wait_until
from tests.live.house import SEPTEMBER, when_it_answers

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("house")]

VICTIMS = ["worker", "web", "PostgreSQL", "Valkey"]


def pytest_generate_tests(metafunc):
    if "share" in metafunc.fixturenames:
        number, seed = (10 if metafunc.config.getoption("kill") else 2), metafunc.config.getoption("kill_seed")
        points = [
            (victim, round(random.Random(f"{seed} {victim} {place}").random(), 3))
            for place in range(number)  # in turn: one that dies again and again is brought back ever later
            for victim in VICTIMS
        ]
        metafunc.parametrize(("victim", "share"), points)


@pytest.fixture
def seconds_unharmed(house):
    """How long a report takes from asking to done when nothing happens; the second one, when all is warm."""
    if not house.seconds_unharmed:
        for _ in range(2):
            began = time.monotonic()
            wait_until(is_done(ask(house)))
        house.seconds_unharmed = time.monotonic() - began
    return house.seconds_unharmed


def ask(house):
    return services.ask_for_report("monthly", SEPTEMBER, by=house.maker, form_key=uuid4(), reason="再做一次")


def is_done(job):
    return when_it_answers(lambda: Job.objects.get(pk=job.pk).state == "done")


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


def test_report_is_made_once_whoever_is_killed(house, seconds_unharmed, victim, share):
    job = press(house, victim, share * seconds_unharmed) if victim == "web" else ask(house)
    if victim != "web":
        time.sleep(share * seconds_unharmed)
        house.kill(victim)

    wait_until(is_done(job))

    made_once(house, job)
    assert differences() == []
    wait_until(lambda: house.pid_of(victim))


def press(house, victim, seconds):
    """Ask on the page; the web server is killed on the way, and the person presses again until it answers."""
    client = Client()
    client.force_login(house.maker, backend="hebi_charity.accounts.backends.RoleBackend")
    client.get("/reports/new/", headers={"host": "localhost"})
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    form = {"kind": "monthly", "period_on": SEPTEMBER, "reason": "再做一次", "form_key": uuid4()}
    before = Job.objects.count()

    def answer():
        with suppress(OSError):
            return house.send("POST", "/reports/new/", cookies, **form)

    first = Thread(target=answer)
    first.start()
    time.sleep(seconds)
    house.kill(victim)
    first.join()
    status, address = wait_until(answer)
    assert (status, Job.objects.count()) == (302, before + 1)
    return Job.objects.get(pk=address.strip("/").split("/")[-1])
