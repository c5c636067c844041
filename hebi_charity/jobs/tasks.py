"""What Celery calls. Thin: each may run twice, late, or not at all, and nothing is lost."""

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from hebi_charity.jobs import running, services


@shared_task(name="jobs.run_job")
def run_job(job_id: int) -> None:
    running.run_job(job_id)


@shared_task(name="jobs.sweep", acks_late=False)
def sweep() -> None:
    services.sweep()


@shared_task(name="jobs.ask_due", acks_late=False)
def ask_due() -> None:
    services.ask_due(timezone.now())


@worker_ready.connect
def sweep_at_start(**_: object) -> None:
    """A worker that starts looks at once for what others left behind."""
    sweep.apply_async(expires=60)
