"""The day's summaries: written in the transaction of the act, one grouped upsert, and proved by check_books."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import connection

from donations.models import Donation

# The one definition of what a document adds to which summary. Used to add and to prove.
_FACTS = """
WITH part AS (
    SELECT a.id, a.donation_id, a.fund_id, a.amount,
           a.id = min(a.id) OVER (PARTITION BY a.donation_id) AS leads
    FROM donations_fundallocation a {only_parts}
), document AS (
    SELECT d.*, r.reversed_on, part.fund_id AS part_fund, part.amount AS part_amount, part.leads,
           CASE WHEN part.leads THEN coalesce(d.order_count, 1) ELSE 0 END AS part_gifts,
           CASE WHEN part.leads THEN d.person_times ELSE 0 END AS part_person_times,
           coalesce(d.received_on < date_trunc('month', d.booked_on), false) AS is_late
    FROM donations_donation d
    JOIN part ON part.donation_id = d.id
    LEFT JOIN donations_reversal r ON r.id = d.reversal_id
    WHERE d.state = 'reviewed'
), given AS (
    SELECT d.id, d.donated_on AS day, d.part_gifts AS gifts, d.part_person_times AS person_times,
           d.part_amount AS amount, d.part_fund, d.kind_id, d.channel, d.campaign_id, d.reversal_id
    FROM document d
    WHERE d.shape = 'single' AND d.campaign_id IS NOT NULL AND d.arrival IN ('arrived', 'platform')
    UNION ALL
    SELECT d.id, o.donated_on, count(*), count(*), sum(o.amount), d.part_fund, d.kind_id, d.channel, d.campaign_id,
           d.reversal_id
    FROM document d JOIN donations_platformorder o ON o.donation_id = d.id
    WHERE d.shape = 'pool' AND d.campaign_id IS NOT NULL AND d.arrival IN ('arrived', 'platform')
    GROUP BY d.id, o.donated_on, d.part_fund, d.kind_id, d.channel, d.campaign_id, d.reversal_id
), fact AS (
    SELECT 'booked' AS basis, booked_on AS day, kind_id, channel, part_fund AS fund_id, campaign_id,
           part_gifts AS gifts, part_person_times AS person_times, part_amount AS amount,
           CASE WHEN is_late THEN part_gifts ELSE 0 END AS late_gifts,
           CASE WHEN is_late THEN part_amount ELSE 0 END AS late_amount,
           0 AS reversed_gifts, 0 AS reversed_person_times, 0::numeric AS reversed_amount
    FROM document WHERE booked_on IS NOT NULL AND {with_bookings}
    UNION ALL
    SELECT 'booked', reversed_on, kind_id, channel, part_fund, campaign_id, 0, 0, 0, 0, 0,
           part_gifts, part_person_times, part_amount
    FROM document WHERE booked_on IS NOT NULL AND reversal_id IS NOT NULL AND {with_reversals}
    UNION ALL
    SELECT 'donated', day, kind_id, channel, part_fund, campaign_id, gifts, person_times, amount, 0, 0, 0, 0, 0
    FROM given WHERE {with_bookings}
    UNION ALL
    SELECT 'donated', day, kind_id, channel, part_fund, campaign_id, 0, 0, 0, 0, 0, gifts, person_times, amount
    FROM given WHERE reversal_id IS NOT NULL AND {with_reversals}
), summed AS (
    SELECT basis, day, kind_id, channel, fund_id, campaign_id, sum(gifts) AS gifts, sum(person_times) AS person_times,
           sum(amount) AS amount, sum(late_gifts) AS late_gifts, sum(late_amount) AS late_amount,
           sum(reversed_gifts) AS reversed_gifts, sum(reversed_person_times) AS reversed_person_times,
           sum(reversed_amount) AS reversed_amount
    FROM fact GROUP BY basis, day, kind_id, channel, fund_id, campaign_id
)
"""
_KEY = "basis, day, kind_id, channel, fund_id, campaign_id"
_MEASURES = (
    "gifts",
    "person_times",
    "amount",
    "late_gifts",
    "late_amount",
    "reversed_gifts",
    "reversed_person_times",
    "reversed_amount",
)
_UPSERT = f"""
INSERT INTO donations_dailysummary ({_KEY}, {", ".join(_MEASURES)})
SELECT {_KEY}, {", ".join(_MEASURES)} FROM summed ORDER BY {_KEY}
ON CONFLICT ({_KEY}) DO UPDATE SET
{", ".join(f"{measure} = donations_dailysummary.{measure} + EXCLUDED.{measure}" for measure in _MEASURES)}
"""  # noqa: S608  # nosec B608  names from this file only
_KNOWN = f"SELECT {_KEY}, {', '.join(_MEASURES)} FROM donations_dailysummary"  # noqa: S608  # nosec B608
_JOIN = " AND ".join(
    f"coalesce(k.{name}, 0) = coalesce(s.{name}, 0)" if name == "campaign_id" else f"k.{name} = s.{name}"
    for name in _KEY.split(", ")
)
_WRONG = f"""
SELECT {", ".join(f"coalesce(k.{name}, s.{name})" for name in _KEY.split(", "))},
    {", ".join(f"coalesce({side}.{name}, 0)" for side in "ks" for name in _MEASURES)}
FROM ({_KNOWN}) AS k FULL JOIN summed AS s ON {_JOIN}
WHERE {" OR ".join(f"coalesce(k.{name}, 0) <> coalesce(s.{name}, 0)" for name in _MEASURES)}
ORDER BY 1, 2, 3, 4, 5, 6
"""  # noqa: S608  # nosec B608


def _facts(*, only: bool, bookings: bool = True, reversals: bool = True) -> str:
    return _FACTS.format(
        only_parts="WHERE a.donation_id = ANY(%s)" if only else "",
        with_bookings="true" if bookings else "false",
        with_reversals="true" if reversals else "false",
    )


_HOLD = f"""
INSERT INTO donations_dailysummary ({_KEY}, {", ".join(_MEASURES)})
SELECT DISTINCT {_KEY}, {", ".join("0" for _ in _MEASURES)} FROM unnest(
    %s::text[], %s::date[], %s::text[], %s::text[], %s::bigint[], %s::bigint[]
) AS held ({_KEY}) ORDER BY {_KEY}
ON CONFLICT ({_KEY}) DO UPDATE SET gifts = donations_dailysummary.gifts
"""  # noqa: S608  # nosec B608


def hold(donations: Iterable[Donation], *, fund: int, booked: Mapping[date, date]) -> None:
    """Lock the summaries that these unsaved documents for one fund will add to, in order of their keys.

    For acts that take numbers: summaries come before the number series, documents cannot come before their numbers.
    `booked` is the booking day of each day of receipt.
    """
    keys = set()
    for donation in donations:
        place = (donation.kind_id, donation.channel, fund, donation.campaign_id)
        if donation.received_on:
            keys.add(("booked", booked[donation.received_on], *place))
        if donation.campaign_id:
            keys.add(("donated", donation.donated_on, *place))
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(_HOLD, [list(column) for column in zip(*keys, strict=True)])


def add_booked(donations: Iterable[int]) -> None:
    """Add newly reviewed (or newly arrived) documents to the summaries; keys are locked in order."""
    with connection.cursor() as cursor:
        cursor.execute(_facts(only=True, reversals=False) + _UPSERT, [list(donations)])


def add_reversed(donations: Iterable[int]) -> None:
    """Add newly reversed documents to the summaries of the day they are reversed on."""
    with connection.cursor() as cursor:
        cursor.execute(_facts(only=True, bookings=False) + _UPSERT, [list(donations)])


def differences() -> list[tuple[tuple, dict[str, tuple]]]:
    """Every summary that does not equal what the documents say: its key, and of each measure (kept, recomputed)."""
    with connection.cursor() as cursor:
        cursor.execute(_facts(only=False) + _WRONG)
        found = cursor.fetchall()
    first, size = len(_KEY.split(", ")), len(_MEASURES)
    return [
        (
            row[:first],
            dict(zip(_MEASURES, zip(row[first : first + size], row[first + size :], strict=True), strict=True)),
        )
        for row in found
    ]
