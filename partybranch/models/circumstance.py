from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partybranch.models.binding import NOT_WITHDRAWN, Lasting, LastingQuerySet, once_at_a_time
from partybranch.models.person import Person


class Circumstance(Lasting):
    """What is taken into account of a person from a day to a day: who is expected at a meeting depends on it."""

    class Kind(models.TextChoices):
        RETIRED = "retired", _("retired from work")
        MOBILE = "mobile", _("mobile member")
        EXEMPT = "exempt", _("no hard requirement")
        LOST = "lost", _("lost contact")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="circumstances")
    kind = models.CharField(_("circumstance"), max_length=8, choices=Kind)
    reason = models.CharField(_("reason or place"), max_length=200, blank=True)

    objects = LastingQuerySet.as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("circumstance")
        default_permissions = ()
        ordering = ["starts_on", "id"]
        indexes = [
            models.Index(fields=["person", "starts_on"], condition=NOT_WITHDRAWN, name="circumstance_of_day"),
        ]
        constraints = [
            *Lasting.Meta.constraints,
            *(
                once_at_a_time(
                    f"circumstance_{kind}_once_at_a_time",
                    each="person",
                    condition=Q(kind=kind),
                    message=_("This is recorded for these days already. Please check the day, or end the earlier one."),
                )
                for kind in ("retired", "mobile", "exempt", "lost")
            ),
            models.CheckConstraint(
                condition=Q(kind="retired") | ~Q(reason=""),
                name="circumstance_has_reason",
                violation_error_message=_(
                    "Say why, and of a mobile member where: age, illness, the place, the last contact."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()
