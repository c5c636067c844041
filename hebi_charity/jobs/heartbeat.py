"""A worker's sign of life, given on a connection of its own while the work goes on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models.functions import Now

from hebi_charity.jobs.models import Job

logger = logging.getLogger(__name__)


@contextmanager
def heartbeat(job: Job) -> Iterator[None]:
    """Keep the claim of a job alive until the block ends."""
    stop = threading.Event()
    thread = threading.Thread(target=_beat, args=(job, stop), name=f"heartbeat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(job: Job, stop: threading.Event) -> None:
    try:
        while not stop.wait(settings.JOBS_HEARTBEAT_SECONDS):
            try:
                if not touch(job):
                    return
            except (DatabaseError, InterfaceError) as error:
                # The server is away: the next beat tries on a new connection, and the claim may go stale meanwhile.
                logger.warning("Job %s: no heartbeat: %s", job.pk, error)
                connection.close()
    finally:
        connection.close()


@transaction.atomic
def touch(job: Job) -> bool:
    """Give one sign of life. Gives False when the job is not ours any more."""
    owned = Job.objects.owned(job.pk, owner=job.owner)
    # Our own chunk holds the row's lock while it works, which is as good a sign: do not wait for it.
    if owned.select_for_update(skip_locked=True, no_key=True).first() is None:
        return owned.exists()
    owned.update(heartbeat_at=Now())
    return True
