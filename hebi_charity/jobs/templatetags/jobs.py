"""How a job's pace is said on the screen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _

from hebi_charity.core.registry import job_kinds
from hebi_charity.jobs.models import Job

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

register = template.Library()


@register.filter
def is_open_to(job: Job, user: User) -> bool:
    return job.is_open_to(user)


@register.filter
def title_for(job: Job, user: User) -> str:
    """Its title for who asked for it; for others the kind of work: a title may name business."""
    return job.title if job.is_open_to(user) else str(job_kinds.get(job.kind) or _("Background work of a colleague"))


@register.filter
def spoken_duration(duration: timedelta) -> str:
    """About how long, in at most two units: 1 小时 5 分, 2 分 10 秒, 8 秒."""
    seconds = int(duration.total_seconds())
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    if minutes:
        return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": seconds % 60}
    return _("%(seconds)d s") % {"seconds": seconds}


@register.filter
def pace(job: Job) -> str:
    """Rate and time left in words; "" while they say nothing."""
    parts = []
    if job.state == Job.State.RUNNING and job.rate:
        if job.rate >= 1:
            parts.append(_("%(rate)s a second") % {"rate": f"{job.rate:,.0f}"})
        else:
            parts.append(_("%(rate)s a minute") % {"rate": f"{job.rate * 60:,.0f}"})
    if job.time_left is not None:
        parts.append(_("about %(time)s left") % {"time": spoken_duration(job.time_left)})
    return " · ".join(parts)


@register.filter
def step_text(job: Job) -> str:
    """What is happening now, in words."""
    if job.state == Job.State.WAITING:
        if job.is_waiting_long():
            return _(
                "The background service is busy or not answering. Your work is kept and begins by itself; you may"
                " leave this page."
            )
        return _("Waits for its turn. You may leave this page; the work goes on.")
    if job.state == Job.State.DONE:
        return job.note
    return "" if job.state in {Job.State.FAILED, Job.State.CANCELLED} else job.progress_text
