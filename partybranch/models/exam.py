"""Exams, the banks they draw from, and who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybranch.models.branch import Branch
from partybranch.models.circumstance import Circumstance
from partybranch.models.life_event import LifeEvent
from partybranch.models.person import Person
from partybranch.models.question import QuestionBank
from partybranch.models.stage_change import StageChange
from partybranch.models.study_occasion import StudyOccasion

if TYPE_CHECKING:
    from datetime import date

    from hebi_charity.accounts.models import User


class ExamQuerySet(models.QuerySet["Exam"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def with_somebody_to_resit(self) -> Self:
        """Closed, and somebody of the list has not passed."""
        left = Examinee.objects.filter(exam=OuterRef("pk")).not_passed()
        return self.filter(Exists(left), state=Exam.State.CLOSED)

    def counted(self) -> Self:
        """Each with how many take part and how many passed."""
        passed = Q(results__outcome="passed", results__withdrawn_at__isnull=True)
        return self.annotate(
            taking_part=Count("examinees", distinct=True), passed=Count("results", filter=passed, distinct=True)
        )


class Exam(models.Model):
    """One exam of a branch on a day: questions put on the spot (现场提问), or a sheet (笔试).

    Banks, list of names and the questions of a sheet are fixed when it is prepared; closing it fixes all the rest.
    """

    class Mode(models.TextChoices):
        ORAL = "oral", _("questions put on the spot")
        WRITTEN = "written", _("written exam")

    class State(models.TextChoices):
        OPEN = "open", _("exam under way")
        CLOSED = "closed", _("exam closed")
        CANCELLED = "cancelled", _("called off")

    class TakesPart(models.TextChoices):
        ALL = "all", _("members, those on the way and staff")
        WAY = "way", _("members and those on the way")
        MEMBERS = "members", _("members only")
        EVENT = "event", _("who came to an event")
        RESIT = "resit", _("who has not passed an earlier exam")

    branch = models.ForeignKey(Branch, verbose_name=_("Party branch"), on_delete=models.PROTECT, related_name="exams")
    title = models.CharField(_("title of the exam"), max_length=100)
    mode = models.CharField(_("kind of exam"), max_length=8, choices=Mode, default=Mode.ORAL)
    held_on = models.DateField(_("day of the exam"))
    room = models.CharField(_("room of the exam"), max_length=60, blank=True)
    takes_part = models.CharField(_("who takes part"), max_length=8, choices=TakesPart, default=TakesPart.ALL)
    event = models.ForeignKey(
        LifeEvent,
        verbose_name=_("event whose people take part"),
        on_delete=models.PROTECT,
        related_name="exams",
        null=True,
        blank=True,
    )
    resit_of = models.ForeignKey(
        "self", verbose_name=_("earlier exam"), on_delete=models.PROTECT, related_name="resits", null=True, blank=True
    )
    # Of a written exam with points: what passes. Without it every sheet is judged 通过 or 补考.
    points_to_pass = models.DecimalField(_("points that pass"), max_digits=5, decimal_places=1, null=True, blank=True)
    hours = models.DecimalField(_("hours of study it counts for"), max_digits=4, decimal_places=1, default=1)
    # What the learning records of its people have in common; made with the exam.
    occasion = models.OneToOneField(StudyOccasion, on_delete=models.PROTECT, related_name="exam", editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    cancelled_reason = models.CharField(_("why it was called off"), max_length=200, blank=True, editable=False)

    objects = ExamQuerySet.as_manager()

    class Meta:
        verbose_name = _("exam")
        default_permissions = ()
        indexes = [models.Index(fields=["branch", "-held_on", "-id"], name="exam_list")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="exam_has_title",
                violation_error_message=_("Give the exam a title."),
            ),
            models.CheckConstraint(
                condition=Q(takes_part="event", event__isnull=False) | (~Q(takes_part="event") & Q(event__isnull=True)),
                name="exam_event_is_named",
                violation_error_message=_("Choose the event whose people take part."),
            ),
            models.CheckConstraint(
                condition=Q(takes_part="resit", resit_of__isnull=False)
                | (~Q(takes_part="resit") & Q(resit_of__isnull=True)),
                name="exam_resit_names_earlier",
                violation_error_message=_("Choose the earlier exam that is sat again."),
            ),
            models.CheckConstraint(
                condition=Q(points_to_pass__isnull=True) | Q(mode="written", points_to_pass__gt=0),
                name="exam_points_of_written",
                violation_error_message=_("Points that pass are greater than 0, and of a written exam only."),
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=24),
                name="exam_hours_within_a_day",
                violation_error_message=_("An exam counts for more than 0 and at most 24 hours of study."),
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_by__isnull=False, closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_by__isnull=True, closed_at__isnull=True)),
                name="exam_closed_has_person",
                violation_error_message=_("A closed exam names who closed it, and when."),
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(cancelled_reason=""))
                | (~Q(state="cancelled") & Q(cancelled_reason="")),
                name="exam_cancelled_has_reason",
                violation_error_message=_("Say why the exam was called off."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:exam_detail", args=[self.pk])

    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_oral(self) -> bool:
        return self.mode == self.Mode.ORAL


class ExamBank(models.Model):
    """A bank from which an exam draws."""

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="sources")
    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        verbose_name = _("bank of an exam")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "bank"],
                name="exam_bank_once",
                violation_error_message=_("The exam draws from this bank already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ExamineeQuerySet(models.QuerySet["Examinee"]):
    def not_passed(self) -> Self:
        """Who is to resit, or was not examined."""
        return self.exclude(results__outcome="passed", results__withdrawn_at__isnull=True)

    def with_exempt(self, day: date) -> Self:
        """Each with `is_exempt`: of whom nothing is required on this day (不作硬性要求)."""
        held = Circumstance.objects.on(day).filter(person=OuterRef("person"), kind=Circumstance.Kind.EXEMPT)
        return self.annotate(is_exempt=Exists(held))

    def in_roll_order(self) -> Self:
        """By name, as the roll has them: nobody is ranked."""
        return self.order_by("person__sort_key", "pk")


class Examinee(models.Model):
    """Somebody of the frozen list of an exam, with the stage of that day: "" is staff who study."""

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="examinees")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exams")
    stage = models.CharField(_("stage"), max_length=12, choices=StageChange.Stage, blank=True)

    objects = ExamineeQuerySet.as_manager()

    class Meta:
        verbose_name = _("examinee")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "person"],
                name="examinee_once",
                violation_error_message=_("This person takes part already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
