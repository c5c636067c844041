"""Who of a roll is known already: by identity card, by name and month of birth, or by name in the same branch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q

from hebi_charity.core.encryption import keyed_hash
from hebi_charity.imports.entries import Judged
from hebi_charity.imports.entries.rows import DOUBTFUL, KNOWN, NEW, REJECTED
from hebi_charity.imports.reading.reasons import Reason
from partybranch.importing.roll_entry import Entry
from partybranch.importing.roll_payload import payload_of
from partybranch.models import Membership, Person

PURPOSE = "party.identifier"


@dataclass(frozen=True)
class Sought:
    """What of a row is compared: line, identity card (hashed), name, month of birth, branch and first day there."""

    row: int
    identifier_hash: str
    key: str
    birth: date | None
    branch_id: int
    starts_on: date

    @classmethod
    def of(cls, entry: Entry) -> Sought:
        hashed = keyed_hash(entry.identifier, purpose=PURPOSE) if entry.identifier else ""
        return cls(entry.row, hashed, entry.key, entry.birth, entry.branch.pk, entry.starts_on)


@dataclass
class Known:
    """The people who might be meant: those with a stay that counts. Who was taken back whole is nobody."""

    by_identifier: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    # Without any stay that counts: the record of one who was taken back, to be taken up again.
    left_over: list[Person] = field(default_factory=list)

    @classmethod
    def of(cls, sought: Iterable[Sought]) -> Known:
        sought = list(sought)
        stays = Membership.objects.live().select_related("branch").order_by("starts_on")
        people = (
            Person.objects.filter(
                Q(name_key__in={one.key for one in sought})
                | Q(identifier_hash__in={one.identifier_hash for one in sought if one.identifier_hash})
            )
            .prefetch_related(Prefetch("memberships", queryset=stays, to_attr="stays"))
            .order_by("pk")
        )
        found = cls()
        for person in people:
            if not person.stays:
                found.left_over.append(person)
                continue
            found.by_name[person.name_key].append(person)
            if person.identifier_hash:
                found.by_identifier[person.identifier_hash] = person
        return found

    def same_card(self, one: Sought) -> Person | None:
        return self.by_identifier.get(one.identifier_hash) if one.identifier_hash else None

    def namesakes(self, one: Sought) -> list[Person]:
        """Same name and month of birth, or same name in the same branch."""
        return [
            person
            for person in self.by_name.get(one.key, ())
            if (one.birth and person.birth_month == one.birth)
            or any(stay.branch_id == one.branch_id for stay in person.stays)
        ]

    def again(self, one: Sought) -> Person | None:
        """The record of the same person that was taken back, so that it is not made twice."""
        for person in self.left_over:
            if one.identifier_hash and person.identifier_hash == one.identifier_hash:
                return person
        for person in self.left_over:
            is_same = person.name_key == one.key and one.birth and person.birth_month == one.birth
            if is_same and not (person.identifier_hash and one.identifier_hash):
                return person
        return None


def compared(entries: Sequence[Entry]) -> list[Judged]:
    """A verdict for each: rejected, known, doubtful or new. A few queries, however many rows there are."""
    whole = [Sought.of(entry) for entry in entries if not entry.reasons]
    known, seen = Known.of(whole), Seen()
    sought = {one.row: one for one in whole}
    return [_verdict(entry, sought.get(entry.row), known, seen) for entry in entries]


@dataclass
class Seen:
    """Rows of the same file that came before: their lines by card, by name with birth, and by name in a branch."""

    cards: dict[str, int] = field(default_factory=dict)
    births: dict[tuple[str, date], int] = field(default_factory=dict)
    names: dict[tuple[str, int], int] = field(default_factory=dict)

    def namesake(self, one: Sought) -> int | None:
        earlier = self.births.get((one.key, one.birth)) if one.birth else None
        return earlier or self.names.get((one.key, one.branch_id))

    def add(self, one: Sought) -> None:
        if one.identifier_hash:
            self.cards.setdefault(one.identifier_hash, one.row)
        if one.birth:
            self.births.setdefault((one.key, one.birth), one.row)
        self.names.setdefault((one.key, one.branch_id), one.row)


def _verdict(entry: Entry, one: Sought | None, known: Known, seen: Seen) -> Judged:
    if one is None:
        return Judged(entry.row, REJECTED, reasons=entry.reasons)
    if one.identifier_hash and (earlier := seen.cards.get(one.identifier_hash)):
        return Judged(entry.row, REJECTED, reasons=[Reason("roll_twice_in_file", other=earlier)])
    earlier = seen.namesake(one)
    seen.add(one)
    person = known.same_card(one)
    if person is not None:
        return _of_known(entry, one, person)
    namesakes = known.namesakes(one)
    payload, notes = payload_of(entry, one.identifier_hash), sorted(entry.notes)
    if namesakes or earlier:
        about = {"people": [person.pk for person in namesakes], "line": earlier}
        return Judged(entry.row, DOUBTFUL, payload, about=about, notes=notes)
    return Judged(entry.row, NEW, payload, notes=notes)


def _of_known(entry: Entry, one: Sought, person: Person) -> Judged:
    """Who has the same card is the same person: there already, or somewhere else."""
    at_the_time = [stay for stay in person.stays if stay.ends_on is None or stay.ends_on > one.starts_on]
    elsewhere = next((stay for stay in at_the_time if stay.branch_id != one.branch_id), None)
    if elsewhere is not None:
        values = {"name": person.name, "branch": elsewhere.branch.name, "day": str(one.starts_on)}
        return Judged(entry.row, REJECTED, reasons=[Reason("roll_in_other_branch", **values)])
    if not at_the_time:
        last = person.stays[-1]
        values = {"name": person.name, "branch": last.branch.name, "day": str(last.ends_on)}
        return Judged(entry.row, REJECTED, reasons=[Reason("roll_has_left", **values)])
    return Judged(entry.row, KNOWN, payload_of(entry, one.identifier_hash), about={"people": [person.pk]})
