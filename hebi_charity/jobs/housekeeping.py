"""Work that comes round by itself below the domain apps."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from hebi_charity.audit import day_seals
from hebi_charity.files import services as files
from hebi_charity.jobs.running import Run

SWEEP_FILES = "files.sweep"
SEAL_LOG = "audit.seal"


def daily(now: datetime) -> str:
    """The day's name: once a day, whenever the machine is on. Office machines sleep at night."""
    return timezone.localtime(now).date().isoformat()


def sweep_files(run: Run) -> None:
    """Remove uploads whose transaction was rolled back."""
    removed = files.sweep_orphans()
    run.done(note=_("%(count)d abandoned files removed.") % {"count": removed})


def sealing(now: datetime) -> str:
    """Once a day as well, but not before the day that ended can be sealed."""
    return daily(now - timedelta(hours=day_seals.HOURS_AFTER))


def seal_log(run: Run) -> None:
    """Seal the days of the log that have ended, a month of days at a time, also those of weeks without a worker."""
    with run.chunk():
        sealed = day_seals.seal_days()
        run.checkpoint["sealed"] = run.checkpoint.get("sealed", 0) + sealed
        if not sealed:
            note = _("%(count)d days of the log were sealed, up to %(day)s.")
            run.done(note=note % {"count": run.checkpoint["sealed"], "day": day_seals.sealed_to() or _("no day yet")})
