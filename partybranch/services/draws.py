"""Questions put on the spot: draw a question and a person by chance, mark the outcome, take back a wrong one.

Whoever draws holds the exam's row, so that two telephones never draw the same; the draw itself is stored.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy

from hebi_charity.core.transactions import atomic_with_retry
from partybranch.models import Draw, Exam, Examinee, ExamResult, Question
from partybranch.services import exam_results
from partybranch.services.broken_rules import AlreadyWithdrawn, BrokenRule
from partybranch.services.exams import CHANCE, lock_open
from partybranch.services.logging import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hebi_charity.accounts.models import User

Outcome = Draw.Outcome
Row = TypeVar("Row")


class NobodyToAsk(BrokenRule):
    """Everybody is being asked at this moment."""

    sentence = gettext_lazy("Everybody is being asked just now. Please mark an outcome first.")


class NothingToAsk(BrokenRule):
    """The banks have no question that is not being put."""

    sentence = gettext_lazy("The banks of this exam have no question left to draw. Please add questions first.")


class AlreadyMarked(BrokenRule):
    """An outcome is given once."""

    sentence = gettext_lazy("The outcome is marked already, perhaps on another telephone.")


class AwayNeedsReason(BrokenRule):
    """Somebody is passed over only with a reason."""

    sentence = gettext_lazy("Say why the person is not there.")


@atomic_with_retry
def draw(exam: Exam, *, by: User) -> Draw:
    """Draw a person and a question. Raises NotOpen, NobodyToAsk, NothingToAsk, and IntegrityError before its day.

    Of whom nothing is required on the exam's day (党员教育管理工作条例 art. 23) is drawn only when listed alone.
    """
    exam = lock_open(exam)
    so_far = list(exam.draws.live().order_by("number"))
    listed = list(exam.examinees.with_exempt(exam.held_on).order_by("pk"))
    examinee = next_person([one for one in listed if not one.is_exempt] or listed, so_far)
    questions = Question.objects.live().filter(bank__uses__exam=exam).order_by("pk")
    question = next_question(list(questions), so_far, examinee)
    number = (exam.draws.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    return Draw.objects.create(exam=exam, number=number, examinee=examinee, question=question, recorded_by=by)


def next_person(people: Sequence[Examinee], so_far: Sequence[Draw]) -> Examinee:
    """By chance among those whose turn it is.

    First who was not asked yet; then who is to answer again; then who was away; then who has passed. Among equals who
    was asked least.
    """
    asked = Counter(one.examinee_id for one in so_far if one.outcome != Outcome.AWAY)
    last = {one.examinee_id: one.outcome for one in so_far}
    turn = {None: 0, Outcome.AGAIN.value: 1, Outcome.AWAY.value: 2, Outcome.PASSED.value: 3}
    free = [one for one in people if last.get(one.pk) != ""]
    if not free:
        raise NobodyToAsk
    return _least(free, lambda one: (turn[last.get(one.pk)], asked[one.pk]))


def next_question(questions: Sequence[Question], so_far: Sequence[Draw], examinee: Examinee) -> Question:
    """By chance among the questions least used, none that the person had before while there are others."""
    put = [one for one in so_far if one.outcome != Outcome.AWAY]
    used = Counter(one.question_id for one in put)
    had = {one.question_id for one in put if one.examinee_id == examinee.pk}
    waiting = {one.question_id for one in so_far if one.outcome == ""}
    free = [one for one in questions if one.pk not in waiting]
    if not free:
        raise NothingToAsk
    return _least(free, lambda one: (one.pk in had, used[one.pk]))


def _least(rows: Sequence[Row], key: Callable[[Row], tuple[int, int]]) -> Row:
    least = min(map(key, rows))
    return CHANCE.choice([row for row in rows if key(row) == least])


def _lock(row: Draw) -> tuple[Exam, Draw]:
    exam = lock_open(row.exam)
    row = Draw.objects.select_for_update(of=("self",)).select_related("examinee__person", "question").get(pk=row.pk)
    if row.is_withdrawn():
        raise AlreadyWithdrawn
    return exam, row


@atomic_with_retry
def reveal(row: Draw) -> Draw:
    """The screen shows the right answer from now on. Raises NotOpen and AlreadyWithdrawn."""
    _exam, row = _lock(row)
    if row.revealed_at is None and row.is_waiting():
        row.revealed_at = timezone.now()
        row.save(update_fields=["revealed_at"])
    return row


@atomic_with_retry
def mark(row: Draw, *, by: User, outcome: str, note: str = "") -> Draw:
    """通过, 再答, or not there with a reason. Who passes has the result at once.

    Raises NotOpen, AlreadyWithdrawn, AlreadyMarked and AwayNeedsReason.
    """
    exam, row = _lock(row)
    if not row.is_waiting():
        raise AlreadyMarked
    if outcome == Outcome.AWAY and not note:
        raise AwayNeedsReason
    row.outcome, row.note, row.marked_by, row.marked_at = outcome, note, by, timezone.now()
    row.save(update_fields=["outcome", "note", "marked_by", "marked_at"])
    if outcome == Outcome.PASSED and not exam.results.live().filter(examinee=row.examinee).exists():
        passed = exam_results.TypedResult(outcome=ExamResult.Outcome.PASSED)
        exam_results.keep(exam, [(row.examinee, passed)], by=by)
    record(by, "party.draw_marked", row, changes={"outcome": (None, outcome)}, reason=note)
    return row


@atomic_with_retry
def withdraw_draw(row: Draw, *, by: User, reason: str) -> Draw:
    """Take back a wrong outcome or a draw that was not put; the person is drawn again like others.

    A pass that rests on it alone goes with it. Raises NotOpen and AlreadyWithdrawn.
    """
    exam, row = _lock(row)
    row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason = by, timezone.now(), reason
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    still_passed = exam.draws.live().filter(examinee=row.examinee, outcome=Outcome.PASSED).exists()
    result = exam.results.live().filter(examinee=row.examinee).first()
    if result and not still_passed:
        exam_results.take_back(result, by=by, reason=reason)
    record(by, "party.draw_withdrawn", row, changes={"outcome": (row.outcome, None)}, reason=reason)
    return row
