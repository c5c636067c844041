"""Banks, questions and exams for tests, made as the services make them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import count
from uuid import uuid4

from hebi_charity.accounts.models import User
from partybranch.models import Branch, Draw, Exam, Question, QuestionBank
from partybranch.services import draws, exam_results, exams, questions
from partybranch.services.question_rows import NewQuestion
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_branch

EXAM_DAY = date(2022, 9, 5)
_numbers = count(1)


def a_bank(name: str = "", **facts: str) -> QuestionBank:
    bank = QuestionBank(name=name or f"第{next(_numbers)}题库", **facts)
    return questions.found_bank(bank, by=UserFactory(), form_key=uuid4())


def new_question(**facts: object) -> NewQuestion:
    """A choice of four whose right answer is B, unless said otherwise."""
    values = {
        "row_no": 1,
        "kind": "single",
        "text": f"第{next(_numbers)}题：慈善法自哪一天起施行？",
        "answers": ("2016年3月16日", "2016年9月1日", "2016年10月1日", "2017年1月1日"),
        "right": "B",
    }
    return NewQuestion(**(values | facts))


def a_question(bank: QuestionBank | None = None, **facts: object) -> Question:
    return questions.add_question(bank or a_bank(), new_question(**facts), by=UserFactory(), form_key=uuid4())


def bank_of(number: int, **facts: object) -> QuestionBank:
    bank = a_bank()
    return questions.add_questions(bank, [new_question(**facts) for _ in range(number)], by=UserFactory())


def an_exam(*, banks: Sequence[QuestionBank] = (), by: User | None = None, parts=(), **facts: object) -> Exam:
    """An oral exam of 5 September 2022 of all of the first branch, unless said otherwise."""
    values = {"title": "“99公益日”业务培训", "held_on": EXAM_DAY} | facts
    values.setdefault("branch", Branch.objects.first() or a_branch())
    banks = banks or [bank_of(3)]
    return exams.prepare_exam(Exam(**values), banks=banks, parts=parts, by=by or UserFactory(), form_key=uuid4())


def a_written_exam(*, least: str | None = "60", number: int = 10, points: str = "10", **facts: object) -> Exam:
    """A sheet of ten questions of ten points each, of which 60 points pass, unless said otherwise."""
    facts.setdefault("banks", [bank_of(number)])
    parts = [exams.SheetPart("single", number, Decimal(points))]
    return an_exam(mode="written", points_to_pass=least and Decimal(least), parts=parts, **facts)


def drawn(exam: Exam) -> Draw:
    return draws.draw(exam, by=UserFactory())


def marked(exam: Exam, outcome: str = "passed", note: str = "") -> Draw:
    return draws.mark(drawn(exam), by=UserFactory(), outcome=outcome, note=note)


def result(exam: Exam, **facts: object):
    """The result of the first of the list who has none."""
    examinee = exam.examinees.exclude(results__in=exam.results.live()).order_by("pk").first()
    exam_results.record_results(exam, {examinee.pk: exam_results.TypedResult(**facts)}, by=UserFactory())
    return exam.results.live().get(examinee=examinee)


def rows_that_bind() -> None:
    """Of each guarded table a row that holds, one that has ended and one that was withdrawn, all settled."""
    question = a_question()
    questions.withdraw_question(question, by=UserFactory(), reason="表述不清")
    oral = an_exam(banks=[bank_of(3)])
    marked(oral)
    draws.withdraw_draw(marked(oral, "again"), by=UserFactory(), reason="登记错误")
    written = a_written_exam()
    exam_results.withdraw_result(result(written, score=Decimal(50)), by=UserFactory(), reason="登记错误")
    result(written, score=Decimal(90))
    for exam in (oral, written):
        exams.close_exam(exam, by=UserFactory())
    exams.call_off_exam(an_exam(), by=UserFactory(), reason="改期")
