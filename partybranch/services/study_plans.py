"""Plans of study: the branch's of a year, changed as the year goes, and everybody's own from one template."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import save_once
from partybranch.models import Membership, PersonalPlan, StudyPlan, StudyPlanItem
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.logging import record, record_bulk

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class EverybodyHasAPlan(BrokenRule):
    """Personal plans are made once for each person on the roll."""

    sentence = _("Everybody on today's roll has a plan of this year already.")


@atomic_with_retry
def make_plan(plan: StudyPlan, *, by: User, form_key: UUID) -> StudyPlan:
    """Keep the plan of a year. Raises FormKeyReused, and IntegrityError for a second one."""
    plan.recorded_by = by

    def save(row: StudyPlan) -> None:
        row.save(force_insert=True)
        record(by, "party.plan_made", row, changes={"year": (None, row.year), "aim": (None, row.aim)})

    return save_once(plan, save, form="partybranch.study_plan", by=by, form_key=form_key)


@atomic_with_retry
def change_plan(plan: StudyPlan, *, by: User, **fields: object) -> StudyPlan:
    """Change aim or template. Personal plans that were made stay as they are. Raises IntegrityError."""
    plan = StudyPlan.objects.select_for_update().get(pk=plan.pk)
    return _changed(plan, fields, by=by, act="party.plan_changed")


def _changed(row, fields: dict[str, object], *, by: User, act: str):
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    before = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))
        told = {name: (str(before[name] or ""), str(value or "")) for name, value in changed.items()}
        record(by, act, row, changes=told)
    return row


@atomic_with_retry
def add_item(item: StudyPlanItem, *, by: User, form_key: UUID) -> StudyPlanItem:
    """One more thing of the year. Raises FormKeyReused, and IntegrityError."""

    def save(row: StudyPlanItem) -> None:
        row.save(force_insert=True)
        record(by, "party.plan_item_added", row.plan, changes={"item": (None, row.subject)})

    return save_once(item, save, form="partybranch.study_plan_item", by=by, form_key=form_key)


@atomic_with_retry
def change_item(item: StudyPlanItem, *, by: User, **fields: object) -> StudyPlanItem:
    """Change one thing of the plan. Raises IntegrityError."""
    item = StudyPlanItem.objects.select_for_update().get(pk=item.pk)
    return _changed(item, fields, by=by, act="party.plan_item_changed")


@atomic_with_retry
def drop_item(item: StudyPlanItem, *, by: User) -> None:
    """Take one thing out of the plan; the log keeps what it was."""
    item = StudyPlanItem.objects.select_for_update(of=("self",)).select_related("plan").get(pk=item.pk)
    record(by, "party.plan_item_dropped", item.plan, changes={"item": (item.subject, None)})
    item.delete()


@atomic_with_retry
def make_personal_plans(plan: StudyPlan, *, by: User) -> int:
    """A plan from the template for everybody on today's roll who has none: members, staff and activists alike.

    Gives how many are new. Raises EverybodyHasAPlan.
    """
    plan = StudyPlan.objects.select_for_update().get(pk=plan.pk)
    held = set(plan.personal_plans.values_list("person", flat=True))
    stays = Membership.objects.on(dates.today()).filter(branch=plan.branch_id)
    missing = [person for person in stays.values_list("person", flat=True) if person not in held]
    return _make(plan, missing, by=by)


def _make(plan: StudyPlan, people: Iterable[int], *, by: User) -> int:
    rows = [
        PersonalPlan(plan=plan, person_id=person, aim=plan.personal_aim, tasks=plan.personal_tasks, made_by=by)
        for person in people
    ]
    if not rows:
        raise EverybodyHasAPlan
    PersonalPlan.objects.bulk_create(rows)
    record_bulk(by, "party.personal_plans_made", plan, count=len(rows))
    return len(rows)


@atomic_with_retry
def change_personal_plan(row: PersonalPlan, *, by: User, **fields: object) -> PersonalPlan:
    """Make a personal plan the person's own."""
    row = PersonalPlan.objects.select_for_update().get(pk=row.pk)
    return _changed(row, fields, by=by, act="party.personal_plan_changed")
