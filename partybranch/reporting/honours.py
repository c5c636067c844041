"""The month's honours: those of organisations by title, those of people as a number (decision record 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _

from hebi_charity.core.dates import month_end
from hebi_charity.reports.facts import Headline
from partybranch.models import Honour, LeaderWord, PressReport, Ranking, Thanks
from partybranch.models.dated import Precision

Recipient = Honour.Recipient


@dataclass(frozen=True)
class HonourLine:
    """An honour of the federation or of a branch, which is called the Party branch and nothing else."""

    title: str
    recipient: str
    level: str
    bodies: str
    when: str


@dataclass(frozen=True)
class RankingLine:
    activity: str
    scope: str
    metric: str
    rank: int
    out_of: int | None


@dataclass(frozen=True)
class HonourMonth:
    """Honours (荣誉) of one month; what is known by its year alone belongs to no month."""

    key: ClassVar[str] = "honours"
    template: ClassVar[str] = "partybranch/reporting/honours.html"

    month: date
    honours: tuple[HonourLine, ...]
    of_people: int
    rankings: tuple[RankingLine, ...]
    press: int
    words: int
    thanks: int

    def title(self) -> str:
        return _("Honours")

    def headings(self) -> list[tuple[str, str]]:
        return []

    def headlines(self) -> list[Headline]:
        return []

    def sentences(self) -> list[str]:
        return []

    def decisions(self) -> list[str]:
        return []

    def basis(self) -> list[str]:
        return [
            _(
                "Honours are those given in the month, as far as their month is known. Honours of people are counted"
                " and not named; places in rankings are no honours and stand apart."
            )
        ]

    def corrections(self) -> list[str]:
        return []


def honour_month(month: date) -> HonourMonth | None:
    """The facts of one month; None for a month without any. Six queries, however many there are."""
    honours = list(_of(Honour, month).select_related("branch").prefetch_related("grantors").order_by("listed_on", "pk"))
    rankings = _of(Ranking, month).order_by("listed_on", "pk")
    facts = HonourMonth(
        month=month,
        honours=tuple(_line(row) for row in honours if row.recipient_kind != Recipient.PERSON),
        of_people=sum(row.recipient_kind == Recipient.PERSON for row in honours),
        rankings=tuple(RankingLine(row.activity, row.scope, row.metric, row.rank, row.out_of) for row in rankings),
        press=_of(PressReport, month).count(),
        words=_of(LeaderWord, month).count(),
        thanks=_of(Thanks, month).count(),
    )
    said = (facts.honours, facts.of_people, facts.rankings, facts.press, facts.words, facts.thanks)
    return facts if any(said) else None


def _of(model, month: date):
    """What lives of this register and happened in the month, known to the day or the month."""
    known = (Precision.DAY, Precision.MONTH)
    return model.objects.live().filter(happened_on__range=(month, month_end(month)), precision__in=known)


def _line(row: Honour) -> HonourLine:
    return HonourLine(
        title=f"{row.period_label}{row.title}",
        recipient=str(Recipient(row.recipient_kind).label),
        level=row.get_level_display(),
        bodies=row.bodies(),
        when=row.when(),
    )
