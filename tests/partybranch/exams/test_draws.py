"""Questions put on the spot: fair and without repeats, judged once, in the learning record once, fixed by closing."""

from collections import Counter
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from hebi_charity.audit.models import Entry
from partybranch.models import Draw, Exam, Examinee, LearningRecord, Question
from partybranch.services import draws, exams
from partybranch.services.broken_rules import AlreadyWithdrawn
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.exams.factories import EXAM_DAY, a_question, an_exam, bank_of, drawn, marked
from tests.partybranch.factories import a_branch, applicant, attend, circumstance, member, noticed_event, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    a_branch()
    return [member(name=name) for name in "甲乙丙丁"]


def outcome_of(exam, name):
    return exam.results.live().get(examinee__person__name=name).outcome


def learnt(exam) -> list[tuple[str, str, str]]:
    rows = exam.occasion.records.live().order_by("person__sort_key")
    return [(row.person.name, row.note, str(row.hours)) for row in rows]


def test_everybody_is_asked_once_before_anybody_twice_and_no_question_comes_twice(people):
    exam = an_exam(banks=[bank_of(8)])

    rounds = [[marked(exam) for _ in people] for _ in range(2)]

    for row in rounds:
        assert {one.examinee.person.name for one in row} == set("甲乙丙丁")
    assert len({one.question_id for row in rounds for one in row}) == 8
    assert [one.number for row in rounds for one in row] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_used_up_questions_come_again_the_least_used_first_and_not_to_the_same_person(people):
    exam = an_exam(banks=[bank_of(2)])

    asked = [marked(exam) for _ in range(8)]

    assert set(Counter(one.question_id for one in asked).values()) == {4}
    had = {(one.examinee_id, one.question_id) for one in asked}
    assert len(had) == 8


def test_who_is_to_answer_again_comes_after_those_not_yet_asked_and_who_was_away_after_them(people):
    exam = an_exam(banks=[bank_of(9)])
    again, away = marked(exam, "again"), marked(exam, "away", "出差")
    first = {marked(exam).examinee_id for _ in range(2)}

    assert first.isdisjoint({again.examinee_id, away.examinee_id})
    assert marked(exam).examinee_id == again.examinee_id
    assert drawn(exam).examinee_id == away.examinee_id


def test_question_put_to_nobody_is_not_used(people):
    exam = an_exam(banks=[bank_of(1)])
    away = marked(exam, "away", "病假")

    assert drawn(exam).question == away.question


def test_chance_reaches_every_person_and_every_question():
    people, questions = [Examinee(pk=number) for number in range(4)], [Question(pk=number) for number in range(3)]

    assert {draws.next_person(people, []).pk for _ in range(200)} == {0, 1, 2, 3}
    assert {draws.next_question(questions, [], people[0]).pk for _ in range(200)} == {0, 1, 2}


def test_two_who_wait_are_different_and_a_third_is_refused(people):
    exam = an_exam(banks=[bank_of(2)])
    first, second = drawn(exam), drawn(exam)

    assert first.examinee_id != second.examinee_id
    assert first.question_id != second.question_id
    with pytest.raises(draws.NothingToAsk):
        drawn(exam)


def test_everybody_being_asked_is_said():
    a_branch(), member()
    exam = an_exam()
    drawn(exam)

    with pytest.raises(draws.NobodyToAsk):
        drawn(exam)


def test_pass_is_a_result_and_a_learning_record_once(people):
    exam = an_exam(banks=[bank_of(9)], hours=2)
    row = drawn(exam)
    draws.mark(row, by=UserFactory(), outcome="passed", note="回答完整")
    name = row.examinee.person.name
    for _ in range(7):
        marked(exam)

    assert exam.results.live().count() == 4
    assert (name, "现场提问：通过", "2.00") in learnt(exam)
    assert LearningRecord.objects.filter(person__name=name).count() == 1
    with pytest.raises(draws.AlreadyMarked):
        draws.mark(row, by=UserFactory(), outcome="again")


def test_away_needs_a_reason(people):
    row = drawn(an_exam())

    with pytest.raises(draws.AwayNeedsReason):
        draws.mark(row, by=UserFactory(), outcome="away")


def test_wrong_pass_is_taken_back_with_its_result_and_recorded_anew():
    a_branch(), member(name="甲")
    exam = an_exam(banks=[bank_of(1)])
    row = marked(exam)

    draws.withdraw_draw(row, by=UserFactory(), reason="听错了答案")

    assert exam.results.live().count() == 0
    assert learnt(exam) == []
    assert LearningRecord.objects.get().withdrawal_reason == "听错了答案"
    with pytest.raises(AlreadyWithdrawn):
        draws.withdraw_draw(row, by=UserFactory(), reason="再次")
    anew = marked(exam)
    assert (anew.number, anew.question_id) == (2, row.question_id)
    assert learnt(exam) == [("甲", "现场提问：通过", "1.00")]


def test_pass_that_another_answer_carries_stays():
    a_branch(), member(name="甲")
    exam = an_exam(banks=[bank_of(2)])
    first = marked(exam)
    marked(exam)

    draws.withdraw_draw(first, by=UserFactory(), reason="登记错误")

    assert outcome_of(exam, "甲") == "passed"


def test_closing_records_who_has_not_passed_and_fixes_everything():
    a_branch()
    for name in "甲乙丙":
        member(name=name)
    exam = an_exam(banks=[bank_of(5)])
    row, again = marked(exam), marked(exam, "again")
    left = drawn(exam)
    with pytest.raises(exams.QuestionsWait):
        exams.close_exam(exam, by=UserFactory())
    draws.mark(left, by=UserFactory(), outcome="away", note="住院")

    exams.close_exam(exam, by=UserFactory())

    assert outcome_of(exam, again.examinee.person.name) == "resit"
    assert exam.results.live().count() == 2
    assert (again.examinee.person.name, "现场提问：补考", "1.00") in learnt(exam)
    for act in (
        lambda: drawn(exam),
        lambda: draws.withdraw_draw(row, by=UserFactory(), reason="x"),
        lambda: exams.close_exam(exam, by=UserFactory()),
        lambda: exams.change_exam(exam, by=UserFactory(), title="x"),
        lambda: exams.call_off_exam(exam, by=UserFactory(), reason="x"),
    ):
        with pytest.raises(exams.NotOpen):
            act()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Draw.objects.filter(pk=row.pk).update(note="改")
    assert caught.value.__cause__.diag.constraint_name == "partybranch_draw_guard"


def test_exam_with_results_is_not_called_off_and_one_without_is(people):
    exam = an_exam()
    marked(exam)
    with pytest.raises(exams.HasResults):
        exams.call_off_exam(exam, by=UserFactory(), reason="改期")

    assert exams.call_off_exam(an_exam(), by=UserFactory(), reason="改期").state == "cancelled"


def test_revealed_once_and_only_while_it_waits(people):
    row = drawn(an_exam())

    first = draws.reveal(row).revealed_at
    assert first is not None
    assert draws.reveal(row).revealed_at == first
    done = draws.mark(drawn(an_exam()), by=UserFactory(), outcome="again")
    assert draws.reveal(done).revealed_at is None


@pytest.mark.parametrize(
    ("takes_part", "found"),
    [("members", {"甲"}), ("way", {"甲", "丁"}), ("all", {"甲", "丁", "李学工"})],
)
def test_list_is_frozen_from_the_roll_of_the_day(takes_part, found):
    branch = a_branch()
    member(name="甲"), applicant(name="丁", branch=branch), staff(branch=branch)

    exam = an_exam(takes_part=takes_part)
    member(name="后来")

    assert {one.person.name for one in exam.examinees.all()} == found


def test_list_of_an_event_is_who_came(people):
    event = noticed_event(kind="training", held_on=EXAM_DAY)
    attend(event, people[0]), attend(event, people[1], "online"), attend(event, people[2], "leave", "住院")

    exam = an_exam(takes_part="event", event=event)

    assert {one.person.name for one in exam.examinees.all()} == {"甲", "乙"}


def test_of_whom_nothing_is_required_is_listed_marked_and_not_drawn(client, people):
    old, later = people[0], people[1]
    circumstance(old, "exempt", reason="年逾八十")
    circumstance(later, "exempt", date(2022, 9, 6), reason="住院")
    exam = an_exam(banks=[bank_of(8)])

    asked = [marked(exam).examinee.person.name for _ in range(6)]

    assert Counter(asked) == {"乙": 2, "丙": 2, "丁": 2}
    log_in_as(client, "organisation_member")
    page = client.get(exam.get_absolute_url()).content.decode()
    assert page.count("甲</a> <small>不作硬性要求</small>") == page.count("不作硬性要求") == 1


def test_exam_of_nobody_else_draws_of_whom_nothing_is_required():
    a_branch()
    circumstance(member(name="甲"), "exempt", reason="年逾八十")

    assert drawn(an_exam()).examinee.person.name == "甲"


def test_resit_is_of_those_who_have_not_passed_or_were_not_examined():
    a_branch()
    for name in "甲乙丙":
        member(name=name)
    exam = an_exam(banks=[bank_of(5)])
    passed = marked(exam).examinee.person.name
    marked(exam, "again")
    assert list(Exam.objects.with_somebody_to_resit()) == []
    exams.close_exam(exam, by=UserFactory())
    assert list(Exam.objects.with_somebody_to_resit()) == [exam]

    resit = an_exam(takes_part="resit", resit_of=exam)

    assert {one.person.name for one in resit.examinees.all()} == set("甲乙丙") - {passed}


def test_exam_of_nobody_is_refused():
    a_branch()
    with pytest.raises(exams.NobodyTakesPart):
        an_exam()


def test_acts_stand_on_the_branch_s_side_of_the_log_without_the_name(people):
    exam = an_exam(banks=[a_question().bank])
    marked(exam)
    exams.change_exam(exam, by=UserFactory(), title="新名称", room="三楼会议室")
    exams.close_exam(exam, by=UserFactory())

    found = Entry.objects.filter(object_type="partybranch.exam").order_by("id")
    assert list(found.values_list("act", "side")) == [
        ("party.exam_prepared", "party"),
        ("party.exam_changed", "party"),
        ("party.exam_closed", "party"),
    ]
    assert Entry.objects.get(act="party.draw_marked").side == "party"
    found = Entry.objects.filter(object_type__in=["partybranch.exam", "partybranch.draw"])
    assert not any(name in str(entry.changes) for entry in found for name in "甲乙丙丁")
