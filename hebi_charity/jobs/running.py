"""What a worker does with a job: claim, heartbeat, chunks, hand-over. Every write names its owner."""

from __future__ import annotations

import copy
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from hebi_charity.core.registry import job_handlers
from hebi_charity.jobs import services
from hebi_charity.jobs.exceptions import JobFailed, LostClaim, StepStoodStill
from hebi_charity.jobs.heartbeat import heartbeat
from hebi_charity.jobs.models import Job

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from hebi_charity.files.models import Attachment

logger = logging.getLogger(__name__)

CHUNK_SECONDS = 600
WAIT_SECONDS = 1.0


class Run:
    """One worker's hold on one job, as a handler's step sees it.

    A step does a bounded piece of work in `with run.chunk():` and returns; it is called again until it calls
    `run.done(…)`. What it must remember goes into `run.checkpoint`, which is saved with the chunk.
    """

    def __init__(self, job: Job) -> None:
        if job.owner is None:
            raise LostClaim
        self.job = job
        self.owner: UUID = job.owner
        self.params: dict = job.params
        self.checkpoint: dict = job.checkpoint
        self.is_over = False
        self.has_moved = False
        self._attempt = job.attempt
        self._in_chunk = False
        self._changes: dict[str, object] = {}

    @property
    def asked_by(self) -> User | None:
        return self.job.asked_by

    @contextmanager
    def chunk(self, *, seconds: int = CHUNK_SECONDS) -> Iterator[None]:
        """One transaction that holds the job row; checkpoint and progress are committed with the work, or nothing is.

        Raises LostClaim, before the work begins, when another worker has the job. `seconds` bounds one statement.
        """
        if self._in_chunk:
            raise RuntimeError("a chunk cannot hold another chunk")
        before = copy.deepcopy(self.checkpoint)
        self._changes = {}
        self._in_chunk = True
        try:
            with transaction.atomic():
                self._hold(seconds)
                yield
                self._save(checkpoint=self.checkpoint, attempt=1, **self._changes)
        except BaseException:
            self.checkpoint.clear()
            self.checkpoint.update(before)
            self.is_over = False
            raise
        finally:
            self._in_chunk = False
        self._attempt = 1
        self.has_moved = True

    def progress(self, done: int, total: int | None = None, text: str = "") -> None:
        """Say how far the work is: inside a chunk it is committed with it, outside at once. Raises LostClaim."""
        self._write(
            progress_done=done if total is None else min(done, total), progress_total=total, progress_text=text[:150]
        )

    def done(self, url: str = "", attachment: Attachment | None = None, note: str = "") -> None:
        """End the job: where its result is, the file it made, and what to say about it. Raises LostClaim."""
        self._write(
            state=Job.State.DONE,
            owner=None,
            finished_at=Now(),
            result_url=url,
            output=attachment,
            note=note[:300],
            error="",
        )
        self.is_over = True

    def _hold(self, seconds: int) -> None:
        with connection.cursor() as cursor:
            # For this transaction alone: the web's short limits hold for the role, a merge takes longer.
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, true), set_config('lock_timeout', '60s', true)",
                [f"{seconds}s"],
            )
        held = Job.objects.owned(self.job.pk, owner=self.owner).filter(attempt=self._attempt)
        if held.select_for_update(no_key=True).first() is None:
            raise LostClaim

    def _write(self, **changes: object) -> None:
        if self._in_chunk:
            self._changes |= changes
        else:
            self._save(**changes)
            self.has_moved = True

    def _save(self, **changes: object) -> None:
        saved = Job.objects.owned(self.job.pk, owner=self.owner).update(heartbeat_at=Now(), **changes)
        if not saved:
            raise LostClaim


def run_job(job_id: int) -> None:
    """Run one job for about a minute. A second delivery of its number finds nothing to claim."""
    job = Job.objects.claim(job_id, owner=uuid4())
    if job is None:
        logger.info("Job %s is not waiting; nothing to do.", job_id)
        return
    with heartbeat(job):
        run = Run(job)
        try:
            _work(run)
        except LostClaim:
            logger.warning("Job %s: the claim was lost; stopped.", job_id)
        except JobFailed as failure:
            _give_up(run, str(failure))
        except Exception:
            logger.exception("Job %s: attempt %s failed unexpectedly.", job_id, run._attempt)
            _put_back(run)


def work_off(job: Job) -> Job:
    """Do a job in this process, or wait for the worker that has it. Gives the row when it is finished.

    For commands, which must end also where no worker runs: the sweep is made from here too.
    """
    while True:
        run_job(job.pk)
        job.refresh_from_db()
        if job.is_finished:
            return job
        if job.state == Job.State.RUNNING:
            time.sleep(WAIT_SECONDS)
            services.sweep()


def _work(run: Run) -> None:
    step = job_handlers.get(run.job.kind)
    if step is None:
        raise JobFailed(_("This version of the program no longer knows this kind of work."))
    hand_over_at = time.monotonic() + settings.JOBS_SLICE_SECONDS
    while not run.is_over:
        run.has_moved = False
        step(run)
        if not run.has_moved and not run.is_over:
            raise StepStoodStill(run.job.kind)
        if not run.is_over and time.monotonic() >= hand_over_at:
            _hand_over(run)
            return


@transaction.atomic
def _hand_over(run: Run) -> None:
    """Let the next task go on: a message is never in the works long enough to be delivered twice."""
    run._save(state=Job.State.WAITING, owner=None, attempt=0, sent_at=None)
    transaction.on_commit(partial(services.send, run.job.pk), robust=True)


@transaction.atomic
def _give_up(run: Run, sentence: str) -> None:
    job = _still_ours(run)
    if job is not None:
        services.fail(job, sentence)


@transaction.atomic
def _put_back(run: Run) -> None:
    """After an unexpected error: the sweep sends the job again, until its attempts are used up."""
    job = _still_ours(run)
    if job is None:
        return
    if job.attempt >= settings.JOBS_ATTEMPTS:
        services.fail(job, failed_unexpectedly(job))
    else:
        Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, owner=None, sent_at=None)


def _still_ours(run: Run) -> Job | None:
    return Job.objects.owned(run.job.pk, owner=run.owner).select_for_update(no_key=True).first()


def failed_unexpectedly(job: Job) -> str:
    return _(
        "An unexpected error came up in this work, %(times)d times. Press “Process again”; if it fails again, tell"
        " the administrator number %(number)d."
    ) % {"times": job.attempt, "number": job.pk}
