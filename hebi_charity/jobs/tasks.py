"""What Celery calls. Thin: it may run twice, late, or not at all, and nothing is lost."""

from celery import shared_task

from hebi_charity.jobs import running


@shared_task(name="jobs.run_job")
def run_job(job_id: int) -> None:
    running.run_job(job_id)
