from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybranch.models.branch import Body, Branch
from partybranch.models.person import Person

if TYPE_CHECKING:
    from datetime import date

    from hebi_charity.accounts.models import User


class LifeEventQuerySet(models.QuerySet["LifeEvent"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def noticed(self) -> Self:
        return self.filter(state=LifeEvent.State.NOTICED)

    def filed(self) -> Self:
        return self.filter(state=LifeEvent.State.FILED)

    def standing(self) -> Self:
        """What was announced and not called off, whether it was held yet or not."""
        return self.exclude(state__in=[LifeEvent.State.DRAFT, LifeEvent.State.CANCELLED])

    def announced(self) -> Self:
        """What people were told of, also where it was called off afterwards."""
        return self.filter(noticed_at__isnull=False)

    def over_by(self, day: date) -> Self:
        """What was announced and whose day is over on this day, or is filed: whether it has a record or not."""
        return self.standing().filter(~Q(state=LifeEvent.State.NOTICED) | Q(held_on__lt=day))

    def held_by(self, day: date) -> Self:
        """What was held by this day: over, and filed or with somebody's coming recorded. Nothing else is called held.

        Of the rest of what is over the record is still to be made up (待补记录): it meets no requirement, is in no
        rate, and makes nobody absent.
        """
        return self.over_by(day).filter(Q(state=LifeEvent.State.FILED) | Q(came__gt=0))

    def in_days(self, first: date, last: date) -> Self:
        return self.filter(held_on__range=(first, last))

    def of_year(self, branch: int, year: int) -> Self:
        """The events of one branch in one year, the first one first."""
        return self.filter(branch=branch, held_on__year=year).order_by("held_on", "begins_at", "pk")

    def years(self) -> list[int]:
        """The years with an event, the newest one first."""
        years = self.order_by("-held_on__year").values_list("held_on__year", flat=True)
        return list(years.distinct())

    def twins_of(self, event: LifeEvent) -> Self:
        """What seems to be the same meeting: of one branch, kind, body and day, and of one beginning or topic."""
        same = Q(topic=event.topic)
        if event.begins_at:
            same |= Q(begins_at=event.begins_at)
        rows = self.filter(branch=event.branch_id, kind=event.kind, body=event.body_id, held_on=event.held_on)
        return rows.filter(same).exclude(state=LifeEvent.State.CANCELLED).exclude(pk=event.pk).order_by("pk")

    def same_but(self, event: LifeEvent) -> Self:
        """The others of its branch, kind, body, day and topic."""
        facts = ("branch", "kind", "body", "held_on", "topic")
        return self.filter(**{name: getattr(event, name) for name in facts}).exclude(pk=event.pk)

    def like(self, kind: str | None, body: Body | None) -> Self:
        """Of this kind and of this body; of no body where the kind has none."""
        return self.filter(kind=kind, body=body)

    def last_complete(self) -> LifeEvent | None:
        """What was recorded last with its time, chair and recorder and not called off: the next one is like it."""
        known = self.filter(begins_at__isnull=False, chair__isnull=False, recorder__isnull=False)
        known = known.exclude(state=LifeEvent.State.CANCELLED).select_related("chair", "recorder")
        return known.order_by("-recorded_at", "-pk").first()


class LifeEvent(models.Model):
    """One meeting, lecture, visit … of a branch or one of its bodies. Two kinds held together are two of these.

    The notice freezes the list of who is expected, taken from the roll of the day; kind, body and day are fixed then.
    Filing seals it: from then on nothing of it changes, and what comes later is an `Addendum`.
    """

    class Kind(models.TextChoices):
        GENERAL_MEETING = "general", _("general meeting of the branch")
        COMMITTEE_MEETING = "committee", _("meeting of the branch committee")
        GROUP_MEETING = "group", _("meeting of a Party group")
        LECTURE = "lecture", _("Party lecture")
        THEME_DAY = "theme_day", _("theme Party day")
        LIFE_MEETING = "life", _("organisational life meeting")
        REVIEW = "review", _("democratic review of members")
        STUDY = "study", _("study together")
        VISIT = "visit", _("visit")
        TRAINING = "training", _("training")

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        NOTICED = "noticed", _("notice given")
        FILED = "filed", _("filed for good")
        CANCELLED = "cancelled", _("called off")

    class Lecturer(models.TextChoices):
        NONE = "", _("none")
        OWN = "own", _("from the branch")
        LEADER = "leader", _("a leader")
        EXPERT = "expert", _("an expert")

    branch = models.ForeignKey(Branch, verbose_name=_("Party branch"), on_delete=models.PROTECT, related_name="events")
    body = models.ForeignKey(
        Body,
        verbose_name=_("body of the branch"),
        on_delete=models.PROTECT,
        related_name="events",
        null=True,
        blank=True,
    )
    kind = models.CharField(_("kind of event"), max_length=10, choices=Kind)
    topic = models.CharField(_("topic"), max_length=120)
    agenda = models.TextField(_("agenda"), blank=True, max_length=2000)
    held_on = models.DateField(_("held on"))
    begins_at = models.TimeField(_("begins at"), null=True, blank=True)
    place = models.CharField(_("place or link"), max_length=200, blank=True)
    chair = models.ForeignKey(
        Person, verbose_name=_("chair"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    recorder = models.ForeignKey(
        Person, verbose_name=_("recorder"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    lecturer_kind = models.CharField(_("who lectures"), max_length=8, choices=Lecturer, blank=True)
    lecturer = models.CharField(_("lecturer"), max_length=60, blank=True)
    with_others = models.BooleanField(_("applicants, activists and staff are invited too"), default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    noticed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    noticed_at = models.DateTimeField(null=True, editable=False)
    cancelled_reason = models.CharField(_("why it was called off"), max_length=200, blank=True, editable=False)
    # 补录: held before it was recorded here, and said so for good.
    is_back_entry = models.BooleanField(_("back entry"), default=False, editable=False)
    held_with = models.ForeignKey(
        "self",
        verbose_name=_("held together with"),
        on_delete=models.PROTECT,
        related_name="held_together",
        null=True,
        editable=False,
    )
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    filed_at = models.DateTimeField(null=True, editable=False)
    # SHA-256 of each part by name, and the HMAC over them all: see services/sealing.py.
    sealed_parts = models.JSONField(null=True, editable=False)
    seal = models.CharField(max_length=64, blank=True, default="", editable=False, db_collation="C")
    # Who and what the record names, as they were called when it was filed: {"person": {"7": "…"}, "branch": …}, by the
    # name of the model and the key of the row. None where it was filed before names were kept.
    filed_names = models.JSONField(null=True, editable=False)

    # Kept by the database from the list (migration 0140); what each counts stands in `Attendance`.
    expected = models.SmallIntegerField(_("expected"), db_default=0, editable=False)
    came = models.SmallIntegerField(_("came"), db_default=0, editable=False)
    missed = models.SmallIntegerField(_("on leave or absent"), db_default=0, editable=False)

    objects = LifeEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisational life event")
        default_permissions = ()
        indexes = [
            models.Index(fields=["branch", "-held_on", "-id"], name="life_event_list"),
            models.Index(fields=["-held_on", "-id"], name="life_event_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(topic=""),
                name="life_event_has_topic",
                violation_error_message=_("Say what it is about."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["committee", "group"], body__isnull=False)
                | (~Q(kind__in=["committee", "group"]) & Q(body__isnull=True)),
                name="life_event_body_fits_kind",
                violation_error_message=_("Only a committee meeting or a group meeting names its committee or group."),
            ),
            models.CheckConstraint(
                condition=Q(lecturer_kind="", lecturer="") | (~Q(lecturer_kind="") & ~Q(lecturer="")),
                name="life_event_lecturer_is_named",
                violation_error_message=_("Say who lectures: where from, and the name."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", noticed_by__isnull=True, noticed_at__isnull=True)
                | Q(state__in=["noticed", "filed"], noticed_by__isnull=False, noticed_at__isnull=False)
                | Q(state="cancelled"),
                name="life_event_notice_has_person",
                violation_error_message=_("A notice names who gave it, and when."),
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(cancelled_reason=""))
                | (~Q(state="cancelled") & Q(cancelled_reason="")),
                name="life_event_cancelled_has_reason",
                violation_error_message=_("Say why it was called off."),
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(state="filed") | given,
                    name=f"life_event_filed_has_{fact}",
                    violation_error_message=words,
                )
                for fact, given, words in (
                    ("time", Q(begins_at__isnull=False), _("Give the time at which it began, for example 09:00.")),
                    ("place", ~Q(place=""), _("Give the place, or the link of a meeting on line.")),
                    ("chair", Q(chair__isnull=False), _("Say who was in the chair.")),
                    ("recorder", Q(recorder__isnull=False), _("Say who took the minutes.")),
                )
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="filed", filed_by__isnull=False, filed_at__isnull=False, sealed_parts__isnull=False)
                    & ~Q(seal="")
                )
                | (
                    ~Q(state="filed")
                    & Q(filed_by__isnull=True, filed_at__isnull=True, sealed_parts__isnull=True, seal="")
                ),
                name="life_event_filed_has_person",
                violation_error_message=_("What is filed names who filed it, and when, and carries a seal."),
            ),
            models.CheckConstraint(
                condition=Q(state="filed") | Q(filed_names__isnull=True),
                name="life_event_names_by_filing",
                violation_error_message=_("Names are fixed by the filing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:life_detail", args=[self.pk])

    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    def is_over_by(self, day: date) -> bool:
        """Whether an announced event is over on this day: it is filed, or its day is past."""
        return not self.is_noticed() or self.held_on < day

    def is_recorded(self) -> bool:
        """Whether it is filed or somebody's coming is recorded: only then is it said that it was held."""
        return self.is_filed() or self.came > 0

    def is_noticed(self) -> bool:
        return self.state == self.State.NOTICED

    def has_come(self, today: date) -> bool:
        """Whether its day is here or over: before it only a leave is recorded."""
        return self.held_on <= today

    def is_filed(self) -> bool:
        return self.state == self.State.FILED

    def name_of(self, row: Person | User | Branch | Body | None) -> str:
        """What this event calls a person, an account, its branch or its body: once it is filed, as it was then."""
        if row is None:
            return ""
        kept = (self.filed_names or {}).get(row._meta.model_name, {})
        return kept.get(str(row.pk)) or str(row)
