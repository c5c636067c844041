"""Sums that are kept beside the documents: parts for the funds, orders of a pool, summaries of a day."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.book_checks.asking import rows
from donations.services import summaries
from hebi_charity.core.registry import Difference

_WRONG_SUMS = """
SELECT d.donation_no, d.amount, coalesce(sum(a.amount), 0)
FROM donations_donation d LEFT JOIN donations_fundallocation a ON a.donation_id = d.id
GROUP BY d.id HAVING coalesce(sum(a.amount), 0) <> d.amount ORDER BY d.id
"""
_WRONG_POOLS = """
SELECT d.donation_no, d.order_count, d.amount, count(o.id), coalesce(sum(o.amount), 0)
FROM donations_donation d LEFT JOIN donations_platformorder o ON o.donation_id = d.id
WHERE d.shape = 'pool' AND d.state = 'reviewed' GROUP BY d.id
HAVING count(o.id) <> d.order_count OR coalesce(sum(o.amount), 0) <> d.amount ORDER BY d.id
"""
# What a summary keeps, as a difference says it, in the order of the measures.
_MEASURES = {
    "gifts": gettext_lazy("Entries"),
    "person_times": gettext_lazy("Person-times"),
    "amount": gettext_lazy("Amount booked (yuan)"),
    "late_gifts": gettext_lazy("Entries received earlier"),
    "late_amount": gettext_lazy("Amount received earlier (yuan)"),
    "reversed_gifts": gettext_lazy("Entries reversed"),
    "reversed_person_times": gettext_lazy("Person-times reversed"),
    "reversed_amount": gettext_lazy("Amount reversed (yuan)"),
}


def check_allocations() -> Iterator[Difference]:
    """The parts for the funds sum to the amount; a pool's orders sum to it too."""
    for number, amount, parts in rows(_WRONG_SUMS):
        sentence = _("The gift %(number)s is %(amount)s yuan, but its parts for the funds sum to %(parts)s yuan.")
        yield Difference("allocations", number, sentence % {"number": number, "amount": amount, "parts": parts})
    for number, count, amount, found, total in rows(_WRONG_POOLS):
        sentence = _(
            "The pool %(number)s has %(count)s orders of %(amount)s yuan, but %(found)s orders of %(total)s yuan"
            " are there."
        )
        values = {"number": number, "count": count, "amount": amount, "found": found, "total": total}
        yield Difference("allocations", number, sentence % values)


def check_summaries() -> Iterator[Difference]:
    """Each day's summary equals what the documents of that day say, in every measure."""
    for key, measures in summaries.differences():
        record = " ".join(str(part or "-") for part in key)
        sentence = _("In the summary of %(day)s the documents say otherwise: %(what)s (%(record)s).")
        values = {"day": key[1], "what": _differing(measures), "record": record}
        yield Difference("summaries", record, sentence % values)


def _differing(measures: dict[str, tuple[object, object]]) -> str:
    """The measures that differ, each with what is kept and what the documents say; no row is nothing."""
    sentence = _("%(measure)s kept %(kept)s, by the documents %(found)s")
    return _("; ").join(
        sentence % {"measure": _MEASURES[name], "kept": _as_text(name, kept), "found": _as_text(name, found)}
        for name, (kept, found) in measures.items()
        if kept != found
    )


def _as_text(measure: str, value: object) -> str:
    return f"{value:.2f}" if measure.endswith("amount") else str(value)
