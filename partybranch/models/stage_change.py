from __future__ import annotations

from datetime import date
from functools import cache
from typing import Self

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg2.extras import DateRange

from partybranch.models.binding import NOT_WITHDRAWN, Binding, BindingQuerySet
from partybranch.models.person import Person


@cache
def no_probation() -> DateRange:
    """The days on which members were admitted without probation, as the rule of the database has them. Read once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT partybranch_no_probation()")
        return cursor.fetchone()[0]


class StageChangeQuerySet(BindingQuerySet):
    def of_person(self, person: object) -> Self:
        return self.filter(person=person)

    def by(self, day: date) -> Self:
        """What had been decided by this day."""
        return self.filter(on__lte=day)

    def first_of(self, stage: str) -> Self:
        """The day on which a stage was first reached, as a subquery."""
        return self.filter(stage=stage).order_by("on", "pk").values("on")[:1]

    def newest_first(self) -> Self:
        return self.order_by("-on", "-pk")


class StageChange(Binding):
    """From a day on a person is in this stage on the way into the Party, or has left it.

    入党 is the day of the probationary stage, 转正 that of the full one. Between 1969 and 1977 there was no probation:
    then the full stage stands alone.
    """

    class Stage(models.TextChoices):
        APPLICANT = "applicant", _("applicant")
        ACTIVIST = "activist", _("activist")
        CANDIDATE = "candidate", _("candidate for admission")
        PROBATIONARY = "probationary", _("probationary member")
        FULL = "full", _("full member")
        SUSPENDED = "suspended", _("membership suspended")
        CANCELLED = "cancelled", _("probation cancelled")
        WITHDREW = "withdrew", _("withdrew from the Party")
        REMOVED = "removed", _("removed from the rolls")
        EXPELLED = "expelled", _("expelled")
        DECEASED = "deceased", _("deceased")

    ON_THE_WAY = (Stage.APPLICANT, Stage.ACTIVIST, Stage.CANDIDATE)
    MEMBERS = (Stage.PROBATIONARY, Stage.FULL)
    ENDINGS = (Stage.CANCELLED, Stage.WITHDREW, Stage.REMOVED, Stage.EXPELLED, Stage.DECEASED)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stage_changes")
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    on = models.DateField(_("since the day"))
    basis = models.CharField(_("resolution or paper"), max_length=200, blank=True)

    objects = StageChangeQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = _("change of stage")
        default_permissions = ()
        ordering = ["on", "id"]
        indexes = [
            models.Index(
                fields=["person", "-on", "-id"], include=["stage"], condition=NOT_WITHDRAWN, name="stage_change_of_day"
            ),
        ]
        constraints = [
            *Binding.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "on", "stage"],
                condition=NOT_WITHDRAWN,
                name="stage_change_once",
                violation_error_message=_("This stage is recorded for this day already."),
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["cancelled", "withdrew", "removed", "expelled", "suspended"]) | ~Q(basis=""),
                name="stage_change_ending_has_basis",
                violation_error_message=_("Give the resolution or the paper this rests on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()
