"""Closed months, and what they promise of money received."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from donations.book_checks.asking import rows
from donations.models import DailySummary
from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import Difference
from hebi_charity.office.models import Period
from hebi_charity.office.services.periods import is_sealed

# What the last act left of a month. One that stands as open after its close has a sentence of its own.
_OTHERWISE = """
WITH last AS (
    SELECT DISTINCT ON (object_id) object_id, object_label, act, actor_id, CASE act
        WHEN 'period.submitted' THEN 'closing' WHEN 'period.returned' THEN 'open' ELSE 'closed' END AS state
    FROM audit_entry WHERE object_type = 'office.period' AND object_id IS NOT NULL
        AND act IN ('period.submitted', 'period.returned', 'period.closed')
    ORDER BY object_id, id DESC
), submitted AS (
    SELECT DISTINCT ON (object_id) object_id, actor_id FROM audit_entry
    WHERE object_type = 'office.period' AND object_id IS NOT NULL AND act = 'period.submitted'
    ORDER BY object_id, id DESC
)
SELECT coalesce(to_char(p.month, 'YYYY-MM'), l.object_label), p.id IS NULL
FROM office_period p FULL JOIN last l ON l.object_id = p.id LEFT JOIN submitted s ON s.object_id = l.object_id
WHERE p.id IS NULL OR (p.state <> coalesce(l.state, 'open') AND coalesce(l.state, 'open') <> 'closed')
    OR (l.object_id IS NOT NULL AND l.object_label <> to_char(p.month, 'YYYY-MM'))
    OR (p.state <> 'open' AND p.submitted_by_id IS DISTINCT FROM s.actor_id)
    OR (p.state = 'closed' AND p.confirmed_by_id IS DISTINCT FROM l.actor_id)
ORDER BY 1
"""


def check_periods() -> Iterator[Difference]:
    """A closed month is closed for ever and holds the totals it was closed with, under its seal."""
    for period in Period.objects.filter(state=Period.State.CLOSED).order_by("month"):
        promised = period.totals.get("donations")
        if promised is not None and promised != booked_totals(period.month):
            sentence = _("The closed month %(month)s no longer holds the totals it was closed with.")
            yield Difference("periods", str(period), sentence % {"month": f"{period.month:%Y-%m}"})
        if not is_sealed(period):
            sentence = _("The closed month %(month)s was changed after its close: its seal does not match.")
            yield Difference("periods", str(period), sentence % {"month": f"{period.month:%Y-%m}"})
    closed = Entry.objects.filter(act="period.closed", object_type=Period._meta.label_lower).values("object_id")
    for period in Period.objects.exclude(state=Period.State.CLOSED).filter(pk__in=closed).order_by("month"):
        sentence = _("The month %(month)s was closed, but it stands as open now: its state was changed.")
        yield Difference("periods", str(period), sentence % {"month": f"{period.month:%Y-%m}"})
    for month, is_gone in rows(_OTHERWISE):
        if is_gone:
            sentence = _("The log of acts knows the month %(month)s, but it is not there any more.")
        else:
            sentence = _("The month %(month)s does not stand as the last act of the log left it.")
        yield Difference("periods", month, sentence % {"month": month})


def booked_totals(month: date) -> dict[str, str]:
    """What is booked in a month: yuan booked, yuan reversed, number of gifts; as text, for sealing."""
    names = ("gifts", "person_times", "amount", "reversed_gifts", "reversed_amount")
    booked = DailySummary.objects.filter(basis=DailySummary.Basis.BOOKED, day__year=month.year, day__month=month.month)
    sums = booked.aggregate(**{name: Sum(name) for name in names})
    return {name: _as_text(name, sums[name] or 0) for name in names}


def _as_text(name: str, value: Decimal | int) -> str:
    return f"{value:.2f}" if name.endswith("amount") else str(value)
