"""Roles as data, who holds which, and which may not meet in one person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hebi_charity.accounts.models.user import User


class RoleQuerySet(models.QuerySet):
    def with_holders(self) -> Self:
        """Each with `held_now`: the assignments of active people, people loaded."""
        current = (
            RoleAssignment.objects.current()
            .filter(user__is_active=True)
            .select_related("user")
            .order_by("user__sort_key")
        )
        return self.prefetch_related(models.Prefetch("assignments", current, to_attr="held_now"))

    def whose_holders_may_see(self, user: User) -> Self:
        """Who holds a post of the Party branch is a member: only whoever grants the posts reads that outside it."""
        return self if user.has_perm("accounts.manage_people") else self.exclude(side=Role.Side.PARTY)


class Role(models.Model):
    """A post of the office. What it may do is data, written by `sync_roles` from `role_data`."""

    class Side(models.TextChoices):
        CHARITY = "charity", _("charity")
        PARTY = "party", _("Party branch")
        SYSTEM = "system", _("system")

    code = models.CharField(max_length=40, unique=True, db_collation="C")
    name = models.CharField(max_length=100, help_text="Message id; shown through gettext.")
    side = models.CharField(max_length=10, choices=Side)
    position = models.PositiveSmallIntegerField()
    idle_minutes = models.PositiveSmallIntegerField()
    needs_second_factor = models.BooleanField(default=False)
    permissions = models.ManyToManyField(Permission, related_name="roles")

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(idle_minutes__gte=5, idle_minutes__lte=480),
                name="role_idle_minutes_in_reason",
                violation_error_message=_("The idle time-out lies between 5 minutes and 8 hours."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The role's name in the language of the interface."""
        return gettext(self.name)


class IncompatibleRolesQuerySet(models.QuerySet):
    def among(self, codes: Iterable[str]) -> Self:
        """The pairs of which both roles are named here."""
        return self.filter(first__code__in=codes, second__code__in=codes).select_related("first", "second")


class IncompatibleRoles(models.Model):
    """Two roles that may not meet in one person, with the reason that a refusal quotes."""

    first = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(help_text="Message id; shown through gettext.")
    legal_basis = models.CharField(max_length=200, blank=True, help_text="Message id; shown through gettext.")
    is_overridable = models.BooleanField(
        default=False, help_text="Allowed on two accounts of one person by a written decision."
    )

    objects = IncompatibleRolesQuerySet.as_manager()

    class Meta:
        verbose_name = _("incompatible roles")
        verbose_name_plural = _("incompatible roles")
        ordering = ["first__position", "second__position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="incompatible_roles_pair_once",
                violation_error_message=_("This pair of roles is listed already."),
            ),
            models.CheckConstraint(
                # One order of the two, so that a pair cannot be listed twice the other way round.
                condition=Q(first__lt=F("second")),
                name="incompatible_roles_in_order",
                violation_error_message=_("A pair of roles names two different roles, the lower one first."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="incompatible_roles_have_reason",
                violation_error_message=_("A pair of roles that may not meet needs its reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} × {self.second}"

    @property
    def reason_text(self) -> str:
        return gettext(self.reason)

    @property
    def legal_basis_in_brackets(self) -> str:
        return f"（{gettext(self.legal_basis)}）" if self.legal_basis else ""


class WrittenDecision(models.Model):
    """A signed paper that allows one person two roles which otherwise may not meet. Never changed."""

    number = models.CharField(_("number of the paper"), max_length=60, unique=True)
    decided_on = models.DateField(_("decided on"))
    signed_by_name = models.CharField(_("signed by"), max_length=50)
    reason = models.TextField(_("reason"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("written decision")
        verbose_name_plural = _("written decisions")
        ordering = ["-decided_on", "-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(signed_by_name="") & ~Q(reason=""),
                name="written_decision_is_complete",
                violation_error_message=_("A written decision has its number, who signed it and the reason."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def audit_label(self) -> str:
        return self.number


class RoleAssignmentQuerySet(models.QuerySet):
    def current(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def ended(self) -> Self:
        return self.filter(ended_at__isnull=False)


class RoleAssignment(models.Model):
    """One person holds one role from one moment to another. Inserted, then ended once; nothing else."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="assignments")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text="Empty when the server's command or the first start granted it.",
    )
    granted_at = models.DateTimeField(db_default=Now())
    decision = models.ForeignKey(WrittenDecision, on_delete=models.PROTECT, related_name="assignments", null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        ordering = ["granted_at", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at__isnull=True),
                name="role_assignment_held_once",
                violation_error_message=_("This person holds the role already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_at__gte=F("granted_at")),
                name="role_assignment_end_after_grant",
                violation_error_message=_("A role ends after it was granted."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"
