"""Whether a report is as its makers left it: its facts, its seal and the bytes of its paper."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hebi_charity.core import seals
from hebi_charity.files.proof import is_as_given
from hebi_charity.reports.models import Report
from hebi_charity.reports.sealing import seal_of


def faults(report: Report) -> Iterator[str]:
    """What is otherwise than it was left, a sentence each. Reads the whole paper."""
    values = {"number": report.report_no}
    if seals.digest(report.facts) != report.facts_digest:
        yield _("The figures kept of the report %(number)s are not those it was made from.") % values
    if report.pdf.sha256 != report.pdf_sha256 or not is_as_given(report.pdf):
        yield _("The paper kept of the report %(number)s is not the one that was printed.") % values
    if report.seal != seal_of(report):
        yield _("The report %(number)s was changed after the act: its seal does not match.") % values
