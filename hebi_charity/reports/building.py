"""What a report is built from: facts of a period, and the words an issue says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from hebi_charity.audit.books import snapshot
from hebi_charity.core import dates, seals
from hebi_charity.core.registry import ReportBuilder, monthly_sections, report_builders
from hebi_charity.office.models import Organisation, Period
from hebi_charity.reports.exceptions import ReportRefused
from hebi_charity.reports.facts import MonthlyFacts, Plain, plain
from hebi_charity.reports.models import Report
from hebi_charity.reports.paper import Issue
from hebi_charity.reports.proof import faults

MONTHLY = "monthly"


def monthly_facts(month: date) -> MonthlyFacts:
    """The month from every installed app's section, in their fixed order; an absent app is an absent section.

    An app that has nothing to speak of (no branch, no programme yet) gives None and is absent too.
    """
    return MonthlyFacts(
        month=month,
        last_day=dates.month_end(month),
        is_closed=Period.objects.filter(month=month, state=Period.State.CLOSED).exists(),
        sections=tuple(found for section in monthly_sections if (found := section(month)) is not None),
    )


@dataclass(frozen=True)
class Built:
    """Facts ready to be printed: as objects for the page, as plain values for the row, with their digest.

    `after` is the last version that was kept at the moment of the facts, 0 for none.
    """

    builder: ReportBuilder
    facts: MonthlyFacts
    stored: dict[str, Plain]
    digest: str
    after: int


def build(kind: str, period_on: date) -> Built:
    """The facts of a period, all of one moment, also while people book and a month closes.

    Raises ReportRefused for an unknown kind and for a month that cannot be reported, and RuntimeError inside a
    transaction.
    """
    builder = report_builders.get(kind)
    if builder is None:
        raise ReportRefused(_("There is no report of the kind “%(kind)s”.") % {"kind": kind})
    with snapshot():
        refuse_impossible(period_on)
        facts = builder.facts(period_on)
        after = Report.objects.of(kind, period_on).last_version()
    stored = plain(facts)
    return Built(builder, facts, stored, seals.digest(stored), after)


def refuse_impossible(period_on: date) -> None:
    """Raises ReportRefused for a month before the books begin or that has not begun."""
    if period_on > dates.today():
        raise ReportRefused(_("This month has not begun yet. Choose an earlier month."))
    if not Period.objects.filter(month=period_on).exists():
        raise ReportRefused(_("The books did not run yet in this month. Choose a later month."))


def months_not_issued(kind: str, month: date) -> tuple[date, ...]:
    """Earlier months of the year within the books without an issued report; the paper names them."""
    issued = set(Report.objects.issued_in_year_before(kind, month).values_list("period_on", flat=True))
    known = Period.objects.filter(month__year=month.year, month__lt=month).order_by("month")
    return tuple(each for each in known.values_list("month", flat=True) if each not in issued)


def issue_of(report: Report, *, replaced: Report | None) -> Issue:
    """What the paper says about itself beside its facts; the report is not saved yet."""
    organisation = Organisation.objects.first()
    address = reverse("reports:check", args=[report.check_code])
    return Issue(
        organisation=organisation.name if organisation else "",
        phone=organisation.phone if organisation else "",
        report_no=report.report_no,
        version=report.version,
        made_by=report.made_by.full_name,
        made_on=dates.day_of(report.made_at),
        check_code=report.check_code,
        check_url=settings.PUBLIC_URL.rstrip("/") + address if settings.PUBLIC_URL else "",
        facts_digest=report.facts_digest,
        months_not_issued=months_not_issued(report.kind, report.period_on),
        replaces=replaced.report_no if replaced else "",
        replace_reason=report.replace_reason,
        # A paper quotes no figure that somebody forged.
        differences=differences(replaced.facts, report.facts) if replaced and not any(faults(replaced)) else (),
    )


def preview_of(built: Built, month: date, kind: str) -> Issue:
    """An issue without number, maker and check code: a preview that nobody signs."""
    organisation = Organisation.objects.first()
    return Issue(
        organisation=organisation.name if organisation else "",
        phone="",
        report_no=_("preview, without number"),
        version=0,
        made_by="",
        made_on=dates.today(),
        check_code="",
        check_url="",
        facts_digest=built.digest,
        months_not_issued=months_not_issued(kind, month),
    )


def differences(before: dict[str, Plain], now: dict[str, Plain]) -> tuple[str, ...]:
    """How the figures of the first page differ between two versions, as sentences."""
    found = []
    for old, new in zip(before["sections"], now["sections"], strict=False):
        for name, label in HEADLINES:
            was, is_now = (_this_month(section, name) for section in (old, new))
            if was != is_now:
                found.append(
                    _("%(figure)s: %(before)s before, %(now)s now.")
                    % {"figure": label(), "before": was or "—", "now": is_now or "—"}
                )
    return tuple(found)


HEADLINES = (
    ("gift_income", lambda: _("Gift income")),
    ("gifts", lambda: _("Number of gifts")),
    ("person_times", lambda: _("Person-times of giving")),
    ("all_income", lambda: _("All money received")),
)


def _this_month(section: Plain, name: str) -> str:
    figure = section.get(name) if isinstance(section, dict) else None
    return str(figure["this_month"]) if isinstance(figure, dict) else ""
