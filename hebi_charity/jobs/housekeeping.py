"""Work that comes round by itself below the domain apps."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from hebi_charity.files import services as files
from hebi_charity.jobs.running import Run

SWEEP_FILES = "files.sweep"


def daily(now: datetime) -> str:
    """The day's name: once a day, whenever the machine is on. Office machines sleep at night."""
    return timezone.localtime(now).date().isoformat()


def sweep_files(run: Run) -> None:
    """Remove uploads whose transaction was rolled back."""
    removed = files.sweep_orphans()
    run.done(note=_("%(count)d abandoned files removed.") % {"count": removed})
