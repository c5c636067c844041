"""The seal of a report: an HMAC over what was printed and who made, checked, issued and replaced it, by when."""

from __future__ import annotations

from hebi_charity.core import seals
from hebi_charity.reports.models import Report


def seal_of(report: Report) -> str:
    """The seal this report should carry. It is renewed at every step of its life."""
    return seals.seal(
        {
            "number": report.report_no,
            "kind": report.kind,
            "period_on": report.period_on,
            "version": report.version,
            "state": report.state,
            "facts_digest": report.facts_digest,
            "is_final": report.is_final,
            "check_code": report.check_code,
            "pdf_sha256": report.pdf_sha256,
            "replace_reason": report.replace_reason,
            "made_by": report.made_by_id,
            "made_at": report.made_at,
            "checked_by": report.checked_by_id,
            "checked_at": report.checked_at,
            "issued_by": report.issued_by_id,
            "issued_at": report.issued_at,
            "superseded_by": report.superseded_by_id,
            "superseded_at": report.superseded_at,
        }
    )
