"""The scheduler looks after the job rows with PostgreSQL alone: no message of the broker is needed for anything here.

One thread sweeps and asks for what has come round. Another does with its own hands what the broker does not pass on,
so that a broker that is away, silent or forgetful delays work by a round and never stops it.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone

from hebi_charity.jobs import running, services
from hebi_charity.jobs.models import Job

logger = logging.getLogger(__name__)


class Scheduler:
    """Any number may run at once, on any machine: whatever two of them do, the rows let happen once."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        # One round's worth: while hands are busy, later rounds find the same rows again.
        self._overlooked: queue.Queue[list[int]] = queue.Queue(maxsize=1)

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        """Go on until `stop`; work in hand is ended first."""
        watching = threading.Thread(target=self._watch, name="watching", daemon=True)
        watching.start()
        self._work()
        watching.join()

    def _watch(self) -> None:
        while not self._stop.is_set():
            attempt(self._look_round)
            self._stop.wait(settings.JOBS_SWEEP_SECONDS)
        connections.close_all()

    def _look_round(self) -> None:
        services.sweep()
        services.ask_due(timezone.now())
        # After the sweep: what a healthy broker took is not among these.
        overlooked = Job.objects.overlooked().order_by("pk").values_list("pk", flat=True)
        if found := list(overlooked[: services.SWEPT_AT_ONCE]):
            try:
                self._overlooked.put_nowait(found)
            except queue.Full:
                logger.info("Still busy with what was overlooked before.")

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                found = self._overlooked.get(timeout=0.2)
            except queue.Empty:
                continue
            for job_id in found:
                if self._stop.is_set():
                    break
                logger.warning("Job %s: the broker passed it to nobody; doing it here.", job_id)
                attempt(lambda job_id=job_id: running.run_job(job_id))
        connections.close_all()


def attempt(act: Callable[[], None]) -> None:
    """Do one thing. What goes wrong (the database may be away) is logged, and the next round begins afresh."""
    close_old_connections()
    try:
        act()
    except Exception:
        logger.exception("This round failed; the next one tries again.")
        close_old_connections()
