from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybranch.models.binding import NOT_WITHDRAWN, Binding

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class FoundedQuerySet(models.QuerySet):
    """What is founded on a day and may be dissolved on another, on which it no longer exists."""

    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def live(self) -> Self:
        """What was not recorded by mistake."""
        return self.filter(withdrawn_at__isnull=True)

    def on(self, day: date) -> Self:
        return self.live().filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day), founded_on__lte=day)


class Founded(models.Model):
    """A branch or a body of it. One recorded by mistake is withdrawn with a reason while nothing hangs on it.

    It stays readable, and nothing can be recorded of it any more. One that existed is dissolved instead.
    """

    founded_on = models.DateField(_("founded on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_reason = models.CharField(_("reason of the withdrawal"), max_length=200, blank=True, editable=False)

    objects = FoundedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = Binding.Meta.constraints

    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class Branch(Founded):
    """A Party branch (党支部) of the unit."""

    name = models.CharField(_("name of the branch"), max_length=80)
    superior = models.CharField(_("Party organisation above"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("Party branch")
        default_permissions = ()
        ordering = ["founded_on", "id"]
        constraints = [
            *Founded.Meta.constraints,
            models.UniqueConstraint(
                fields=["name"],
                condition=NOT_WITHDRAWN,
                name="branch_name_once",
                violation_error_message=_("There is a branch of this name already. Please choose another name."),
            ),
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


class Body(Founded):
    """A committee (支委会) or a group (党小组) of a branch, with its days: what never existed has no gap."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("branch committee")
        GROUP = "group", _("Party group")

    branch = models.ForeignKey(Branch, verbose_name=_("Party branch"), on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(_("kind of body"), max_length=10, choices=Kind)
    name = models.CharField(_("name of the body"), max_length=40)

    class Meta:
        verbose_name = _("body of the branch")
        default_permissions = ()
        ordering = ["kind", "founded_on", "id"]
        constraints = [
            *Founded.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(name=""),
                name="body_has_name",
                violation_error_message=_("A committee or a group needs its name."),
            ),
            models.UniqueConstraint(
                fields=["branch", "name"],
                condition=NOT_WITHDRAWN,
                name="body_name_once",
                violation_error_message=_("The branch has a body of this name already. Please choose another name."),
            ),
            models.UniqueConstraint(
                fields=["branch"],
                condition=NOT_WITHDRAWN & Q(kind="committee", dissolved_on__isnull=True),
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
