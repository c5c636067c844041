from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partybranch.models.life_event import LifeEvent

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def newest(self, event: LifeEvent) -> Minutes | None:
        """The version that counts; None while nobody has written any."""
        return self.versions(event).first()

    def versions(self, event: LifeEvent) -> Self:
        """All versions, the newest one first."""
        return self.filter(event=event).select_related("written_by").order_by("-version")


class Minutes(models.Model):
    """One version of the minutes of an event. The highest counts, and none is ever changed: so nothing is lost."""

    event = models.ForeignKey(LifeEvent, on_delete=models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    outcome = models.TextField(_("outcome"), max_length=2000, blank=True)
    text = models.TextField(_("minutes"), max_length=20_000, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["event", "version"],
                name="minutes_each_version_once",
                violation_error_message=_("Somebody else saved these minutes meanwhile. Please reload the page."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.event_id}/{self.version}"
