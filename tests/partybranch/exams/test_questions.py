"""Question banks: typed rows are read with exact sentences, kept in bulk, corrected or replaced, withdrawn."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from hebi_charity.audit.models import Entry
from hebi_charity.office.services.form_keys import FormKeyReused
from partybranch.models import Question
from partybranch.services import questions
from partybranch.services.broken_rules import AlreadyWithdrawn
from partybranch.services.question_rows import QuestionRow, read_question
from partybranch.services.question_text import rows_of
from tests.donations.factories import UserFactory
from tests.partybranch.exams.factories import a_bank, a_question, an_exam, marked, new_question
from tests.partybranch.factories import a_branch, member

CHOICES = ("甲", "乙", "丙", "丁")


def row(**facts: object) -> QuestionRow:
    values = {"row_no": 7, "kind": "单选", "text": "慈善组织的年度支出有何规定？", "answers": CHOICES, "right": "B"}
    return QuestionRow(**(values | facts))


def said(**facts: object) -> list[str]:
    question, problems = read_question(row(**facts))
    assert (question is None) is bool(problems)
    return [problem.line() for problem in problems]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"right": "E"}, "第 7 行：答案是 E，但这一题只有 A–D 四个选项。请补上选项 E 或改正答案。"),
        (
            {"kind": "多选", "right": "ADEF"},
            "第 7 行：答案是 E、F，但这一题只有 A–D 四个选项。请补上选项 E、F 或改正答案。",
        ),
        (
            {"answers": ("甲", "乙"), "right": "c"},
            "第 7 行：答案是 C，但这一题只有 A–B 两个选项。请补上选项 C 或改正答案。",
        ),
        ({"right": ""}, "第 7 行：没有正确答案。请填写正确选项的字母，例如 B；多选例如 ABD。"),
        ({"right": "乙"}, "第 7 行：答案“乙”不是选项的字母。请填写字母，例如 B；多选例如 ABD。"),
        ({"right": "AC"}, "第 7 行：单选题只有一个正确答案，这里写了 A、C。请只留一个字母，或把题型改为多选。"),
        (
            {"kind": "多选", "right": "A"},
            "第 7 行：多选题至少有两个正确答案，这里只写了 A。请补上其他字母，或把题型改为单选。",
        ),
        ({"kind": "判断", "right": "也许"}, "第 7 行：判断题的答案写“对”或“错”，这里写的是“也许”。请改正。"),
        ({"kind": "简答", "answers": (), "right": ""}, "第 7 行：简答题没有参考答案。请填写参考答案。"),
        ({"kind": "填空"}, "第 7 行：“填空”不是题型。请写单选、多选、判断或简答。"),
        ({"kind": " "}, "第 7 行：没有题型。请写单选、多选、判断或简答。"),
        ({"text": "　"}, "第 7 行：没有题目。请填写题目，或删除这一行。"),
        ({"answers": ("甲", "", "丙")}, "第 7 行：选项 B 是空的，但后面的选项有内容。请把选项依次前移。"),
        ({"answers": ("甲",)}, "第 7 行：选择题至少要有 A、B 两个选项。请补上。"),
        ({"answers": tuple("甲乙丙丁戊己庚")}, "第 7 行：选项超过六个。最多只能有 A–F 六个选项。"),
        ({"text": "题" * 501}, "第 7 行：这里有 501 个字，最多 500 个字。请缩短。"),
        ({"answers": ("甲", "乙" * 201)}, "第 7 行：这里有 201 个字，最多 200 个字。请缩短。"),
        ({"source": "源" * 121}, "第 7 行：这里有 121 个字，最多 120 个字。请缩短。"),
    ],
)
def test_row_that_cannot_be_kept_says_what_to_do(facts, sentence):
    assert said(**facts) == [sentence]


NO_CHOICES = "答案写的是字母，但没有找到选项。请在每个选项前写字母和点，例如“A. ……　B. ……”。"


@pytest.mark.parametrize("answer", ["答案：ABD", "答案：B", "参考答案：A、B", "答案：ａｂ"])
def test_pasted_choices_without_a_dot_are_not_taken_for_a_short_answer(answer):
    (found,) = rows_of(f"1. 慈善组织应当做什么？\nA 甲\nB 乙\nC 丙\nD 丁\n{answer}")

    question, problems = read_question(found)

    assert question is None
    assert [problem.line() for problem in problems] == [f"第 1 行：{NO_CHOICES}"]


def test_pasted_judgement_without_choices_stays_one():
    (found,) = rows_of("1. 慈善组织应当公开信息。\n答案：√")

    assert read_question(found)[0].kind == "judge"


def test_problem_names_the_place_beside_which_it_is_said():
    _none, problems = read_question(row(answers=("甲", "", "丙")))

    assert [problem.place for problem in problems] == ["answer_b"]


@pytest.mark.parametrize(
    ("facts", "kind", "answers", "right"),
    [
        ({}, "single", CHOICES, "B"),
        ({"kind": "单选题", "right": "ｂ"}, "single", CHOICES, "B"),
        ({"kind": "【多选】", "right": "D、A，B"}, "multiple", CHOICES, "ABD"),
        ({"kind": "判断", "answers": (), "right": "√"}, "judge", ("正确", "错误"), "A"),
        ({"kind": "判断题", "answers": ("对", "错"), "right": "错误。"}, "judge", ("正确", "错误"), "B"),
        ({"answers": ("甲", "乙", "", ""), "right": "A"}, "single", ("甲", "乙"), "A"),
    ],
)
def test_row_is_read_as_people_write_it(facts, kind, answers, right):
    question, problems = read_question(row(**facts))

    assert problems == []
    assert (question.kind, question.answers, question.right) == (kind, answers, right)


def test_short_answer_may_stand_in_the_column_of_the_answer():
    question, _problems = read_question(row(kind="问答", answers=(), right="为了规范慈善活动。"))

    assert (question.reference, question.right) == ("为了规范慈善活动。", "")


@pytest.mark.django_db
def test_rows_in_bulk_are_kept_without_those_that_are_there_already():
    bank = a_bank()
    a_question(bank, text="老题")
    rows = [
        row(row_no=2, text="新题"),
        row(row_no=3, text="老题"),
        row(row_no=4, text=" 新题 "),
        row(row_no=5, text="另一题", right="E"),
    ]

    checked = questions.check_rows(rows, bank=bank)

    assert [one.row_no for one in checked.questions] == [2]
    assert [problem.line() for problem in checked.problems] == [
        "第 3 行：题库里已有这道题。",
        "第 4 行：这道题与第 2 行的题目相同。请删去其中一道。",
        "第 5 行：答案是 E，但这一题只有 A–D 四个选项。请补上选项 E 或改正答案。",
    ]
    user, key = UserFactory(), uuid4()
    for _twice in range(2):
        questions.add_questions(bank, checked.questions, by=user, form_key=key)
    assert sorted(bank.questions.values_list("text", flat=True)) == ["新题", "老题"]
    with pytest.raises(FormKeyReused):
        questions.add_questions(bank, [new_question()], by=user, form_key=key)
    with pytest.raises(questions.NoQuestions):
        questions.add_questions(bank, [], by=user)


@pytest.mark.django_db
def test_question_that_was_not_put_is_edited_and_one_that_was_is_replaced():
    a_branch(), member()
    fresh, put = a_question(), a_question()
    exam = an_exam(banks=[put.bank])
    marked(exam)

    edited = questions.correct_question(fresh, new_question(text="改好的题"), by=UserFactory(), reason="笔误")
    replaced = questions.correct_question(put, new_question(text="更换的题"), by=UserFactory(), reason="法条已修订")

    put.refresh_from_db()
    assert (edited.pk, edited.text) == (fresh.pk, "改好的题")
    assert (replaced.replaces, replaced.text) == (put, "更换的题")
    assert (put.is_withdrawn(), put.withdrawal_reason) == (True, "法条已修订")
    assert exam.draws.get().question == put
    with pytest.raises(AlreadyWithdrawn):
        questions.correct_question(put, new_question(), by=UserFactory(), reason="再改")


@pytest.mark.django_db
def test_database_keeps_a_question_that_was_put_as_it_was():
    a_branch(), member()
    put = a_question()
    marked(an_exam(banks=[put.bank]))

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Question.objects.filter(pk=put.pk).update(text="另一种问法")

    assert caught.value.__cause__.diag.constraint_name == "partybranch_question_guard"


@pytest.mark.django_db
def test_nothing_to_change_changes_nothing():
    question = a_question()
    same = new_question(text=question.text)

    assert questions.correct_question(question, same, by=UserFactory(), reason="x") == question
    assert not Entry.objects.filter(act="party.question_corrected").exists()


@pytest.mark.django_db
def test_withdrawn_question_is_withdrawn_once_and_its_text_is_free_again():
    bank = a_bank()
    question = a_question(bank, text="老题")
    questions.withdraw_question(question, by=UserFactory(), reason="已过时")

    with pytest.raises(AlreadyWithdrawn):
        questions.withdraw_question(question, by=UserFactory(), reason="再次")
    assert a_question(bank, text="老题").pk != question.pk


@pytest.mark.django_db
def test_acts_on_banks_stand_on_the_branch_s_side_of_the_log():
    bank = a_bank("旧名")
    questions.change_bank(bank, by=UserFactory(), name="新名", topic="慈善法")
    a_question(bank)
    questions.add_questions(bank, [new_question()], by=UserFactory())

    acts = Entry.objects.filter(object_type="partybranch.questionbank").order_by("id")
    assert list(acts.values_list("act", "side")) == [
        ("party.bank_founded", "party"),
        ("party.bank_changed", "party"),
        ("party.question_added", "party"),
        ("party.questions_added", "party"),
    ]
