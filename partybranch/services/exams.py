"""Exams: prepared with the list frozen from the roll, changed in title and room, called off, closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from secrets import SystemRandom
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import save_once
from partybranch.models import (
    Attendance,
    Draw,
    Exam,
    ExamBank,
    Examinee,
    ExamResult,
    Membership,
    Question,
    QuestionBank,
    SheetQuestion,
    StageChange,
    StudyOccasion,
)
from partybranch.services import exam_results
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.logging import record

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

TakesPart, Outcome = Exam.TakesPart, Draw.Outcome
# Questions and people are drawn by the machine's own source of chance: nobody can foresee or repeat it.
CHANCE = SystemRandom()


class NotOpen(BrokenRule):
    """Of an exam that is closed or was called off nothing changes."""

    sentence = gettext_lazy("This exam is closed or was called off. Nothing of it can be changed any more.")


class NobodyTakesPart(BrokenRule):
    """An exam needs somebody to examine."""

    sentence = gettext_lazy(
        "Nobody would take part: the roll of this day is empty, or nobody is recorded as having come to the event."
    )


class QuestionsWait(BrokenRule):
    """An exam in which a question waits for its outcome is not closed."""

    sentence = gettext_lazy("A drawn question has no outcome yet. Please mark it first, then close the exam.")


class HasResults(BrokenRule):
    """An exam with results is closed, not called off."""

    sentence = gettext_lazy("There are results already: the exam can be closed, but no longer called off.")


class NotEnoughQuestions(BrokenRule):
    """The banks have fewer questions of a kind than the sheet asks for."""

    def __init__(self, kind: str, *, wanted: int, there: int) -> None:
        super().__init__(kind, wanted, there)
        self.sentence = _(
            "The sheet asks for %(wanted)s questions of the kind %(kind)s, but the banks have %(there)s. Please choose"
            " fewer, or add questions first."
        ) % {"wanted": wanted, "kind": Question.Kind(kind).label, "there": there}


@dataclass(frozen=True)
class SheetPart:
    """So many questions of a kind on the sheet, each with these points."""

    kind: str
    count: int
    points: Decimal = Decimal(0)


def lock_open(exam: Exam) -> Exam:
    """The exam, held: what two telephones do at the same time is done one after the other. Raises NotOpen."""
    exam = Exam.objects.select_for_update().get(pk=exam.pk)
    if not exam.is_open():
        raise NotOpen
    return exam


@atomic_with_retry
def prepare_exam(
    exam: Exam, *, banks: Sequence[QuestionBank], by: User, form_key: UUID, parts: Iterable[SheetPart] = ()
) -> Exam:
    """Keep a new exam with its banks, the list of who takes part, and of a written one the sheet drawn by chance.

    Raises NobodyTakesPart, NotEnoughQuestions, NoConversion, FormKeyReused, and IntegrityError.
    """
    exam.recorded_by, parts = by, list(parts)

    def save(row: Exam) -> None:
        exam_results.measure_of(row).rule_on(row.held_on)  # better now than when the first has passed
        row.occasion = _occasion_of(row)
        row.save(force_insert=True)
        ExamBank.objects.bulk_create(ExamBank(exam=row, bank=bank) for bank in banks)
        people = who_takes_part(row)
        if not people:
            raise NobodyTakesPart
        Examinee.objects.bulk_create(Examinee(exam=row, person_id=pk, stage=stage) for pk, stage in people)
        if not row.is_oral():
            SheetQuestion.objects.bulk_create(_sheet(row, banks, parts))
        changes = {"title": (None, row.title), "held_on": (None, row.held_on), "taking_part": (None, len(people))}
        record(by, "party.exam_prepared", row, changes=changes)

    asked = {"banks": [bank.pk for bank in banks], "parts": [[part.kind, part.count, part.points] for part in parts]}
    return save_once(exam, save, form="partybranch.exam", by=by, form_key=form_key, also=asked)


def _occasion_of(exam: Exam) -> StudyOccasion:
    return StudyOccasion.objects.create(
        branch_id=exam.branch_id,
        kind=StudyOccasion.Kind.EXAM,
        title=exam.title,
        starts_on=exam.held_on,
        ends_on=exam.held_on,
        place=exam.room,
        recorded_by=exam.recorded_by,
    )


def who_takes_part(exam: Exam) -> list[tuple[int, str]]:
    """People by the roll of the exam's day, all or some of them, each with the stage of that day."""
    roll = Membership.objects.roll(exam.held_on).filter(branch=exam.branch_id)
    if exam.takes_part == TakesPart.EVENT:
        came = Attendance.objects.filter(event=exam.event_id, status__in=Attendance.CAME)
        roll = roll.filter(person__in=came.values("person"))
    elif exam.takes_part == TakesPart.RESIT:
        roll = roll.filter(person__in=exam.resit_of.examinees.not_passed().values("person"))
    elif exam.takes_part == TakesPart.MEMBERS:
        roll = roll.of_stages(StageChange.MEMBERS)
    elif exam.takes_part == TakesPart.WAY:
        roll = roll.of_stages([*StageChange.ON_THE_WAY, *StageChange.MEMBERS])
    return [(pk, stage or "") for pk, stage in roll.values_list("person_id", "stage")]


def _sheet(exam: Exam, banks: Sequence[QuestionBank], parts: Iterable[SheetPart]) -> list[SheetQuestion]:
    """Questions of every kind by chance, numbered on: 单选, 多选, 判断, 简答."""
    chosen: list[SheetQuestion] = []
    for part in parts:
        there = list(Question.objects.live().filter(bank__in=banks, kind=part.kind))
        if part.count > len(there):
            raise NotEnoughQuestions(part.kind, wanted=part.count, there=len(there))
        for question in CHANCE.sample(there, part.count):
            number = len(chosen) + 1
            chosen.append(SheetQuestion(exam=exam, number=number, question=question, points=part.points))
    if not chosen:
        raise NotEnoughQuestions(Question.Kind.SINGLE, wanted=1, there=0)
    return chosen


@atomic_with_retry
def change_exam(exam: Exam, *, by: User, **fields: str) -> Exam:
    """Change title or room. Raises NotOpen, and IntegrityError."""
    exam = lock_open(exam)
    changed = {name: value for name, value in fields.items() if getattr(exam, name) != value}
    before = {name: getattr(exam, name) for name in changed}
    for name, value in changed.items():
        setattr(exam, name, value)
    if changed:
        exam.save(update_fields=list(changed))
        record(by, "party.exam_changed", exam, changes={name: (before[name], changed[name]) for name in changed})
    return exam


@atomic_with_retry
def close_exam(exam: Exam, *, by: User) -> Exam:
    """Fix everything. Who was asked and has not passed is to resit. Raises NotOpen and QuestionsWait."""
    exam = lock_open(exam)
    if exam.draws.waiting().exists():
        raise QuestionsWait
    asked = Examinee.objects.filter(draws__in=exam.draws.asked()).exclude(results__in=exam.results.live())
    typed = exam_results.TypedResult(outcome=ExamResult.Outcome.RESIT)
    exam_results.keep(exam, [(examinee, typed) for examinee in asked.select_related("person").distinct()], by=by)
    exam.state, exam.closed_by, exam.closed_at = Exam.State.CLOSED, by, timezone.now()
    exam.save(update_fields=["state", "closed_by", "closed_at"])
    record(by, "party.exam_closed", exam, changes={"results": (None, exam.results.live().count())})
    return exam


@atomic_with_retry
def call_off_exam(exam: Exam, *, by: User, reason: str) -> Exam:
    """It is not held. Raises NotOpen and HasResults."""
    exam = lock_open(exam)
    if exam.results.live().exists():
        raise HasResults
    exam.state, exam.cancelled_reason = Exam.State.CANCELLED, reason
    exam.save(update_fields=["state", "cancelled_reason"])
    record(by, "party.exam_called_off", exam, reason=reason)
    return exam
