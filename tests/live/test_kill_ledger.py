"""`kill -9` on worker, web, PostgreSQL and Valkey at random points of binding the yearly ledger: made once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader

from hebi_charity.audit.books import differences
from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import PaperSubject
from hebi_charity.files.models import Attachment, Use
from hebi_charity.jobs.models import Job
from hebi_charity.reports.models import Paper
from hebi_charity.reports.papers import services
from partybranch.models import LifePicture
from partybranch.services import pictures
from tests.accounts.factories import make_person
from tests.live.conftest import wait_until
from tests.live.kills import choose_points, is_done, kill_after, press_while_killed, seconds_of, wait_until_back
from tests.partybranch.factories import a_branch
from tests.partybranch.papers.making import stored_picture
from tests.partybranch.record.factories import ready_event

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("house")]

KIND, YEAR, EVENTS = "partybranch.ledger", "2022", 24


def pytest_generate_tests(metafunc):
    if "share" in metafunc.fixturenames:
        choose_points(metafunc, "ledger")


@pytest.fixture
def branch(house):
    """A branch with a year of meetings, each with a photograph of its own; made once for all kills."""
    if house.branch is None:
        house.secretary, house.branch = make_person("branch_secretary"), a_branch("离退休干部党支部")
        for number in range(EVENTS):
            event = ready_event(topic=f"第{number + 1}次学习", held_on=date(2022, 1, 10) + timedelta(days=14 * number))
            photograph = pictures.Chosen(
                LifePicture.Kind.PHOTOGRAPH, stored_picture(f"#{number * 10:02x}40{250 - number * 10:02x}")
            )
            pictures.add_pictures(event, [photograph], by=house.secretary, form_key=uuid4(), caption="会场")
        house.own_files()
    return house.branch


@pytest.fixture
def usual_seconds(house, branch):
    if "ledger" not in house.usual_seconds:
        wait_until(is_done(ask(house)))  # the first one makes the pictures small
        house.usual_seconds["ledger"] = seconds_of(lambda: ask(house))
    return house.usual_seconds["ledger"]


def ask(house):
    subject = PaperSubject(house.branch, YEAR)
    return services.ask_for_paper(KIND, subject, by=house.secretary, form_key=uuid4(), anew=True)


def ask_on_the_page(house, seconds):
    form = {"subject": house.branch.pk, "key": YEAR, "anew": "on", "form_key": uuid4()}
    before = Job.objects.filter(kind=services.MAKE).count()
    address = reverse("reports:paper_create", args=[KIND])
    status, job = press_while_killed(house, house.secretary, address, form, seconds, page="reports:papers")
    assert (status, Job.objects.filter(kind=services.MAKE).count()) == (302, before + 1)
    return Job.objects.get(pk=job.strip("/").split("/")[-1])


def made_once(house, job):
    """The job's book, the only one of it: every meeting in order, one file, one entry of the log."""
    paper = Paper.objects.get(job=job)
    topics = [record["topic"] for record in paper.facts["records"]]
    assert topics == [f"第{number + 1}次学习" for number in range(EVENTS)]
    assert Use.objects.filter(owner_type="reports.paper", owner_id=paper.pk).count() == 1
    assert Entry.objects.of(paper).filter(act="paper.made").count() == 1
    assert (paper.job.output_id, paper.job.result_url) == (paper.pdf_id, paper.get_absolute_url())
    book = PdfReader(house.var / "files" / Attachment.path_of(paper.pdf_sha256))
    text = "".join(page.extract_text() for page in book.pages)
    assert all(f"{topic}\n" in text for topic in topics)
    assert len({image.name for image in book.pages[0].images}) == EVENTS
    printings = Paper.objects.order_by("version")
    assert [each.version for each in printings] == list(range(1, len(printings) + 1))
    assert Job.objects.unfinished().filter(kind=services.MAKE).count() == 0


def test_ledger_is_made_once_whoever_is_killed(house, usual_seconds, victim, share):
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
