from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partybranch.models.person import Person


class Attendance(models.Model):
    """How one person of the frozen list attended an event. Who is on it, votes and is exempt never changes.

    What 应到 and 实到 count, on every page and paper: 应到 (expected) is everybody on the list but those of status
    exempt, 实到 (came) is who was there, in the room or on line. So who has no hard requirement to come
    (中国共产党党员教育管理工作条例 art. 23) counts only where something is recorded of them, as for a vote: whoever
    came stands in both numbers, and nobody lowers a rate by staying away. 到会率 is 实到 of those whose attendance is
    recorded.
    """

    class Status(models.TextChoices):
        EXPECTED = "expected", _("attendance not recorded")
        PRESENT = "present", _("present")
        ONLINE = "online", _("on line")
        LEAVE = "leave", _("leave")
        ABSENT = "absent", _("absent")
        EXEMPT = "exempt", _("no hard requirement")

    CAME = (Status.PRESENT, Status.ONLINE)
    NOT_EXPECTED = (Status.EXEMPT,)
    MISSED = (Status.LEAVE, Status.ABSENT)
    # Known on the day of the event and not before.
    ON_THE_DAY = (*CAME, Status.ABSENT)

    event = models.ForeignKey("partybranch.LifeEvent", on_delete=models.PROTECT, related_name="attendance")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendance")
    has_vote = models.BooleanField(_("has a vote"))
    is_exempt = models.BooleanField(_("no hard requirement"), default=False)
    status = models.CharField(_("attendance"), max_length=8, choices=Status, default=Status.EXPECTED)
    leave_reason = models.CharField(_("reason of the leave"), max_length=100, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    marked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("attendance")
        default_permissions = ()
        indexes = [models.Index(fields=["person", "event"], name="attendance_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                name="attendance_once",
                violation_error_message=_("This person stands on the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(status="leave") | ~Q(leave_reason=""),
                name="attendance_leave_has_reason",
                violation_error_message=_("Give the reason of the leave."),
            ),
            models.CheckConstraint(
                condition=~Q(status="exempt") | Q(is_exempt=True),
                name="attendance_exempt_by_notice",
                violation_error_message=_("“No hard requirement” holds only of whom it held at the notice."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["expected", "exempt"]) | Q(marked_by__isnull=False, marked_at__isnull=False),
                name="attendance_marked_has_person",
                violation_error_message=_("Attendance names who recorded it, and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def mark(self) -> tuple[str, str]:
        """How the person attended, and the reason of a leave."""
        return self.status, self.leave_reason
