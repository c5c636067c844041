from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.models.donor import NameCharacters
from hebi_charity.core.local_day import LocalDay


class PlatformOrder(models.Model):
    """One payment of a pool, as the platform, POS or bank listed it. Slim and immutable; no number, no donor.

    Known by its order number, or without one by content key and occurrence (design decision 11).
    """

    donation = models.ForeignKey("donations.Donation", on_delete=models.PROTECT, related_name="orders")
    row_no = models.PositiveIntegerField()
    channel = models.CharField(max_length=12)
    order_no = models.CharField(max_length=64, null=True, db_collation="C")  # noqa: DJ001  absent is not empty
    order_tail = models.CharField(max_length=6, blank=True, db_collation="C")
    content_key = models.BinaryField(max_length=32, null=True)
    occurrence = models.PositiveIntegerField(default=1)
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    donated_on = models.DateField()
    donated_at = models.DateTimeField(null=True)
    nickname = models.CharField(max_length=60, blank=True)
    name_key = models.CharField(max_length=60, blank=True)
    loose_key = models.BigIntegerField(null=True)
    reversal = models.ForeignKey("donations.Reversal", on_delete=models.PROTECT, related_name="orders", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["order_tail", "id"], condition=~Q(order_tail=""), name="platform_order_tail"),
            GinIndex(
                NameCharacters("name_key"),
                condition=~Q(name_key=""),
                name="platform_order_characters",
            ),
            models.Index(
                fields=["loose_key"],
                condition=Q(loose_key__isnull=False, reversal__isnull=True),
                name="platform_order_loose",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "order_no"],
                condition=Q(reversal__isnull=True, order_no__isnull=False),
                name="platform_order_no_once",
                violation_error_message=_("This order number is known already."),
            ),
            models.UniqueConstraint(
                fields=["content_key", "occurrence"],
                condition=Q(reversal__isnull=True, content_key__isnull=False),
                name="platform_order_content_once",
                violation_error_message=_("This row is known already."),
            ),
            models.CheckConstraint(
                condition=Q(order_no__isnull=False, content_key__isnull=True)
                | Q(order_no__isnull=True, content_key__isnull=False),
                name="platform_order_one_identity",
                violation_error_message=_("An order is known by its number or by its content, not by both."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="platform_order_amount_positive",
                violation_error_message=_("The amount must be greater than 0."),
            ),
            models.CheckConstraint(
                condition=Q(donated_at__isnull=True) | Q(donated_on=LocalDay("donated_at")),
                name="platform_order_same_day",
                violation_error_message=_("The day and the moment of the payment do not agree."),
            ),
        ]

    def __str__(self) -> str:
        return self.order_no or f"{self.donation_id}/{self.row_no}"
