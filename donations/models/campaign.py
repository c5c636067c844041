from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from donations.models.fund import Fund

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

DAYS_TO_FILE = 10  # after the start, for a major emergency (慈善法 art. 73)


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("donations.view_campaign") else self.none()

    def open_on(self, day: date) -> Self:
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Campaign(models.Model):
    """One call for gifts with a beginning and an end, filed with the civil affairs authority (慈善法 art. 24)."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    fund = models.ForeignKey(
        Fund, on_delete=models.PROTECT, related_name="campaigns", verbose_name=_("fund its gifts go to")
    )
    platform = models.CharField(_("platform"), max_length=40, blank=True)
    filing_no = models.CharField(_("filing number"), max_length=40, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    is_emergency = models.BooleanField(
        _("for a major emergency"), default=False, help_text=_("Filed within 10 days after the start (慈善法第73条).")
    )

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="campaign_ends_after_start",
                violation_error_message=_("The campaign cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(filing_no="", filed_on__isnull=True) | (~Q(filing_no="") & Q(filed_on__isnull=False)),
                name="campaign_filing_number_and_date",
                violation_error_message=_("Give the filing number together with the day of filing."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("donations:campaign_detail", args=[self.pk])

    def days(self) -> int | None:
        """Length in days, both ends counted; None while no end is set."""
        return (self.ends_on - self.starts_on).days + 1 if self.ends_on else None

    def audit_label(self) -> str:
        return self.name

    def is_over(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on < day

    def file_until(self) -> date:
        """The last day to file it with the civil affairs authority."""
        return self.starts_on + timedelta(days=DAYS_TO_FILE) if self.is_emergency else self.starts_on
