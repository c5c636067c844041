"""Where people belong and in which stage they are: transfers, changes of stage, and what ends a membership."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import save_once
from partybranch.models import Membership, Person, StageChange
from partybranch.services.broken_rules import HasLeftTheParty, NotInAnyBranch
from partybranch.services.logging import record
from partybranch.services.probation import ask_whether_over

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Capacity, Departure, Stage = Membership.Capacity, Membership.Departure, StageChange.Stage


def lock_person(person: Person) -> Person:
    """What concerns one person is decided one after the other."""
    return Person.objects.select_for_update().get(pk=person.pk)


def stage_of(person: Person) -> str:
    """The stage last recorded, "" for none."""
    change = person.stage_changes.live().newest_first().first()
    return change.stage if change else ""


@atomic_with_retry
def transfer_in(stay: Membership, *, by: User, form_key: UUID) -> Membership:
    """A known person comes into a branch. Raises HasLeftTheParty, FormKeyReused, and IntegrityError."""
    person = lock_person(stay.person)
    if stage_of(person) not in {*StageChange.ON_THE_WAY, *StageChange.MEMBERS}:
        raise HasLeftTheParty
    stay.recorded_by = by

    def save(row: Membership) -> None:
        row.save(force_insert=True)
        changes = {name: (None, getattr(row, name)) for name in ("starts_on", "came_from", "letter_no")}
        record(by, "party.transferred_in", person, changes=changes | {"branch": (None, row.branch.name)})

    return save_once(stay, save, form="partybranch.transfer_in", by=by, form_key=form_key)


def _open_stay(person: Person) -> Membership:
    stay = person.memberships.open().select_for_update().select_related("branch").first()
    if stay is None:
        raise NotInAnyBranch
    return stay


def end_stay(stay: Membership, *, by: User, day: date, departure: str, went_to: str = "") -> None:
    """The stay ends on this day, and with it every post the person holds in the branch."""
    now = timezone.now()
    stay.ends_on, stay.ended_by, stay.ended_at = day, by, now
    stay.departure, stay.went_to = departure, went_to
    stay.save(update_fields=["ends_on", "ended_by", "ended_at", "departure", "went_to"])
    stay.person.terms.open().filter(branch=stay.branch).update(ends_on=day, ended_by=by, ended_at=now)


@atomic_with_retry
def transfer_out(person: Person, *, by: User, day: date, went_to: str) -> Membership:
    """The person leaves for another branch. From this day on the roll no longer has the name.

    Raises NotInAnyBranch, and IntegrityError for a day that cannot be.
    """
    lock_person(person)
    stay = _open_stay(person)
    end_stay(stay, by=by, day=day, departure=Departure.TRANSFER, went_to=went_to)
    changes = {"branch": (None, stay.branch.name), "ends_on": (None, day), "went_to": (None, went_to)}
    record(by, "party.transferred_out", person, changes=changes)
    return stay


@atomic_with_retry
def record_stage(change: StageChange, *, by: User, form_key: UUID) -> StageChange:
    """A person reaches a stage, or leaves the Party, on a day; what ends the membership ends the stay.

    Staff who apply change their capacity. A full member was on probation for a year; only a person's first record and
    a loaded roll tell an earlier history as it was. Raises NotInAnyBranch, ProbationNotOver, FormKeyReused, and
    IntegrityError.
    """
    person = lock_person(change.person)
    change.recorded_by = by

    def save(row: StageChange) -> None:
        stay = _open_stay(person)
        if row.stage == Stage.FULL:
            ask_whether_over(person, row.on)
        row.save(force_insert=True)
        if row.stage in StageChange.ENDINGS:
            end_stay(stay, by=by, day=row.on, departure=Departure.ENDED)
        elif stay.capacity == Capacity.STUDY:
            _begin_the_way(stay, by=by, day=row.on)
        record(by, "party.stage_recorded", person, changes={f"stage_{row.stage}": (None, row.on)}, reason=row.basis)

    return save_once(change, save, form="partybranch.stage", by=by, form_key=form_key)


def _begin_the_way(stay: Membership, *, by: User, day: date) -> None:
    end_stay(stay, by=by, day=day, departure=Departure.STUDY)
    Membership.objects.create(
        person=stay.person,
        branch=stay.branch,
        starts_on=day,
        capacity=Capacity.PARTY,
        arrival=Membership.Arrival.HERE,
        recorded_by=by,
    )
