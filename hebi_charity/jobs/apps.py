from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.registry import (
    MenuEntry,
    Schedule,
    WorkItem,
    audit_acts,
    file_access,
    job_handlers,
    navigation,
    schedules,
    work_sources,
)


def failed_work(user) -> list[WorkItem]:
    """What one asked for lately and did not get."""
    from hebi_charity.jobs.models import Job

    count = Job.objects.filter(asked_by=user).failed_lately().count()
    return [WorkItem(gettext("Work that failed"), count, f"{reverse('jobs:list')}?state=failed", overdue=True)]


class JobsConfig(AppConfig):
    name = "hebi_charity.jobs"
    label = "jobs"
    verbose_name = _("jobs")

    def ready(self) -> None:
        from hebi_charity.jobs import housekeeping, services

        # Who looks after the system sees that work failed, never what it made.
        file_access.register("jobs.job", lambda user, job: job.asked_by_id == user.pk)
        audit_acts.register(services.RETRIED, _("had background work done again"))
        audit_acts.register(services.CANCELLED, _("cancelled background work"))
        job_handlers.register(housekeeping.SWEEP_FILES, housekeeping.sweep_files)
        schedules.register(housekeeping.SWEEP_FILES, Schedule(_("Removal of abandoned uploads"), housekeeping.daily))
        job_handlers.register(housekeeping.SEAL_LOG, housekeeping.seal_log)
        schedules.register(housekeeping.SEAL_LOG, Schedule(_("Sealing of the log"), housekeeping.sealing))
        navigation.register("jobs", MenuEntry(_("Progress of work"), "jobs:list", icon="clock"), order=60)
        work_sources.register("jobs.failed", failed_work, order=40)
