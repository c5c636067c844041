"""What people report of their study: self-study by statement, courses outside with the duty to teach, lectures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import IO, TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hebi_charity.audit.models import Entry
from hebi_charity.core import seals
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.files.proof import told_apart
from hebi_charity.files.services import FileRefused, add_papers
from hebi_charity.office.services.form_keys import AlreadySubmitted, claim_form_key, settle_form_key
from partybranch.models import Branch, LearningRecord, LifeEvent, PassOnDuty, Person, StudyOccasion
from partybranch.services.broken_rules import AlreadyWithdrawn, BrokenRule
from partybranch.services.learning import Measure, credit, occasion_of, rows_for, what_it_says
from partybranch.services.logging import record, record_bulk

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Way = LearningRecord.Way
PICTURES = "study_note"


class NobodySent(BrokenRule):
    """A course has somebody who went."""

    sentence = _("Choose at least one person.")


class NotALecture(BrokenRule):
    """Only a lecture that was given and holds passes a course on."""

    sentence = _("Choose a lecture that this person gave after the course.")


@dataclass(frozen=True)
class Entered:
    """What a form of study gives, with a digest that tells the same form sent twice."""

    def digest(self) -> str:
        return seals.digest({field.name: _told(getattr(self, field.name)) for field in fields(self)})


def _told(value: object) -> str:
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, tuple):
        return ",".join(_told(each) for each in value)
    return str(value)


@dataclass(frozen=True)
class Statement(Entered):
    """Self-study as the person states it."""

    branch: Branch
    person: Person
    subject: str
    starts_on: date
    ends_on: date
    measure: Measure
    note: str = ""


@dataclass(frozen=True)
class Course(Entered):
    """A course outside and who was sent to it."""

    branch: Branch
    title: str
    organiser: str
    place: str
    starts_on: date
    ends_on: date
    measure: Measure
    people: tuple[Person, ...]
    is_passed_on: bool = True
    due_on: date | None = None


@dataclass(frozen=True)
class Lecture(Entered):
    """A lecture that somebody of the branch gave: in a meeting of the branch, and perhaps out of a duty."""

    branch: Branch
    person: Person
    subject: str
    day: date
    measure: Measure
    event: LifeEvent | None = None
    duty: PassOnDuty | None = None
    note: str = ""


@atomic_with_retry
def state_self_study(
    entry: Statement, *, by: User, form_key: UUID, pictures: Sequence[IO[bytes]] = ()
) -> LearningRecord:
    """Record what a person states; it counts when it is confirmed. Pictures are of the note (心得体会).

    Gives the first row; over New Year there is one of each year. Raises NoConversion, FileRefused, FormKeyReused, and
    IntegrityError.
    """
    digest = seals.digest({"entry": entry.digest(), "pictures": told_apart(pictures)})
    try:
        claim_form_key(form_key, form="partybranch.self_study", digest=digest, by=by)
    except AlreadySubmitted as first:
        return LearningRecord.objects.get(pk=first.result_id)
    template = LearningRecord(
        branch=entry.branch,
        person=entry.person,
        way=Way.SELF,
        subject=entry.subject,
        note=entry.note,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        recorded_by=by,
    )
    rows = _saved(rows_for(template, entry.measure), by=by)
    _keep_pictures(rows[0], pictures, by=by)
    settle_form_key(form_key, rows[0])
    return rows[0]


def _keep_pictures(row: LearningRecord, pictures: Sequence[IO[bytes]], *, by: User) -> None:
    """Pictures alone, without their metadata; all of them or none. Raises FileRefused."""
    for kept in add_papers(row, pictures, by=by, purpose=PICTURES, side=Entry.Side.PARTY):
        if not kept.is_picture:
            why = gettext("Only pictures belong here (JPG, PNG, WebP).")
            raise FileRefused(gettext("“%(file)s”: %(why)s") % {"file": kept.name, "why": why})


def _saved(rows: Iterable[LearningRecord], *, by: User) -> list[LearningRecord]:
    rows = list(rows)
    for row in rows:
        row.save(force_insert=True)
        record(by, "party.learning_recorded", row, changes=what_it_says(row))
    return rows


@atomic_with_retry
def record_course(entry: Course, *, by: User, form_key: UUID) -> StudyOccasion:
    """Record a course outside for all who went, with the duty to teach the others where there is one.

    Raises NobodySent, NoConversion, FormKeyReused, and IntegrityError.
    """
    try:
        claim_form_key(form_key, form="partybranch.course", digest=entry.digest(), by=by)
    except AlreadySubmitted as first:
        return StudyOccasion.objects.get(pk=first.result_id)
    if not entry.people:
        raise NobodySent
    names = ("branch", "title", "organiser", "place", "starts_on", "ends_on")
    facts = {name: getattr(entry, name) for name in names}
    occasion = StudyOccasion.objects.create(kind=StudyOccasion.Kind.COURSE, recorded_by=by, **facts)
    credit(occasion, entry.people, way=Way.COURSE, measure=entry.measure, by=by)
    if entry.is_passed_on:
        for person in entry.people:
            duty = PassOnDuty.objects.create(person=person, occasion=occasion, due_on=entry.due_on, recorded_by=by)
            record(by, "party.duty_recorded", duty, changes=what_it_says(duty))
    settle_form_key(form_key, occasion)
    return occasion


@atomic_with_retry
def record_lecture(entry: Lecture, *, by: User, form_key: UUID) -> LearningRecord:
    """Record that somebody taught; given in a meeting, teacher and learners stand together.

    Raises NoConversion, FormKeyReused, and IntegrityError.
    """
    try:
        claim_form_key(form_key, form="partybranch.lecture", digest=entry.digest(), by=by)
    except AlreadySubmitted as first:
        return LearningRecord.objects.get(pk=first.result_id)
    event = LifeEvent.objects.select_for_update().get(pk=entry.event.pk) if entry.event else None
    template = LearningRecord(
        branch=entry.branch,
        person=entry.person,
        way=Way.TEACHING,
        subject=entry.subject,
        note=entry.note,
        starts_on=entry.day,
        ends_on=entry.day,
        occasion=occasion_of(event, by=by) if event else None,
        passes_on=entry.duty,
        recorded_by=by,
        confirmed_by=by,
        confirmed_at=timezone.now(),
    )
    row = _saved(rows_for(template, entry.measure), by=by)[0]
    settle_form_key(form_key, row)
    return row


@atomic_with_retry
def link_lecture(duty: PassOnDuty, lecture: LearningRecord, *, by: User) -> LearningRecord:
    """A lecture that is recorded already passes the course on. Raises NotALecture, and IntegrityError."""
    row = LearningRecord.objects.select_for_update().lectures().filter(pk=lecture.pk, person=duty.person_id).first()
    if row is None or row.passes_on_id is not None:
        raise NotALecture
    row.passes_on = duty
    row.save(update_fields=["passes_on"])
    record(by, "party.lecture_linked", row, changes={"course": (None, duty.occasion.title)})
    return row


@atomic_with_retry
def withdraw_occasion(occasion: StudyOccasion, *, by: User, reason: str) -> int:
    """Take back all that was credited of one occasion, with the duties that came of it. Gives how many records.

    Raises AlreadyWithdrawn when nothing of it holds any more.
    """
    records = list(LearningRecord.objects.select_for_update().live().of_occasion(occasion).order_by("pk"))
    duties = list(PassOnDuty.objects.select_for_update().live().filter(occasion=occasion).order_by("pk"))
    if not records and not duties:
        raise AlreadyWithdrawn
    gone = {"withdrawn_by": by, "withdrawn_at": timezone.now(), "withdrawal_reason": reason}
    for row in (*records, *duties):
        for name, value in gone.items():
            setattr(row, name, value)
        row.save(update_fields=list(gone))
    changes = {"title": (None, occasion.title)}
    record_bulk(by, "party.occasion_withdrawn", occasion, count=len(records), changes=changes, reason=reason)
    return len(records)


@atomic_with_retry
def add_note_pictures(row: LearningRecord, pictures: Sequence[IO[bytes]], *, by: User) -> None:
    """Keep photographs of a note that came later. Raises FileRefused, and AlreadyWithdrawn."""
    row = LearningRecord.objects.select_for_update().get(pk=row.pk)
    if row.is_withdrawn():
        raise AlreadyWithdrawn
    _keep_pictures(row, pictures, by=by)
