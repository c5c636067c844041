"""Asking for work, taking it back, trying again, and the sweep."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import Schedule, schedules
from hebi_charity.jobs import services
from hebi_charity.jobs.exceptions import JobNotFailed, JobNotWaiting, UnknownJobKind
from hebi_charity.jobs.models import Job, ScheduledWork
from hebi_charity.jobs.sending import broker
from tests.audit.factories import make_person
from tests.jobs.factories import make_job

pytestmark = pytest.mark.django_db

ASKED = {"title": "Monthly report of September"}


def long_ago(seconds):
    return Now() - timedelta(seconds=seconds)


@pytest.fixture
def sent(monkeypatch):
    """The numbers that would go to the broker; the broker itself is proved in tests/live."""
    numbers = []
    monkeypatch.setattr(broker, "send", lambda job_id: numbers.append(job_id) or True)
    return numbers


def test_ask_writes_the_row_and_sends_after_commit(handler, sent, django_capture_on_commit_callbacks):
    handler(lambda run: None)
    clerk = make_person("clerk")

    with django_capture_on_commit_callbacks(execute=True):
        job = services.ask("tests.work", by=clerk, params={"month": "2022-09"}, about=clerk, **ASKED)
        assert sent == []

    job.refresh_from_db()
    assert sent == [job.pk]
    assert (job.state, job.asked_by, job.params, job.attempt) == ("waiting", clerk, {"month": "2022-09"}, 0)
    assert (job.about_type, job.about_id) == ("accounts.user", clerk.pk)
    assert job.sent_at is not None
    assert list(Job.objects.about(clerk)) == [job]


def test_ask_of_a_rolled_back_transaction_sends_nothing(handler, sent, django_capture_on_commit_callbacks):
    handler(lambda run: None)

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError), transaction.atomic():
        services.ask("tests.work", by=None, **ASKED)
        raise ZeroDivisionError

    assert sent == []
    assert not Job.objects.exists()


def test_ask_for_an_unknown_kind_is_refused():
    with pytest.raises(UnknownJobKind):
        services.ask("tests.unknown", by=None, **ASKED)


def test_send_leaves_the_row_unsent_when_the_broker_does_not_take_it(monkeypatch):
    monkeypatch.setattr(broker, "send", lambda job_id: False)
    job = make_job()

    assert services.send(job.pk) is False

    job.refresh_from_db()
    assert job.sent_at is None


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_retry_goes_on_from_the_checkpoint(state, sent, django_capture_on_commit_callbacks):
    clerk = make_person("clerk")
    job = make_job(state=state, attempt=3, checkpoint={"row": 500}, progress_done=500, started_at=Now())

    with django_capture_on_commit_callbacks(execute=True):
        services.retry(job, by=clerk)

    job.refresh_from_db()
    assert (job.state, job.attempt, job.error, job.finished_at) == ("waiting", 0, "", None)
    assert job.checkpoint == {"row": 500}
    assert sent == [job.pk]
    assert Entry.objects.of(job).get().act == "job.retried"


@pytest.mark.parametrize("state", ["waiting", "running", "done"])
def test_retry_is_refused_unless_failed(state):
    with pytest.raises(JobNotFailed):
        services.retry(make_job(state=state), by=make_person("clerk"))


def test_cancel_takes_back_what_nobody_began():
    clerk = make_person("clerk")
    job = make_job()

    services.cancel(job, by=clerk)

    job.refresh_from_db()
    assert job.state == "cancelled"
    assert job.finished_at is not None
    assert Entry.objects.of(job).get().act == "job.cancelled"


@pytest.mark.parametrize(
    "fields",
    [{"state": "running"}, {"state": "done"}, {"state": "waiting", "started_at": datetime(2026, 1, 1, tzinfo=UTC)}],
)
def test_cancel_is_refused_once_begun(fields):
    with pytest.raises(JobNotWaiting):
        services.cancel(make_job(**fields), by=make_person("clerk"))


def test_sweep_revives_a_stale_job_and_sends_it(sent):
    job = make_job(state="running", heartbeat_at=long_ago(61))

    swept = services.sweep()

    job.refresh_from_db()
    assert swept == services.Swept(revived=1, failed=0, sent=1)
    assert (job.state, job.owner, job.attempt) == ("waiting", None, 1)
    assert sent == [job.pk]


def test_sweep_leaves_a_living_job(sent):
    job = make_job(state="running", heartbeat_at=long_ago(55))

    assert services.sweep() == services.Swept(revived=0, failed=0, sent=0)

    job.refresh_from_db()
    assert job.state == "running"


def test_sweep_fails_a_job_after_three_attempts(handler, sent):
    put_right = []
    handler(lambda run: None, failed=put_right.append)
    job = make_job(state="running", heartbeat_at=long_ago(61), attempt=3)

    assert services.sweep() == services.Swept(revived=0, failed=1, sent=0)

    job.refresh_from_db()
    assert (job.state, job.owner) == ("failed", None)
    assert job.finished_at is not None
    assert job.error.startswith("后台程序在处理途中已停止 3 次")
    assert [one.pk for one in put_right] == [job.pk]


@pytest.mark.parametrize(
    ("sent_seconds_ago", "is_sent"),
    [(None, True), (61, True), (55, False)],
)
def test_sweep_sends_what_was_never_picked_up(sent, sent_seconds_ago, is_sent):
    job = make_job(sent_at=None if sent_seconds_ago is None else long_ago(sent_seconds_ago))

    services.sweep()

    assert sent == ([job.pk] if is_sent else [])


def test_sweep_stops_sending_at_a_dead_broker(monkeypatch):
    tried = []
    monkeypatch.setattr(broker, "send", lambda job_id: bool(tried.append(job_id)))
    first = make_job()
    make_job()

    assert services.sweep().sent == 0

    assert tried == [first.pk]


@pytest.mark.parametrize(
    ("fields", "is_overlooked"),
    [
        ({"sent_at": None}, True),
        ({"sent_at": Now(), "asked_at": long_ago(55)}, False),
        ({"sent_at": Now(), "asked_at": long_ago(61)}, True),
        ({"sent_at": None, "state": "running"}, False),
        ({"sent_at": None, "state": "done"}, False),
    ],
)
def test_overlooked_is_what_the_broker_passes_to_nobody(fields, is_overlooked):
    job = make_job(**fields)

    assert list(Job.objects.overlooked()) == ([job] if is_overlooked else [])


def test_a_queue_behind_working_hands_is_not_overlooked():
    make_job(sent_at=Now(), asked_at=long_ago(3600))
    unsent = make_job(asked_at=long_ago(3600))
    make_job(state="running")

    assert list(Job.objects.overlooked()) == [unsent]


def test_scheduled_work_of_a_period_is_asked_for_once(handler):
    handler(lambda run: None)

    first = services.ask_scheduled("tests.work", period="2026-11-24", title="nightly")
    second = services.ask_scheduled("tests.work", period="2026-11-24", title="nightly")
    other = services.ask_scheduled("tests.work", period="2026-11-25", title="nightly")

    assert second is None
    assert list(ScheduledWork.objects.order_by("pk").values_list("period", "job")) == [
        ("2026-11-24", first.pk),
        ("2026-11-25", other.pk),
    ]
    assert Job.objects.count() == 2


def test_ask_due_asks_for_what_has_come_round(handler):
    handler(lambda run: None)
    schedules.register("tests.work", Schedule("nightly", lambda now: now.date().isoformat() if now.hour < 5 else None))
    try:
        asked = [services.ask_due(datetime(2026, 3, 1, hour, tzinfo=UTC)) for hour in (12, 2, 3)]
    finally:
        schedules._items.pop("tests.work")

    assert [[job.kind for job in jobs if job.kind == "tests.work"] for jobs in asked] == [[], ["tests.work"], []]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "lost"}, "job_finished_has_time"),
        ({"state": "running"}, "job_running_has_owner"),
        ({"state": "done"}, "job_finished_has_time"),
        ({"state": "failed", "finished_at": Now()}, "job_failed_has_reason"),
        ({"progress_done": 2, "progress_total": 1}, "job_progress_within_total"),
        ({"about_id": 1}, "job_about_has_type"),
    ],
)
def test_constraint_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Job.objects.create(**{"kind": "tests.work", "title": "work"} | fields)


def test_visible_to_shows_ones_own_work_and_all_to_who_looks_after_it():
    clerk, keeper = make_person("clerk"), make_person("keeper", "jobs.view_all_jobs")
    own, foreign, system = make_job(asked_by=clerk), make_job(asked_by=keeper), make_job()

    assert list(Job.objects.visible_to(clerk)) == [own]
    assert list(Job.objects.visible_to(keeper)) == [system, foreign, own]
