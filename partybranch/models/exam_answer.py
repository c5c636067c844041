"""What an exam puts and what comes of it: the questions of a sheet, drawn questions, results."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybranch.models.binding import NOT_WITHDRAWN, Binding, BindingQuerySet
from partybranch.models.exam import Exam, Examinee
from partybranch.models.question import Question


class SheetQuestion(models.Model):
    """A question of a written exam with its place and its points."""

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="sheet")
    number = models.PositiveSmallIntegerField(_("number of the question"))
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="sheets")
    points = models.DecimalField(_("points"), max_digits=4, decimal_places=1)

    class Meta:
        verbose_name = _("question of a sheet")
        default_permissions = ()
        ordering = ["exam_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "number"],
                name="sheet_number_once",
                violation_error_message=_("This number stands on the sheet already."),
            ),
            models.UniqueConstraint(
                fields=["exam", "question"],
                name="sheet_question_once",
                violation_error_message=_("This question stands on the sheet already."),
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0),
                name="sheet_points_not_negative",
                violation_error_message=_("Points cannot be less than 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class DrawQuerySet(BindingQuerySet):
    def waiting(self) -> Self:
        """Put and not yet judged."""
        return self.live().filter(outcome="")

    def asked(self) -> Self:
        """What was really put: not to somebody who was away."""
        return self.live().exclude(outcome=Draw.Outcome.AWAY)


class Draw(Binding):
    """One drawn question put to one drawn person. Drawn and judged once; a wrong one is withdrawn."""

    class Outcome(models.TextChoices):
        WAITING = "", _("not judged yet")
        PASSED = "passed", _("has passed")
        AGAIN = "again", _("to answer again")
        AWAY = "away", _("not there")

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="draws")
    number = models.PositiveIntegerField(_("number of the draw"))
    examinee = models.ForeignKey(Examinee, on_delete=models.PROTECT, related_name="draws")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="draws")
    revealed_at = models.DateTimeField(null=True, editable=False)
    outcome = models.CharField(_("outcome of the answer"), max_length=8, choices=Outcome, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    marked_at = models.DateTimeField(null=True, editable=False)

    objects = DrawQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = _("drawn question")
        default_permissions = ()
        constraints = [
            *Binding.Meta.constraints,
            models.UniqueConstraint(
                fields=["exam", "number"],
                name="draw_number_once",
                violation_error_message=_("Another telephone drew at the same moment. Please draw again."),
            ),
            models.UniqueConstraint(
                fields=["examinee"],
                condition=NOT_WITHDRAWN & Q(outcome=""),
                name="draw_person_waits_once",
                violation_error_message=_("This person is being asked already. Please draw again."),
            ),
            models.UniqueConstraint(
                fields=["exam", "question"],
                condition=NOT_WITHDRAWN & Q(outcome=""),
                name="draw_question_waits_once",
                violation_error_message=_("This question is being put already. Please draw again."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", marked_by__isnull=True, marked_at__isnull=True, note="")
                | (~Q(outcome="") & Q(marked_by__isnull=False, marked_at__isnull=False)),
                name="draw_marked_has_person",
                violation_error_message=_("An outcome names who judged, and when."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="away") | ~Q(note=""),
                name="draw_away_has_reason",
                violation_error_message=_("Say why the person is not there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:draw_detail", args=[self.pk])

    def is_waiting(self) -> bool:
        return self.outcome == "" and not self.is_withdrawn()


class ExamResult(Binding):
    """What one person achieved in one exam: 通过 or 补考, of a written one perhaps with points."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("has passed")
        RESIT = "resit", _("to resit")

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="results")
    examinee = models.ForeignKey(Examinee, on_delete=models.PROTECT, related_name="results")
    score = models.DecimalField(_("points achieved"), max_digits=5, decimal_places=1, null=True, blank=True)
    outcome = models.CharField(_("result"), max_length=8, choices=Outcome)
    # Numbers of the questions answered wrongly, "3,7,12": what should be explained once more to all.
    wrong = models.CharField(_("questions answered wrongly"), max_length=100, blank=True)

    objects = BindingQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = _("result of an exam")
        default_permissions = ()
        constraints = [
            *Binding.Meta.constraints,
            models.UniqueConstraint(
                fields=["examinee"],
                condition=NOT_WITHDRAWN,
                name="exam_result_once",
                violation_error_message=_("This person has a result already. Withdraw it first, with a reason."),
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0),
                name="exam_result_score_not_negative",
                violation_error_message=_("Points cannot be less than 0."),
            ),
            models.CheckConstraint(
                condition=Q(wrong__regex=r"^([0-9]{1,3}(,[0-9]{1,3})*)?$"),
                name="exam_result_wrong_are_numbers",
                violation_error_message=_("Write the numbers of the questions, like 3, 7, 12."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.exam.get_absolute_url()
