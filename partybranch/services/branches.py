"""Branches with their committee and groups: founded, renamed, dissolved, withdrawn. Who sits in them are terms."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import save_once
from partybranch.models import Body, Branch
from partybranch.services.broken_rules import AlreadyWithdrawn, BranchWithdrawn, NotYetEnded
from partybranch.services.logging import record

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


@atomic_with_retry
def found_branch(branch: Branch, *, by: User, form_key: UUID) -> Branch:
    """Keep a new branch. Raises FormKeyReused, and IntegrityError for what the table refuses."""

    def save(row: Branch) -> None:
        row.save(force_insert=True)
        record(
            by, "party.branch_founded", row, changes={"name": (None, row.name), "founded_on": (None, row.founded_on)}
        )

    return save_once(branch, save, form="partybranch.branch", by=by, form_key=form_key)


@atomic_with_retry
def change_branch(branch: Branch, *, by: User, **fields: object) -> Branch:
    """Change name, superior or days of a branch. Raises BranchWithdrawn, and IntegrityError for what is refused."""
    branch = Branch.objects.select_for_update().get(pk=branch.pk)
    if branch.is_withdrawn():
        raise BranchWithdrawn
    before = {name: getattr(branch, name) for name in fields}
    for name, value in fields.items():
        setattr(branch, name, value)
    branch.save(update_fields=list(fields))
    record(by, "party.branch_changed", branch, changes={name: (before[name], value) for name, value in fields.items()})
    return branch


@atomic_with_retry
def found_body(body: Body, *, by: User, form_key: UUID) -> Body:
    """Keep a new committee or group. Raises FormKeyReused, and IntegrityError for what the table refuses."""

    def save(row: Body) -> None:
        row.save(force_insert=True)
        changes = {"body": (None, row.name), "founded_on": (None, row.founded_on)}
        record(by, "party.body_founded", row.branch, changes=changes)

    return save_once(body, save, form="partybranch.body", by=by, form_key=form_key)


@atomic_with_retry
def dissolve_body(body: Body, *, by: User, day: date) -> Body:
    """A committee or group ceases to exist on this day. Raises NotYetEnded while somebody holds a post in it."""
    body = Body.objects.select_for_update().select_related("branch").get(pk=body.pk)
    if body.terms.open().exists():
        raise NotYetEnded
    body.dissolved_on = day
    body.save(update_fields=["dissolved_on"])
    record(by, "party.body_dissolved", body.branch, changes={"body": (None, body.name), "dissolved_on": (None, day)})
    return body


@atomic_with_retry
def withdraw_branch(branch: Branch, *, by: User, reason: str) -> Branch:
    """Take back a branch that was recorded by mistake; it stays readable and its name is free again.

    Raises AlreadyWithdrawn, and IntegrityError while members, events or other records hang on it.
    """
    branch = Branch.objects.select_for_update().get(pk=branch.pk)
    _withdraw(branch, by=by, reason=reason)
    record(by, "party.branch_withdrawn", branch, changes={"name": (branch.name, None)}, reason=reason)
    return branch


@atomic_with_retry
def withdraw_body(body: Body, *, by: User, reason: str) -> Body:
    """Take back a committee or group that was recorded by mistake.

    Raises AlreadyWithdrawn, and IntegrityError while somebody holds or held a post in it, or its meetings stand.
    """
    body = Body.objects.select_for_update(of=("self",)).select_related("branch").get(pk=body.pk)
    _withdraw(body, by=by, reason=reason)
    record(by, "party.body_withdrawn", body.branch, changes={"body": (body.name, None)}, reason=reason)
    return body


def _withdraw(row: Branch | Body, *, by: User, reason: str) -> None:
    if row.is_withdrawn():
        raise AlreadyWithdrawn
    row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason = by, timezone.now(), reason
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
