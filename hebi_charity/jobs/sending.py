"""Telling the broker that a job waits, without ever making a page wait for the broker."""

from __future__ import annotations

import logging
import threading
import time
from functools import cache

from celery import current_app
from django.conf import settings

logger = logging.getLogger(__name__)

QUIET_SECONDS = 10.0


@cache
def prepare() -> None:
    """Load what sending needs. It takes up to a second and no network, so the web server does it when it starts."""
    with current_app.connection_for_write() as connection:
        _ = connection.transport
    _ = current_app.amqp.producer_pool
    current_app.finalize()


class Broker:
    """What this process knows of the broker: after a failure it is left alone for a while, and the sweep sends."""

    def __init__(self) -> None:
        self._quiet_until = 0.0
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Try again at once."""
        with self._lock:
            self._quiet_until = 0.0

    def send(self, job_id: int) -> bool:
        """Send the number of a job. Gives whether the broker took it, after `JOBS_SEND_SECONDS` at the latest.

        The sending happens in a thread that is abandoned when the broker is silent: no time-out of the libraries
        below covers every case (name resolution, connecting, a peer that accepts and never answers).
        A message that arrives later is harmless, because the claim lets a job run once.
        """
        prepare()
        with self._lock:
            if time.monotonic() < self._quiet_until:
                return False
        taken = threading.Event()
        thread = threading.Thread(target=self._publish, args=(job_id, taken), name=f"send-job-{job_id}", daemon=True)
        thread.start()
        thread.join(settings.JOBS_SEND_SECONDS)
        if not taken.is_set():
            with self._lock:
                self._quiet_until = time.monotonic() + QUIET_SECONDS
            logger.warning("The broker did not take job %s; the sweep sends it again.", job_id)
        return taken.is_set()

    @staticmethod
    def _publish(job_id: int, taken: threading.Event) -> None:
        try:
            current_app.send_task("jobs.run_job", args=[job_id], retry=False)
        except Exception as error:  # whatever the broker's library raises, the row is safe and is sent again
            logger.info("Job %s was not sent: %s", job_id, error)
        else:
            taken.set()


broker = Broker()
