"""What waits for a person among the gifts, and the month on the start page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import F, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from donations.lists.waiting import WAITING, arrival_days
from donations.models import DailySummary, Donation, Reversal
from hebi_charity.core import dates
from hebi_charity.core.registry import StartChart, StartFigure, StartPanel, WorkItem

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


def waiting(user: User) -> list[WorkItem]:
    """Gifts and reversals that wait for this person. A number and the list behind it are the same rows."""
    gifts = Donation.objects.visible_to(user)
    everything = reverse("donations:list")
    items = [
        WorkItem(_label(code), work.rows(gifts, user).count(), f"{everything}?waits={code}", overdue=code == "overdue")
        for code, work in WAITING.items()
        if any(user.has_perm(permission) for permission in work.permissions)
    ]
    if user.has_perm("donations.approve_reversal"):
        count = Reversal.objects.awaiting_decision_by(user).count()
        items.append(WorkItem(_("Reversals to decide"), count, f"{reverse('donations:reversals')}?which=mine"))
    return [item for item in items if item.count]


def _label(code: str) -> str:
    if code == "overdue":
        return _("Not arrived for more than %(days)s days") % {"days": arrival_days()}
    return str(WAITING[code].label)


def this_month(user: User) -> StartPanel:
    """The month's figures and its days as a chart, from the summaries."""
    if not user.has_perm("donations.view_donation"):
        return StartPanel()
    today = dates.today()
    booked = DailySummary.objects.filter(basis=DailySummary.Basis.BOOKED, day__range=(dates.month_start(today), today))
    sums = booked.aggregate(gifts=Sum(F("gifts") - F("reversed_gifts")), amount=Sum(F("amount") - F("reversed_amount")))
    month = {"booked_first": dates.month_start(today).isoformat(), "booked_last": today.isoformat()}
    everything = f"{reverse('donations:list')}?{urlencode(month)}"
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
