"""Papers of exams: the record of questions put on the spot, the sheet of a written exam, and its key apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from hebi_charity.reports.papers import PaperRefused
from partybranch.lists.exams import people_of
from partybranch.models import ExamResult, Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hebi_charity.core.registry import PaperSubject
    from partybranch.models import Exam, SheetQuestion

Kind = Question.Kind
LINES_TO_WRITE = 6  # of a short answer


@dataclass(frozen=True)
class Answer:
    """One question put to one person, and what came of it; `outcome` "" is not judged yet."""

    number: int
    question: str
    outcome: str
    note: str


@dataclass(frozen=True)
class Asked:
    """Somebody of the list, in roll order, with the answers and the result."""

    number: int
    name: str
    answers: tuple[Answer, ...]
    result: str


@dataclass(frozen=True)
class OralFacts:
    branch: str
    title: str
    held_on: date
    room: str
    people: tuple[Asked, ...]
    passed: int
    is_closed: bool


def oral_facts(subject: PaperSubject) -> OralFacts:
    """现场提问记录. Before the first draw it is a list of names to write on. Raises PaperRefused for a written exam."""
    exam: Exam = subject.row
    if not exam.is_oral():
        raise PaperRefused(_("This is a written exam. Please print its sheet or its answer key."))
    lines = people_of(exam)
    return OralFacts(
        branch=exam.branch.name,
        title=exam.title,
        held_on=exam.held_on,
        room=exam.room,
        people=tuple(
            Asked(
                number,
                line.name,
                tuple(
                    Answer(
                        draw.number,
                        draw.question.text,
                        str(draw.get_outcome_display()) if draw.outcome else "",
                        draw.note,
                    )
                    for draw in line.draws
                ),
                str(line.result.get_outcome_display()) if line.result else "",
            )
            for number, line in enumerate(lines, start=1)
        ),
        passed=sum(1 for line in lines if line.result and line.result.outcome == ExamResult.Outcome.PASSED),
        is_closed=not exam.is_open(),
    )


@dataclass(frozen=True)
class Choice:
    letter: str
    text: str


@dataclass(frozen=True)
class Put:
    """One question of the sheet. `answer`, `explanation` and `source` are "" on the sheet itself."""

    number: int
    text: str
    choices: tuple[Choice, ...]
    answer: str = ""
    explanation: str = ""
    source: str = ""


@dataclass(frozen=True)
class Section:
    """The questions of one kind with the same points: 一、单选题（每题 5 分，共 40 分）."""

    numeral: str
    kind: str
    code: str
    each: str
    total: str
    questions: tuple[Put, ...]


@dataclass(frozen=True)
class SheetFacts:
    branch: str
    title: str
    held_on: date
    room: str
    points: str
    least: str
    sections: tuple[Section, ...]
    lines: tuple[int, ...]


NUMERALS = "一二三四五六七八"


def sheet_facts(subject: PaperSubject) -> SheetFacts:
    """试卷, without any answer. Raises PaperRefused for an oral exam."""
    return _sheet(subject.row, with_key=False)


def key_facts(subject: PaperSubject) -> SheetFacts:
    """参考答案, a paper of its own. Raises PaperRefused for an oral exam."""
    return _sheet(subject.row, with_key=True)


def _sheet(exam: Exam, *, with_key: bool) -> SheetFacts:
    rows = list(exam.sheet.select_related("question").order_by("number"))
    if not rows:
        raise PaperRefused(_("Questions of this exam are put on the spot: there is no sheet to print."))
    return SheetFacts(
        branch=exam.branch.name,
        title=exam.title,
        held_on=exam.held_on,
        room=exam.room,
        points=floatformat(sum((row.points for row in rows), Decimal(0))),
        least=floatformat(exam.points_to_pass) if exam.points_to_pass is not None else "",
        sections=tuple(_sections(rows, with_key=with_key)),
        lines=tuple(range(LINES_TO_WRITE)),
    )


def _sections(rows: list[SheetQuestion], *, with_key: bool) -> Iterable[Section]:
    kinds = list(dict.fromkeys(row.question.kind for row in rows))
    for numeral, kind in zip(NUMERALS, kinds, strict=False):
        own = [row for row in rows if row.question.kind == kind]
        total = sum((row.points for row in own), Decimal(0))
        yield Section(
            numeral,
            str(Kind(kind).label),
            str(kind),
            floatformat(own[0].points),
            floatformat(total),
            tuple(_put(row, with_key=with_key) for row in own),
        )


def _put(row: SheetQuestion, *, with_key: bool) -> Put:
    question = row.question
    choices = tuple(Choice(letter, text) for letter, text in question.choices())
    if not with_key:
        return Put(row.number, question.text, choices)
    return Put(row.number, question.text, choices, question.right_words(), question.explanation(), question.source)


def label(subject: PaperSubject) -> str:
    """2022-09-02 “99公益日”业务培训."""
    return f"{subject.row.held_on} {subject.row.title}"
