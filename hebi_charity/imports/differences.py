"""What of a checked file does not agree: printed totals that differ, rows left out. Who submits it says why."""

from __future__ import annotations

from collections.abc import Mapping

from hebi_charity.audit.models import Entry
from hebi_charity.imports.models import Import

_TOTALS = {"control_sum_differs", "control_count_differs", "control_count_differs_alone"}
_LEFT_OUT = "rejected_rows"
# A signature or a heading below the list was never a gift: a line of text alone leaves nothing out.
_NO_GIFT = {"only_text"}


def differing(report: Mapping) -> list[dict[str, object]]:
    """The warnings of a report that want a reason, as codes with the values of their sentences."""
    leaves_out = bool(set(report.get("reasons", ())) - _NO_GIFT)
    wanted = _TOTALS | ({_LEFT_OUT} if leaves_out else set())
    return [warning for warning in report.get("warnings", ()) if warning["code"] in wanted]


def reason_given(imported: Import) -> str:
    """Why it was submitted all the same, from the log; "" when it was not submitted or agrees."""
    submitted = Entry.objects.of(imported).filter(act="import.submitted").last()
    return submitted.reason if submitted else ""
