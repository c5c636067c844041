from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partybranch.models.life_event import LifeEvent

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class AddendumQuerySet(models.QuerySet["Addendum"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()


class Addendum(models.Model):
    """What came to light after an event was filed: it stands beside the record, with author and time, for good."""

    event = models.ForeignKey(LifeEvent, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField(_("addendum"), max_length=2000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # What the author was called when it was written: the database says so. "" where it was written before that.
    written_as = models.CharField(max_length=50, blank=True, default="", editable=False)
    written_at = models.DateTimeField(auto_now_add=True)

    objects = AddendumQuerySet.as_manager()

    class Meta:
        verbose_name = _("addendum")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="addendum_has_text",
                violation_error_message=_("Write what is to be added."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def author(self) -> str:
        """Who wrote it, as this person was called then."""
        return self.written_as or self.written_by.full_name
