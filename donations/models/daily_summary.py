from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _


class DailySummaryQuerySet(models.QuerySet["DailySummary"]):
    def booked(self) -> Self:
        """By the day money was booked: what arrived."""
        return self.filter(basis=DailySummary.Basis.BOOKED)

    def given(self) -> Self:
        """By the day of giving: what a campaign raised."""
        return self.filter(basis=DailySummary.Basis.DONATED)

    def of_year(self, year: int) -> Self:
        return self.filter(day__year=year)

    def net(self) -> dict[str, object]:
        """Yuan, entries and person-times of these rows, less what was reversed."""
        found = self.aggregate(**NET)
        return {name: value or 0 for name, value in found.items()}


NET = {
    "yuan": Sum(F("amount") - F("reversed_amount")),
    "entries": Sum(F("gifts") - F("reversed_gifts")),
    "times": Sum(F("person_times") - F("reversed_person_times")),
}


class DailySummary(models.Model):
    """What was booked (or raised) on one day for one kind, channel, fund and campaign. Kept by services only.

    Money in yuan, `gifts` in gifts (the orders of a pool each count), `person_times` in 人次. A document split over
    several funds counts once, on its first allocation. `late_…` is the part received before the month it is booked
    in; `reversed_…` is what was reversed on this day, positive. `amount` does not contain the reversed part.
    """

    class Basis(models.TextChoices):
        BOOKED = "booked", _("by day of booking, money arrived")
        DONATED = "donated", _("by day of giving, campaign's count")

    basis = models.CharField(max_length=8, choices=Basis)
    day = models.DateField()
    kind = models.ForeignKey("donations.IncomeKind", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12)
    fund = models.ForeignKey("donations.Fund", on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey("donations.Campaign", on_delete=models.PROTECT, related_name="+", null=True)
    gifts = models.IntegerField(default=0)
    person_times = models.IntegerField(default=0)
    amount = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    late_gifts = models.IntegerField(default=0)
    late_amount = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    reversed_gifts = models.IntegerField(default=0)
    reversed_person_times = models.IntegerField(default=0)
    reversed_amount = models.DecimalField(max_digits=18, decimal_places=2, default=0)

    objects = DailySummaryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["basis", "day", "kind", "channel", "fund", "campaign"],
                nulls_distinct=False,
                name="daily_summary_key",
                violation_error_message=_("The summary of this day exists already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} {self.day} {self.kind_id}"
