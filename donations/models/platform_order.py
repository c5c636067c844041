from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.models.name_grams import COMMON_SHARE, LONGEST_GRAM, NameGrams, grams_of
from hebi_charity.core.local_day import LocalDay
from hebi_charity.core.paging import FewQuerySet, in_order

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

TAIL = 6
# How many of the newest orders are looked through before the index is asked: enough for every common name.
NEAR = 2_000
# The index marks a name with the block of 131,072 orders it lies in: newest first is newest block first.
BLOCK_BITS = 17
BLOCKS_AT_ONCE = (1, 8)


class PlatformOrderQuerySet(FewQuerySet["PlatformOrder"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("donations.view_donation") else self.none()

    def numbered(self, text: str) -> Self:
        """Orders with this order number, or with these six last characters."""
        rows = self.filter(order_tail=text[-TAIL:]).exclude(order_tail="")
        return rows if len(text) == TAIL else rows.filter(order_no=text)

    def holding(self, key: str) -> Self:
        """Orders of one pool whose name holds this text: common ones are met on the way, rare ones looked up."""
        if not key:
            return self.none()
        near = self.order_by("row_no", "pk").values_list("name_key", flat=True)[:NEAR]
        if sum(key in name for name in near) >= NEAR * COMMON_SHARE:
            return self.filter(name_key__contains=key)
        last = PlatformOrder.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        return self._in_blocks(key, range((last >> BLOCK_BITS) + 1))

    def newest_holding(self, key: str, *, limit: int) -> list[PlatformOrder]:
        """The newest orders whose name holds this text. However common or rare it is, few rows are read."""
        last = PlatformOrder.objects.order_by("-pk").values_list("pk", flat=True).first()
        if last is None or not key:
            return []
        near = self.filter(pk__gt=last - NEAR, name_key__contains=key)
        found = list(in_order(near, "id", descending=True)[:limit])
        blocks = (last >> BLOCK_BITS) + 1
        for count in (*(some for some in BLOCKS_AT_ONCE if some < blocks), blocks):
            if len(found) == limit:
                break
            newest = self._in_blocks(key, range(blocks - count, blocks))
            found = list(in_order(newest, "id", descending=True)[:limit])
        return found

    def _in_blocks(self, key: str, blocks: range) -> Self:
        rows = self.alias(grams=NameGrams("name_key", F("id")))
        for gram in grams_of(key):
            rows = rows.filter(grams__overlap=[f"{gram}{block}" for block in blocks])
        return (rows if len(key) <= LONGEST_GRAM else rows.filter(name_key__contains=key)).few()


class PlatformOrder(models.Model):
    """One payment of a pool, as the platform, POS or bank listed it. Slim and immutable; no number, no donor.

    Known by its order number, or without one by content key and occurrence (design decision 11).
    """

    donation = models.ForeignKey("donations.Donation", on_delete=models.PROTECT, related_name="orders", db_index=False)
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
    reversal = models.ForeignKey(
        "donations.Reversal", on_delete=models.PROTECT, related_name="orders", null=True, db_index=False
    )

    objects = PlatformOrderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["donation", "row_no"], name="platform_order_in_pool"),
            models.Index(fields=["reversal"], condition=Q(reversal__isnull=False), name="platform_order_reversed"),
            models.Index(fields=["order_tail", "id"], condition=~Q(order_tail=""), name="platform_order_tail"),
            models.Index(
                fields=["loose_key"],
                condition=Q(loose_key__isnull=False, reversal__isnull=True),
                name="platform_order_loose",
            ),
            GinIndex(NameGrams("name_key", F("id")), name="platform_order_grams"),
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
