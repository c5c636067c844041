from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partybranch.models.binding import NOT_WITHDRAWN, Binding, BindingQuerySet
from partybranch.models.person import Person


class Standing(Binding):
    """From which day the Party standing (党龄) of a person counts, where a paper says otherwise than 转正."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="standings")
    standing_from = models.DateField(_("standing counts from"))
    reason = models.CharField(_("paper or decision"), max_length=200)

    objects = BindingQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = _("beginning of the standing")
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            *Binding.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"],
                condition=NOT_WITHDRAWN,
                name="standing_one_of_person",
                violation_error_message=_("A day is set for this person already. Please withdraw it first."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="standing_has_reason",
                violation_error_message=_("Give the paper or the decision that sets the day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()
