from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PeriodQuerySet(models.QuerySet["Period"]):
    def open(self) -> "PeriodQuerySet":
        return self.filter(state=Period.State.OPEN)

    def ended_by(self, day: date) -> "PeriodQuerySet":
        """Months whose last day lies before this day."""
        return self.filter(month__lt=day.replace(day=1))

    def first_open_for(self, day: date) -> "Period | None":
        """The month a document of this day is booked in: its own when open, else the first open one after it."""
        return self.open().filter(month__gte=day.replace(day=1)).order_by("month").first()

    def begun_by(self, day: date) -> "PeriodQuerySet":
        """Months that have begun on this day, the newest first."""
        return self.filter(month__lte=day).order_by("-month")

    def of_year(self, year: int) -> "PeriodQuerySet":
        return self.filter(month__year=year)

    def first_open(self) -> "Period | None":
        return self.open().order_by("month").first()

    def booking_months(self, months: Iterable[date]) -> "dict[date, date | None]":
        """The month in which a document of each of these months would be booked now, or None; nothing is locked."""
        wanted = sorted(set(months))
        later = self.open().filter(month__gte=wanted[0]) if wanted else self.none()
        open_months = list(later.order_by("month").values_list("month", flat=True))
        return {month: next((found for found in open_months if found >= month), None) for month in wanted}

    def has_begun_by(self, month: date) -> bool:
        """Whether the books hold this month or an earlier one."""
        return self.filter(month__lte=month).exists()


class Period(models.Model):
    """A month of the books. All months exist from the start, so that closing one never races with making one.

    Months close in order: the accountant submits, another person confirms. While a month waits for confirmation
    nothing is booked in it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSING = "closing", _("closing, to be confirmed")
        CLOSED = "closed", _("closed")

    month = models.DateField(_("month"), unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    totals = models.JSONField(default=dict, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("month")
        permissions = [
            ("close_period", "May submit a month for closing"),
            ("confirm_period", "May confirm the closing of a month"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="period_first_of_month",
                violation_error_message=_("A month is named by its first day."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", submitted_by__isnull=True, confirmed_by__isnull=True, seal="")
                | Q(state="closing", submitted_by__isnull=False, confirmed_by__isnull=True, seal="")
                | (Q(state="closed", submitted_by__isnull=False, confirmed_by__isnull=False) & ~Q(seal="")),
                name="period_state_matches_people",
                violation_error_message=_("A closed month names who submitted and who confirmed it."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("submitted_by")),
                name="period_maker_is_not_checker",
                violation_error_message=_("The person who submitted the month cannot confirm it. Ask a colleague."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("office:month", args=[self.pk])

    def audit_label(self) -> str:
        return str(self)
