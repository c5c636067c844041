from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hebi_charity.accounts.models import User


class ReversalQuerySet(models.QuerySet["Reversal"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("donations.view_donation") else self.none()

    def requested(self) -> Self:
        return self.filter(state=Reversal.State.REQUESTED)

    def awaiting_decision_by(self, user: User) -> Self:
        """Asked for by another person: two accounts of one person are one."""
        return self.requested().exclude(recorded_by__in=User.objects.accounts_of_same_person(user).values("pk"))


class Reversal(models.Model):
    """One document that undoes one reviewed document (冲销). It points, it never copies; the original stays."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("awaiting approval")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    reversal_no = models.CharField(_("number"), max_length=20, unique=True, db_collation="C", editable=False)
    donation = models.ForeignKey("donations.Donation", on_delete=models.PROTECT, related_name="reversals")
    reason = models.CharField(_("reason"), max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.REQUESTED, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    reversed_on = models.DateField(_("booked on"), null=True)
    refusal = models.CharField(_("reason for refusing"), max_length=200, blank=True)
    seal = models.CharField(max_length=64, blank=True, db_default="", editable=False)

    objects = ReversalQuerySet.as_manager()

    class Meta:
        verbose_name = _("reversal")
        permissions = [
            ("request_reversal", "May ask for a reversal"),
            ("approve_reversal", "May approve a reversal"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="reversal_has_reason",
                violation_error_message=_("Give the reason for the reversal."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("recorded_by")),
                name="reversal_maker_is_not_approver",
                violation_error_message=_("The person who asked for the reversal cannot decide it. Ask a colleague."),
            ),
            models.CheckConstraint(
                condition=Q(state="requested", approved_by__isnull=True, reversed_on__isnull=True, refusal="")
                | Q(state="approved", approved_by__isnull=False, reversed_on__isnull=False, refusal="")
                | (Q(state="refused", approved_by__isnull=False, reversed_on__isnull=True) & ~Q(refusal="")),
                name="reversal_state_matches_decision",
                violation_error_message=_("A decided reversal names who decided, and its day or the reason."),
            ),
            models.UniqueConstraint(
                fields=["donation"],
                condition=Q(state__in=["requested", "approved"]),
                name="reversal_one_live_per_donation",
                violation_error_message=_("A reversal of this gift is under way already."),
            ),
        ]

    def __str__(self) -> str:
        return self.reversal_no

    def audit_label(self) -> str:
        return self.reversal_no

    def is_live(self) -> bool:
        """Whether it is under way or done; a refused one lets another be asked for."""
        return self.state != self.State.REFUSED
