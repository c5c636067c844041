"""Acts as the log witnessed them: what was reviewed is reviewed, what was voided or reversed has its act."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from donations.book_checks.asking import rows
from donations.models import Donation, Reversal
from donations.services.sealing import reversal_seal
from hebi_charity.core.paging import in_chunks
from hebi_charity.core.registry import Difference

_WITNESSED = (
    "EXISTS (SELECT 1 FROM audit_entry e WHERE e.object_type = 'donations.donation' AND e.object_id = d.id"
    " AND e.act = '{act}')"
)
_REVIEWED, _VOIDED = _WITNESSED.format(act="donation.reviewed"), _WITNESSED.format(act="donation.voided")
# No legal way leads from reviewed to another state, so any trace of a review is proof.
_UNDONE = f"""
SELECT d.donation_no, d.state FROM donations_donation d
WHERE d.state <> 'reviewed' AND (d.seal <> '' OR d.reviewed_at IS NOT NULL OR d.reviewed_by_id IS NOT NULL
    OR d.booked_on IS NOT NULL OR d.reversal_id IS NOT NULL OR {_REVIEWED}) ORDER BY d.id
"""  # noqa: S608  # nosec B608  names from this file only
_GONE = """
SELECT DISTINCT e.object_label FROM audit_entry e LEFT JOIN donations_donation d ON d.id = e.object_id
WHERE e.act = 'donation.reviewed' AND e.object_id IS NOT NULL AND d.id IS NULL ORDER BY 1
"""
_VOIDED_SILENTLY = f"""
SELECT d.donation_no FROM donations_donation d WHERE d.state = 'voided' AND NOT {_VOIDED} ORDER BY d.id
"""  # noqa: S608  # nosec B608
# Gifts of files are bound by the act of their import, which `imports` proves; those reviewed together come below.
_REVIEWED_SILENTLY = """
SELECT d.donation_no FROM (
    SELECT *, count(*) OVER (PARTITION BY reviewed_by_id, reviewed_at) AS together
    FROM donations_donation WHERE state = 'reviewed' AND import_id IS NULL
) AS d WHERE d.together = 1 AND NOT EXISTS (
    SELECT 1 FROM audit_entry e WHERE e.object_type = 'donations.donation' AND e.object_id = d.id
        AND e.act = 'donation.reviewed' AND e.actor_id = d.reviewed_by_id
) ORDER BY d.id
"""
# Many reviewed in one act are one entry: how many by whom and their sum, which neither arrival nor reversal changes.
_TOGETHER = """
WITH act AS (
    SELECT reviewed_by_id AS person, count(*) AS gifts, sum(amount) AS yuan,
        (reviewed_at AT TIME ZONE 'Asia/Shanghai')::date AS day
    FROM donations_donation WHERE state = 'reviewed' AND import_id IS NULL
    GROUP BY reviewed_by_id, reviewed_at HAVING count(*) > 1
), found AS (
    SELECT person, gifts, yuan, count(*) AS acts, min(day) AS day FROM act GROUP BY 1, 2, 3
), logged AS (
    SELECT actor_id AS person, "count" AS gifts, (sums ->> 'CNY')::numeric AS yuan, count(*) AS acts, min("on") AS day
    FROM audit_entry WHERE act = 'donation.reviewed' AND object_id IS NULL GROUP BY 1, 2, 3
)
SELECT coalesce(l.day, f.day), gifts, yuan, coalesce(l.acts, 0), coalesce(f.acts, 0)
FROM logged l FULL JOIN found f USING (person, gifts, yuan)
WHERE l.acts IS DISTINCT FROM f.acts ORDER BY 1, 2, 3
"""
# What no seal of a gift holds: a reversal put on it, taken from it, or put on some of its orders only.
_WRONG_REVERSALS = """
SELECT d.donation_no FROM donations_donation d
LEFT JOIN donations_reversal r ON r.donation_id = d.id AND r.state = 'approved'
WHERE d.reversal_id IS DISTINCT FROM r.id OR (d.shape = 'pool' AND EXISTS (
    SELECT 1 FROM donations_platformorder o WHERE o.donation_id = d.id AND o.reversal_id IS DISTINCT FROM r.id
)) ORDER BY d.id
"""


def check_reviews() -> Iterator[Difference]:
    """What the log says was reviewed or voided is just that, and nothing else is."""
    for number, state in rows(_UNDONE):
        sentence = _("The gift %(number)s was reviewed, but it stands as “%(state)s” now: its state was changed.")
        values = {"number": number, "state": dict(Donation.State.choices).get(state, state)}
        yield Difference("reviews", number, sentence % values)
    for statement, sentence in (
        (_GONE, _("The gift %(number)s was reviewed, but it is not there any more.")),
        (_VOIDED_SILENTLY, _("The gift %(number)s stands as voided, but the log knows nobody who voided it.")),
        (_REVIEWED_SILENTLY, _("The gift %(number)s stands as reviewed, but not so in the log of acts.")),
    ):
        for (number,) in rows(statement):
            yield Difference("reviews", number, sentence % {"number": number})
    yield from _reviewed_together()


def _reviewed_together() -> Iterator[Difference]:
    for day, gifts, yuan, logged, found in rows(_TOGETHER):
        sentence = _(
            "On %(day)s %(gifts)s gifts of %(yuan)s yuan were reviewed in one act: the log has %(logged)s such acts,"
            " the gifts %(found)s. One of these gifts was changed, taken away or put there."
        )
        values = {"day": day, "gifts": gifts, "yuan": yuan, "logged": logged, "found": found}
        yield Difference("reviews", f"{day} {gifts} {yuan}", sentence % values)


def check_reversals() -> Iterator[Difference]:
    """Each reversal is as it was asked for and decided; reversed is what has an approved one, with all its orders."""
    for reversal in in_chunks(Reversal.objects.order_by("pk")):
        if reversal.seal != reversal_seal(reversal):
            sentence = _("The reversal %(number)s was changed after the act: its seal does not match.")
            yield Difference("reversals", reversal.reversal_no, sentence % {"number": reversal.reversal_no})
    for (number,) in rows(_WRONG_REVERSALS):
        sentence = _("The gift %(number)s is marked as reversed without an approved reversal, or the other way round.")
        yield Difference("reversals", number, sentence % {"number": number})
