from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybranch.models.attendance import Attendance
from partybranch.models.binding import NOT_WITHDRAWN, Binding, BindingQuerySet


class MakeUpQuerySet(BindingQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-done_on", "-pk")


class MakeUp(Binding):
    """What somebody who missed an event took up afterwards: 补课 of a lecture, 补学 of anything else.

    It closes one row of the attendance list, also after the event was filed: it is a row of its own. Who has no hard
    requirement to attend may be taught at home (送学上门; 中国共产党党员教育管理工作条例 art. 23).
    """

    class Way(models.TextChoices):
        HOME_VISIT = "home", pgettext_lazy("make-up", "taught at home")
        OTHER_SESSION = "session", pgettext_lazy("make-up", "attended another session")
        RECORDING = "recording", pgettext_lazy("make-up", "watched or heard the recording")
        READING = "reading", pgettext_lazy("make-up", "read the material")
        TOLD = "told", pgettext_lazy("make-up", "was told by a member")

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="make_ups")
    done_on = models.DateField(_("made up on"))
    way = models.CharField(_("way of making up"), max_length=9, choices=Way)
    what = models.CharField(_("what was made up"), max_length=200)
    helper = models.CharField(_("who taught or told it"), max_length=40, blank=True)

    objects = MakeUpQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = _("make-up")
        default_permissions = ()
        constraints = [
            *Binding.Meta.constraints,
            models.UniqueConstraint(
                fields=["attendance"],
                condition=NOT_WITHDRAWN,
                name="make_up_once",
                violation_error_message=_("This was made up already. Withdraw that record first if it is wrong."),
            ),
            models.CheckConstraint(
                condition=~Q(what=""),
                name="make_up_says_what",
                violation_error_message=_("Say what was made up."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.attendance.event.get_absolute_url()
