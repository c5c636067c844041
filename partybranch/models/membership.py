from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from partybranch.models.binding import NOT_WITHDRAWN, Lasting, LastingQuerySet, once_at_a_time
from partybranch.models.branch import Branch
from partybranch.models.circumstance import Circumstance
from partybranch.models.person import Person
from partybranch.models.stage_change import StageChange
from partybranch.models.standing import Standing
from partybranch.models.term import Term

if TYPE_CHECKING:
    from collections.abc import Sequence


class MembershipQuerySet(LastingQuerySet):
    def roll(self, day: date) -> Self:
        """Who belonged to a branch on this day, each with stage, days, group, posts and circumstances of that day.

        One query, whatever the day: nothing of it is stored.
        """
        return self.on(day).told_as_of(day)

    def roll_since(self, first: date, day: date) -> Self:
        """The roll of a day, and who had left since the first day: `left_on`, told as on the last day of the stay."""
        rows = self.live().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=first), starts_on__lte=day)
        before = Cast(F("ends_on") - timedelta(days=1), models.DateField())
        return rows.annotate(
            left_on=Case(When(ends_on__lte=day, then=F("ends_on"))),
            last_day=Case(When(ends_on__lte=day, then=before), default=Value(day, output_field=models.DateField())),
        ).told_as_of(OuterRef("last_day"))

    def told_as_of(self, day: date | OuterRef) -> Self:
        """Each stay with stage, days, group, posts and circumstances of this day."""
        changes = StageChange.objects.live().of_person(OuterRef("person")).by(day)
        terms = Term.objects.on(day).filter(person=OuterRef("person"), branch=OuterRef("branch"))
        held = Circumstance.objects.on(day).filter(person=OuterRef("person"))
        return self.select_related("person", "branch").annotate(
            sort_key=F("person__sort_key"),
            stage=Subquery(changes.order_by("-on", "-pk").values("stage")[:1]),
            admitted_on=Subquery(changes.first_of(StageChange.Stage.PROBATIONARY)),
            confirmed_on=Subquery(changes.first_of(StageChange.Stage.FULL)),
            set_standing_from=Subquery(
                Standing.objects.live().filter(person=OuterRef("person")).values("standing_from")[:1]
            ),
            group_name=Subquery(terms.in_groups().values("body__name")[:1]),
            posts=ArraySubquery(terms.offices().order_by("pk").values("post")),
            circumstances=ArraySubquery(held.order_by("kind").values("kind")),
        )

    def there_on(self, day: date | OuterRef) -> Self:
        """Who belonged on this day, those too whose stay a change of stage of that very day has ended."""
        is_there = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
        return self.live().filter(is_there | Q(ends_on=day, departure=Membership.Departure.ENDED), starts_on__lte=day)

    def around(self, day: date) -> Self:
        """Who was there on this day, each with `stage` of the day and `stage_before`, that of the day before.

        What a meeting decides is dated with its own day: nobody is less a candidate or a probationary member for it
        in the meeting itself.
        """
        changes = StageChange.objects.live().of_person(OuterRef("person")).newest_first()
        return self.there_on(day).annotate(
            stage=Subquery(changes.by(day).values("stage")[:1]),
            stage_before=Subquery(changes.by(day - timedelta(days=1)).values("stage")[:1]),
        )

    def of_stages_around(self, stages: Sequence[str]) -> Self:
        """Rows of `around` that were in one of these stages on the day or on the day before."""
        return self.filter(Q(stage__in=stages) | Q(stage_before__in=stages))

    def of_stages(self, stages: Sequence[str]) -> Self:
        """Rows of a roll in one of these stages."""
        return self.filter(stage__in=stages)

    def who_study_only(self) -> Self:
        return self.filter(capacity=Membership.Capacity.STUDY)

    def with_standing_by(self, day: date) -> Self:
        """Rows of a roll whose standing counts from this day or an earlier one: full members only."""
        since = Coalesce(F("set_standing_from"), F("confirmed_on"))
        return self.of_stages([StageChange.Stage.FULL]).alias(since=since).filter(since__lte=day)

    def of_people(self, people: QuerySet[Person]) -> Self:
        return self.filter(person__in=people)


class Membership(Lasting):
    """One stay of a person in one branch, from a day to a day. Nobody is in two branches at once.

    Staff who study with the branch without belonging to the Party stay there too, in another capacity.
    """

    class Capacity(models.TextChoices):
        PARTY = "party", _("member or on the way to it")
        STUDY = "study", _("staff who study with the branch")

    class Arrival(models.TextChoices):
        FOUNDED = "founded", _("there when the records began")
        HERE = "here", _("applied in this branch")
        TRANSFER = "transfer", _("transferred in")
        STUDY = "study", _("studies with the branch")

    class Departure(models.TextChoices):
        NONE = "", _("still here")
        TRANSFER = "transfer", _("transferred out")
        ENDED = "ended", _("membership ended")
        STUDY = "study", _("no longer studies with the branch")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    # Its index is that of the roll, which begins with it.
    branch = models.ForeignKey(
        Branch,
        verbose_name=_("Party branch"),
        on_delete=models.PROTECT,
        related_name="memberships",
        db_index=False,
    )
    capacity = models.CharField(_("capacity"), max_length=6, choices=Capacity, default=Capacity.PARTY)
    arrival = models.CharField(_("how the person came"), max_length=10, choices=Arrival)
    came_from = models.CharField(_("transferred from"), max_length=80, blank=True)
    letter_no = models.CharField(_("number of the letter of introduction"), max_length=40, blank=True)
    departure = models.CharField(_("how the person left"), max_length=10, choices=Departure, blank=True)
    went_to = models.CharField(_("transferred to"), max_length=80, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta(Lasting.Meta):
        verbose_name = _("stay in a branch")
        default_permissions = ()
        ordering = ["starts_on", "id"]
        indexes = [
            models.Index(fields=["branch", "starts_on", "ends_on"], condition=NOT_WITHDRAWN, name="membership_roll"),
        ]
        constraints = [
            *Lasting.Meta.constraints,
            once_at_a_time(
                "membership_one_branch_at_once",
                each="person",
                message=_(
                    "This person belongs to a branch on these days already. Record the transfer out there first, or"
                    " check the day."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(arrival="transfer") | ~Q(came_from=""),
                name="membership_transfer_has_origin",
                violation_error_message=_("Say from which branch the person was transferred."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, departure="") | (Q(ends_on__isnull=False) & ~Q(departure="")),
                name="membership_departure_has_day",
                violation_error_message=_("Who has left has a day and a way of leaving."),
            ),
            models.CheckConstraint(
                condition=~Q(departure="transfer") | ~Q(went_to=""),
                name="membership_transfer_has_destination",
                violation_error_message=_("Say to which branch the person was transferred."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()
