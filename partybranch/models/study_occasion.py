from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybranch.models.binding import NOT_WITHDRAWN, Binding, BindingQuerySet
from partybranch.models.branch import Branch
from partybranch.models.life_event import LifeEvent
from partybranch.models.person import Person

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class StudyOccasionQuerySet(models.QuerySet["StudyOccasion"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()


class StudyOccasion(models.Model):
    """What several learning records have in common: one meeting, one course outside, one exam. Never changed.

    Teacher and learners are records of one occasion, and so are the two years of a course over New Year.
    """

    class Kind(models.TextChoices):
        EVENT = "event", _("meeting of the branch")
        COURSE = "course", _("course outside")
        EXAM = "exam", _("study tested by an exam")

    branch = models.ForeignKey(
        Branch, verbose_name=_("Party branch"), on_delete=models.PROTECT, related_name="study_occasions"
    )
    kind = models.CharField(_("kind of study"), max_length=6, choices=Kind)
    title = models.CharField(_("what was studied"), max_length=200)
    starts_on = models.DateField(_("first day of study"))
    ends_on = models.DateField(_("last day of study"))
    organiser = models.CharField(_("held by"), max_length=80, blank=True)
    place = models.CharField(_("place of study"), max_length=80, blank=True)
    event = models.OneToOneField(
        LifeEvent, on_delete=models.PROTECT, related_name="study_occasion", null=True, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = StudyOccasionQuerySet.as_manager()

    class Meta:
        verbose_name = _("occasion of study")
        default_permissions = ()
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="study_occasion_has_title",
                violation_error_message=_("Say what was studied."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="study_occasion_days_in_order",
                violation_error_message=_("The last day lies before the first. Please check the two days."),
            ),
            models.CheckConstraint(
                condition=Q(kind="event", event__isnull=False) | (~Q(kind="event") & Q(event__isnull=True)),
                name="study_occasion_event_fits_kind",
                violation_error_message=_("Only the study of a meeting names the meeting."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="course") | ~Q(organiser=""),
                name="study_occasion_course_has_organiser",
                violation_error_message=_("Say who held the course."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:study_occasion", args=[self.pk])


class PassOnDutyQuerySet(BindingQuerySet):
    def of_branch(self, branch: Branch) -> Self:
        return self.filter(occasion__branch=branch)

    def numbered(self, pk: str) -> PassOnDuty | None:
        return self.filter(pk=pk).select_related("occasion").first()

    def open(self) -> Self:
        """Nobody has yet heard it from the learner: no lecture is linked that still holds."""
        from partybranch.models.learning import LearningRecord

        return self.live().filter(~models.Exists(LearningRecord.objects.live().filter(passes_on=models.OuterRef("pk"))))


class PassOnDuty(Binding):
    """Who was sent to a course teaches it to the others afterwards (学成后再作为教师).

    It is open until a lecture given by that person names it.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pass_on_duties")
    occasion = models.ForeignKey(StudyOccasion, on_delete=models.PROTECT, related_name="duties")
    due_on = models.DateField(_("to be passed on by"), null=True, blank=True)

    objects = PassOnDutyQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = _("duty to pass on what was learnt")
        default_permissions = ()
        ordering = ["due_on", "id"]
        constraints = [
            *Binding.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "occasion"],
                condition=NOT_WITHDRAWN,
                name="pass_on_duty_once",
                violation_error_message=_("This person has this duty already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.occasion.get_absolute_url()
