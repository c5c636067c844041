"""What waits for a person among the documents: the same rows for the number on the start page and for the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donations.shipped import ARRIVAL_SETTING
from hebi_charity.core import dates
from hebi_charity.office.models import DatedSetting

if TYPE_CHECKING:
    from donations.models.donation_queries import DonationQuerySet
    from hebi_charity.accounts.models import User

DEFAULT_DAYS = 10


@dataclass(frozen=True)
class Waiting:
    """One kind of waiting work: who does it (one of these permissions), and which documents."""

    label: Promise
    permissions: tuple[str, ...]
    rows: Callable[[DonationQuerySet, User], DonationQuerySet]


def arrival_days() -> int:
    """After how many days awaited money is overdue today."""
    setting = DatedSetting.objects.in_force(ARRIVAL_SETTING, dates.today())
    return int(setting.value) if setting else DEFAULT_DAYS


# Key: what the address of the list says.
WAITING: dict[str, Waiting] = {
    "returned": Waiting(
        _("Gifts returned to me"),
        ("donations.change_donation", "donations.record_income"),
        lambda rows, user: rows.returned_to(user),
    ),
    "review": Waiting(
        _("Gifts to review"), ("donations.review_donation",), lambda rows, user: rows.awaiting_review_by(user)
    ),
    "arrival": Waiting(_("Money awaited"), ("donations.record_arrival",), lambda rows, user: rows.awaiting_arrival()),
    "overdue": Waiting(
        _("Overdue money"), ("donations.record_arrival",), lambda rows, user: rows.overdue(days=arrival_days())
    ),
}
