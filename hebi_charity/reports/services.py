"""A report's life: asked for, made once, checked, issued, replaced."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hebi_charity.accounts.models import User
from hebi_charity.audit import services as audit
from hebi_charity.core import dates, seals
from hebi_charity.core.registry import report_builders
from hebi_charity.files import services as files
from hebi_charity.jobs import services as jobs
from hebi_charity.jobs.exceptions import JobFailed
from hebi_charity.jobs.models import Job
from hebi_charity.office.services.form_keys import claim_form_key, settle_form_key
from hebi_charity.office.services.numbers import take_numbers
from hebi_charity.reports.building import Built, build, issue_of, refuse_impossible
from hebi_charity.reports.exceptions import (
    MonthNotClosed,
    NotAwaitingCheck,
    NotAwaitingIssue,
    NotThreePeople,
    Overtaken,
    ReportRefused,
    ReportTampered,
)
from hebi_charity.reports.models import Report
from hebi_charity.reports.proof import faults
from hebi_charity.reports.rendering import render_pdf
from hebi_charity.reports.sealing import seal_of

if TYPE_CHECKING:
    from hebi_charity.jobs.running import Run

MAKE = "reports.make"
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is misheard on the telephone as another: no 0 1 I L O
CODE_LENGTH = 6
TURNS = 5  # so often a report is built anew because colleagues made the same one meanwhile


@transaction.atomic
def ask_for_report(kind: str, period_on: date, *, by: User, form_key: UUID, reason: str = "") -> Job:
    """Ask for a report of a month; a worker makes it.

    Raises ReportRefused, and AlreadySubmitted or FormKeyReused for a form sent before.
    """
    period_on = dates.month_start(period_on)
    digest = seals.digest({"kind": kind, "period_on": period_on, "reason": reason})
    claim_form_key(form_key, form=MAKE, digest=digest, by=by)
    if report_builders.get(kind) is None:
        raise ReportRefused(_("There is no report of the kind “%(kind)s”.") % {"kind": kind})
    refuse_impossible(period_on)
    refuse_without_reason(Report.objects.of(kind, period_on).last(), reason)
    title = _("%(kind)s for %(month)s") % {"kind": report_builders.get(kind).title, "month": f"{period_on:%Y-%m}"}
    job = jobs.ask(MAKE, by=by, title=title, params={"kind": kind, "period_on": period_on, "reason": reason})
    settle_form_key(form_key, job)
    return job


def refuse_without_reason(before: Report | None, reason: str) -> None:
    if before is not None and not reason:
        raise ReportRefused(
            _("This month has a report already (%(number)s). Give the reason for making the next version.")
            % {"number": before.report_no}
        )


def make_step(run: Run) -> None:
    """The job: the facts of one moment, then all that is kept in one chunk.

    A worker that dies leaves nothing, and the next one makes the report whole.
    """
    kind, period_on = run.params["kind"], date.fromisoformat(run.params["period_on"])

    def keep(built: Built) -> Report:
        with run.chunk():
            report = keep_report(
                built, kind, period_on, by=run.asked_by, reason=run.params.get("reason", ""), job=run.job
            )
            run.done(url=report.get_absolute_url(), attachment=report.pdf, note=report.report_no)
        return report

    try:
        _in_turn(kind, period_on, keep)
    except ReportRefused as refused:
        raise JobFailed(str(refused)) from refused


def make_report(kind: str, period_on: date, *, by: User, reason: str = "") -> Report:
    """Make the next version of a report. Raises ReportRefused, and RuntimeError inside a transaction."""
    return _in_turn(kind, period_on, lambda built: keep_report(built, kind, period_on, by=by, reason=reason))


def _in_turn(kind: str, period_on: date, keep: Callable[[Built], Report]) -> Report:
    """Build and keep, anew when another version was kept meanwhile: a later version never has earlier facts."""
    for _turn in range(TURNS):
        with suppress(Overtaken):
            return keep(build(kind, period_on))
    raise ReportRefused(_("Others are making reports of this month at the same time. Please try again in a moment."))


@transaction.atomic
def keep_report(
    built: Built, kind: str, period_on: date, *, by: User, reason: str = "", job: Job | None = None
) -> Report:
    """Keep what was built as the next version: number, PDF and row together, or nothing of it.

    A version that was not issued is replaced at once; an issued one when the new one is issued. Raises ReportRefused,
    and Overtaken for facts of a moment before the last version.
    """
    # Taken first of all, so that two versions of the same month queue up; nothing else waits for this series.
    number = take_numbers("report", on=dates.today())[0]
    before = Report.objects.of(kind, period_on).last()
    refuse_without_reason(before, reason)
    if built.after != (before.version if before else 0):
        raise Overtaken
    report = Report(
        report_no=number,
        kind=kind,
        period_on=period_on,
        version=before.version + 1 if before else 1,
        facts=built.stored,
        facts_digest=built.digest,
        is_final=built.facts.is_closed,
        check_code=free_code(),
        replace_reason=reason if before else "",
        made_by=by,
        made_at=timezone.now(),
        job=job,
    )
    print_report(report, built, replaced=before)
    report.seal = seal_of(report)
    report.save()
    files.attach(report.pdf, to=report, by=by, purpose="report")
    # Looked at again under its lock: it may have been issued while the paper was printed.
    if before is not None and (before := _lock(before)).state in {Report.State.MADE, Report.State.CHECKED}:
        supersede(before, by_report=report)
    audit.record(by, "report.made", report, reason=reason)
    return report


def print_report(report: Report, built: Built, *, replaced: Report | None) -> None:
    content = render_pdf(
        built.builder.template, built.facts, css=built.builder.css, issue=issue_of(report, replaced=replaced)
    )
    name = f"{built.builder.title} {report.period_label} v{report.version} {report.report_no}.pdf"
    report.pdf = files.store(content, name=name, by=report.made_by)
    report.pdf_sha256 = report.pdf.sha256


def free_code() -> str:
    """Six places that nobody can guess in sequence and that no report has."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))
        if not Report.objects.filter(check_code=code).exists():
            return code


def supersede(report: Report, *, by_report: Report) -> None:
    """Replace a version. One whose seal is broken keeps it: a new seal would hide that somebody changed it."""
    is_sealed = report.seal == seal_of(report)
    report.state, report.superseded_by, report.superseded_at = Report.State.SUPERSEDED, by_report, timezone.now()
    report.seal = seal_of(report) if is_sealed else report.seal
    report.save(update_fields=["state", "superseded_by", "superseded_at", "seal"])


def _refuse_tampered(report: Report) -> None:
    if any(faults(report)):
        raise ReportTampered


def _lock(report: Report) -> Report:
    return Report.objects.select_for_update(of=("self",)).get(pk=report.pk)


def _is_one_of(by: User, *people: int | None) -> bool:
    """Whether this person, by whichever account, is one of these."""
    return User.objects.accounts_of_same_person(by).filter(pk__in=[pk for pk in people if pk]).exists()


@transaction.atomic
def check_report(report: Report, *, by: User) -> Report:
    """A second person has checked the report (审核). Raises NotAwaitingCheck, NotThreePeople, ReportTampered."""
    report = _lock(report)
    if report.state != Report.State.MADE:
        raise NotAwaitingCheck
    if _is_one_of(by, report.made_by_id):
        raise NotThreePeople
    _refuse_tampered(report)
    report.state, report.checked_by, report.checked_at = Report.State.CHECKED, by, timezone.now()
    report.seal = seal_of(report)
    report.save(update_fields=["state", "checked_by", "checked_at", "seal"])
    audit.record(by, "report.checked", report)
    return report


@transaction.atomic
def issue_report(report: Report, *, by: User) -> Report:
    """A third person issues the report (签发); the version issued before is replaced in the same moment.

    Raises NotAwaitingIssue, NotThreePeople, MonthNotClosed, ReportTampered.
    """
    report = _lock(report)
    if report.state != Report.State.CHECKED:
        raise NotAwaitingIssue
    if _is_one_of(by, report.made_by_id, report.checked_by_id):
        raise NotThreePeople
    if not report.is_final:
        raise MonthNotClosed
    _refuse_tampered(report)
    for issued in Report.objects.of(report.kind, report.period_on).issued().select_for_update(of=("self",)):
        supersede(issued, by_report=report)
    report.state, report.issued_by, report.issued_at = Report.State.ISSUED, by, timezone.now()
    report.seal = seal_of(report)
    report.save(update_fields=["state", "issued_by", "issued_at", "seal"])
    audit.record(by, "report.issued", report)
    return report
