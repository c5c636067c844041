"""Work that a worker does in the background, and who may see it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.registry import job_access
from hebi_charity.files.models import Attachment

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

# One statement: two deliveries of the same message cannot both get the row.
CLAIM = """
UPDATE jobs_job
   SET state = 'running', owner = %s, attempt = attempt + 1, heartbeat_at = statement_timestamp(),
       started_from = CASE WHEN started_at IS NULL THEN progress_done ELSE started_from END,
       started_at = coalesce(started_at, statement_timestamp())
 WHERE id = %s AND state = 'waiting'
RETURNING *
"""


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: User) -> Self:
        """One's own work; everybody's for who looks after the system."""
        if user.has_perm("jobs.view_all_jobs"):
            return self
        return self.filter(asked_by=user)

    def unfinished(self) -> Self:
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])

    def in_state(self, state: str) -> Self:
        """Only this state; everything for "" or a word that is no state."""
        return self.filter(state=state) if state in Job.State.values else self

    def failed_lately(self) -> Self:
        """Failed within the last week: what somebody still expects."""
        return self.filter(state=Job.State.FAILED, finished_at__gt=Now() - timedelta(days=7))

    def about(self, row: models.Model) -> Self:
        """The work asked for about one record, newest first."""
        return self.filter(about_type=row._meta.label_lower, about_id=row.pk).order_by("-pk")

    def owned(self, pk: int, *, owner: UUID) -> Self:
        """The row as long as this worker has it: every write of a worker goes through here (fencing)."""
        return self.filter(pk=pk, owner=owner, state=Job.State.RUNNING)

    def stale(self) -> Self:
        """Running, but nobody has given a sign of life for too long by the database's clock."""
        return self.filter(
            state=Job.State.RUNNING, heartbeat_at__lt=Now() - timedelta(seconds=settings.JOBS_STALE_SECONDS)
        )

    def never_picked_up(self) -> Self:
        """Waiting without a message on its way: never sent, or sent so long ago that it may be lost."""
        long_ago = Now() - timedelta(seconds=settings.JOBS_RESEND_SECONDS)
        return self.filter(state=Job.State.WAITING).filter(Q(sent_at__isnull=True) | Q(sent_at__lt=long_ago))

    def overlooked(self) -> Self:
        """Waiting, and the broker passes it to nobody: it did not take the message, or all it took lies about.

        A long queue is not overlooked: as long as something runs, there are workers who hear the broker.
        """
        long_ago = Now() - timedelta(seconds=settings.JOBS_RESEND_SECONDS)
        running = Job.objects.filter(state=Job.State.RUNNING)
        return self.filter(state=Job.State.WAITING).filter(
            Q(sent_at__isnull=True) | Q(~models.Exists(running), asked_at__lt=long_ago)
        )

    def claim(self, pk: int, *, owner: UUID) -> Job | None:
        """Take a waiting job for this worker; None when another one has it."""
        return next(iter(self.raw(CLAIM, [owner, pk])), None)


class Job(models.Model):
    """One piece of work that somebody asked for. The row is the truth; a message in the queue only points at it.

    `attempt` counts claims since the last committed chunk. `checkpoint` is what the handler needs to go on.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.CharField(_("kind"), max_length=60, db_collation="C")
    title = models.CharField(_("work"), max_length=150)
    params = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    about_type = models.CharField(max_length=80, blank=True, db_collation="C")
    about_id = models.BigIntegerField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked for by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text=_("Empty for work that comes round by itself."),
    )
    asked_at = models.DateTimeField(_("asked for at"), db_default=Now(), editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    owner = models.UUIDField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    checkpoint = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    progress_done = models.PositiveBigIntegerField(_("done"), default=0)
    progress_total = models.PositiveBigIntegerField(_("in all"), null=True)
    progress_text = models.CharField(_("step"), max_length=150, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    started_from = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    error = models.CharField(_("reason"), max_length=500, blank=True)
    note = models.CharField(_("result"), max_length=300, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    output = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("background work")
        verbose_name_plural = _("background work")
        ordering = ["-pk"]
        default_permissions = ()
        permissions = [("view_all_jobs", _("Can see everybody's background work"))]
        indexes = [
            models.Index(fields=["asked_by", "id"], name="job_of_person"),
            models.Index(fields=["about_type", "about_id", "id"], name="job_about"),
            models.Index(fields=["state", "id"], condition=Q(state__in=["waiting", "running"]), name="job_unfinished"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", owner__isnull=False, heartbeat_at__isnull=False, started_at__isnull=False)
                | (~Q(state="running") & Q(owner__isnull=True)),
                name="job_running_has_owner",
                violation_error_message=_("Running work belongs to one worker, other work to none."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False)
                | Q(state__in=["waiting", "running"], finished_at__isnull=True),
                name="job_finished_has_time",
                violation_error_message=_("Finished work has the time when it ended, other work has none."),
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""),
                name="job_failed_has_reason",
                violation_error_message=_("Failed work says why it failed."),
            ),
            models.CheckConstraint(
                condition=Q(progress_total__isnull=True) | Q(progress_done__lte=models.F("progress_total")),
                name="job_progress_within_total",
                violation_error_message=_("No more can be done than there is to do."),
            ),
            models.CheckConstraint(
                condition=Q(about_id__isnull=True) | ~Q(about_type=""),
                name="job_about_has_type",
                violation_error_message=_("Background work about a record names its kind."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("jobs:detail", kwargs={"pk": self.pk})

    def is_open_to(self, user: User) -> bool:
        """Whether this person may read what it is about. Who looks after the system sees only that it runs.

        Where a kind of work says who may (`job_access`), having asked for it is not enough: rights may be gone since.
        """
        if self.asked_by_id not in {None, user.pk}:
            return False
        may = job_access.get(self.kind)
        return may is None or may(user, self)

    @property
    def is_finished(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELLED}

    @property
    def percent(self) -> int | None:
        """Whole percent done, or None while the total is not known."""
        if self.state == self.State.DONE:
            return 100
        return self.progress_done * 100 // self.progress_total if self.progress_total else None

    @property
    def worked_seconds(self) -> float:
        """How long since the work was begun, up to its end."""
        if self.started_at is None:
            return 0.0
        return ((self.finished_at or timezone.now()) - self.started_at).total_seconds()

    @property
    def rate(self) -> float | None:
        """Items a second since the work was begun, or None while that says nothing."""
        done = self.progress_done - self.started_from
        return done / self.worked_seconds if done > 0 and self.worked_seconds >= 1 else None

    @property
    def time_left(self) -> timedelta | None:
        """How long it will still take at this rate, or None while that is not known."""
        if self.state != self.State.RUNNING or not self.rate or self.progress_total is None:
            return None
        return timedelta(seconds=round((self.progress_total - self.progress_done) / self.rate))

    def is_waiting_long(self, now: datetime | None = None) -> bool:
        """Whether no worker has picked the work up for so long that the person should be told."""
        waited = (now or timezone.now()) - self.asked_at
        return self.state == self.State.WAITING and waited > timedelta(seconds=settings.JOBS_SWEEP_SECONDS)


class ScheduledWork(models.Model):
    """Work of one period that came round by itself: asked for once, however often the clock strikes."""

    kind = models.CharField(max_length=60, db_collation="C")
    period = models.CharField(max_length=40, db_collation="C")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="scheduled")

    class Meta:
        verbose_name = _("scheduled work")
        verbose_name_plural = _("scheduled work")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "period"],
                name="scheduledwork_once_a_period",
                violation_error_message=_("The work of this period has been asked for already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"
