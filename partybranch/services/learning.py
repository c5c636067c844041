"""Learning records: credited from meetings, courses and exams in one act, stated of self-study, confirmed, withdrawn.

Rooms that know who learnt what call `credit`; it credits each person once, whatever is asked twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates
from hebi_charity.core.sentences import name_of
from hebi_charity.core.transactions import atomic_with_retry
from partybranch import hours
from partybranch.models import Attendance, HourRule, LearningRecord, LifeEvent, PassOnDuty, Person, StudyOccasion
from partybranch.services.broken_rules import AlreadyWithdrawn, BrokenRule
from partybranch.services.logging import record, record_bulk

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Way, Unit, Kind = LearningRecord.Way, HourRule.Unit, LifeEvent.Kind
DAYS_TAKEN = "partybranch_days_fit_calendar"
# How many of a unit a calendar day has room for.
A_DAY = {Unit.FULL_DAY: 1, Unit.HALF_DAY: 2, Unit.THEME_HALF_DAY: 2}


class NoConversion(BrokenRule):
    """Hours need a conversion that held on the first day."""

    sentence = _("No conversion into hours held on this day. Please record one with its source first.")


class NotHeldYet(BrokenRule):
    """Only a meeting that was held and not called off gives hours."""

    sentence = _("Hours are credited of a meeting that was held: give the notice and record attendance first.")


class NobodyCame(BrokenRule):
    """Hours go to those who came."""

    sentence = _("Nobody is recorded as present. Please record the attendance first.")


class NothingToConfirm(BrokenRule):
    """Confirmed once; what was withdrawn is not confirmed."""

    sentence = _("This was confirmed or withdrawn already. Please reload the page.")


class MoreThanTheDays(BrokenRule):
    """A calendar day has one full day of study, or two half ones."""

    sentence = _("A day has one full day of study or two half days. Please check how many, or the days.")


class DaysTaken(BrokenRule):
    """Somebody has as many full and half days of study on these days as they have room for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        words = _(
            "%(name)s has other full or half days of study recorded on these days, and there is no room for more."
            " Please check days and number, choose hours as the unit, or withdraw what is wrong first."
        )
        self.sentence = words % {"name": name}


class OwnStatement(BrokenRule):
    """What somebody stated of the own study is confirmed by somebody else."""

    sentence = _("You stated this of your own study yourself. Somebody else confirms it; please leave it out.")


@dataclass(frozen=True)
class Measure:
    """How long was studied: so many of a unit."""

    unit: str
    quantity: Decimal

    def rule_on(self, day: date) -> HourRule:
        """The conversion of this day. Raises NoConversion."""
        rule = HourRule.objects.in_force(day, unit=self.unit)
        if rule is None:
            raise NoConversion
        return rule

    def check_days(self, starts_on: date, ends_on: date) -> None:
        """Raises MoreThanTheDays for more full or half days than there are from a day to a day."""
        most = A_DAY.get(self.unit)
        if most is not None and self.quantity > most * ((ends_on - starts_on).days + 1):
            raise MoreThanTheDays


def measure_of(event: LifeEvent) -> Measure:
    """What a meeting of this kind counts for unless the secretary says otherwise."""
    if event.kind == Kind.THEME_DAY:
        return Measure(Unit.THEME_HALF_DAY, Decimal(1))
    if event.kind in {Kind.VISIT, Kind.TRAINING}:
        return Measure(Unit.HALF_DAY, Decimal(1))
    return Measure(Unit.HOUR, Decimal(1))


def rows_for(template: LearningRecord, measure: Measure) -> list[LearningRecord]:
    """The rows of one stretch of study, one for each calendar year, like the template.

    Raises NoConversion and MoreThanTheDays.
    """
    measure.check_days(template.starts_on, template.ends_on)
    rows = []
    for part in hours.by_year(template.starts_on, template.ends_on, measure.quantity):
        rule = measure.rule_on(part.starts_on)
        rows.append(
            LearningRecord(
                branch_id=template.branch_id,
                person_id=template.person_id,
                way=template.way,
                subject=template.subject,
                note=template.note,
                occasion_id=template.occasion_id,
                passes_on_id=template.passes_on_id,
                recorded_by_id=template.recorded_by_id,
                confirmed_by_id=template.confirmed_by_id,
                confirmed_at=template.confirmed_at,
                starts_on=part.starts_on,
                ends_on=part.ends_on,
                year=part.year,
                rule=rule,
                quantity=part.quantity,
                hours=hours.hours_of(part.quantity, rule.hours),
            )
        )
    return rows


@atomic_with_retry
def credit(
    occasion: StudyOccasion,
    people: Iterable[Person],
    *,
    way: str,
    measure: Measure,
    by: User,
    notes: Mapping[int, str] | None = None,
) -> list[LearningRecord]:
    """Credit what was learnt on one occasion, confirmed by who credits; who has it already is passed over.

    `notes` says something of single people, by their key. Gives the new rows: one for each person and calendar year.
    Raises NoConversion, DaysTaken, and IntegrityError.
    """
    people = list(people)
    held = LearningRecord.objects.live().of_occasion(occasion).filter(way=way)
    held = set(held.values_list("person", flat=True))
    now, rows = timezone.now(), []
    for person in people:
        if person.pk in held:
            continue
        template = LearningRecord(
            branch_id=occasion.branch_id,
            person=person,
            way=way,
            subject=occasion.title,
            note=(notes or {}).get(person.pk, ""),
            starts_on=occasion.starts_on,
            ends_on=occasion.ends_on,
            occasion=occasion,
            recorded_by=by,
            confirmed_by=by,
            confirmed_at=now,
        )
        rows += rows_for(template, measure)
    rows = _inserted(rows, people)
    if rows:
        count = len({row.person_id for row in rows})
        total = sum(row.hours for row in rows)
        changes = {"title": (None, occasion.title), "credited_hours": (None, total)}
        record_bulk(by, "party.learning_credited", occasion, count=count, changes=changes)
    return rows


def _inserted(rows: list[LearningRecord], people: Iterable[Person]) -> list[LearningRecord]:
    """The rows, kept. Raises DaysTaken with the name of whom the database says it of."""
    try:
        return LearningRecord.objects.bulk_create(rows)
    except IntegrityError as error:
        if name_of(error) != DAYS_TAKEN:
            raise
        names = {str(person.pk): person.name for person in people}
        raise DaysTaken(names[error.__cause__.diag.message_detail]) from error


def occasion_of(event: LifeEvent, *, by: User) -> StudyOccasion:
    """The occasion of a meeting, made when it is first asked for. The event is locked by the caller."""
    facts = {
        "branch_id": event.branch_id,
        "kind": StudyOccasion.Kind.EVENT,
        "title": event.topic,
        "starts_on": event.held_on,
        "ends_on": event.held_on,
        "place": event.place[:80],
        "recorded_by": by,
    }
    return StudyOccasion.objects.get_or_create(event=event, defaults=facts)[0]


@atomic_with_retry
def credit_event(event: LifeEvent, *, by: User, measure: Measure | None = None) -> int:
    """Credit the hours of a meeting to all who came, in the room or on line. Gives how many people are new.

    A second time it credits only who was recorded as present since. Raises NotHeldYet, NobodyCame, NoConversion.
    """
    event = LifeEvent.objects.select_for_update().get(pk=event.pk)
    is_off = event.state in {LifeEvent.State.DRAFT, LifeEvent.State.CANCELLED}
    if is_off or event.held_on > dates.today():
        raise NotHeldYet
    came = list(Person.objects.filter(attendance__event=event, attendance__status__in=Attendance.CAME).order_by("pk"))
    if not came:
        raise NobodyCame
    occasion = occasion_of(event, by=by)
    rows = credit(occasion, came, way=Way.MEETING, measure=measure or measure_of(event), by=by)
    return len(rows)


@atomic_with_retry
def confirm_learning(rows: Iterable[LearningRecord], *, by: User) -> int:
    """Confirm statements of study; from then on their hours count. Gives how many.

    Raises NothingToConfirm, and OwnStatement when one of them is what `by` stated of the own person; then none is
    confirmed.
    """
    asked = [row.pk for row in rows]
    waiting = list(LearningRecord.objects.select_for_update().filter(pk__in=asked).to_confirm().order_by("pk"))
    if not waiting:
        raise NothingToConfirm
    stated = LearningRecord.objects.filter(pk__in=[row.pk for row in waiting], recorded_by=by, person__account=by)
    if stated.exists():
        raise OwnStatement
    for row in waiting:
        row.confirmed_by, row.confirmed_at = by, timezone.now()
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        record(by, "party.learning_confirmed", row, changes=what_it_says(row))
    return len(waiting)


@atomic_with_retry
def withdraw_learning(row: LearningRecord | PassOnDuty, *, by: User, reason: str) -> LearningRecord | PassOnDuty:
    """Take back a record or a duty; it stays readable and counts no more. Raises AlreadyWithdrawn."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if row.is_withdrawn():
        raise AlreadyWithdrawn
    row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason = by, timezone.now(), reason
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    record(by, "party.learning_withdrawn", row, changes=what_it_says(row), reason=reason)
    return row


def what_it_says(row: LearningRecord | PassOnDuty) -> dict[str, tuple[object, object]]:
    """What the log says a record was."""
    if isinstance(row, PassOnDuty):
        return {"course": (None, row.occasion.title), "due_on": (None, row.due_on)}
    return {name: (None, getattr(row, name)) for name in ("subject", "starts_on", "hours")}
