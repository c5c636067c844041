"""When the roll changed between notice and meeting: what the fixed list differs in, and the notice given anew.

A list is fixed by its notice: the database neither adds a name nor takes one away, nor changes who has a vote, so that
nobody counts on another list than the one people were called by. So a list is not refreshed, not even an untouched one.
The lawful way is the one of a meeting that moves: it is called off with the reason and stays readable, and one with the
same facts is noticed anew, with the list of the roll as it is known now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates
from hebi_charity.core.transactions import atomic_with_retry
from partybranch.models import Attendance, LifeEvent, Membership, Person, StageChange
from partybranch.services.broken_rules import BrokenRule, NobodyExpected
from partybranch.services.events import freeze_list, noticed_event, refuse_results, seats_of
from partybranch.services.logging import record
from partybranch.services.presiding import off_roll_of
from partybranch.services.together import take_over

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

_COPIED = (
    "branch_id",
    "body_id",
    "kind",
    "topic",
    "agenda",
    "held_on",
    "begins_at",
    "place",
    "chair_id",
    "recorder_id",
    "lecturer_kind",
    "lecturer",
    "with_others",
    "is_back_entry",
)


# Kept as the reason of the calling off; by it the one is known to be replaced by the other.
REASON = gettext_noop("The roll changed: notice given anew")


class RollUnchanged(BrokenRule):
    """A list that fits the roll needs no second notice."""

    sentence = _("The list fits the roll of that day: no new notice is needed. Please reload the page.")


class HasWritings(BrokenRule):
    """What was written at this meeting would stay with it, where nobody looks for it."""

    sentence = _(
        "Minutes, pictures or observers are recorded of this meeting, so that it is not replaced in one step. Call it"
        " off, prepare another one and give its notice; what was written stays readable here."
    )


class HeldTogetherHinders(BrokenRule):
    """One of the meetings held together cannot be noticed anew, so that none of them is."""

    def __init__(self, event: LifeEvent, error: BrokenRule) -> None:
        super().__init__(event, error)
        words = gettext("“%(topic)s” is held together with this one and has to be noticed anew with it. %(reason)s")
        self.sentence = words % {"topic": event.topic, "reason": error.sentence}


@dataclass(frozen=True)
class RollChanges:
    """In what a list differs from the roll of the event's day."""

    missing: list[Person]  # expected by the roll, not on the list
    extra: list[Person]  # on the list, not expected by the roll
    gained: list[Person]  # on the list without a vote, a full member by the roll
    lost: list[Person]  # on the list with a vote, no full member by the roll

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.gained or self.lost)


@dataclass(frozen=True)
class _Now:
    """What the roll says of one person: expected, a full member; None where the day itself decided it."""

    person: Person
    is_expected: bool | None
    is_full: bool | None


def roll_changes(event: LifeEvent, rows: Sequence[Attendance]) -> RollChanges:
    """Compare the list of a noticed event with the roll of its day. One query.

    What changed on the day itself is no difference where it may be what the meeting decided: a stage, a seat. Whoever
    was transferred in or out that day is one.
    """
    if not event.is_noticed():
        return RollChanges([], [], [], [])
    listed = {row.person_id: row for row in rows}
    found = {one.person.pk: one for one in _people_now(event)}
    known = [(row, found[row.person_id]) for row in rows if row.person_id in found]
    return RollChanges(
        missing=[one.person for pk, one in found.items() if one.is_expected and pk not in listed],
        extra=[row.person for row in rows if row.person_id not in found or found[row.person_id].is_expected is False],
        gained=[row.person for row, one in known if one.is_full and one.is_expected is not False and not row.has_vote],
        lost=[
            row.person for row, one in known if one.is_full is False and one.is_expected is not False and row.has_vote
        ],
    )


def _people_now(event: LifeEvent) -> list[_Now]:
    day, stays = event.held_on, Membership.objects.filter(branch=event.branch_id).around(event.held_on)
    if event.body_id:
        seats, eve = seats_of(event).filter(person=OuterRef("person")), day - timedelta(days=1)
        stays = stays.annotate(has_seat=Exists(seats.on(day)), had_seat=Exists(seats.on(eve)))

    def expected(stay: Membership, stage: str, seat: str) -> bool:
        if event.body_id:
            return getattr(stay, seat)
        return event.with_others or getattr(stay, stage) in StageChange.MEMBERS

    people = []
    for stay in stays.select_related("person").order_by("person__sort_key", "person"):
        is_there = stay.ends_on is None or stay.ends_on > day
        now = is_there and expected(stay, "stage", "has_seat")
        before = expected(stay, "stage_before", "had_seat")
        is_full, was_full = (stage == StageChange.Stage.FULL for stage in (stay.stage, stay.stage_before))
        people.append(_Now(stay.person, now if now == before else None, is_full if is_full == was_full else None))
    return people


def what_hinders(event: LifeEvent, others: Sequence[LifeEvent]) -> str:
    """Why the notice, and that of those `renewed_with` it, cannot be given anew in one step, and what to do first.

    "" where it can.
    """
    try:
        _refuse_any_recorded(event, others)
    except BrokenRule as error:
        return str(error.sentence)
    return ""


def renewed_with(event: LifeEvent) -> list[LifeEvent]:
    """The meetings held together with this one that are noticed anew in the same act, in order.

    All that point at the one that is called off, for none may stay with a meeting that is not held. A meeting that
    points at another whose list fits the roll is renewed alone, and stays held together with it.
    """
    first = event.held_with or event
    if first != event and not (first.is_noticed() and roll_changes(first, _list_of(first))):
        return []
    others = LifeEvent.objects.filter(held_with=first, state=LifeEvent.State.NOTICED).exclude(pk=event.pk)
    return [*([first] if first != event else []), *others.order_by("pk")]


def _list_of(event: LifeEvent) -> list[Attendance]:
    return list(event.attendance.select_related("person"))


def _refuse_any_recorded(event: LifeEvent, others: Sequence[LifeEvent]) -> None:
    """Raises what `_refuse_recorded` raises, and HeldTogetherHinders."""
    _refuse_recorded(event)
    for other in others:
        try:
            _refuse_recorded(other)
        except BrokenRule as error:
            raise HeldTogetherHinders(other, error) from error


def _refuse_recorded(event: LifeEvent) -> None:
    """Raises HoursCredited, HasVotes, HasAttendance and HasWritings."""
    refuse_results(event)
    if event.minutes.exists() or event.pictures.shown().exists() or event.observers.live().exists():
        raise HasWritings


@atomic_with_retry
def renew_notice(event: LifeEvent, *, by: User) -> LifeEvent:
    """Call an event off whose list differs from the roll of its day, and give the notice of the same one anew.

    Those that are held together with it are noticed anew in the same act, and held together again: see `renewed_with`.
    Leaves that were asked for are taken over. Chair and recorder who are not on the roll of the day any more are left
    open. Raises NotNoticed, AlreadyFiled, RollUnchanged, NobodyExpected, HoursCredited, HasVotes, HasAttendance,
    HasWritings and HeldTogetherHinders.
    """
    first = event.held_with_id or event.pk
    list(LifeEvent.objects.select_for_update().filter(Q(pk=first) | Q(held_with=first)).order_by("pk"))
    event = noticed_event(event)
    if not roll_changes(event, _list_of(event)):
        raise RollUnchanged
    others = renewed_with(event)
    _refuse_any_recorded(event, others)
    renewed: dict[int, LifeEvent] = {}
    for row in sorted([event, *others], key=lambda row: (row.held_with_id is not None, row.pk)):
        try:
            renewed[row.pk] = _renewed(row, _held_with_anew(row, renewed), by=by)
        except NobodyExpected as error:
            raise (HeldTogetherHinders(row, error) if row != event else error) from error
    return renewed[event.pk]


def _held_with_anew(event: LifeEvent, renewed: Mapping[int, LifeEvent]) -> LifeEvent | None:
    """With what the new one is held together: as before, where that one was called off with what is there instead."""
    first = event.held_with
    if first is None or first.pk in renewed:
        return renewed[first.pk] if first else None
    return None if first.is_cancelled() else first


def _renewed(event: LifeEvent, held_with: LifeEvent | None, *, by: User) -> LifeEvent:
    reason = gettext(REASON)
    event.state, event.cancelled_reason = LifeEvent.State.CANCELLED, reason
    event.save(update_fields=["state", "cancelled_reason"])
    record(by, "party.event_called_off", event, reason=reason)
    again = LifeEvent(recorded_by=by, held_with=held_with, **{name: getattr(event, name) for name in _COPIED})
    for name in off_roll_of(again):
        setattr(again, name, None)
    again.save(force_insert=True)
    facts = {"topic": (None, again.topic), "held_on": (None, again.held_on)}
    record(by, "party.event_prepared", again, changes=facts)
    expected = len(freeze_list(again, by=by))
    take_over(again, event)
    record(by, "party.event_noticed", again, changes={"expected": (None, expected)}, reason=reason)
    return again


def replaced_by(event: LifeEvent) -> LifeEvent | None:
    """The meeting whose notice this one replaces, where people are still called to it. One query then, else none."""
    if not event.is_noticed() or event.held_on < dates.today():
        return None
    before = LifeEvent.objects.same_but(event).filter(pk__lt=event.pk, state=LifeEvent.State.CANCELLED)
    return before.filter(cancelled_reason=gettext(REASON)).order_by("-pk").first()


def replacement_of(event: LifeEvent) -> LifeEvent | None:
    """The meeting that was noticed in place of this one, which was called off for it. One query then, else none."""
    if not event.is_cancelled() or event.cancelled_reason != gettext(REASON):
        return None
    return LifeEvent.objects.same_but(event).announced().filter(pk__gt=event.pk).order_by("pk").first()
