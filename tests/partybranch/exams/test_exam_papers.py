"""Papers of exams: the record of an oral one, the sheet without answers, the key on a paper of its own."""

from decimal import Decimal

import pytest

from hebi_charity.audit.models import Entry
from partybranch.services import draws, exams
from tests.donations.factories import UserFactory
from tests.partybranch.exams.factories import a_bank, a_question, an_exam, bank_of, marked
from tests.partybranch.factories import a_branch, member
from tests.partybranch.papers.making import pages_of, printed, worked_off

pytestmark = pytest.mark.django_db
ORAL, SHEET, KEY = "partybranch.oral_exam", "partybranch.exam_sheet", "partybranch.exam_key"


@pytest.fixture
def written():
    a_branch("离退休干部党支部"), member(name="周小满")
    bank = a_bank()
    for number in range(2):
        a_question(bank, text=f"慈善日在哪一天？之{number}", answers=("三月五日", "九月五日"), right="B", source="总则")
    a_question(bank, kind="judge", text="捐赠可以摊派。", answers=("正确", "错误"), right="B", reference="捐赠自愿")
    a_question(bank, kind="short", text="怎样劝募？", answers=(), right="", reference="讲清用途，尊重意愿")
    parts = [
        exams.SheetPart(kind, count, Decimal(points))
        for kind, count, points in (("single", 2, 30), ("judge", 1, 20), ("short", 1, 20))
    ]
    facts = {"mode": "written", "points_to_pass": Decimal(60), "title": "学习测试", "room": "三楼会议室"}
    return an_exam(banks=[bank], parts=parts, **facts)


def text_of(paper) -> str:
    return "".join("".join(pages_of(paper)).split())


def test_oral_record_has_everybody_in_roll_order_with_questions_and_outcomes():
    a_branch("离退休干部党支部")
    for name in ("周小满", "吴求实", "䶮𬭼𠮷"):
        member(name=name)
    exam = an_exam(banks=[bank_of(5)])
    first = marked(exam)
    draws.withdraw_draw(marked(exam), by=UserFactory(), reason="登记错误")
    draws.mark(draws.draw(exam, by=UserFactory()), by=UserFactory(), outcome="away", note="接待来访")

    paper = printed(ORAL, exam)

    people = paper.facts["people"]
    assert [one["name"] for one in people] == [one.person.name for one in exam.examinees.in_roll_order()]
    answers = {one["name"]: [(a["outcome"], a["note"]) for a in one["answers"]] for one in people}
    assert answers[first.examinee.person.name] == [("通过", "")]
    assert sorted(answers.values()) == [[], [("不在场", "接待来访")], [("通过", "")]]
    assert paper.facts["passed"] == 1
    words = text_of(paper)
    for expected in ("现场提问记录表", first.question.text, "接待来访", "应考3人，通过1人", "䶮𬭼𠮷"):
        assert expected in words
    assert Entry.objects.filter(act__contains="paper", side="party").exists()


def test_sheet_has_the_questions_and_no_answer(written):
    words = text_of(printed(SHEET, written))

    for expected in (
        "学习测试",
        "姓名",
        "部门",
        "考场：三楼会议室",
        "满分100分",
        "一、单选题（每题30分，共60分）",
        "A.三月五日",
        "二、判断题",
        "三、简答题",
        "怎样劝募",
    ):
        assert expected in words
    for hidden in ("捐赠自愿", "讲清用途", "参考答案", "总则"):
        assert hidden not in words


def test_key_is_a_paper_of_its_own(written):
    paper = printed(KEY, written)

    sections = paper.facts["sections"]
    assert [[one["answer"] for one in section["questions"]] for section in sections] == [
        ["B", "B"],
        ["错误"],
        ["讲清用途，尊重意愿"],
    ]
    words = text_of(paper)
    for expected in ("参考答案", "60分合格", "捐赠自愿", "总则"):
        assert expected in words


def test_paper_of_the_other_kind_says_what_to_print(written):
    assert worked_off(ORAL, written).error == "这是笔试。请打印试卷或参考答案。"
    oral = an_exam(banks=[bank_of(1)])
    assert worked_off(SHEET, oral).error == "这次考试是现场提问，没有试卷可打印。"
