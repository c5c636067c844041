from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class IncomeKindQuerySet(models.QuerySet["IncomeKind"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("donations.view_donation") else self.none()

    def other_than_gifts(self) -> Self:
        return self.exclude(code=IncomeKind.GIFT)


class IncomeKind(models.Model):
    """A kind of money received (收款类别). Not every yuan is a gift."""

    GIFT = "donation"

    code = models.CharField(primary_key=True, max_length=24, db_collation="C")
    name = models.CharField(_("kind of receipt"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()

    objects = IncomeKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of receipt")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("donations:kind_detail", args=[self.code])


class IncomeKindRuleQuerySet(models.QuerySet["IncomeKindRule"]):
    def in_force(self, day: date) -> dict[str, IncomeKindRule]:
        """The rule of every kind on this day, by the kind's code."""
        rules = self.filter(valid_from__lte=day).order_by("valid_from", "pk")
        return {rule.kind_id: rule for rule in rules}


class IncomeKindRule(models.Model):
    """What holds for a kind of money from a day on. Never edited: a new row follows."""

    kind = models.ForeignKey(IncomeKind, on_delete=models.PROTECT, related_name="rules")
    valid_from = models.DateField(_("valid from"))
    is_donation_income = models.BooleanField(_("is donation income"))
    counts_person_times = models.BooleanField(_("counts in person-times"))
    may_be_receipted = models.BooleanField(_("may have a donation bill"))
    may_be_published = models.BooleanField(_("its donor may be published"))
    legal_basis = models.CharField(_("legal basis or decision"), max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = IncomeKindRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of a kind of receipt")
        indexes = [models.Index(fields=["kind", "-valid_from"], name="income_kind_rule_in_force")]

    def __str__(self) -> str:
        return f"{self.kind_id} {self.valid_from}"

    def audit_label(self) -> str:
        return str(self)
