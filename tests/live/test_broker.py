"""The broker may be away or silent: pages answer, work waits, and is done when the broker is back."""

import time

import pytest
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.jobs.models import Job
from tests.audit.factories import make_person
from tests.jobs.factories import make_job
from tests.live.conftest import wait_until
from tests.live.handlers import COUNT, COUNTED

pytestmark = pytest.mark.live


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


def test_page_answers_while_the_broker_is_stopped_and_the_work_is_done_later(start, valkey, press_again):
    start("beat")
    start("worker")
    press_again()
    valkey.kill()

    pressed = [press_again() for _ in range(3)]
    assert [Job.objects.get(pk=job.pk).state for job, _ in pressed] == ["waiting"] * 3
    valkey.start()

    assert max(took for _, took in pressed) < 2
    for job, _ in pressed:
        wait_until(is_done(job), seconds=60)
    assert Entry.objects.filter(act=COUNTED).count() == 12


def test_page_answers_while_the_broker_is_silent_and_the_work_is_done_later(start, valkey, press_again):
    start("beat")
    start("worker")
    first, _ = press_again()
    wait_until(is_done(first))
    valkey.fall_silent()

    pressed = [press_again() for _ in range(3)]
    assert [Job.objects.get(pk=job.pk).state for job, _ in pressed] == ["waiting"] * 3
    valkey.speak_again()

    assert max(took for _, took in pressed) < 2
    for job, _ in pressed:
        wait_until(is_done(job), seconds=60)
    assert Entry.objects.filter(act=COUNTED).count() == 12


def test_broker_that_lost_its_messages_gets_them_again(start, valkey, press_again):
    job, _ = press_again()
    assert Job.objects.get(pk=job.pk).sent_at is not None
    valkey.kill()
    valkey.start()
    valkey.wait()

    start("beat")
    start("worker")

    wait_until(is_done(job))
