"""会议记录: one event in the form that inspections know (`domain.md` 4.2), with pages and pictures behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hebi_charity.reports.papers import PaperRefused
from partybranch.models import LifeEvent
from partybranch.papers.records import RecordFacts, read

if TYPE_CHECKING:
    from hebi_charity.core.registry import PaperSubject


@dataclass(frozen=True)
class MeetingFacts:
    branch: str
    record: RecordFacts


def facts(subject: PaperSubject) -> MeetingFacts:
    """Raises PaperRefused for what has not been held: no notice, or called off."""
    event: LifeEvent = subject.row
    if event.state not in {LifeEvent.State.NOTICED, LifeEvent.State.FILED}:
        raise PaperRefused(_("There is nothing to print of what was not held. Please give the notice first."))
    (record,) = read(LifeEvent.objects.filter(pk=event.pk))
    return MeetingFacts(record.branch, record)
