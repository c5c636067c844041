"""Papers of the demonstration: the record of a visit and the book of its year, printed by the first worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from hebi_charity.core.registry import PaperSubject
from hebi_charity.jobs.models import Job
from hebi_charity.reports.papers import services
from partybranch.models import LifeEvent

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


def show(people_by_account: Mapping[str, User], today: date) -> None:
    """Ask once; what was asked for already stays."""
    by = people_by_account["organizer"]
    event = LifeEvent.objects.filed().select_related("branch").order_by("held_on", "pk").last()
    if event is None or Job.objects.about(event).exists():
        return
    year = PaperSubject(event.branch, str(event.held_on.year))
    for kind, subject in (("meeting_record", PaperSubject(event)), ("ledger", year)):
        services.ask_for_paper(f"partybranch.{kind}", subject, by=by, form_key=uuid4())
