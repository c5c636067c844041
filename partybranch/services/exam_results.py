"""Results of exams: kept once a person, withdrawn with a reason and recorded anew while the exam is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.transactions import atomic_with_retry
from partybranch.models import Exam, Examinee, ExamResult, HourRule, LearningRecord
from partybranch.services import learning
from partybranch.services.broken_rules import AlreadyWithdrawn, BrokenRule
from partybranch.services.logging import record

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Outcome, Way = ExamResult.Outcome, LearningRecord.Way


class OralResult(BrokenRule):
    """The result of an oral exam follows from its draws and is not withdrawn on its own."""

    sentence = gettext_lazy("This result follows from a drawn question. Please withdraw that question's outcome.")


class ExamIsOver(BrokenRule):
    """Of an exam that is closed or was called off no result changes."""

    sentence = gettext_lazy("This exam is closed or was called off. Its results are fixed.")


@dataclass(frozen=True)
class TypedResult:
    """One line of the table: points of an exam with points, else 通过 or 补考; numbers answered wrongly."""

    outcome: str = ""
    score: Decimal | None = None
    wrong: str = ""


def measure_of(exam: Exam) -> learning.Measure:
    """What taking part counts for in the learning record."""
    return learning.Measure(HourRule.Unit.HOUR, exam.hours)


def keep(exam: Exam, lines: Sequence[tuple[Examinee, TypedResult]], *, by: User) -> None:
    """Results in the transaction of the act that brings them about, and with each its learning record, once."""
    ExamResult.objects.bulk_create(
        ExamResult(
            exam=exam, examinee=examinee, outcome=line.outcome, score=line.score, wrong=line.wrong, recorded_by=by
        )
        for examinee, line in lines
    )
    people = [examinee.person for examinee, _line in lines]
    notes = {examinee.person_id: _in_words(exam, line) for examinee, line in lines}
    learning.credit(exam.occasion, people, way=Way.EXAM, measure=measure_of(exam), by=by, notes=notes)


def _in_words(exam: Exam, line: TypedResult) -> str:
    facts = {"mode": exam.get_mode_display(), "outcome": Outcome(line.outcome).label, "score": line.score}
    if line.score is None:
        return _("%(mode)s: %(outcome)s") % facts
    return _("%(mode)s: %(score)s points, %(outcome)s") % facts


@atomic_with_retry
def record_results(exam: Exam, typed: Mapping[int, TypedResult], *, by: User) -> int:
    """Keep what was typed of a written exam: `{examinee: result}`. Gives how many are new.

    Who has a result already keeps it. The pass follows from the points. Raises ExamIsOver, and IntegrityError for
    more points than the sheet gives.
    """
    exam = Exam.objects.select_for_update().get(pk=exam.pk)
    if not exam.is_open():
        raise ExamIsOver
    known = exam.results.live().values("examinee")
    new = exam.examinees.filter(pk__in=typed).exclude(pk__in=known).select_related("person")
    new = [(examinee, _judged(exam, typed[examinee.pk])) for examinee in new.order_by("pk")]
    keep(exam, new, by=by)
    if new:
        record(by, "party.exam_results_recorded", exam, changes={"results": (None, len(new))})
    return len(new)


def _judged(exam: Exam, line: TypedResult) -> TypedResult:
    if exam.points_to_pass is None or line.score is None:
        return line
    return replace(line, outcome=Outcome.PASSED if line.score >= exam.points_to_pass else Outcome.RESIT)


@atomic_with_retry
def withdraw_result(result: ExamResult, *, by: User, reason: str) -> ExamResult:
    """Take back a result of a written exam. Raises ExamIsOver, OralResult and AlreadyWithdrawn."""
    exam = Exam.objects.select_for_update().get(pk=result.exam_id)
    if not exam.is_open():
        raise ExamIsOver
    if exam.is_oral():
        raise OralResult
    result = ExamResult.objects.select_for_update(of=("self",)).select_related("examinee").get(pk=result.pk)
    if result.is_withdrawn():
        raise AlreadyWithdrawn
    take_back(result, by=by, reason=reason)
    record(by, "party.exam_result_withdrawn", exam, changes={"outcome": (result.outcome, None)}, reason=reason)
    return result


def take_back(result: ExamResult, *, by: User, reason: str) -> None:
    """A result ends in the transaction of the act that takes it back, after the learning record that rests on it."""
    exam, person = result.exam, result.examinee.person_id
    for row in exam.occasion.records.live().filter(person=person, way=Way.EXAM):
        learning.withdraw_learning(row, by=by, reason=reason)
    result.withdrawn_by, result.withdrawn_at, result.withdrawal_reason = by, timezone.now(), reason
    result.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
