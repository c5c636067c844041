"""Two telephones at the same moment: different people, different questions; one outcome, one result, one record."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from partybranch.models import Draw, Question
from partybranch.services import exams, questions
from partybranch.services.broken_rules import BrokenRule
from tests.donations.factories import UserFactory
from tests.donations.staff import BACKEND, person
from tests.partybranch.exams.factories import an_exam, bank_of, drawn, marked, new_question
from tests.partybranch.factories import a_branch, member

pytestmark = pytest.mark.race
PHONES = 6


@pytest.fixture
def exam(committed_db):
    a_branch()
    for number in range(PHONES):
        member(name=f"党员{chr(0x4E00 + number)}")
    return an_exam(banks=[bank_of(PHONES)])


def telephone(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def at_once(acts) -> list:
    """Run each in a thread of its own, all let go at one moment; a broken rule is its answer."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(30)
            return act()
        except BrokenRule as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(60) for one in [pool.submit(run, act) for act in acts]]


def test_telephones_that_draw_at_once_get_different_people_and_questions(exam):
    user = person("organisation_member")
    address = reverse("partybranch:exam_draw", args=[exam.pk])
    phones = [telephone(user) for _ in range(PHONES)]

    answers = at_once([lambda phone=phone: phone.post(address).status_code for phone in phones])

    rows = list(Draw.objects.all())
    assert answers == [302] * PHONES
    assert sorted(row.number for row in rows) == list(range(1, PHONES + 1))
    assert len({row.examinee_id for row in rows}) == PHONES
    assert len({row.question_id for row in rows}) == PHONES


def test_answer_marked_on_two_telephones_at_once_is_marked_once(exam):
    user, row = person("organisation_member"), drawn(exam)
    phones = [telephone(user) for _ in range(2)]

    at_once([lambda phone=phone: phone.post(row.get_absolute_url(), {"outcome": "passed"}) for phone in phones])

    row.refresh_from_db()
    assert (row.outcome, exam.results.count(), exam.occasion.records.count()) == ("passed", 1, 1)


def test_draw_and_closing_at_once_leave_no_question_open_in_a_closed_exam(exam):
    marked(exam)

    answers = at_once([lambda: drawn(exam), lambda: exams.close_exam(exam, by=UserFactory())])

    exam.refresh_from_db()
    waiting = exam.draws.waiting().count()
    assert (exam.state, waiting) in [("closed", 0), ("open", 1)]
    assert (exams.NotOpen in answers) == (exam.state == "closed")


def test_question_corrected_while_it_is_drawn_stays_as_it_was_put(committed_db):
    a_branch(), member()
    bank = bank_of(1)
    exam, question = an_exam(banks=[bank]), Question.objects.get()
    new = new_question(text="改正后的题目")

    at_once(
        [
            lambda: drawn(exam),
            lambda: questions.correct_question(question, new, by=UserFactory(), reason="笔误"),
        ]
    )

    put = exam.draws.get().question
    if put.text == "改正后的题目":  # corrected first, then drawn
        assert (put.replaces_id, put.is_withdrawn()) == (None, False)
    else:
        assert put.text == question.text
        assert put.is_withdrawn()
        assert put.replaced_by.text == "改正后的题目"
