"""The rows of a file between reading and becoming documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hebi_charity.imports.models.imported import Import


class StagedRowQuerySet(models.QuerySet["StagedRow"]):
    def rejected(self) -> Self:
        return self.filter(verdict=StagedRow.Verdict.REJECTED).order_by("row_no")

    def known(self) -> Self:
        return self.filter(verdict=StagedRow.Verdict.KNOWN).order_by("row_no")

    def doubtful(self) -> Self:
        return self.filter(verdict=StagedRow.Verdict.DOUBTFUL).order_by("row_no")

    def to_merge(self) -> Self:
        """The rows that become documents: new when the file was checked, and not taken by others meanwhile."""
        return self.filter(verdict=StagedRow.Verdict.NEW, known_at_merge=False)

    def to_take_in(self, decided: Iterable[int]) -> Self:
        """The same of rows without money: with the doubtful ones that a person said are new."""
        is_new = Q(verdict=StagedRow.Verdict.NEW) | Q(verdict=StagedRow.Verdict.DOUBTFUL, row_no__in=list(decided))
        return self.filter(is_new, known_at_merge=False).order_by("row_no")

    def numbered(self, rows: Iterable[int]) -> Self:
        """These rows of the file, in its order."""
        return self.filter(row_no__in=list(rows)).order_by("row_no")

    def between(self, first: int, last: int) -> Self:
        return self.filter(row_no__gte=first, row_no__lte=last)


class StagedRow(models.Model):
    """One row of a file as it was read, with what became of it. `row_no` is the line people see in the sheet.

    Rows come by the half million through COPY, in the order of `reading.stage.COLUMNS`; nothing here is indexed but
    the key. `amount` is yuan; only rejected rows have none. Rows without money (shape entry) keep what was read in
    `payload`, where the target has encrypted what is personal, and nothing in the columns of a gift. A row is written
    while its import is being checked and never after; when the import is done, all but the rejected ones go.
    """

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        KNOWN = "known", _("known already")
        DUPLICATE = "duplicate", _("twice in the file")
        REJECTED = "rejected", _("not imported")
        DOUBTFUL = "doubtful", _("perhaps known, to be decided")

    class Shape(models.TextChoices):
        GIFT = "gift", _("becomes a gift")
        ORDER = "order", _("becomes an order of a pool")
        ENTRY = "entry", _("becomes an entry without money")

    pk = models.CompositePrimaryKey("of_import_id", "row_no")
    # The guard stands for the foreign key: one look a statement instead of one a row.
    of_import = models.ForeignKey(
        Import,
        on_delete=models.PROTECT,
        db_column="import_id",
        related_name="rows",
        db_index=False,
        db_constraint=False,
    )
    row_no = models.IntegerField(_("line"))
    verdict = models.CharField(max_length=9, choices=Verdict)
    shape = models.CharField(max_length=5, choices=Shape)
    order_no = models.CharField(_("order number"), max_length=64, blank=True, db_collation="C")
    name = models.CharField(_("name"), max_length=120, blank=True)
    name_key = models.TextField(blank=True)
    donor_name = models.CharField(_("donor"), max_length=120, blank=True)
    payer_name = models.CharField(_("paid by"), max_length=120, blank=True)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=16, decimal_places=2, null=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    received_on = models.DateField(_("received on"), null=True)
    donated_on = models.DateField(_("given on"), null=True)
    donated_at = models.DateTimeField(_("given at"), null=True)
    note = models.TextField(_("note"), blank=True)
    content_key = models.BinaryField(null=True)
    occurrence = models.IntegerField(default=1)
    loose_key = models.BigIntegerField(null=True)
    reason = models.JSONField(null=True)
    known_at_merge = models.BooleanField(db_default=False, default=False)
    payload = models.JSONField(null=True)

    objects = StagedRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a file")
        verbose_name_plural = _("rows of a file")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="rejected", reason__isnull=False)
                | Q(verdict__in=["new", "known", "duplicate"], shape__in=["gift", "order"])
                & Q(received_on__isnull=False, amount__isnull=False, amount__gt=0)
                | Q(verdict__in=["new", "known", "duplicate", "doubtful"], shape="entry", payload__isnull=False),
                name="staged_row_is_whole_or_rejected",
                violation_error_message=_("A row of a file has amount and day, or the reason why it is not imported."),
            ),
            models.CheckConstraint(
                condition=Q(shape__in=["gift", "order"], payload__isnull=True)
                | Q(shape="entry", amount__isnull=True, received_on__isnull=True, order_no="", name=""),
                name="staged_row_money_or_payload",
                violation_error_message=_("A row of a file holds money or what was read without money, never both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_import_id}/{self.row_no}"
