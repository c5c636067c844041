"""A worker's hold on a job: chunks, checkpoints, fencing, hand-over, failures."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from hebi_charity.audit import services as audit
from hebi_charity.audit.models import Entry
from hebi_charity.jobs import JobFailed, LostClaim, services
from hebi_charity.jobs.heartbeat import touch
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import Run, run_job
from tests.audit.factories import make_person
from tests.jobs.factories import make_job


@pytest.fixture
def sent(monkeypatch):
    numbers = []
    monkeypatch.setattr(services, "send", numbers.append)
    return numbers


def claimed(**fields):
    job = make_job(**fields)
    return Job.objects.claim(job.pk, owner=uuid4())


def take_away(job):
    """What the sweep and another worker do when this worker is taken for dead."""
    Job.objects.filter(pk=job.pk).update(state="waiting", owner=None)
    return Job.objects.claim(job.pk, owner=uuid4())


@pytest.mark.django_db
def test_claim_takes_a_waiting_job_once():
    job = make_job(progress_done=7)
    owner = uuid4()

    first = Job.objects.claim(job.pk, owner=owner)
    second = Job.objects.claim(job.pk, owner=uuid4())

    assert second is None
    assert (first.state, first.owner, first.attempt, first.started_from) == ("running", owner, 1, 7)
    assert first.heartbeat_at is not None
    assert first.started_at is not None


@pytest.mark.race
def test_claim_raced_by_many_workers_is_won_by_one(committed_db):
    job = make_job()
    start = Barrier(8)

    def claim(_):
        try:
            start.wait()
            return Job.objects.claim(job.pk, owner=uuid4())
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        won = [claim for claim in pool.map(claim, range(8)) if claim]

    assert len(won) == 1
    job.refresh_from_db()
    assert (job.owner, job.attempt) == (won[0].owner, 1)


def test_job_runs_steps_until_done(committed_db, handler, sent):
    def step(run):
        with run.chunk():
            run.checkpoint["row"] = run.checkpoint.get("row", 0) + 100
            run.progress(run.checkpoint["row"], 300, "merging")
            if run.checkpoint["row"] == 300:
                run.done(url="/reports/1/", note="300 rows")

    handler(step)
    job = make_job()

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.owner, job.checkpoint) == ("done", None, {"row": 300})
    assert (job.progress_done, job.progress_total, job.progress_text) == (300, 300, "merging")
    assert (job.result_url, job.note) == ("/reports/1/", "300 rows")
    assert job.finished_at >= job.started_at
    assert sent == []


def test_second_delivery_does_nothing(committed_db, handler):
    calls = []

    def step(run):
        calls.append(run.job.pk)
        run.done()

    handler(step)
    job = make_job()

    run_job(job.pk)
    run_job(job.pk)

    assert calls == [job.pk]


def test_chunk_that_breaks_commits_nothing_of_itself(committed_db):
    run = Run(claimed())
    with run.chunk():
        run.checkpoint["row"] = 1
        audit.record(None, "tests.first", None)

    with pytest.raises(ZeroDivisionError), run.chunk():
        run.checkpoint["row"] = 2
        run.progress(2, 2)
        audit.record(None, "tests.second", None)
        run.done()
        raise ZeroDivisionError

    run.job.refresh_from_db()
    assert run.checkpoint == run.job.checkpoint == {"row": 1}
    assert (run.is_over, run.job.state, run.job.progress_done) == (False, "running", 0)
    assert list(Entry.objects.values_list("act", flat=True)) == ["tests.first"]


def test_chunk_that_breaks_starts_again_from_the_checkpoint_before_it(committed_db):
    run = Run(claimed())

    with pytest.raises(ZeroDivisionError), run.chunk():
        run.checkpoint["rows"] = [1]
        raise ZeroDivisionError

    with run.chunk():
        run.checkpoint.setdefault("rows", []).append(2)

    run.job.refresh_from_db()
    assert run.job.checkpoint == {"rows": [2]}


def test_owner_that_lost_its_claim_can_write_nothing(committed_db):
    job = claimed()
    run = Run(job)
    other = take_away(job)

    with pytest.raises(LostClaim), run.chunk():
        audit.record(None, "tests.written", None)
    with pytest.raises(LostClaim):
        run.progress(1, 2)
    with pytest.raises(LostClaim):
        run.done()

    assert not Entry.objects.exists()
    job.refresh_from_db()
    assert (job.state, job.owner, job.attempt, job.progress_done) == ("running", other.owner, 2, 0)


def test_same_owner_with_an_older_attempt_can_write_nothing(committed_db):
    job = claimed()
    run = Run(job)
    Job.objects.filter(pk=job.pk).update(attempt=2)

    with pytest.raises(LostClaim), run.chunk():
        audit.record(None, "tests.written", None)

    assert not Entry.objects.exists()


def test_worker_that_lost_its_claim_leaves_the_job_to_the_other(committed_db, handler):
    others = []

    def step(run):
        others.append(take_away(run.job))
        raise JobFailed("too late")

    handler(step)
    job = make_job()

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.owner, job.error) == ("running", others[0].owner, "")


def test_cancelled_claim_stops_at_the_next_chunk(committed_db, handler):
    def step(run):
        Job.objects.filter(pk=run.job.pk).update(state="waiting", owner=None)
        with run.chunk():
            audit.record(None, "tests.written", None)

    handler(step)
    job = make_job()

    run_job(job.pk)

    assert not Entry.objects.exists()


def test_expected_failure_gives_its_sentence(committed_db, handler):
    put_right = []

    def step(run):
        with run.chunk():
            run.checkpoint["row"] = 1
        with run.chunk():
            audit.record(None, "tests.written", None)
            raise JobFailed("第 17 行的金额不是数字。")

    handler(step, failed=lambda job: put_right.append(audit.record(None, "tests.put_right", job)))
    job = make_job()

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error, job.checkpoint) == ("failed", "第 17 行的金额不是数字。", {"row": 1})
    assert list(Entry.objects.values_list("act", flat=True)) == ["tests.put_right"]


def test_unexpected_error_is_tried_three_times(committed_db, handler):
    calls = []

    def step(run):
        calls.append(run.job.attempt)
        raise ZeroDivisionError

    handler(step)
    job = make_job()

    states = []
    for _ in range(4):
        run_job(job.pk)
        job.refresh_from_db()
        states.append(job.state)

    assert calls == [1, 2, 3]
    assert states == ["waiting", "waiting", "failed", "failed"]
    assert job.error.startswith("处理时出现意外错误，已试 3 次")
    assert "ZeroDivisionError" not in job.error


def test_attempts_count_from_the_last_chunk(committed_db, handler):
    def step(run):
        with run.chunk():
            run.checkpoint["row"] = run.checkpoint.get("row", 0) + 1
            if run.checkpoint["row"] == 6:
                run.done()
        if not run.is_over:
            raise ZeroDivisionError

    handler(step)
    job = make_job()

    for _ in range(6):
        run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.checkpoint) == ("done", {"row": 6})


def test_step_that_stands_still_is_stopped(committed_db, handler):
    handler(lambda run: None)
    job = make_job(attempt=2)

    run_job(job.pk)

    job.refresh_from_db()
    assert job.state == "failed"


def test_kind_that_is_gone_fails_with_a_sentence(committed_db):
    job = make_job()

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "当前版本的程序已不支持这种处理。")


def test_long_work_hands_over_to_the_next_task(committed_db, handler, sent, settings):
    settings.JOBS_SLICE_SECONDS = 0

    def step(run):
        with run.chunk():
            run.checkpoint["row"] = run.checkpoint.get("row", 0) + 1
            if run.checkpoint["row"] == 3:
                run.done()

    handler(step)
    job = make_job()

    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.owner, job.attempt, job.checkpoint, sent) == ("waiting", None, 0, {"row": 1}, [job.pk])

    run_job(job.pk)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.checkpoint, sent) == ("done", {"row": 3}, [job.pk, job.pk])


def test_heartbeat_is_given_while_a_step_works(committed_db, handler, settings):
    settings.JOBS_HEARTBEAT_SECONDS = 0.05
    seen = []

    def step(run):
        for _ in range(2):
            time.sleep(0.3)
            seen.append(Job.objects.get(pk=run.job.pk).heartbeat_at)
        run.done()

    handler(step)
    run_job(make_job().pk)

    assert seen[1] > seen[0]


def test_heartbeat_does_not_wait_for_the_own_chunk(committed_db, handler, settings):
    settings.JOBS_HEARTBEAT_SECONDS = 0.05
    settings.JOBS_STALE_SECONDS = 0.1
    swept = []

    def sweep_elsewhere():
        try:
            return services.sweep()
        finally:
            connection.close()

    def step(run):
        with run.chunk():
            time.sleep(0.5)
            with ThreadPoolExecutor(1) as pool:
                swept.append(pool.submit(sweep_elsewhere).result())
            run.done()

    handler(step)
    job = make_job()

    run_job(job.pk)

    assert swept == [services.Swept(revived=0, failed=0, sent=0)]
    job.refresh_from_db()
    assert job.state == "done"


@pytest.mark.django_db
def test_touch_tells_that_the_claim_is_lost():
    job = claimed()
    assert touch(job)

    take_away(job)

    assert not touch(job)


def test_chunk_may_not_hold_another(committed_db):
    run = Run(claimed())

    with pytest.raises(RuntimeError), run.chunk(), run.chunk():
        pass


@pytest.mark.django_db
def test_run_knows_who_asked():
    clerk = make_person("clerk")

    assert Run(claimed(asked_by=clerk)).asked_by == clerk
    with pytest.raises(LostClaim):
        Run(make_job())
