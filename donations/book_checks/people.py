"""Who recorded or changed a gift, asked for a reversal or submitted a month is not the person who decided on it."""

from __future__ import annotations

from collections.abc import Iterator

from hebi_charity.audit.two_people import one_person
from hebi_charity.core.registry import Difference

_MADE_AND_DECIDED = """
SELECT donation_no, recorded_by_id, reviewed_by_id FROM donations_donation
UNION ALL SELECT donation_no, recorded_by_id, arrival_by_id FROM donations_donation
UNION ALL SELECT d.donation_no, e.actor_id, d.reviewed_by_id FROM donations_donation d JOIN audit_entry e
    ON e.object_type = 'donations.donation' AND e.object_id = d.id AND e.act = 'donation.changed'
UNION ALL SELECT reversal_no, recorded_by_id, approved_by_id FROM donations_reversal
UNION ALL SELECT to_char(month, 'YYYY-MM'), submitted_by_id, confirmed_by_id FROM office_period
"""


def check_people() -> Iterator[Difference]:
    """Two people stand behind every document that binds."""
    yield from one_person(_MADE_AND_DECIDED)
