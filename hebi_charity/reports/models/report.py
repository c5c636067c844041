"""Reports as they were made, checked, issued and replaced. What is printed is never printed anew."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hebi_charity.accounts.models import User
from hebi_charity.files.models import Attachment
from hebi_charity.jobs.models import Job


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("reports.view_report") else self.none()

    def current(self) -> Self:
        """Not replaced by a later version."""
        return self.exclude(state=Report.State.SUPERSEDED)

    def of(self, kind: str, period_on: date) -> Self:
        return self.filter(kind=kind, period_on=period_on).order_by("version")

    def last_version(self) -> int:
        """The number of the last version, 0 for none."""
        return self.aggregate(last=Max("version"))["last"] or 0

    def issued(self) -> Self:
        return self.filter(state=Report.State.ISSUED)

    def issued_in_year_before(self, kind: str, month: date) -> Self:
        """The issued reports of the months of this year before this one."""
        return self.issued().filter(kind=kind, period_on__year=month.year, period_on__lt=month)

    def awaiting_check_by(self, user: User) -> Self:
        """Made by another person: two accounts of one person are one."""
        return self.filter(state=Report.State.MADE).exclude(made_by__in=_accounts_of(user))

    def awaiting_issue_by(self, user: User) -> Self:
        """Made and checked by two other people, of a closed month: of an open one the next version is issued."""
        own = _accounts_of(user)
        return (
            self.filter(state=Report.State.CHECKED, is_final=True).exclude(made_by__in=own).exclude(checked_by__in=own)
        )


def _accounts_of(user: User) -> models.QuerySet:
    return User.objects.accounts_of_same_person(user).values("pk")


class Report(models.Model):
    """One version of one report: its frozen facts, their digest, and the PDF that was printed from them once.

    Three different people make, check and issue it. A wrong one is replaced by the next version, never changed.
    """

    class State(models.TextChoices):
        MADE = "made", _("report made")
        CHECKED = "checked", _("report checked")
        ISSUED = "issued", _("report issued")
        SUPERSEDED = "superseded", _("report replaced")

    report_no = models.CharField(_("number"), max_length=20, unique=True, db_collation="C", editable=False)
    kind = models.CharField(_("kind of report"), max_length=24, db_collation="C")
    period_on = models.DateField(_("first day of the period"))
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.MADE, editable=False)
    facts = models.JSONField(_("facts"), editable=False)
    facts_digest = models.CharField(max_length=64, editable=False)
    is_final = models.BooleanField(_("the month was closed when it was made"), editable=False)
    check_code = models.CharField(_("check code"), max_length=6, unique=True, db_collation="C", editable=False)
    pdf = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+", editable=False)
    pdf_sha256 = models.CharField(max_length=64, editable=False)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="report", null=True, editable=False)
    replace_reason = models.CharField(_("reason for replacing the version before"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    issued_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replaces", null=True)
    superseded_at = models.DateTimeField(null=True)
    seal = models.CharField(max_length=64, blank=True, db_default="", editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        ordering = ["-period_on", "-pk"]
        permissions = [
            ("make_report", "May ask for a report"),
            ("check_report", "May check a report"),
            ("issue_report", "May issue a report"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "period_on", "version"],
                name="report_version_once",
                violation_error_message=_("This version of the report exists already."),
            ),
            models.UniqueConstraint(
                fields=["kind", "period_on"],
                condition=Q(state="issued"),
                name="report_one_issued",
                violation_error_message=_("A report of this period is issued already. Replace it with a reason."),
            ),
            models.CheckConstraint(
                condition=Q(period_on__day=1),
                name="report_period_first_of_month",
                violation_error_message=_("A period is named by its first day."),
            ),
            models.CheckConstraint(
                condition=(Q(checked_by__isnull=True) | ~Q(checked_by=F("made_by")))
                & (Q(issued_by__isnull=True) | (~Q(issued_by=F("made_by")) & ~Q(issued_by=F("checked_by")))),
                name="report_three_people",
                violation_error_message=_("Three different people make, check and issue a report. Ask a colleague."),
            ),
            models.CheckConstraint(
                condition=Q(state="made", checked_by__isnull=True, issued_by__isnull=True, superseded_at__isnull=True)
                | Q(state="checked", checked_by__isnull=False, issued_by__isnull=True, superseded_at__isnull=True)
                | Q(state="issued", checked_by__isnull=False, issued_by__isnull=False, superseded_at__isnull=True)
                | Q(state="superseded", superseded_by__isnull=False, superseded_at__isnull=False),
                name="report_state_matches_people",
                violation_error_message=_("The state of a report names who checked, issued and replaced it."),
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="report_checked_has_time",
                violation_error_message=_("A checked report has the time of the check."),
            ),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True, issued_at__isnull=True)
                | Q(issued_by__isnull=False, issued_at__isnull=False, is_final=True),
                name="report_issued_is_final",
                violation_error_message=_("Only the report of a closed month can be issued. Close the month first."),
            ),
            models.CheckConstraint(
                condition=Q(version=1, replace_reason="") | (Q(version__gt=1) & ~Q(replace_reason="")),
                name="report_replacement_has_reason",
                violation_error_message=_("Give the reason for replacing the version before."),
            ),
        ]

    def __str__(self) -> str:
        return self.report_no

    def get_absolute_url(self) -> str:
        return reverse("reports:detail", kwargs={"pk": self.pk})

    def audit_label(self) -> str:
        return self.report_no

    @property
    def period_label(self) -> str:
        """2022-09."""
        return f"{self.period_on:%Y-%m}"

    @property
    def is_current(self) -> bool:
        return self.state != self.State.SUPERSEDED
