from django.db import models
from django.utils.translation import gettext_lazy as _


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
