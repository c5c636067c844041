"""Exams as lists: narrowed; the people of one in roll order with their results; what was often answered wrongly."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from partybranch.models import Draw, Exam, Examinee, ExamResult, Question

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from partybranch.forms.exams import ExamFilterForm

OFTEN = 10


def narrowed_exams(form: ExamFilterForm, *, by: User) -> QuerySet[Exam]:
    """The exams the filter form asks for; a field that does not hold is left out."""
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    return Exam.objects.visible_to(by).select_related("branch").filter(**asked).counted()


@dataclass
class PersonLine:
    """Somebody of an exam's list: the answers so far and the result."""

    examinee: Examinee
    draws: list[Draw] = field(default_factory=list)
    result: ExamResult | None = None

    @property
    def name(self) -> str:
        return self.examinee.person.name


def people_of(exam: Exam) -> list[PersonLine]:
    """The list of an exam in roll order. Three queries, however long it is."""
    rows = exam.examinees.with_exempt(exam.held_on).select_related("person").in_roll_order()
    draws = defaultdict(list)
    for draw in exam.draws.live().select_related("question").order_by("number"):
        draws[draw.examinee_id].append(draw)
    results = {one.examinee_id: one for one in exam.results.live()}
    return [PersonLine(row, draws[row.pk], results.get(row.pk)) for row in rows]


def totals_of(lines: list[PersonLine]) -> list[tuple[str, str]]:
    """How many take part, passed, are to resit or to answer again, and were not examined yet."""
    outcomes = Counter(line.result.outcome for line in lines if line.result)
    again = sum(1 for line in lines if not line.result and line.draws and line.draws[-1].outcome == Draw.Outcome.AGAIN)
    shown = [(_("taking part"), len(lines)), (_("has passed"), outcomes[ExamResult.Outcome.PASSED])]
    if again:
        shown.append((_("to answer again"), again))
    if outcomes[ExamResult.Outcome.RESIT]:
        shown.append((_("to resit"), outcomes[ExamResult.Outcome.RESIT]))
    shown.append((_("not examined yet"), len(lines) - outcomes.total() - again))
    return [(label, f"{number:,}") for label, number in shown]


@dataclass(frozen=True)
class WrongLine:
    """A question that was answered wrongly, and how often."""

    question: Question
    number: int | None
    times: int


def often_wrong(exam: Exam) -> list[WrongLine]:
    """What should be explained to all once more: the questions answered wrongly, the most frequent first."""
    if exam.is_oral():
        again = exam.draws.live().filter(outcome=Draw.Outcome.AGAIN).order_by()
        times = dict(again.values_list("question").annotate(Count("pk")))
        questions = Question.objects.in_bulk(times)
        lines = [WrongLine(questions[pk], None, count) for pk, count in times.items()]
    else:
        typed = exam.results.live().exclude(wrong="").values_list("wrong", flat=True)
        count = Counter(int(number) for numbers in typed for number in numbers.split(","))
        sheet = exam.sheet.filter(number__in=count).select_related("question")
        lines = [WrongLine(one.question, one.number, count[one.number]) for one in sheet]
    return sorted(lines, key=lambda line: (-line.times, line.number or line.question.pk))[:OFTEN]


def points_of(exam: Exam) -> Decimal:
    """What the whole sheet gives."""
    return exam.sheet.aggregate(total=Sum("points"))["total"] or Decimal(0)


def answers_of(exam: Exam) -> list[Draw]:
    """Every draw of an exam in order, those withdrawn too."""
    people = ("examinee__person", "question", "marked_by", "withdrawn_by")
    return list(exam.draws.select_related(*people).order_by("-number"))


def waiting_in(exam: Exam) -> list[Draw]:
    """What is being asked at this moment, the latest first."""
    return list(exam.draws.waiting().select_related("examinee__person", "question").order_by("-number"))


@dataclass(frozen=True)
class Counts:
    """How far an oral exam is: how often was asked, how many have passed, of how many."""

    asked: int
    passed: int
    people: int


def counts_of(exam: Exam) -> Counts:
    """Three counts."""
    passed = exam.results.live().filter(outcome=ExamResult.Outcome.PASSED).count()
    return Counts(exam.draws.asked().count(), passed, exam.examinees.count())
