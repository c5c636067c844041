"""Asking for background work, and putting it right when a worker died."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from hebi_charity.audit import services as audit
from hebi_charity.core.registry import job_failures, job_handlers, schedules
from hebi_charity.jobs.exceptions import JobNotFailed, JobNotWaiting, UnknownJobKind
from hebi_charity.jobs.models import Job, ScheduledWork
from hebi_charity.jobs.sending import broker

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

RETRIED = "job.retried"
CANCELLED = "job.cancelled"
SWEPT_AT_ONCE = 100


def ask(
    kind: str,
    *,
    by: User | None,
    title: str,
    params: Mapping[str, object] | None = None,
    about: models.Model | None = None,
) -> Job:
    """Write the job row now and send its number after commit. A dead broker delays it, and never fails the page.

    Raises UnknownJobKind when no app registered a handler for `kind`.
    """
    if job_handlers.get(kind) is None:
        raise UnknownJobKind(kind)
    job = Job.objects.create(
        kind=kind,
        title=title[:150],
        params=params or {},
        asked_by=by,
        about_type=about._meta.label_lower if about is not None else "",
        about_id=about.pk if about is not None else None,
    )
    transaction.on_commit(partial(send, job.pk), robust=True)
    return job


def send(job_id: int) -> bool:
    """Tell the broker that a job waits, and note it in the row. Gives whether the broker took it."""
    taken = broker.send(job_id)
    if taken:
        Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(sent_at=Now())
    return taken


@transaction.atomic
def retry(job: Job, *, by: User) -> Job:
    """Let a failed or cancelled job go on from its last checkpoint. Raises JobNotFailed."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job.pk)
    if job.state not in {Job.State.FAILED, Job.State.CANCELLED}:
        raise JobNotFailed
    job.state = Job.State.WAITING
    job.attempt = 0
    job.error = ""
    job.started_at = job.finished_at = job.sent_at = None
    job.save(update_fields=["state", "attempt", "error", "started_at", "finished_at", "sent_at"])
    audit.record(by, RETRIED, job)
    transaction.on_commit(partial(send, job.pk), robust=True)
    return job


@transaction.atomic
def cancel(job: Job, *, by: User) -> Job:
    """Take back work that no worker has begun. Raises JobNotWaiting."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job.pk)
    if job.state != Job.State.WAITING or job.started_at is not None:
        raise JobNotWaiting
    Job.objects.filter(pk=job.pk).update(state=Job.State.CANCELLED, finished_at=Now())
    job.refresh_from_db()
    audit.record(by, CANCELLED, job)
    return job


def fail(job: Job, sentence: str) -> None:
    """Mark a job as failed and let its kind put its own record right, in the caller's transaction.

    The caller holds the row's lock.
    """
    job.state = Job.State.FAILED
    job.owner = None
    job.error = sentence[:500]
    Job.objects.filter(pk=job.pk).update(state=job.state, owner=None, error=job.error, finished_at=Now())
    put_right = job_failures.get(job.kind)
    if put_right is not None:
        put_right(job)


@dataclass(frozen=True)
class Swept:
    """What one sweep did, in jobs."""

    revived: int
    failed: int
    sent: int


def sweep() -> Swept:
    """Give jobs of dead workers to others, fail them after three attempts, and send what no worker picked up.

    May run anywhere at any time, also twice at once: a row that somebody holds is passed over.
    """
    revived, failed = _revive_stale()
    sent = 0
    for job_id in Job.objects.never_picked_up().order_by("pk").values_list("pk", flat=True)[:SWEPT_AT_ONCE]:
        if not send(job_id):
            break
        sent += 1
    return Swept(revived=revived, failed=failed, sent=sent)


@transaction.atomic
def _revive_stale() -> tuple[int, int]:
    revived = failed = 0
    # A locked row is passed over: its worker is alive in the middle of a chunk.
    for job in Job.objects.stale().order_by("pk").select_for_update(skip_locked=True, no_key=True)[:SWEPT_AT_ONCE]:
        if job.attempt >= settings.JOBS_ATTEMPTS:
            fail(job, stopped_too_often(job))
            failed += 1
        else:
            Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, owner=None, sent_at=None)
            revived += 1
    return revived, failed


def stopped_too_often(job: Job) -> str:
    return _(
        "The worker stopped %(times)d times in the middle of this work, perhaps for want of memory or because the"
        " server was restarted. Press “Process again”; if it stops again, tell the administrator number %(number)d."
    ) % {"times": job.attempt, "number": job.pk}


def ask_scheduled(kind: str, *, period: str, title: str, params: Mapping[str, object] | None = None) -> Job | None:
    """Ask for the work of one period; None when that was done before, also at this very moment elsewhere."""
    if ScheduledWork.objects.filter(kind=kind, period=period).exists():
        return None
    try:
        with transaction.atomic():
            job = ask(kind, by=None, title=title, params=params)
            ScheduledWork.objects.create(kind=kind, period=period, job=job)
    except IntegrityError:
        return None
    return job


def ask_due(now: datetime) -> list[Job]:
    """Ask for everything that has come round. May be called as often as one likes."""
    asked = []
    for kind, schedule in schedules.items():
        period = schedule.period(now)
        job = ask_scheduled(kind, period=period, title=str(schedule.title)) if period else None
        if job is not None:
            asked.append(job)
    return asked
