"""What a clerk answers on the telephone about one gift: a sentence without anybody's name."""

from __future__ import annotations

from django.utils.translation import gettext as _

from donations.models import Donation
from hebi_charity.core.dates import format_day_in_full
from hebi_charity.core.money import format_yuan


def answer_of(gift: Donation) -> str:
    """How it stands with a gift, to be read aloud. Whoever has the code may hear it, so nobody is named."""
    words = {
        "day": format_day_in_full(gift.donated_on),
        "amount": format_yuan(gift.amount),
        "way": gift.get_channel_display(),
        "standing": _standing(gift),
    }
    return _("Your gift of %(day)s, %(amount)s yuan by %(way)s: %(standing)s") % words


def _standing(gift: Donation) -> str:
    if gift.is_reversed():
        return _("it was recorded wrongly and has been corrected; please ask us for the new number.")
    if gift.state == Donation.State.VOIDED:
        return _("the entry was voided; please ask us why.")
    if gift.arrival == Donation.Arrival.BOUNCED:
        return _("the payment came back from the bank and did not reach us.")
    if gift.arrival == Donation.Arrival.PENDING:
        return _("it is registered; the money has not reached our account yet.")
    if gift.arrival == Donation.Arrival.PLATFORM:
        return _("the platform has recorded it and settles it with us later.")
    if gift.state == Donation.State.REVIEWED:
        return _("it has been received and checked. Thank you.")
    return _("it is registered and is being checked. Thank you.")
