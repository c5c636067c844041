from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybranch.models.binding import NOT_WITHDRAWN, Lasting, LastingQuerySet
from partybranch.models.branch import Branch
from partybranch.models.life_event import LifeEvent

if TYPE_CHECKING:
    from collections.abc import Iterable


class RequirementQuerySet(LastingQuerySet):
    def begun_by(self, day: date) -> Self:
        return self.filter(starts_on__lte=day)


class Requirement(Lasting):
    """How often a rule asks for a kind of event from a day on, of every branch or of one.

    A row holds until its own end, or until a later row of the same kind and scope takes its place. What holds for one
    branch (a notice for retired branches) goes before what holds for all; `times` 0 says that nothing is required.
    Shipped rows have no recorder.
    """

    class Per(models.TextChoices):
        MONTH = "month", _("each month")
        QUARTER = "quarter", _("each quarter")
        YEAR = "year", _("each year")

    branch = models.ForeignKey(
        Branch, verbose_name=_("Party branch"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    kind = models.CharField(_("kind of event"), max_length=10, choices=LifeEvent.Kind)
    per = models.CharField(_("how often asked for"), max_length=7, choices=Per)
    times = models.PositiveSmallIntegerField(_("at least so many times"))
    source = models.CharField(_("rule or notice"), max_length=120)
    article = models.CharField(_("article or document number"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )

    objects = RequirementQuerySet.as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("requirement")
        default_permissions = ()
        permissions = [
            ("record_requirement", "May record what the rules require of the branch, from a day on"),
            ("view_warnings", "May see who has long been absent or out of contact"),
        ]
        ordering = ["kind", "-starts_on", "-id"]
        constraints = [
            *Lasting.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "branch", "starts_on"],
                condition=NOT_WITHDRAWN,
                nulls_distinct=False,
                name="requirement_once",
                violation_error_message=_(
                    "A rule for this kind of event is recorded from this day on already. Please withdraw it first, or"
                    " check the day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(times__lte=31),
                name="requirement_times_possible",
                violation_error_message=_("So many times are impossible. Give a number from 0 to 31."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="requirement_has_source",
                violation_error_message=_("Name the rule or the notice this rests on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:requirement_list")

    def holds_on(self, day: date) -> bool:
        """Whether the row has begun and not ended by this day; whether a later one replaced it, its fellows tell."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)


def in_force(rows: Iterable[Requirement], kind: str, day: date) -> Requirement | None:
    """Of the rows of one branch, the one that decides on this day; None where no rule speaks."""
    begun = [row for row in rows if row.kind == kind and row.starts_on <= day]
    for of_one_branch in (True, False):
        scope = [row for row in begun if (row.branch_id is not None) == of_one_branch]
        last = max(scope, key=lambda row: (row.starts_on, row.pk), default=None)
        if last and last.holds_on(day):
            return last
    return None
