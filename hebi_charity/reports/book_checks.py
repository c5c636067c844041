"""Checks of the books for reports: their numbers, that all is as it was left, and that the log knows every step."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from hebi_charity.audit.numbering import check_numbers_of
from hebi_charity.core.paging import in_chunks
from hebi_charity.core.registry import Difference, audit_acts
from hebi_charity.reports.models import Report
from hebi_charity.reports.proof import faults

_ACTS = """
WITH shown AS (
    SELECT id, 'report.made' AS act, made_by_id AS person, report_no FROM reports_report
    UNION ALL SELECT id, 'report.checked', checked_by_id, report_no FROM reports_report WHERE checked_by_id IS NOT NULL
    UNION ALL SELECT id, 'report.issued', issued_by_id, report_no FROM reports_report WHERE issued_by_id IS NOT NULL
), logged AS (
    SELECT object_id AS id, act, actor_id AS person, object_label FROM audit_entry
    WHERE act IN ('report.made', 'report.checked', 'report.issued') AND object_type = 'reports.report'
)
SELECT coalesce(report_no, object_label), act, report_no IS NULL FROM shown FULL JOIN logged USING (id, act, person)
WHERE report_no IS NULL OR object_label IS NULL ORDER BY 1, act, 3
"""
# An old row with its old seal put back is found by what came after it.
_WRONGLY_REPLACED = """
SELECT r.report_no FROM reports_report r WHERE EXISTS (
    SELECT 1 FROM reports_report later
    WHERE later.kind = r.kind AND later.period_on = r.period_on AND later.version > r.version
        AND (r.state IN ('made', 'checked') OR (r.state = 'issued' AND later.issued_at IS NOT NULL))
) OR (r.state = 'superseded' AND NOT EXISTS (
    SELECT 1 FROM reports_report later WHERE later.id = r.superseded_by_id AND later.kind = r.kind
        AND later.period_on = r.period_on AND later.version > r.version
)) ORDER BY r.id
"""


def check_numbers() -> Iterator[Difference]:
    """Every number given to a report is that of a report, and no other is."""
    yield from check_numbers_of(Report, "report_no", kinds=("report",))


def check_reports() -> Iterator[Difference]:
    """A report's facts give the digest on its paper, its paper is the one that was printed, and its seal holds."""
    for report in in_chunks(Report.objects.select_related("pdf"), size=100):
        for sentence in faults(report):
            yield Difference("reports", report.report_no, sentence)


def check_life() -> Iterator[Difference]:
    """The log knows who made, checked and issued each report, and each is replaced by what came after it."""
    for number, act, is_only_logged in _rows(_ACTS):
        if is_only_logged:
            sentence = _("The log of acts says “%(act)s” of the report %(number)s, but the report does not show it.")
        else:
            sentence = _("The report %(number)s shows “%(act)s”, but not so in the log of acts.")
        yield Difference("reports", number, sentence % {"number": number, "act": audit_acts.get(act)})
    for (number,) in _rows(_WRONGLY_REPLACED):
        sentence = _("The report %(number)s should be replaced by a later version and is not, or the other way round.")
        yield Difference("reports", number, sentence % {"number": number})


def _rows(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
