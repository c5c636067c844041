"""The exams of the demonstration: the training of September 2022 put on the spot, closed, and one under way."""

from datetime import date

import pytest

from partybranch.demo import branch as base
from partybranch.demo import exams as demo
from partybranch.demo.exam_questions import CHARITY, STUDY
from partybranch.models import Branch, Exam, Question, QuestionBank
from partybranch.services.question_text import rows_of
from partybranch.services.questions import check_rows
from tests.donations.factories import UserFactory
from tests.partybranch.factories import attend, noticed_event

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def people():
    return {"secretary": UserFactory(), "organizer": UserFactory()}


@pytest.fixture
def shown(people):
    for _twice in range(2):
        base.show(people, TODAY)
        demo.show(people, TODAY)


def test_every_question_of_the_banks_can_be_kept():
    bank = QuestionBank.objects.create(name="x", recorded_by=UserFactory())
    found = [check_rows(rows_of(text), bank=bank) for text in (CHARITY, STUDY)]

    assert [problem.line() for one in found for problem in one.problems] == []
    assert [len(one.questions) for one in found] == [22, 10]


def test_training_of_september_2022_was_examined_on_the_spot_and_is_closed(shown):
    exam = Exam.objects.get(held_on=date(2022, 9, 2))

    assert (exam.mode, exam.state, exam.event.kind) == ("oral", "closed", "training")
    assert {"", "full"} <= set(exam.examinees.values_list("stage", flat=True))
    assert exam.results.filter(outcome="passed").count() == exam.examinees.count()
    assert exam.draws.filter(outcome="again").count() == 2
    assert exam.occasion.records.count() == exam.examinees.count()


def test_sheet_has_results_and_another_exam_waits_for_the_first_draw(shown):
    written, waiting = Exam.objects.get(mode="written"), Exam.objects.get(held_on=TODAY)

    assert (written.sheet.count(), written.results.count()) == (19, written.examinees.count())
    assert (waiting.state, waiting.draws.count()) == ("open", 0)
    assert Question.objects.live().count() == 32


def test_training_that_the_year_s_meetings_have_is_the_one_that_is_examined(people):
    base.show(people, TODAY)
    branch = Branch.objects.get()
    event = noticed_event(branch=branch, kind="training", topic="腾讯“99公益日”业务培训", held_on=date(2022, 8, 26))
    attend(event, event.attendance.filter(is_exempt=False).first().person)

    demo.show(people, TODAY)

    exam = Exam.objects.get(state="closed")
    assert (exam.event, exam.held_on, exam.examinees.count()) == (event, date(2022, 8, 26), 1)
