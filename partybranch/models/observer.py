from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybranch.models.binding import NOT_WITHDRAWN, Binding, BindingQuerySet
from partybranch.models.life_event import LifeEvent
from partybranch.models.person import Person


class ObserverQuerySet(BindingQuerySet):
    def named(self) -> Self:
        """Those who sat in, in the order in which they were added."""
        return self.live().select_related("person").order_by("pk")


class Observer(Binding):
    """Somebody who sat in on an event (列席): a person of the branch by name, or a guest by name and unit.

    Not on the frozen list, without a vote, and not counted in 应到. Added after the notice; withdrawn when wrong.
    """

    event = models.ForeignKey(LifeEvent, on_delete=models.PROTECT, related_name="observers")
    person = models.ForeignKey(
        Person,
        verbose_name=gettext_lazy("person of the branch"),
        on_delete=models.PROTECT,
        related_name="observed",
        null=True,
        blank=True,
    )
    guest = models.CharField(gettext_lazy("name of the guest"), max_length=40, blank=True)
    unit = models.CharField(gettext_lazy("unit and post of the guest"), max_length=80, blank=True)

    objects = ObserverQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = gettext_lazy("observer")
        default_permissions = ()
        indexes = [models.Index(fields=["event", "id"], name="observer_of_event")]
        constraints = [
            *Binding.Meta.constraints,
            models.CheckConstraint(
                condition=Q(person__isnull=False, guest="", unit="")
                | (Q(person__isnull=True) & ~Q(guest="") & ~Q(unit="")),
                name="observer_is_named",
                violation_error_message=gettext_lazy(
                    "Choose a person of the branch, or give name and unit of a guest from outside; not both."
                ),
            ),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=NOT_WITHDRAWN,
                name="observer_once",
                violation_error_message=gettext_lazy("This person is recorded as an observer already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.event.get_absolute_url()

    def name(self) -> str:
        """As papers say it: the name, and of a guest the unit too."""
        if self.person:
            return self.event.name_of(self.person)
        return _("%(guest)s (%(unit)s)") % {"guest": self.guest, "unit": self.unit}
