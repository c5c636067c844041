"""What a printed paper says about itself beside its facts, and how it becomes bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from hebi_charity.accounts.models import User
from hebi_charity.core.registry import PaperBuilder
from hebi_charity.office.models import Organisation
from hebi_charity.reports.papers.building import BuiltPaper
from hebi_charity.reports.papers.pictures import made_small
from hebi_charity.reports.rendering import render_pdf


@dataclass(frozen=True)
class PaperIssue:
    """One printing of a paper. None of this is part of the facts' digest."""

    organisation: str
    title: str
    version: int
    made_by: str
    made_at: datetime
    facts_digest: str

    @property
    def moment(self) -> str:
        """2022-09-07 10:15, as the office's clock shows it."""
        return f"{timezone.localtime(self.made_at):%Y-%m-%d %H:%M}"


def issue_of(built: BuiltPaper, *, by: User) -> PaperIssue:
    organisation = Organisation.objects.first()
    return PaperIssue(
        organisation=organisation.name if organisation else "",
        title=built.title,
        version=built.before.version + 1 if built.before else 1,
        made_by=by.full_name,
        made_at=timezone.now(),
        facts_digest=built.digest,
    )


def printed(
    built: BuiltPaper, builder: PaperBuilder, issue: PaperIssue, *, say: Callable[[int, int], None] = lambda *_: None
) -> bytes:
    """The PDF. `say(done, total)` hears of every picture that was made small. Raises PaperRefused."""
    with made_small(built.facts, say=say) as pictures:
        return render_pdf(builder.template, built.facts, css=builder.css, pictures=pictures, issue=issue)
