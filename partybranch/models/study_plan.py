from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partybranch.models.branch import Branch
from partybranch.models.person import Person

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()


class StudyPlan(models.Model):
    """What a branch means to study in one calendar year, and the template of the plans of its people.

    A plan binds nobody and is changed as the year goes; every change stands in the log.
    """

    branch = models.ForeignKey(
        Branch, verbose_name=_("Party branch"), on_delete=models.PROTECT, related_name="study_plans"
    )
    year = models.PositiveSmallIntegerField(_("calendar year"))
    aim = models.TextField(_("aim of the year"), max_length=2000, blank=True)
    personal_aim = models.TextField(_("aim in everybody's own plan"), max_length=2000, blank=True)
    personal_tasks = models.TextField(_("what everybody studies, one to a line"), max_length=4000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("study plan")
        default_permissions = ()
        ordering = ["-year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "year"],
                name="study_plan_once_a_year",
                violation_error_message=_("The branch has a plan for this year already. Please change that one."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1949, year__lte=2199),
                name="study_plan_year_is_one",
                violation_error_message=_("Write the year with four digits, for example 2024."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:study_plan", args=[self.pk])

    def personal_lines(self) -> list[str]:
        return [line.strip() for line in self.personal_tasks.splitlines() if line.strip()]


class StudyPlanItem(models.Model):
    """One thing of the year's plan: when, what, in which form, and who leads it."""

    class Form(models.TextChoices):
        TOGETHER = "together", _("study together, planned")
        LECTURE = "lecture", _("Party lecture, planned")
        SELF = "self", _("self-study, planned")
        ONLINE = "online", _("study on line")
        VISIT = "visit", _("visit to a memorial site")
        TRAINING = "training", _("professional training")
        EXAM = "exam", _("exam, planned")

    plan = models.ForeignKey(StudyPlan, on_delete=models.PROTECT, related_name="items")
    first_month = models.PositiveSmallIntegerField(_("from the month"))
    last_month = models.PositiveSmallIntegerField(_("to the month"))
    subject = models.CharField(_("what is to be studied"), max_length=200)
    form = models.CharField(_("form of study"), max_length=8, choices=Form, default=Form.TOGETHER)
    leader = models.ForeignKey(
        Person, verbose_name=_("who leads it"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the study plan")
        default_permissions = ()
        ordering = ["first_month", "last_month", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject=""),
                name="study_plan_item_has_subject",
                violation_error_message=_("Say what is to be studied."),
            ),
            models.CheckConstraint(
                condition=Q(first_month__gte=1, last_month__lte=12, last_month__gte=F("first_month")),
                name="study_plan_item_months_in_order",
                violation_error_message=_("The months lie between 1 and 12, the last not before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()

    def when(self) -> str:
        return when_said(self.first_month, self.last_month)


def when_said(first: int, last: int) -> str:
    """The months of an item in words: a month, a quarter, the whole year, or from a month to another."""
    if (first, last) == (1, 12):
        return gettext("the whole year")
    if first == last:
        return gettext("month %(month)s") % {"month": first}
    if last - first == 2 and first % 3 == 1:
        return gettext("quarter %(quarter)s") % {"quarter": (first + 2) // 3}
    return gettext("from month %(first)s to month %(last)s") % {"first": first, "last": last}


class PersonalPlan(models.Model):
    """One person's own plan of a year, made from the branch's template and then the person's own.

    The rest is written by hand on its print.
    """

    plan = models.ForeignKey(StudyPlan, on_delete=models.PROTECT, related_name="personal_plans")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="personal_plans")
    aim = models.TextField(_("own aim"), max_length=2000, blank=True)
    tasks = models.TextField(_("own plan, one thing to a line"), max_length=4000, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal study plan")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person"],
                name="personal_plan_once",
                violation_error_message=_("This person has a plan for this year already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.plan.get_absolute_url()

    def lines(self) -> list[str]:
        """What stands in the plan, line by line."""
        return [line.strip() for line in self.tasks.splitlines() if line.strip()]
