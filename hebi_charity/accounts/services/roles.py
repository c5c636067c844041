"""Roles: written from data, granted and ended."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from hebi_charity.accounts.errors import (
    DecisionNeeded,
    NobodyWouldAdminister,
    PersonInactive,
    RoleAlreadyEnded,
    RoleAlreadyHeld,
    RolesMayNotMeet,
)
from hebi_charity.accounts.models import IncompatibleRoles, Role, RoleAssignment, User, WrittenDecision
from hebi_charity.accounts.role_data import PAIRS, ROLES, RoleData
from hebi_charity.core.acts import record_act


class UnknownPermission(Exception):
    """A role names a permission that no model declares."""


@transaction.atomic
def sync_roles() -> None:
    """Write roles, their permissions and the pairs that may not meet, as `role_data` says. May run again.

    Raises UnknownPermission when a role names a permission that does not exist.
    """
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    roles = {data.code: _sync_role(data, position, known) for position, data in enumerate(ROLES, start=1)}
    kept = []
    for pair in PAIRS:
        first, second = sorted((roles[pair.first], roles[pair.second]), key=lambda role: role.pk)
        row, _created = IncompatibleRoles.objects.update_or_create(
            first=first,
            second=second,
            defaults={
                "reason": pair.reason,
                "legal_basis": pair.legal_basis,
                "is_overridable": pair.is_overridable,
            },
        )
        kept.append(row.pk)
    IncompatibleRoles.objects.exclude(pk__in=kept).delete()


def _sync_role(data: RoleData, position: int, known: dict[str, Permission]) -> Role:
    unknown = sorted(set(data.permissions) - known.keys())
    if unknown:
        raise UnknownPermission(f"Role {data.code} names unknown permissions: {', '.join(unknown)}")
    role, _created = Role.objects.update_or_create(
        code=data.code,
        defaults={
            "name": data.name,
            "side": data.side,
            "position": position,
            "idle_minutes": data.idle_minutes,
            "needs_second_factor": data.needs_second_factor,
        },
    )
    role.permissions.set(known[name] for name in data.permissions)
    return role


@transaction.atomic
def record_decision(*, by: User, number: str, decided_on, signed_by_name: str, reason: str) -> WrittenDecision:
    """Keep a signed paper that allows two accounts of one person roles that otherwise may not meet."""
    decision = WrittenDecision.objects.create(
        number=number, decided_on=decided_on, signed_by_name=signed_by_name, reason=reason, recorded_by=by
    )
    record_act(by, "accounts.written_decision_recorded", decision, changes={"number": ("", number)}, reason=reason)
    return decision


@transaction.atomic
def grant_role(user: User, role: Role, *, by: User | None, decision: WrittenDecision | None = None) -> RoleAssignment:
    """Give a person a role from now on. Sessions of the person end at once.

    `by` is None for the server's command and the first start. Roles are compared over every account of the person.
    Raises PersonInactive, RoleAlreadyHeld, RolesMayNotMeet, DecisionNeeded.
    """
    user = lock_person(user)
    if not user.is_active:
        raise PersonInactive(_("%(name)s is deactivated. Reactivate the person first.") % {"name": user.full_name})
    if RoleAssignment.objects.current().filter(user=user, role=role).exists():
        raise RoleAlreadyHeld(
            _("%(name)s holds the role “%(role)s” already.") % {"name": user.full_name, "role": role.title}
        )
    needed = _refuse_roles_that_may_not_meet(user, role, decision)
    assignment = RoleAssignment.objects.create(
        user=user, role=role, granted_by=by, decision=decision if needed else None
    )
    end_sessions(user)
    record_act(by, "accounts.role_granted", user, changes={"role": ("", role.code)}, reason=str(decision or ""))
    return assignment


@transaction.atomic
def grant_role_with_decision(user: User, role: Role, *, by: User, decision: dict[str, object] | None) -> RoleAssignment:
    """Give a role and, when its facts are given, record the written decision that allows it."""
    paper = record_decision(by=by, **decision) if decision else None
    return grant_role(user, role, by=by, decision=paper)


@transaction.atomic
def end_role(assignment: RoleAssignment, *, by: User | None, reason: str = "") -> RoleAssignment:
    """End a role that a person holds. Sessions of the person end at once.

    Raises RoleAlreadyEnded; NobodyWouldAdminister when the last administrator would go.
    """
    user = lock_person(assignment.user)
    assignment = RoleAssignment.objects.select_for_update().select_related("role").get(pk=assignment.pk)
    if assignment.ended_at is not None:
        raise RoleAlreadyEnded(_("This role was ended before."))
    if assignment.role.code == "administrator":
        refuse_without_administrator(user)
    assignment.ended_at = Now()
    assignment.ended_by = by
    assignment.save(update_fields=["ended_at", "ended_by"])
    assignment.refresh_from_db()
    end_sessions(user)
    record_act(by, "accounts.role_ended", user, changes={"role": (assignment.role.code, "")}, reason=reason)
    return assignment


def lock_person(user: User) -> User:
    """Lock every account of the person, so that two grants at once see each other. Gives the fresh row."""
    rows = {
        row.pk: row for row in User.objects.accounts_of_same_person(user).order_by("pk").select_for_update(of=("self",))
    }
    return rows[user.pk]


def refuse_without_administrator(user: User) -> None:
    """Raise NobodyWouldAdminister when no other active person administers.

    The administrators' rows are locked in one order, so that two of them cannot remove each other at once.
    """
    role = Role.objects.select_for_update().get(code="administrator")
    others = User.objects.active().filter(role_assignments__role=role, role_assignments__ended_at__isnull=True)
    if not others.exclude(pk=user.pk).exists():
        raise NobodyWouldAdminister(
            _("%(name)s is the last administrator. Give the role to another person first.") % {"name": user.full_name}
        )


def end_sessions(user: User) -> None:
    """Let every session of this account end with its next request."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)


def _refuse_roles_that_may_not_meet(user: User, role: Role, decision: WrittenDecision | None) -> bool:
    """Whether a written decision is what allows this grant. Raises RolesMayNotMeet or DecisionNeeded."""
    held = (
        RoleAssignment.objects.current()
        .filter(user__in=User.objects.accounts_of_same_person(user).active())
        .select_related("role", "user")
    )
    is_decision_needed = False
    for other in held:
        pair = IncompatibleRoles.objects.filter(
            Q(first=role, second=other.role) | Q(first=other.role, second=role)
        ).first()
        if pair is None:
            continue
        names = {
            "name": other.user.full_name,
            "account": other.user.username,
            "held": other.role.title,
            "role": role.title,
            "reason": pair.reason_text,
        }
        if not pair.is_overridable:
            sentence = _("%(name)s (%(account)s) is “%(held)s” and cannot also be “%(role)s”: %(reason)s") % names
            raise RolesMayNotMeet(f"{sentence}{pair.legal_basis_in_brackets}")
        if other.user_id == user.pk:
            raise DecisionNeeded(_("“%(held)s” and “%(role)s” need two accounts of this person: %(reason)s") % names)
        if decision is None:
            raise DecisionNeeded(
                _("%(name)s is “%(held)s” under the account %(account)s. Record the written decision first: %(reason)s")
                % names
            )
        is_decision_needed = True
    return is_decision_needed
