"""Checks of the books: what the documents say, recomputed and compared with every seal, sum and number kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Sum
from django.utils.translation import gettext as _

from donations.models import DailySummary, Donation, FundAllocation
from donations.services import summaries
from donations.services.sealing import orders_digests, seal_of
from hebi_charity.core.registry import Difference, Registry
from hebi_charity.office.models import NumberSeries, Period
from hebi_charity.office.services.numbers import number_prefix
from hebi_charity.office.services.periods import period_seal

_BATCH = 2_000
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
# What no seal holds: a reversal put on a document, taken from it, or put on some of its orders only.
_WRONG_REVERSALS = """
SELECT d.donation_no FROM donations_donation d
LEFT JOIN donations_reversal r ON r.donation_id = d.id AND r.state = 'approved'
WHERE d.reversal_id IS DISTINCT FROM r.id OR (d.shape = 'pool' AND EXISTS (
    SELECT 1 FROM donations_platformorder o WHERE o.donation_id = d.id AND o.reversal_id IS DISTINCT FROM r.id
)) ORDER BY d.id
"""
_NUMBERS = """
SELECT right({column}, 6)::int AS number FROM {table} WHERE {column} LIKE %s ORDER BY 1
"""
_NUMBERED = {"donation": ("donations_donation", "donation_no"), "income": ("donations_donation", "donation_no")}
_NUMBERED |= {"reversal": ("donations_reversal", "reversal_no")}


def _rows(statement: str, parameters: Iterable[object] = ()) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        return cursor.fetchall()


def _batches() -> Iterator[list[Donation]]:
    """Reviewed documents in order, a batch at a time, by key: no server-side cursor behind a pooler."""
    last = 0
    while batch := list(Donation.objects.reviewed().filter(pk__gt=last).order_by("pk")[:_BATCH]):
        yield batch
        last = batch[-1].pk


def check_seals() -> Iterator[Difference]:
    """Every reviewed document carries the seal of its columns, its parts and its orders."""
    for batch in _batches():
        numbers = [donation.pk for donation in batch]
        parts: dict[int, list[tuple[int, Decimal]]] = {}
        rows = FundAllocation.objects.filter(donation_id__gte=numbers[0], donation_id__lte=numbers[-1])
        for donation_id, fund_id, amount in rows.values_list("donation_id", "fund_id", "amount"):
            parts.setdefault(donation_id, []).append((fund_id, amount))
        digests = orders_digests(donation.pk for donation in batch if donation.shape == Donation.Shape.POOL)
        for donation in batch:
            if donation.seal != seal_of(donation, parts.get(donation.pk, [])):
                yield Difference(
                    "seals",
                    donation.donation_no,
                    _("The gift %(number)s was changed after its review: its seal does not match.")
                    % {"number": donation.donation_no},
                )
            if donation.shape == Donation.Shape.POOL and donation.orders_digest != digests.get(donation.pk, ""):
                yield Difference(
                    "seals",
                    donation.donation_no,
                    _("The orders of the pool %(number)s were changed after its review.")
                    % {"number": donation.donation_no},
                )


def check_allocations() -> Iterator[Difference]:
    """The parts for the funds sum to the amount; a pool's orders sum to it too."""
    for number, amount, parts in _rows(_WRONG_SUMS):
        sentence = _("The gift %(number)s is %(amount)s yuan, but its parts for the funds sum to %(parts)s yuan.")
        yield Difference("allocations", number, sentence % {"number": number, "amount": amount, "parts": parts})
    for number, count, amount, found, total in _rows(_WRONG_POOLS):
        sentence = _(
            "The pool %(number)s has %(count)s orders of %(amount)s yuan, but %(found)s orders of %(total)s yuan"
            " are there."
        )
        values = {"number": number, "count": count, "amount": amount, "found": found, "total": total}
        yield Difference("allocations", number, sentence % values)


def check_summaries() -> Iterator[Difference]:
    """Each day's summary equals what the documents of that day say."""
    for basis, day, kind, channel, fund, campaign, kept, found in summaries.differences():
        record = f"{basis} {day} {kind} {channel} {fund} {campaign or '-'}"
        sentence = _("The summary of %(day)s keeps %(kept)s yuan, the documents say %(found)s yuan (%(record)s).")
        values = {"day": day, "kept": kept or 0, "found": found or 0, "record": record}
        yield Difference("summaries", record, sentence % values)


def check_reversals() -> Iterator[Difference]:
    """Reversed is what has an approved reversal, with all its orders, and nothing else."""
    for (number,) in _rows(_WRONG_REVERSALS):
        sentence = _("The gift %(number)s is marked as reversed without an approved reversal, or the other way round.")
        yield Difference("reversals", number, sentence % {"number": number})


def check_numbers() -> Iterator[Difference]:
    """Every number from 1 to the last given in its series is there, once."""
    for series in NumberSeries.objects.filter(kind__in=_NUMBERED).order_by("kind", "year"):
        table, column = _NUMBERED[series.kind]
        prefix = number_prefix(series.kind, series.year)
        found = {row[0] for row in _rows(_NUMBERS.format(table=table, column=column), [f"{prefix}______"])}
        for number in sorted(set(range(1, series.last + 1)) ^ found):
            record = f"{prefix}{number:06d}"
            sentence = _("The number %(number)s was given, but its document is missing or was not given by its series.")
            yield Difference("numbers", record, sentence % {"number": record})


def check_periods() -> Iterator[Difference]:
    """A closed month still holds the totals it was closed with, under its seal."""
    for period in Period.objects.filter(state=Period.State.CLOSED).order_by("month"):
        promised = period.totals.get("donations")
        if promised is not None and promised != booked_totals(period.month):
            sentence = _("The closed month %(month)s no longer holds the totals it was closed with.")
            yield Difference("periods", str(period), sentence % {"month": f"{period.month:%Y-%m}"})
        if period.seal != period_seal(period):
            sentence = _("The closed month %(month)s was changed after its close: its seal does not match.")
            yield Difference("periods", str(period), sentence % {"month": f"{period.month:%Y-%m}"})


def booked_totals(month: date) -> dict[str, str]:
    """What is booked in a month: yuan booked, yuan reversed, number of gifts; as text, for sealing."""
    names = ("gifts", "person_times", "amount", "reversed_gifts", "reversed_amount")
    booked = DailySummary.objects.filter(basis=DailySummary.Basis.BOOKED, day__year=month.year, day__month=month.month)
    sums = booked.aggregate(**{name: Sum(name) for name in names})
    return {name: _as_text(name, sums[name] or 0) for name in names}


def _as_text(name: str, value: Decimal | int) -> str:
    return f"{value:.2f}" if name.endswith("amount") else str(value)


def register(checks: Registry[Callable[[], Iterable[Difference]]]) -> None:
    every = (check_seals, check_allocations, check_summaries, check_reversals, check_numbers, check_periods)
    for order, check in enumerate(every):
        checks.register(f"donations.{check.__name__.removeprefix('check_')}", check, order=order)
