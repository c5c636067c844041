from uuid import uuid4

from django.db.models.functions import Now

from hebi_charity.jobs.models import Job


def make_job(*, state="waiting", **fields) -> Job:
    """A job in a state, with what that state needs."""
    needed = {
        "running": {"owner": uuid4(), "heartbeat_at": Now(), "started_at": Now(), "attempt": 1},
        "done": {"finished_at": Now()},
        "failed": {"finished_at": Now(), "error": "It went wrong."},
        "cancelled": {"finished_at": Now()},
    }.get(state, {})
    job = Job.objects.create(**{"kind": "tests.work", "title": "work", "state": state} | needed | fields)
    return Job.objects.get(pk=job.pk)
