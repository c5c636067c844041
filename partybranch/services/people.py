"""People of the branch: recorded with how they came and in which stage, and their own data corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from hebi_charity.core import seals
from hebi_charity.core.encryption import keyed_hash
from hebi_charity.core.names import initials, name_key, sort_key
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import AlreadySubmitted, claim_form_key, settle_form_key
from partybranch.models import Branch, Circumstance, Membership, Person, StageChange
from partybranch.services.logging import record
from partybranch.services.meanwhile import refuse_changed_meanwhile

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Capacity, Arrival, Stage = Membership.Capacity, Membership.Arrival, StageChange.Stage


@dataclass(frozen=True)
class Step:
    """A stage that was reached before the present one, as a list names it."""

    stage: str
    on: date
    basis: str = ""


@dataclass(frozen=True)
class NewPerson:
    """Somebody as the form or a list gives it. `stage` "" is staff who study with the branch.

    `stage_on` is the day of the stage (of a full member: 转正), `admitted_on` 入党 of a full member. A list may name
    all earlier `steps` instead, and where it comes from: `source` is (import, line). `again` is the record of the same
    person without anything that counts, because an import was taken back: it is filled anew.
    """

    branch: Branch
    name: str
    starts_on: date
    stage: str = ""
    stage_on: date | None = None
    admitted_on: date | None = None
    arrival: str = Arrival.FOUNDED
    came_from: str = ""
    letter_no: str = ""
    sex: str = ""
    birth_month: date | None = None
    post: str = ""
    phone: str = ""
    identifier: str = ""
    note: str = ""
    retired_on: date | None = None
    basis: str = ""
    steps: tuple[Step, ...] = ()
    again: Person | None = None
    source: tuple[int, int] | tuple[None, None] = (None, None)

    def digest(self) -> str:
        # Rows by their number: two branches, or two people, may have one name.
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return seals.digest({name: str(getattr(value, "pk", value)) for name, value in values.items()})

    def changes(self) -> list[Step]:
        """The stages to be recorded, in their order."""
        if not self.stage:
            return []
        found = [*self.steps, Step(self.stage, self.stage_on, self.basis)]
        if self.stage == Stage.FULL and self.admitted_on:
            found.insert(-1, Step(Stage.PROBATIONARY, self.admitted_on))
        return found


def key_of(name: str) -> str:
    """The form under which names of people of the branch are compared."""
    return name_key(name)[:60]


def fill_keys(person: Person) -> Person:
    """The columns by which a person is found and sorted."""
    person.name_key, person.initials = key_of(person.name), initials(person.name)[:60]
    person.sort_key = sort_key(person.name)
    person.phone_tail = person.phone[-4:]
    person.identifier_hash = keyed_hash(person.identifier, purpose="party.identifier") if person.identifier else ""
    return person


@atomic_with_retry
def register_person(entry: NewPerson, *, by: User, form_key: UUID) -> Person:
    """Record somebody with the stay in a branch and the stages so far. The same form gives the first result again.

    Raises FormKeyReused, and IntegrityError for what the tables refuse.
    """
    try:
        claim_form_key(form_key, form="partybranch.person", digest=entry.digest(), by=by)
    except AlreadySubmitted as first:
        return Person.objects.get(pk=first.result_id)
    names = ("name", "sex", "birth_month", "post", "phone", "identifier", "note")
    person = entry.again or Person()
    for name in names:
        setattr(person, name, getattr(entry, name))
    fill_keys(person).save()
    stay = Membership.objects.create(person=person, recorded_by=by, **_stay_of(entry))
    for step in entry.changes():
        StageChange.objects.create(person=person, stage=step.stage, on=step.on, basis=step.basis, recorded_by=by)
    if entry.retired_on:
        Circumstance.objects.create(
            person=person, kind=Circumstance.Kind.RETIRED, starts_on=entry.retired_on, recorded_by=by
        )
    changes = {"branch": (None, stay.branch.name), "starts_on": (None, stay.starts_on)}
    changes |= {f"stage_{step.stage}": (None, step.on) for step in entry.changes()}
    import_ref, import_row = entry.source
    record(by, "party.person_recorded", person, changes=changes, import_ref=import_ref, import_row=import_row)
    settle_form_key(form_key, person)
    return person


def _stay_of(entry: NewPerson) -> dict[str, object]:
    if not entry.stage:
        return {
            "branch": entry.branch,
            "starts_on": entry.starts_on,
            "capacity": Capacity.STUDY,
            "arrival": Arrival.STUDY,
        }
    names = ("branch", "starts_on", "arrival", "came_from", "letter_no")
    return {"capacity": Capacity.PARTY} | {name: getattr(entry, name) for name in names}


@atomic_with_retry
def change_person(
    person: Person, *, by: User, reason: str, shown: Mapping[str, object] | None = None, **fields: object
) -> Person:
    """Correct a person's own data; `shown` is what the page showed of them. The log keeps what changed, masked.

    Raises ChangedMeanwhile, and IntegrityError for a known card.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    refuse_changed_meanwhile(person, fields, shown)
    before = {name: getattr(person, name) for name in fields}
    for name, value in fields.items():
        setattr(person, name, value)
    fill_keys(person)
    person.save()
    changes = {name: (before[name], getattr(person, name)) for name in fields}
    record(by, "party.person_changed", person, changes=changes, reason=reason)
    return person
