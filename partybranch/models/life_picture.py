from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hebi_charity.files.models import Attachment
from partybranch.models.life_event import LifeEvent

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class LifePictureQuerySet(models.QuerySet["LifePicture"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def shown(self) -> Self:
        """What was not taken away again, sign-in sheets and pages of the notebook first, as they were added."""
        order = models.Case(
            *(models.When(kind=kind, then=place) for place, kind in enumerate(LifePicture.Kind.values)),
            output_field=models.SmallIntegerField(),
        )
        return self.filter(removed_at__isnull=True).select_related("attachment").order_by(order, "pk")


class LifePicture(models.Model):
    """A picture of an event: the signed sheet, a page of the notebook, a photograph.

    `given` is the picture as it was stored first, `attachment` as it is shown, turned `turns` quarters clockwise.
    """

    class Kind(models.TextChoices):
        SHEET = "sheet", _("sign-in sheet")
        PAGE = "page", _("page of the notebook")
        PHOTOGRAPH = "photo", _("photograph")

    event = models.ForeignKey(LifeEvent, on_delete=models.PROTECT, related_name="pictures")
    kind = models.CharField(_("what the picture shows"), max_length=5, choices=Kind)
    given = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    turns = models.PositiveSmallIntegerField(default=0)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    removed_at = models.DateTimeField(null=True)

    objects = LifePictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of an event")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(turns__lt=4),
                name="life_picture_turned_by_quarters",
                violation_error_message=_("A picture is turned by quarters."),
            ),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True, removed_at__isnull=True)
                | Q(removed_by__isnull=False, removed_at__isnull=False),
                name="life_picture_removed_has_person",
                violation_error_message=_("A picture that was taken away names who took it away, and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.event.get_absolute_url()}#pictures"
