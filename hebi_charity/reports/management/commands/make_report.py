"""Print a report into a file: `make_report monthly 2022-09 --output FILE.pdf [--by USER]`."""

import hashlib
import re
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hebi_charity.accounts.models import User
from hebi_charity.files.proof import FileChanged, open_as_given
from hebi_charity.reports import services
from hebi_charity.reports.building import Built, build, preview_of
from hebi_charity.reports.exceptions import ReportRefused
from hebi_charity.reports.models import Report
from hebi_charity.reports.rendering import render_pdf


class Command(BaseCommand):
    help = "Make a report as PDF. With --by it is kept and numbered; without, an unnumbered preview is printed."

    def add_arguments(self, parser):
        parser.add_argument("kind", help="kind of report: monthly")
        parser.add_argument("period", help="month, such as 2022-09")
        parser.add_argument("--output", required=True, type=Path, help="the PDF to write")
        parser.add_argument("--by", help="user name of the maker")
        parser.add_argument("--reason", default="", help="reason for a new version")

    def handle(self, *, kind, period, output, by, reason, **options):
        month = month_of(period)
        maker = maker_of(by) if by else None
        try:
            built = build(kind, month)
            report = stored_report(kind, month, built, reason)
            if report is None and maker:
                report = services.make_report(kind, month, by=maker, reason=reason or changed_reason(kind, month))
        except ReportRefused as refused:
            raise CommandError(str(refused)) from refused
        content = read(report) if report else preview(built, kind, month)
        output.write_bytes(content)
        self.stdout.write(last_line(kind, month, report, built, content, output))


def month_of(period: str) -> date:
    found = re.fullmatch(r"(\d{4})-(\d{2})", period)
    if not found or not 1 <= int(found[2]) <= 12:
        raise CommandError(_("Write the month as 2022-09."))
    return date(int(found[1]), int(found[2]), 1)


def maker_of(username: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.has_perm("reports.make_report"):
        raise CommandError(_("“%(name)s” is not a person who may make reports.") % {"name": username})
    return user


def stored_report(kind: str, month: date, built: Built, reason: str) -> Report | None:
    """The report that holds exactly these facts: its PDF is handed out again, never made again."""
    if reason:
        return None
    report = Report.objects.of(kind, month).current().last()
    return report if report and report.facts_digest == built.digest else None


def changed_reason(kind: str, month: date) -> str:
    return _("Figures changed since the version before.") if Report.objects.of(kind, month).exists() else ""


def read(report: Report) -> bytes:
    try:
        with open_as_given(report.pdf) as content:
            return content.read()
    except (FileChanged, OSError) as error:
        sentence = _("The paper kept of the report %(number)s is not the one that was printed.")
        raise CommandError(sentence % {"number": report.report_no}) from error


def preview(built: Built, kind: str, month: date) -> bytes:
    issue = preview_of(built, month, kind)
    return render_pdf(built.builder.template, built.facts, css=built.builder.css, issue=issue)


def last_line(kind: str, month: date, report: Report | None, built: Built, content: bytes, output: Path) -> str:
    values = {
        "kind": kind,
        "period": f"{month:%Y-%m}",
        "number": report.report_no if report else "-",
        "version": report.version if report else 0,
        "state": report.state if report else "preview",
        "facts": report.facts_digest if report else built.digest,
        "sha256": hashlib.sha256(content).hexdigest(),
        "output": output,
    }
    return "make_report: " + " ".join(f"{name}={value}" for name, value in values.items())
