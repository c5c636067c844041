"""A real worker: work is done once, whoever is killed meanwhile."""

import os
import signal

import pytest

from hebi_charity.audit.models import Entry
from hebi_charity.jobs import services
from hebi_charity.jobs.models import Job
from tests.live.conftest import wait_until
from tests.live.handlers import COUNT, COUNTED, SPILL

pytestmark = pytest.mark.live


def counted():
    return [int(reason) for reason in Entry.objects.filter(act=COUNTED).order_by("pk").values_list("reason", flat=True)]


def ask_to_count(to, *, seconds=0.05):
    return services.ask(COUNT, by=None, title="count", params={"to": to, "seconds": seconds})


def has_counted_to(job, number):
    return lambda: Job.objects.get(pk=job.pk).progress_done >= number


def test_work_asked_for_is_done_by_a_worker(start, state_of):
    start("worker")

    job = ask_to_count(5)

    wait_until(lambda: state_of(job) == "done")
    assert counted() == [0, 1, 2, 3, 4]


def test_log_of_a_worker_holds_the_rule_that_was_broken_and_nobodys_name(start):
    worker = start("worker")
    name = "司马相如甲"

    job = services.ask(SPILL, by=None, title="spill", params={"name": name})

    said = wait_until(lambda: "succeeded in" in worker.log.read_text() and worker.log.read_text())
    assert f"ERROR hebi_charity.jobs.running Job {job.pk}: attempt 1 failed unexpectedly." in said
    assert "23514 donor_identifier_has_type" in said
    assert "INFO celery.worker.strategy Task jobs.run_job[" in said
    assert name not in said
    assert "Failing row" not in said


def test_work_asked_for_before_any_worker_runs_is_done_later(start, state_of):
    job = ask_to_count(2)

    start("worker")

    wait_until(lambda: state_of(job) == "done")
    assert counted() == [0, 1]


def test_killed_worker_is_replaced_and_nothing_is_done_twice(start, state_of):
    start("scheduler")
    worker = start("worker")
    job = ask_to_count(40)
    wait_until(has_counted_to(job, 10))

    worker.kill()
    at_kill = len(counted())
    start("worker")

    wait_until(lambda: state_of(job) == "done")
    assert 10 <= at_kill < 40
    assert counted() == list(range(40))


def test_killed_child_of_a_worker_is_replaced_and_nothing_is_done_twice(start, state_of):
    start("scheduler")
    worker = start("worker", "--pool", "prefork", "-c", "1")
    job = ask_to_count(30)
    wait_until(has_counted_to(job, 5))

    for pid in worker.children():
        os.kill(pid, signal.SIGKILL)

    wait_until(lambda: state_of(job) == "done")
    assert counted() == list(range(30))


def test_worker_told_to_stop_hands_nothing_over_half_done(start, state_of):
    worker = start("worker")
    job = ask_to_count(10)
    wait_until(has_counted_to(job, 2))

    worker.running.send_signal(signal.SIGTERM)
    worker.running.wait(30)

    assert state_of(job) == "done"
    assert counted() == list(range(10))
