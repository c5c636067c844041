"""The broker may be away or silent: pages answer, work waits, and is done when the broker is back."""

import time

import pytest
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.sending import broker
from tests.audit.factories import make_person
from tests.jobs.factories import make_job
from tests.live.conftest import wait_until
from tests.live.handlers import COUNT, COUNTED

pytestmark = pytest.mark.live

NOT_HELD_UP = 15  # seconds: a page that waits for a silent broker takes for ever, a busy machine takes a few


@pytest.fixture
def press_again(client):
    """Press 「重新处理」 on a page; gives the job and how long the page took in seconds."""
    clerk = make_person("clerk")
    client.force_login(clerk, backend="hebi_charity.accounts.backends.RoleBackend")

    def press():
        job = make_job(kind=COUNT, state="failed", params={"to": 3}, asked_by=clerk)
        began = time.monotonic()
        response = client.post(reverse("jobs:retry", args=[job.pk]), follow=True)
        took = time.monotonic() - began
        assert response.status_code == 200
        return job, took

    return press


def is_done(job):
    return lambda: Job.objects.get(pk=job.pk).state == "done"


@pytest.mark.parametrize(("begin", "end"), [("kill", "start"), ("fall_silent", "speak_again")])
def test_page_answers_while_the_broker_is_away_and_the_work_waits(start, valkey, press_again, begin, end):
    sent, _ = press_again()
    getattr(valkey, begin)()

    pressed = [press_again() for _ in range(3)]

    assert max(took for _, took in pressed) < NOT_HELD_UP
    assert [Job.objects.get(pk=job.pk).state for job, _ in pressed] == ["waiting"] * 3
    getattr(valkey, end)()
    start("worker")
    start("scheduler")
    for job in [sent, *(job for job, _ in pressed)]:
        wait_until(is_done(job))
    assert Entry.objects.filter(act=COUNTED).count() == 12


@pytest.mark.parametrize(("begin", "end"), [("kill", "start"), ("fall_silent", "speak_again")])
def test_running_worker_finds_its_broker_again(start, valkey, press_again, begin, end):
    start("worker")
    first, _ = press_again()
    wait_until(is_done(first))
    getattr(valkey, begin)()
    during, _ = press_again()
    getattr(valkey, end)()

    valkey.wait()
    broker.forget()
    after, _ = press_again()

    wait_until(is_done(after))
    start("scheduler")
    wait_until(is_done(during))
    assert Entry.objects.filter(act=COUNTED).count() == 9


@pytest.mark.parametrize("trouble", ["kill", "fall_silent"])
def test_work_is_done_though_the_broker_never_comes_back(start, valkey, press_again, trouble):
    start("scheduler")
    start("worker")
    getattr(valkey, trouble)()

    pressed = [press_again() for _ in range(3)]

    for job, _ in pressed:
        wait_until(is_done(job))
    assert Entry.objects.filter(act=COUNTED).count() == 9


def test_work_whose_message_nobody_hears_is_done_by_the_scheduler(start, press_again):
    job, _ = press_again()
    assert Job.objects.get(pk=job.pk).sent_at is not None

    start("scheduler")

    wait_until(is_done(job))


def test_broker_that_lost_its_messages_gets_them_again(start, valkey, press_again):
    job, _ = press_again()
    assert Job.objects.get(pk=job.pk).sent_at is not None
    valkey.kill()
    valkey.start()
    valkey.wait()

    start("worker")
    start("scheduler")

    wait_until(is_done(job))
