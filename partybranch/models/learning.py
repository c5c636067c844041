from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybranch.hours import said
from partybranch.models.binding import NOT_WITHDRAWN, Binding, BindingQuerySet
from partybranch.models.branch import Branch
from partybranch.models.hours import HourRule
from partybranch.models.life_event import LifeEvent
from partybranch.models.person import Person
from partybranch.models.study_occasion import PassOnDuty, StudyOccasion


class LearningRecordQuerySet(BindingQuerySet):
    def of_year(self, year: int) -> Self:
        """By the calendar year: a course over New Year counts in both, each with its days."""
        return self.filter(year=year)

    def confirmed(self) -> Self:
        """What counts: live and confirmed."""
        return self.live().filter(confirmed_at__isnull=False)

    def to_confirm(self) -> Self:
        return self.live().filter(confirmed_at__isnull=True)

    def of_people(self, people: Iterable[int]) -> Self:
        return self.filter(person__in=people)

    def by_branch(self, branch: Branch) -> Self:
        return self.filter(branch=branch)

    def of_occasion(self, occasion: StudyOccasion) -> Self:
        return self.filter(occasion=occasion)

    def of_event(self, event: LifeEvent) -> Self:
        return self.filter(occasion__event=event)

    def lectures(self) -> Self:
        return self.live().filter(way=LearningRecord.Way.TEACHING)

    def hours_by_person(self) -> dict[int, models.DecimalField]:
        """Hours of each person of these rows. One query."""
        return dict(self.order_by().values("person").annotate(total=Sum("hours")).values_list("person", "total"))


class LearningRecord(Binding):
    """What one person studied, on one day or some days of one calendar year, and the hours it counts for.

    No points and no timer: what was studied, a note or its photograph, and who confirmed it. The hours come from a
    dated conversion: quantity × hours of the rule that held on the first day.
    """

    class Way(models.TextChoices):
        MEETING = "meeting", _("in a meeting")
        SELF = "self", _("self-study")
        COURSE = "course", _("course outside")
        TEACHING = "teaching", _("gave a lecture")
        EXAM = "exam", _("study tested by an exam")

    branch = models.ForeignKey(
        Branch,
        verbose_name=_("Party branch"),
        on_delete=models.PROTECT,
        related_name="learning_records",
        db_index=False,
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="learning_records", db_index=False)
    way = models.CharField(_("way of study"), max_length=8, choices=Way)
    subject = models.CharField(_("what was studied"), max_length=200)
    starts_on = models.DateField(_("first day of study"))
    ends_on = models.DateField(_("last day of study"))
    year = models.PositiveSmallIntegerField(_("calendar year"), editable=False)
    rule = models.ForeignKey(HourRule, on_delete=models.PROTECT, related_name="+", editable=False)
    quantity = models.DecimalField(_("how many"), max_digits=6, decimal_places=2)
    hours = models.DecimalField(_("hours of study"), max_digits=6, decimal_places=2, editable=False)
    occasion = models.ForeignKey(
        StudyOccasion, on_delete=models.PROTECT, related_name="records", null=True, blank=True, editable=False
    )
    passes_on = models.ForeignKey(
        PassOnDuty, on_delete=models.PROTECT, related_name="lectures", null=True, blank=True, editable=False
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)

    objects = LearningRecordQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = _("learning record")
        default_permissions = ()
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["person", "year", "-starts_on"], name="learning_of_person"),
            models.Index(fields=["branch", "year"], condition=NOT_WITHDRAWN, name="learning_of_branch"),
        ]
        constraints = [
            *Binding.Meta.constraints,
            models.UniqueConstraint(
                fields=["occasion", "person", "way", "year"],
                condition=NOT_WITHDRAWN,
                name="learning_once_an_occasion",
                violation_error_message=_("This was credited to this person already."),
            ),
            models.CheckConstraint(
                condition=~Q(subject=""),
                name="learning_has_subject",
                violation_error_message=_("Say what was studied."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="learning_days_in_order",
                violation_error_message=_("The last day lies before the first. Please check the two days."),
            ),
            models.CheckConstraint(
                condition=Q(year=ExtractYear("starts_on")) & Q(year=ExtractYear("ends_on")),
                name="learning_within_one_year",
                violation_error_message=_("Hours count in one calendar year. A course over New Year is two rows."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0) & Q(hours__gt=0),
                name="learning_has_hours",
                violation_error_message=_("Say how long was studied: more than 0."),
            ),
            models.CheckConstraint(
                condition=Q(way="self", occasion__isnull=True)
                | Q(way="teaching")
                | (~Q(way__in=["self", "teaching"]) & Q(occasion__isnull=False)),
                name="learning_way_fits_occasion",
                violation_error_message=_("Self-study has no meeting; what was learnt in one names it."),
            ),
            models.CheckConstraint(
                condition=Q(passes_on__isnull=True) | Q(way="teaching"),
                name="learning_teacher_passes_on",
                violation_error_message=_("Only a lecture passes on what was learnt."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="learning_confirmation_has_person",
                violation_error_message=_("What is confirmed names who confirmed it, and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:learning_detail", args=[self.pk])

    def hours_said(self) -> str:
        return said(self.hours)

    def quantity_said(self) -> str:
        return said(self.quantity)

    def each_said(self) -> str:
        return said(self.rule.hours)

    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    def is_waiting(self) -> bool:
        return self.confirmed_at is None and not self.is_withdrawn()
