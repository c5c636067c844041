"""Every act of the log finds its document, in the state and with the figures that the act left.

Numbers and seals cannot show this alone: who takes a row away may set its series back, and may put a row as it once
was, with the seal it had then. The log is proved by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from donations.book_checks.asking import rows
from donations.models import Donation
from donations.services.sealing import allocation_parts, is_sealed
from hebi_charity.core.registry import Difference

_OF_GIFTS = "object_type = 'donations.donation' AND object_id IS NOT NULL"
# What was reviewed and is gone is named with the reviews.
_GONE = f"""
SELECT e.object_label FROM audit_entry e LEFT JOIN donations_donation d ON d.id = e.object_id
WHERE e.{_OF_GIFTS} AND d.id IS NULL
GROUP BY 1 HAVING NOT bool_or(e.act = 'donation.reviewed') ORDER BY 1
"""  # noqa: S608  # nosec B608  names from this file only
_RENUMBERED = f"""
SELECT DISTINCT d.donation_no, e.object_label FROM audit_entry e JOIN donations_donation d ON d.id = e.object_id
WHERE e.{_OF_GIFTS} AND e.object_label <> d.donation_no ORDER BY 1, 2
"""  # noqa: S608  # nosec B608
# Gifts of files have no entry of their own: the act of their import, which `imports` proves, made them.
_RECORDED_SILENTLY = """
SELECT d.donation_no FROM donations_donation d
WHERE d.shape = 'single' AND d.import_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM audit_entry e WHERE e.object_type = 'donations.donation' AND e.object_id = d.id
        AND e.act = 'donation.registered' AND e.actor_id = d.recorded_by_id
) ORDER BY d.id
"""
# What the last act before review left. Voided without an act, and reviewed, are named with the reviews.
_LAST = f"""
WITH last AS (
    SELECT DISTINCT ON (object_id) object_id, actor_id, reason, CASE act
        WHEN 'donation.returned' THEN 'returned' WHEN 'donation.voided' THEN 'voided' ELSE 'registered' END AS state
    FROM audit_entry WHERE {_OF_GIFTS}
        AND act IN ('donation.registered', 'donation.changed', 'donation.returned', 'donation.voided')
    ORDER BY object_id, id DESC
)
"""  # noqa: S608  # nosec B608
_IN_ANOTHER_STATE = f"""{_LAST}
SELECT d.donation_no, l.state, d.state FROM donations_donation d JOIN last l ON l.object_id = d.id
WHERE d.state <> l.state AND d.state <> 'reviewed' AND (d.state <> 'voided' OR EXISTS (
    SELECT 1 FROM audit_entry e WHERE e.{_OF_GIFTS} AND e.object_id = d.id AND e.act = 'donation.voided'
)) AND NOT EXISTS (
    SELECT 1 FROM audit_entry e WHERE e.{_OF_GIFTS} AND e.object_id = d.id AND e.act = 'donation.reviewed'
) ORDER BY d.id
"""  # noqa: S608  # nosec B608
_OTHERWISE_DECIDED = f"""{_LAST}
SELECT d.donation_no FROM donations_donation d JOIN last l ON l.object_id = d.id
WHERE d.state = l.state AND (
    (d.state = 'voided' AND (d.voided_by_id IS DISTINCT FROM l.actor_id OR d.void_reason <> l.reason))
    OR (d.state = 'returned' AND d.returned_reason <> l.reason)
) ORDER BY d.id
"""  # noqa: S608  # nosec B608
_UNREVIEWED = f"""
SELECT DISTINCT ON (d.id) d.id, d.amount, e.digest, (
    SELECT (a.changes -> 'amount' ->> 1)::numeric FROM audit_entry a
    WHERE a.{_OF_GIFTS} AND a.object_id = d.id AND a.act IN ('donation.registered', 'donation.changed')
        AND a.changes ? 'amount' ORDER BY a.id DESC LIMIT 1
) FROM donations_donation d JOIN audit_entry e ON e.{_OF_GIFTS} AND e.object_id = d.id
    AND e.act IN ('donation.registered', 'donation.changed')
WHERE d.state <> 'reviewed' ORDER BY d.id, e.id DESC
"""  # noqa: S608  # nosec B608
_ARRIVED_OTHERWISE = f"""
WITH last AS (
    SELECT DISTINCT ON (object_id) object_id, act, actor_id, (changes -> 'received_on' ->> 1)::date AS received_on
    FROM audit_entry WHERE {_OF_GIFTS} AND act IN ('donation.arrived', 'donation.bounced')
    ORDER BY object_id, id DESC
)
SELECT d.donation_no FROM donations_donation d LEFT JOIN last l ON l.object_id = d.id
WHERE d.arrival_by_id IS DISTINCT FROM l.actor_id OR (l.act = 'donation.bounced' AND d.arrival <> 'bounced')
    OR (l.act = 'donation.arrived' AND (d.arrival <> 'arrived' OR d.received_on IS DISTINCT FROM l.received_on))
ORDER BY d.id
"""  # noqa: S608  # nosec B608
_REVERSALS = """
WITH last AS (
    SELECT DISTINCT ON (object_id) object_id, object_label, actor_id, reason, split_part(act, '.', 2) AS state
    FROM audit_entry WHERE object_type = 'donations.reversal' AND object_id IS NOT NULL
        AND act IN ('reversal.requested', 'reversal.approved', 'reversal.refused')
    ORDER BY object_id, id DESC
)
SELECT coalesce(r.reversal_no, l.object_label), r.id IS NULL
FROM last l FULL JOIN donations_reversal r ON r.id = l.object_id
WHERE l.object_label IS DISTINCT FROM r.reversal_no OR l.state <> r.state
    OR l.actor_id IS DISTINCT FROM (CASE l.state WHEN 'requested' THEN r.recorded_by_id ELSE r.approved_by_id END)
    OR (l.state <> 'approved' AND l.reason <> (CASE l.state WHEN 'requested' THEN r.reason ELSE r.refusal END))
ORDER BY 1
"""


def check_gifts() -> Iterator[Difference]:
    """A gift that the log names is there, as the last act left it."""
    for statement, sentence in (
        (_GONE, _("The log of acts knows the gift %(number)s, but it is not there any more.")),
        (_RECORDED_SILENTLY, _("The log of acts does not know that the gift %(number)s was recorded by this person.")),
        (_OTHERWISE_DECIDED, _("Who decided on the gift %(number)s, or why, is not what the log of acts says.")),
        (_ARRIVED_OTHERWISE, _("How the money of the gift %(number)s arrived is not what the log of acts says.")),
    ):
        for (number,) in rows(statement):
            yield Difference("log", number, sentence % {"number": number})
    for number, logged in rows(_RENUMBERED):
        sentence = _("The log of acts knows the gift %(number)s as %(logged)s: its number was changed.")
        yield Difference("log", number, sentence % {"number": number, "logged": logged})
    states = dict(Donation.State.choices)
    for number, logged, found in rows(_IN_ANOTHER_STATE):
        sentence = _("The gift %(number)s stands as “%(found)s”, but by the log of acts it is “%(logged)s”.")
        values = {"number": number, "logged": states[logged], "found": states.get(found, found)}
        yield Difference("log", number, sentence % values)
    yield from _unreviewed()


def _unreviewed() -> Iterator[Difference]:
    """No seal holds a gift before its review; the act that recorded or changed it does."""
    logged = {pk: facts for pk, *facts in rows(_UNREVIEWED)}
    parts = allocation_parts(logged)
    for gift in Donation.objects.filter(pk__in=logged).order_by("pk"):
        amount, digest, said = logged[gift.pk]
        if amount != said:
            sentence = _("The gift %(number)s is %(found)s yuan, but the log of acts says %(logged)s yuan.")
            values = {"number": gift.donation_no, "found": amount, "logged": said}
            yield Difference("log", gift.donation_no, sentence % values)
        elif digest and not is_sealed(gift, parts.get(gift.pk, []), digest):
            sentence = _("The gift %(number)s was changed before its review by an act that the log does not know.")
            yield Difference("log", gift.donation_no, sentence % {"number": gift.donation_no})


def check_reversals_of_log() -> Iterator[Difference]:
    """A reversal that the log names is there, asked for and decided as the last act says; there is no other."""
    for number, is_gone in rows(_REVERSALS):
        if is_gone:
            sentence = _("The log of acts knows the reversal %(number)s, but it is not there any more.")
        else:
            sentence = _("The reversal %(number)s does not stand as the last act of the log left it.")
        yield Difference("log", number, sentence % {"number": number})
