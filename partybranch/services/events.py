"""Events of organisational life: prepared, noticed with the list frozen from the roll, attended, called off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import save_once
from partybranch.models import Attendance, Body, LearningRecord, LifeEvent, Membership, StageChange, Term
from partybranch.models.binding import LastingQuerySet
from partybranch.models.term import GROUP_POSTS
from partybranch.services.broken_rules import (
    AlreadyFiled,
    AlreadyNoticed,
    BrokenRule,
    CalledOff,
    EventNotCome,
    NobodyExpected,
    NotNoticed,
)
from partybranch.services.logging import record
from partybranch.services.meanwhile import refuse_changed_meanwhile

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Status, State = Attendance.Status, LifeEvent.State
Mark = tuple[str, str]  # status, and the reason of a leave
AHEAD = 365  # days: whoever prepares something later than that has mistyped the year
FIXED = ("kind", "body", "held_on", "with_others")  # by the notice


class BeforeBranch(BrokenRule):
    """Nothing was held by a branch that did not exist."""

    def __init__(self, founded_on: date) -> None:
        super().__init__(founded_on)
        words = _("The branch was founded on %(day)s, so nothing was held before. Please check the year.")
        self.sentence = words % {"day": f"{founded_on:%Y-%m-%d}"}


class TooFarAhead(BrokenRule):
    """Nothing is prepared so long before its day: the year is mistyped."""

    sentence = _("This day is more than a year ahead. Please check the year.")


def refuse_day(event: LifeEvent) -> None:
    """Raises BeforeBranch and TooFarAhead."""
    if event.held_on < event.branch.founded_on:
        raise BeforeBranch(event.branch.founded_on)
    if event.held_on > dates.today() + timedelta(days=AHEAD):
        raise TooFarAhead


@atomic_with_retry
def prepare_event(event: LifeEvent, *, by: User, form_key: UUID) -> LifeEvent:
    """Keep a new event; nobody is told yet. Raises FormKeyReused, BeforeBranch, TooFarAhead, and IntegrityError."""
    refuse_day(event)
    event.recorded_by = by

    def save(row: LifeEvent) -> None:
        row.save(force_insert=True)
        record(by, "party.event_prepared", row, changes={"topic": (None, row.topic), "held_on": (None, row.held_on)})

    return save_once(event, save, form="partybranch.event", by=by, form_key=form_key)


@atomic_with_retry
def change_event(
    event: LifeEvent, *, by: User, shown: Mapping[str, object] | None = None, **fields: object
) -> LifeEvent:
    """Change what the notice has not fixed; `shown` is what the page showed of these fields.

    Raises CalledOff, AlreadyFiled, ChangedMeanwhile, BeforeBranch, TooFarAhead, and IntegrityError.
    """
    event = standing_event(event)
    refuse_changed_meanwhile(event, fields, shown)
    changed = {name: value for name, value in fields.items() if getattr(event, name) != value}
    before = {name: getattr(event, name) for name in changed}
    for name, value in changed.items():
        setattr(event, name, value)
    if "held_on" in changed:
        refuse_day(event)
    if changed:
        event.save(update_fields=list(changed))
        changes = {name: (str(before[name] or ""), str(value or "")) for name, value in changed.items()}
        record(by, "party.event_changed", event, changes=changes)
    return event


def standing_event(event: LifeEvent) -> LifeEvent:
    """The event, locked, where it can still change. Raises AlreadyFiled and CalledOff."""
    event = LifeEvent.objects.select_for_update(of=("self",)).select_related("body").get(pk=event.pk)
    if event.is_filed():
        raise AlreadyFiled
    if event.is_cancelled():
        raise CalledOff
    return event


def noticed_event(event: LifeEvent) -> LifeEvent:
    """The event, locked, where its list is fixed and it is not filed. Raises AlreadyFiled, CalledOff and NotNoticed."""
    event = LifeEvent.objects.select_for_update().get(pk=event.pk)
    if event.is_filed():
        raise AlreadyFiled
    if event.is_cancelled():
        raise CalledOff
    if not event.is_noticed():
        raise NotNoticed
    return event


def expected_rows(event: LifeEvent) -> list[Membership]:
    """Who is expected by the roll of the event's day: its body, else every member, with others where invited."""
    rows = Membership.objects.roll(event.held_on).filter(branch=event.branch_id)
    if event.body_id:
        rows = rows.filter(person__in=seats_of(event).on(event.held_on).values("person"))
    elif not event.with_others:
        rows = rows.of_stages(StageChange.MEMBERS)
    return list(rows.order_by("sort_key", "pk"))


def seats_of(event: LifeEvent) -> LastingQuerySet:
    """The terms, of whatever day, that call people to an event of a body: in its group, any post of its committee."""
    seats = Term.objects.filter(branch=event.branch_id)
    is_group = event.body.kind == Body.Kind.GROUP
    return seats.filter(body=event.body_id) if is_group else seats.exclude(post__in=GROUP_POSTS)


@atomic_with_retry
def give_notice(event: LifeEvent, *, by: User, at: datetime | None = None) -> LifeEvent:
    """Freeze the list of who is expected. Raises AlreadyNoticed, AlreadyFiled, CalledOff and NobodyExpected.

    It is given now; `at` is for the invented notices of the demonstration alone: services/invented.py.
    """
    event = standing_event(event)
    if not event.is_draft():
        raise AlreadyNoticed
    record(by, "party.event_noticed", event, changes={"expected": (None, len(freeze_list(event, by=by, at=at)))})
    return event


def freeze_list(event: LifeEvent, *, by: User, at: datetime | None = None) -> list[Attendance]:
    """Fix kind, day and list of an event that is being prepared and locked. Raises NobodyExpected.

    Where its day is over nobody was called to it: it is a back entry.
    """
    rows = expected_rows(event)
    if not rows:
        raise NobodyExpected
    event.state, event.noticed_by, event.noticed_at = State.NOTICED, by, at or timezone.now()
    event.is_back_entry = event.is_back_entry or event.held_on < dates.day_of(event.noticed_at)
    event.save(update_fields=["state", "noticed_by", "noticed_at", "is_back_entry"])
    return Attendance.objects.bulk_create(
        Attendance(
            event=event,
            person=row.person,
            has_vote=row.stage == StageChange.Stage.FULL,
            is_exempt="exempt" in row.circumstances,
            status=Status.EXEMPT if "exempt" in row.circumstances else Status.EXPECTED,
        )
        for row in rows
    )


class AttendanceChanged(BrokenRule):
    """Somebody recorded names of this list after the page was opened: that must be seen before the other counts."""

    sentence = _("A colleague recorded this list too while you were tapping. Nothing of yours is saved yet: see below.")

    def __init__(self, rows: Sequence[Attendance]) -> None:
        super().__init__(rows)
        self.rows = rows


@atomic_with_retry
def record_attendance(
    event: LifeEvent, marks: Mapping[int, Mark], *, by: User, shown: Mapping[int, Mark] | None = None
) -> int:
    """How people of the list attended: `{row: (status, reason of a leave)}`. Gives how many rows changed.

    Rows that are as they were stay untouched; `shown` is what the page showed of each row, so that two who record at
    the same time do not undo each other. Raises NotNoticed, AlreadyFiled, CalledOff, AttendanceChanged with the
    rows that are neither as they were shown nor as they are marked, EventNotCome for more than a leave before
    the day, HoursStand for who has hours of the event and would not have come, and IntegrityError for a leave without
    reason.
    """
    event = noticed_event(event)
    wanted = {pk: (status, reason if status == Status.LEAVE else "") for pk, (status, reason) in marks.items()}
    rows = event.attendance.filter(pk__in=wanted).select_related("person", "marked_by")
    changed = [row for row in rows if row.mark() != wanted[row.pk]]
    if undone := [row for row in changed if shown and row.mark() != shown.get(row.pk, row.mark())]:
        raise AttendanceChanged(undone)
    if not event.has_come(dates.today()) and any(wanted[row.pk][0] in Attendance.ON_THE_DAY for row in changed):
        raise EventNotCome
    refuse_hours(event, [row for row in changed if wanted[row.pk][0] not in Attendance.CAME])
    for row in changed:
        (row.status, row.leave_reason), row.marked_by, row.marked_at = wanted[row.pk], by, timezone.now()
        row.save(update_fields=["status", "leave_reason", "marked_by", "marked_at"])
    if changed:
        record(by, "party.attendance_recorded", event, changes={"marked": (None, len(changed))})
    return len(changed)


class HoursStand(BrokenRule):
    """Somebody has hours of this event and would not have been there."""

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__(people)
        words = _(
            "Hours of study of this event stand for %(people)s. Please withdraw these learning records first, then"
            " correct the attendance."
        )
        self.sentence = words % {"people": "、".join(people)}


def refuse_hours(event: LifeEvent, missed: Sequence[Attendance]) -> None:
    """Raises HoursStand where one of those who did not come has hours of the event."""
    people = [row.person_id for row in missed]
    credited = LearningRecord.objects.live().of_event(event).of_people(people) if people else []
    if having := {record.person_id for record in credited}:
        raise HoursStand([row.person.name for row in missed if row.person_id in having])


class HoursCredited(BrokenRule):
    """Hours that people were credited with from an event would stand without it."""

    sentence = _(
        "Hours of study were credited from this event. Please withdraw these learning records first, then call it off."
    )


class HasVotes(BrokenRule):
    """A meeting that decided something was held."""

    sentence = _("A vote of this event stands. Please withdraw the vote first, then call it off.")


class HasAttendance(BrokenRule):
    """An event to which people came was held. A leave is asked for before and hinders nothing."""

    sentence = _(
        "Attendance is recorded already. Please set it back to “attendance not recorded” on the page of attendance"
        " first, then call it off."
    )


def refuse_results(event: LifeEvent) -> None:
    """Raises HoursCredited, HasVotes and HasAttendance, in the order in which they are withdrawn."""
    if LearningRecord.objects.live().of_event(event).exists():
        raise HoursCredited
    if event.votes.live().exists():
        raise HasVotes
    if event.attendance.filter(status__in=Attendance.ON_THE_DAY).exists():
        raise HasAttendance


@atomic_with_retry
def call_off(event: LifeEvent, *, by: User, reason: str) -> LifeEvent:
    """It is not held; list and reason stay. Raises CalledOff, AlreadyFiled, and what `refuse_results` raises."""
    event = standing_event(event)
    refuse_results(event)
    event.state, event.cancelled_reason = State.CANCELLED, reason
    event.save(update_fields=["state", "cancelled_reason"])
    record(by, "party.event_called_off", event, reason=reason)
    return event
