"""Checks of the books for reports: their numbers, and that what was printed is what was built."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hebi_charity.core import seals
from hebi_charity.core.paging import in_chunks
from hebi_charity.core.registry import Difference
from hebi_charity.office.services.number_checks import number_differences
from hebi_charity.reports.models import Report


def check_numbers() -> Iterator[Difference]:
    """Every number given to a report is that of a report, and no other is."""
    yield from number_differences(Report, "report_no", kinds=("report",))


def check_reports() -> Iterator[Difference]:
    """A report's facts still give the digest on its paper, and its paper is the one that was printed."""
    for report in in_chunks(Report.objects.select_related("pdf")):
        if seals.digest(report.facts) != report.facts_digest:
            sentence = _("The figures kept of the report %(number)s are not those it was made from.")
            yield Difference("reports", report.report_no, sentence % {"number": report.report_no})
        if report.pdf.sha256 != report.pdf_sha256:
            sentence = _("The paper kept of the report %(number)s is not the one that was printed.")
            yield Difference("reports", report.report_no, sentence % {"number": report.report_no})
