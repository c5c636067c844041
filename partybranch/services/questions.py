"""Question banks: founded, filled one by one or in bulk; a question is corrected, or replaced once it was put.

In bulk (`IMPORT` and pasting): `check_rows(rows, bank=bank)` gives the questions that can be kept and a sentence for
each that cannot; `add_questions(bank, questions, by=…)` keeps them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core import seals
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import AlreadySubmitted, claim_form_key, save_once, settle_form_key
from partybranch.models import Question, QuestionBank
from partybranch.services.broken_rules import AlreadyWithdrawn, BrokenRule
from partybranch.services.logging import record, record_bulk
from partybranch.services.question_rows import NewQuestion, Problem, QuestionRow, read_question

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hebi_charity.accounts.models import User

CHUNK = 1_000


class NoQuestions(BrokenRule):
    """Nothing to keep."""

    sentence = gettext_lazy("There is no question in it yet.")


@dataclass(frozen=True)
class Checked:
    """Rows as read: what can be kept, and what is wrong with the others."""

    questions: list[NewQuestion]
    problems: list[Problem]


def check_rows(rows: Iterable[QuestionRow], *, bank: QuestionBank) -> Checked:
    """Read typed rows; a row that stands in the bank already, or twice among these, is a problem too. One query."""
    known = set(bank.questions.live().values_list("text", flat=True))
    first_row: dict[str, int] = {}
    questions, problems = [], []
    for row in rows:
        question, found = read_question(row)
        if question and question.text in known:
            found = [Problem(row.row_no, "text", _("This question stands in the bank already."))]
        elif question and question.text in first_row:
            sentence = _("This is the same question as in row %(row)s. Please delete one of them.")
            found = [Problem(row.row_no, "text", sentence % {"row": first_row[question.text]})]
        problems += found
        if question and not found:
            first_row[question.text] = row.row_no
            questions.append(question)
    return Checked(questions, problems)


@atomic_with_retry
def found_bank(bank: QuestionBank, *, by: User, form_key: UUID) -> QuestionBank:
    """Keep a new bank. Raises FormKeyReused, and IntegrityError for a name that is taken."""
    bank.recorded_by = by

    def save(row: QuestionBank) -> None:
        row.save(force_insert=True)
        record(by, "party.bank_founded", row, changes={"name": (None, row.name)})

    return save_once(bank, save, form="partybranch.bank", by=by, form_key=form_key)


@atomic_with_retry
def change_bank(bank: QuestionBank, *, by: User, **fields: str) -> QuestionBank:
    """Change name or topic. Raises IntegrityError for a name that is taken."""
    bank = QuestionBank.objects.select_for_update().get(pk=bank.pk)
    changed = {name: value for name, value in fields.items() if getattr(bank, name) != value}
    before = {name: getattr(bank, name) for name in changed}
    for name, value in changed.items():
        setattr(bank, name, value)
    if changed:
        bank.save(update_fields=list(changed))
        record(by, "party.bank_changed", bank, changes={name: (before[name], changed[name]) for name in changed})
    return bank


@atomic_with_retry
def add_question(bank: QuestionBank, new: NewQuestion, *, by: User, form_key: UUID) -> Question:
    """Keep one typed question. Raises FormKeyReused, and IntegrityError for one that is there already."""
    question = Question(bank=bank, recorded_by=by, **new.columns())

    def save(row: Question) -> None:
        row.save(force_insert=True)
        record(by, "party.question_added", bank, changes={"question": (None, row.text)})

    return save_once(question, save, form="partybranch.question", by=by, form_key=form_key)


@atomic_with_retry
def add_questions(
    bank: QuestionBank, new: Sequence[NewQuestion], *, by: User, form_key: UUID | None = None
) -> QuestionBank:
    """Keep many questions as one act. With a form key, the same form adds them once.

    Raises NoQuestions, FormKeyReused, and IntegrityError for one that is in the bank already.
    """
    if not new:
        raise NoQuestions
    if form_key is not None:
        digest = seals.digest({str(one.row_no): str(asdict(one)) for one in new} | {"bank": str(bank.pk)})
        try:
            claim_form_key(form_key, form="partybranch.questions", digest=digest, by=by)
        except AlreadySubmitted:
            return bank
        settle_form_key(form_key, bank)
    rows = (Question(bank=bank, recorded_by=by, **one.columns()) for one in new)
    Question.objects.bulk_create(rows, batch_size=CHUNK)
    record_bulk(by, "party.questions_added", bank, count=len(new))
    return bank


@atomic_with_retry
def correct_question(question: Question, new: NewQuestion, *, by: User, reason: str) -> Question:
    """What is right instead. One that no exam has put is edited; else it is withdrawn and a new one stands for it.

    Gives the question that counts from now on. Raises AlreadyWithdrawn, and IntegrityError.
    """
    question = Question.objects.select_for_update(of=("self",)).select_related("bank").get(pk=question.pk)
    if question.is_withdrawn():
        raise AlreadyWithdrawn
    columns = new.columns()
    changed = {name: value for name, value in columns.items() if getattr(question, name) != value}
    if not changed:
        return question
    if question.is_used():
        _withdraw(question, by=by, reason=reason)
        question = Question.objects.create(bank_id=question.bank_id, replaces=question, recorded_by=by, **columns)
        record(by, "party.question_replaced", question.bank, changes={"question": (None, question.text)}, reason=reason)
        return question
    changes = {name: (getattr(question, name), value) for name, value in changed.items()}
    for name, value in changed.items():
        setattr(question, name, value)
    question.save(update_fields=list(changed))
    record(by, "party.question_corrected", question, changes=changes, reason=reason)
    return question


@atomic_with_retry
def withdraw_question(question: Question, *, by: User, reason: str) -> Question:
    """It is put no more; where an exam has put it, it stays readable. Raises AlreadyWithdrawn."""
    question = Question.objects.select_for_update(of=("self",)).select_related("bank").get(pk=question.pk)
    if question.is_withdrawn():
        raise AlreadyWithdrawn
    _withdraw(question, by=by, reason=reason)
    record(by, "party.question_withdrawn", question.bank, changes={"question": (question.text, None)}, reason=reason)
    return question


def _withdraw(question: Question, *, by: User, reason: str) -> None:
    question.withdrawn_by, question.withdrawn_at, question.withdrawal_reason = by, timezone.now(), reason
    question.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
