from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class FoundedQuerySet(models.QuerySet):
    """What is founded on a day and may be dissolved on another, on which it no longer exists."""

    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def on(self, day: date) -> Self:
        return self.filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day), founded_on__lte=day)


class Branch(models.Model):
    """A Party branch (党支部) of the unit."""

    name = models.CharField(_("name of the branch"), max_length=80, unique=True)
    superior = models.CharField(_("Party organisation above"), max_length=80, blank=True)
    founded_on = models.DateField(_("founded on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = FoundedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Party branch")
        default_permissions = ()
        ordering = ["founded_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="branch_has_name",
                violation_error_message=_("A branch needs its name."),
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=F("founded_on")),
                name="branch_dissolved_after_founded",
                violation_error_message=_("A branch is dissolved after it was founded. Please check the two days."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partybranch:branch_detail", args=[self.pk])


class Body(models.Model):
    """A committee (支委会) or a group (党小组) of a branch, with its days: what never existed has no gap."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("branch committee")
        GROUP = "group", _("Party group")

    branch = models.ForeignKey(Branch, verbose_name=_("Party branch"), on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(_("kind of body"), max_length=10, choices=Kind)
    name = models.CharField(_("name of the body"), max_length=40)
    founded_on = models.DateField(_("founded on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    objects = FoundedQuerySet.as_manager()

    class Meta:
        verbose_name = _("body of the branch")
        default_permissions = ()
        ordering = ["kind", "founded_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="body_has_name",
                violation_error_message=_("A committee or a group needs its name."),
            ),
            models.UniqueConstraint(
                fields=["branch", "name"],
                name="body_name_once",
                violation_error_message=_("The branch has a body of this name already. Please choose another name."),
            ),
            models.UniqueConstraint(
                fields=["branch"],
                condition=Q(kind="committee", dissolved_on__isnull=True),
                name="body_one_committee",
                violation_error_message=_("The branch has a committee already. Please record its end first."),
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=F("founded_on")),
                name="body_dissolved_after_founded",
                violation_error_message=_("A body ends after it was founded. Please check the two days."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.branch.get_absolute_url()
