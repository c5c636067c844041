"""What waits for a person among the gifts, and the month on the start page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from donations.models import DailySummary, Donation, Reversal
from donations.shipped import ARRIVAL_SETTING
from hebi_charity.core import dates
from hebi_charity.core.registry import StartChart, StartFigure, StartPanel, WorkItem
from hebi_charity.office.models import DatedSetting

if TYPE_CHECKING:
    from donations.models.donation import DonationQuerySet
    from hebi_charity.accounts.models import User

DEFAULT_DAYS = 10


def waiting(user: User) -> list[WorkItem]:
    """Gifts and reversals that wait for this person."""
    gifts = Donation.objects.visible_to(user)
    everything = reverse("donations:list")
    lines = (
        (
            "donations.change_donation|donations.record_income",
            _("Gifts returned to me"),
            gifts.returned_to(user),
            "?state=returned",
        ),
        ("donations.review_donation", _("Gifts to review"), gifts.awaiting_review_by(user), "?state=registered"),
        ("donations.record_arrival", _("Money awaited"), gifts.awaiting_arrival(), "?arrival=pending&state=reviewed"),
    )
    items = [
        WorkItem(label, rows.count(), f"{everything}{query}")
        for permission, label, rows, query in lines
        if any(user.has_perm(one) for one in permission.split("|"))
    ]
    if user.has_perm("donations.record_arrival"):
        items.append(_overdue(gifts))
    if user.has_perm("donations.approve_reversal"):
        count = Reversal.objects.awaiting_decision_by(user).count()
        items.append(WorkItem(_("Reversals to decide"), count, reverse("donations:reversals")))
    return [item for item in items if item.count]


def _overdue(gifts: DonationQuerySet) -> WorkItem:
    """Awaited money that should have been here long ago."""
    setting = DatedSetting.objects.in_force(ARRIVAL_SETTING, dates.today())
    days = int(setting.value) if setting else DEFAULT_DAYS
    last = dates.today() - timedelta(days=days + 1)
    address = f"{reverse('donations:list')}?arrival=pending&state=reviewed&last={last.isoformat()}"
    label = _("Not arrived for more than %(days)s days") % {"days": days}
    return WorkItem(label, gifts.overdue(days=days).count(), address, overdue=True)


def this_month(user: User) -> StartPanel:
    """The month's figures and its days as a chart, from the summaries."""
    if not user.has_perm("donations.view_donation"):
        return StartPanel()
    today = dates.today()
    booked = DailySummary.objects.filter(basis=DailySummary.Basis.BOOKED, day__range=(dates.month_start(today), today))
    sums = booked.aggregate(gifts=Sum(F("gifts") - F("reversed_gifts")), amount=Sum(F("amount") - F("reversed_amount")))
    everything = reverse("donations:list")
    figures = [
        StartFigure(_("Booked this month (yuan)"), f"{sums['amount'] or 0:,.2f}", everything),
        StartFigure(_("Entries booked this month"), f"{sums['gifts'] or 0:,}", everything),
    ]
    days = booked.values("day").annotate(total=Sum(F("amount") - F("reversed_amount"))).order_by("day")
    chart = StartChart(
        _("Booked by day, %(month)s") % {"month": f"{today:%Y-%m}"},
        _("yuan"),
        [f"{row['day']:%m-%d}" for row in days],
        [f"{row['total']:.2f}" for row in days],
        everything,
    )
    first = [] if Donation.objects.exists() else [(_("Record the first gift"), reverse("donations:create"))]
    return StartPanel(figures=figures, chart=chart if days else None, first_steps=first)
