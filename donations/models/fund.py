from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class FundQuerySet(models.QuerySet["Fund"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("donations.view_fund") else self.none()

    def in_use(self) -> Self:
        return self.filter(is_active=True)

    def unrestricted(self) -> Self:
        """What a gift without a wish goes to."""
        return self.filter(restriction=Fund.Restriction.UNRESTRICTED)


class Fund(models.Model):
    """What money is for (资金项目). The restriction is the accountant's view of the donor's wish.

    Code and restriction stand in books and reports: they are fixed once a document names the fund.
    """

    class Restriction(models.TextChoices):
        UNRESTRICTED = "unrestricted", _("unrestricted")
        RESTRICTED = "restricted", _("restricted")
        SPECIAL = "special", _("special fund")
        AGENCY = "agency", _("agency")

    class Purpose(models.TextChoices):
        """Purposes of 慈善法 art. 3 as federations name them."""

        POVERTY = "poverty", _("relief of poverty")
        ELDERLY = "elderly", _("care of the elderly")
        ORPHANS = "orphans", _("care of orphans")
        MEDICAL = "medical", _("medical aid")
        DISABILITY = "disability", _("help for the disabled")
        VETERANS = "veterans", _("support of veterans and families")
        DISASTER = "disaster", _("disaster relief")
        EDUCATION = "education", _("help for students")
        CULTURE = "culture", _("science, culture, health and sport")
        ENVIRONMENT = "environment", _("environment")
        OTHER = "other", _("other charity")

    code = models.CharField(_("code"), max_length=20, unique=True, db_collation="C")
    name = models.CharField(_("name"), max_length=80, unique=True)
    restriction = models.CharField(_("restriction"), max_length=12, choices=Restriction)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name=""),
                name="fund_has_code_and_name",
                violation_error_message=_("A fund needs a code and a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("donations:fund_detail", args=[self.pk])

    def audit_label(self) -> str:
        return self.code

    def is_used(self) -> bool:
        """Whether any document names it."""
        return self.allocations.exists()


class FundAllocation(models.Model):
    """The part of one document that goes to one fund, in yuan. A document's parts sum to its amount."""

    donation = models.ForeignKey("donations.Donation", on_delete=models.PROTECT, related_name="allocations")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="allocations")
    amount = models.DecimalField(_("amount (yuan)"), max_digits=16, decimal_places=2)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["donation", "fund"],
                name="fund_allocation_once_per_fund",
                violation_error_message=_("Each fund is named once."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="fund_allocation_positive",
                violation_error_message=_("The part of a fund must be greater than 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.amount}"
