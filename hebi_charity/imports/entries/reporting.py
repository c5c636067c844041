"""The report of a check of a list without money: rows by verdict, reasons, and what a person should look at."""

from __future__ import annotations

from django.db.models import Count

from hebi_charity.imports import judging
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.staging import last_row


def make_entry_report(imported: Import, read: dict) -> dict[str, object]:
    """Keys as in a report of money where they mean the same; `sum` is always 0.

    `accepted`, `known`, `doubtful`, `rejected` {count, sum}; `documents`; `reasons` {code: rows}; `notes`
    {code: {count, rows}} of the target's sentences; `blank`; `last_row`; `warnings`.
    """
    counts = dict(imported.rows.order_by().values_list("verdict").annotate(Count("row_no")))
    verdicts = StagedRow.Verdict
    report: dict[str, object] = {
        "accepted": _line(counts.get(verdicts.NEW, 0)),
        "known": _line(counts.get(verdicts.KNOWN, 0)),
        "duplicates": _line(counts.get(verdicts.DUPLICATE, 0)),
        "doubtful": _line(counts.get(verdicts.DOUBTFUL, 0)),
        "rejected": _line(counts.get(verdicts.REJECTED, 0)),
        "documents": counts.get(verdicts.NEW, 0),
        "reasons": judging.reasons(imported),
        "notes": read["notes"],
        "blank": read["blank"],
        "last_row": last_row(imported.pk),
    }
    report["warnings"] = _warnings(imported, report)
    return report


def _line(count: int) -> dict[str, object]:
    return {"count": count, "sum": "0.00"}


def _warnings(imported: Import, report: dict) -> list[dict[str, object]]:
    found = []
    if report["rejected"]["count"]:
        found.append({"code": "rejected_rows", "count": report["rejected"]["count"]})
    if report["known"]["count"]:
        found.append({"code": "some_known_entries", "count": report["known"]["count"]})
    earlier = Import.objects.done_before_with_file_of(imported)
    if earlier:
        found.append({"code": "same_file", "number": earlier.import_no})
    return found
