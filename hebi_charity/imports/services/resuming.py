"""A way on after a failure: the work goes on where it stopped, or is corrected by its maker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from hebi_charity.imports.exceptions import NotResumable
from hebi_charity.imports.models import Import
from hebi_charity.imports.services.deciding import MERGE
from hebi_charity.imports.services.planning import CHECK
from hebi_charity.jobs import services as jobs
from hebi_charity.jobs.exceptions import JobNotFailed
from hebi_charity.jobs.models import Job

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

_CHECKING = {Import.State.CHECKING, Import.State.FAILED}


def latest_job(imported: Import) -> Job | None:
    """The check or merge asked for last: what the page shows as progress."""
    return Job.objects.about(imported).first()


@transaction.atomic
def resume(imported: Import, *, by: User) -> Job:
    """Let the check or merge that failed or was cancelled go on. Raises NotResumable."""
    job = latest_job(imported)
    if job is None or job.kind not in {CHECK, MERGE}:
        raise NotResumable
    try:
        return jobs.retry(job, by=by)
    except JobNotFailed as error:
        raise NotResumable from error


@transaction.atomic
def note_failure(job: Job) -> None:
    """The work of an import has failed for good: say so on the import. Called by the jobs app."""
    imported = Import.objects.select_for_update(of=("self",)).filter(pk=job.params["import"]).first()
    if imported is None:
        return
    if imported.state == Import.State.CHECKING:
        imported.failed_while = Import.FailedWhile.CHECKING
    elif imported.state in {Import.State.CONFIRMED, Import.State.MERGING}:
        imported.failed_while = Import.FailedWhile.MERGING
    else:
        return
    imported.state, imported.failure = Import.State.FAILED, job.error
    imported.save(update_fields=["state", "failed_while", "failure"])
