"""Pages of banks and exams: what is typed is kept, refusals stand beside the place, lists do not ask more often."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hebi_charity.core import dates
from partybranch.models import Draw, Exam, ExamResult, Question, QuestionBank
from partybranch.services import events, exams, questions
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.exams.factories import (
    a_bank,
    a_question,
    a_written_exam,
    an_exam,
    bank_of,
    drawn,
    marked,
    new_question,
    result,
)
from tests.partybranch.factories import a_branch, held_event, member, noticed_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def secretary(client):
    return log_in_as(client, "branch_secretary")


def address(name: str, *args: int) -> str:
    return reverse(f"partybranch:{name}", args=args)


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def typed_question(**changes):
    values = {
        "form_key": str(uuid4()),
        "kind": "single",
        "text": "慈善法何时施行？",
        "answer_a": "甲",
        "answer_b": "乙",
    }
    return values | {"right": "B"} | changes


def test_bank_is_made_and_a_question_typed(client, organizer):
    response = client.post(address("bank_create"), {"form_key": str(uuid4()), "name": "慈善法", "topic": "法律"})
    bank = QuestionBank.objects.get()
    assert response.url == bank.get_absolute_url()

    page = client.post(address("bank_question", bank.pk), typed_question(), follow=True).content.decode()

    assert "题目已加入题库。" in page
    assert Question.objects.get().right == "B"
    again = client.post(address("bank_create"), {"form_key": str(uuid4()), "name": "慈善法"})
    assert list(errors(again)) == ["name"]


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        (
            {"right": "E"},
            "right",
            "答案是 E，但这一题只有 A–B 两个选项。请补上选项 E 或改正答案。",
        ),
        ({"answer_c": "", "answer_d": "丁"}, "answer_c", "选项 C 是空的，但后面的选项有内容。请把选项依次前移。"),
        ({"text": ""}, "text", "没有题目。请填写题目，或删除这一行。"),
    ],
)
def test_question_that_cannot_be_is_refused_beside_the_field_and_kept(client, organizer, changes, place, sentence):
    bank = a_bank()

    response = client.post(address("bank_question", bank.pk), typed_question(**changes))

    assert errors(response) == {place: [sentence]}
    assert 'value="甲"' in response.content.decode()
    assert not Question.objects.exists()


def test_question_that_is_there_already_is_refused_beside_its_text(client, organizer):
    bank = a_bank()
    a_question(bank, text="慈善法何时施行？")

    response = client.post(address("bank_question", bank.pk), typed_question())

    assert errors(response) == {"text": ["题库里已有这道题。"]}


PASTED = """一、单选题
1. 慈善法自哪一天起施行？
A. 2016年3月16日
B. 2016年9月1日
答案：B
出处：《慈善法》

二、多选题
2、下列属于慈善活动的有
A．扶贫济困　B．助学　C．商业促销
答案：AB

3. 【判断】慈善组织可以向发起人分配剩余财产。（×）
4. 【简答】什么是慈善信托？
参考答案：委托人基于慈善目的设立的信托。
"""


def test_pasted_text_becomes_questions(client, organizer):
    bank = a_bank()

    page = client.post(address("bank_paste", bank.pk), {"form_key": str(uuid4()), "text": PASTED}, follow=True)

    assert "已把 4 道题加入题库。" in page.content.decode()
    rows = Question.objects.order_by("pk")
    assert [(row.kind, row.text, row.right, row.answer_c, row.source) for row in rows] == [
        ("single", "慈善法自哪一天起施行？", "B", "", "《慈善法》"),
        ("multiple", "下列属于慈善活动的有", "AB", "商业促销", ""),
        ("judge", "慈善组织可以向发起人分配剩余财产。（ ）", "B", "", ""),
        ("short", "什么是慈善信托？", "", "", ""),
    ]
    assert rows[3].reference == "委托人基于慈善目的设立的信托。"


def test_pasted_text_with_a_fault_names_the_line_and_stays(client, organizer):
    bank = a_bank()
    text = PASTED.replace("答案：B\n", "答案：E\n")

    response = client.post(address("bank_paste", bank.pk), {"form_key": str(uuid4()), "text": text})

    assert errors(response) == {"text": ["第 2 行：答案是 E，但这一题只有 A–B 两个选项。请补上选项 E 或改正答案。"]}
    assert "什么是慈善信托？" in response.content.decode()
    assert not Question.objects.exists()


def test_question_is_corrected_and_withdrawn_on_its_pages(client, organizer):
    a_branch(), member()
    question = a_question()
    exam = an_exam(banks=[question.bank])
    marked(exam)
    page = client.get(address("question_correct", question.pk)).content.decode()
    assert "这道题已用于考试" in page

    values = typed_question(text="改正后的题目", reason="笔误")
    response = client.post(address("question_correct", question.pk), values)

    new = Question.objects.live().get()
    assert response.url == new.get_absolute_url()
    assert (new.replaces_id, new.text) == (question.pk, "改正后的题目")
    assert "代替它的题目" in client.get(address("question_detail", question.pk)).content.decode()
    client.post(address("question_withdraw", new.pk), {"reason": "过时"})
    assert not Question.objects.live().exists()


def test_form_begins_with_today_and_the_only_bank(client, organizer):
    branch, bank = a_branch(), a_bank()

    form = client.get(address("exam_create", branch.pk)).context["form"]

    assert (form["held_on"].value(), form["banks"].value()) == (dates.today(), [bank.pk])


def test_proposed_sheet_never_asks_for_more_than_every_bank_has(client, organizer):
    branch = a_branch()
    bank = a_bank("党史题库")
    rows = [new_question() for _ in range(12)] + [new_question(kind="multiple", right="AB") for _ in range(4)]
    withdrawn = new_question(kind="multiple", right="AC")
    questions.add_questions(bank, [*rows, withdrawn], by=UserFactory())
    questions.withdraw_question(bank.questions.get(right="AC"), by=UserFactory(), reason="有误")
    response = client.get(address("exam_create", branch.pk))
    form = response.context["form"]
    proposed = {kind: form[f"count_{kind}"].value() for kind in ("single", "multiple", "judge", "short")}
    assert proposed == {"single": 10, "multiple": 4, "judge": 0, "short": 0}
    assert "党史题库（单选 12，多选 4）" in response.content.decode()

    bank_of(3)
    response = client.get(address("exam_create", branch.pk))
    form = response.context["form"]
    assert (form["count_single"].value(), form["count_multiple"].value()) == (3, 0)
    assert form["banks"].value() is None


def test_sheet_of_too_many_questions_is_told_beside_the_number_how_many_there_are(client, organizer):
    branch = a_branch()
    member()
    bank = bank_of(4, kind="multiple", right="AB")
    sheet = {"mode": "written", "count_multiple": "5", "points_multiple": "6"}
    response = client.post(address("exam_create", branch.pk), exam_form(bank, **sheet))

    sentence = "试卷要 5 道多选题，但题库里只有 4 道。请减少题数，或先添加题目。"
    assert response.context["form"].errors == {"count_multiple": [sentence]}
    oral = exam_form(bank, **(sheet | {"mode": "oral"}))
    assert client.post(address("exam_create", branch.pk), oral).status_code == 302


def test_only_meetings_that_were_held_are_offered(client, organizer):
    branch = a_branch()
    member(name="甲")
    held = held_event(topic="已开的会")
    today = held_event(topic="今天的会", held_on=dates.today())
    noticed_event(topic="没有登记到会的会", held_on=date(2024, 3, 21))
    noticed_event(topic="还没开的会", held_on=dates.today() + timedelta(days=3))
    events.call_off(noticed_event(topic="取消的会"), by=UserFactory(), reason="停电")

    form = client.get(address("exam_create", branch.pk)).context["form"]

    assert [event.topic for event in form.fields["event"].queryset] == [today.topic, held.topic]


def exam_form(bank: QuestionBank, **changes):
    values = {
        "form_key": str(uuid4()),
        "mode": "oral",
        "title": "“99公益日”业务培训",
        "held_on": "2022-9-5",
        "takes_part": "all",
        "banks": [bank.pk],
        "hours": "1",
    }
    return values | changes


def test_oral_exam_is_prepared_drawn_marked_and_closed_on_its_pages(client, organizer):
    branch = a_branch()
    member(name="甲")
    bank = bank_of(2)
    response = client.post(address("exam_create", branch.pk), exam_form(bank))
    exam = Exam.objects.get()
    assert response.url == exam.get_absolute_url()

    response = client.post(address("exam_draw", exam.pk))
    draw = Draw.objects.get()
    assert response.url == draw.get_absolute_url()
    assert draw.question.text in client.get(response.url).content.decode()
    page = client.post(response.url, {"outcome": "passed", "note": ""}, follow=True).content.decode()
    assert "已登记：甲，通过。" in page
    client.post(address("exam_close", exam.pk))

    exam.refresh_from_db()
    assert (exam.state, exam.results.get().outcome) == ("closed", "passed")
    page = client.post(address("exam_draw", exam.pk), follow=True).content.decode()
    assert "这次考试已结束或已取消，内容不能再改。" in page


def test_away_without_a_reason_is_refused_beside_the_note(client, organizer):
    a_branch(), member()
    draw = drawn(an_exam())

    response = client.post(draw.get_absolute_url(), {"outcome": "away"})

    assert errors(response) == {"note": ["请写明此人不在场的原因。"]}
    assert client.post(draw.get_absolute_url(), {"outcome": "maybe"}).status_code == 200
    assert Draw.objects.get().outcome == ""


def test_second_telephone_that_marks_too_is_told(client, organizer):
    a_branch(), member()
    draw = marked(an_exam(), "again")

    page = client.post(draw.get_absolute_url(), {"outcome": "passed"}, follow=True).content.decode()

    assert "结果已经登记过，可能是在另一部手机上。" in page
    assert Draw.objects.get().outcome == "again"


def test_screen_hides_the_answer_until_it_is_revealed_and_swaps_only_what_is_new(client, organizer):
    a_branch(), member(name="甲")
    bank = a_bank()
    a_question(bank, reference="见第一百二十五条的解析", source="《慈善法》")
    exam = an_exam(banks=[bank])
    page = client.get(address("exam_screen", exam.pk))
    assert "请抽下一题" in page.content.decode()
    client.post(address("exam_draw", exam.pk), {"on": "screen"})
    htmx = {"HTTP_HX_REQUEST": "true"}

    part = client.get(address("exam_screen", exam.pk), {"seen": page.context["seen"]}, **htmx)
    assert "甲" in part.content.decode()
    assert "见第一百二十五条的解析" not in part.content.decode()
    assert "2016年9月1日" in part.content.decode()
    assert "正确答案" not in part.content.decode()
    same = client.get(address("exam_screen", exam.pk), {"seen": part.context["seen"]}, **htmx)
    assert (same.status_code, same.content) == (204, b"")

    response = client.post(address("draw_reveal", Draw.objects.get().pk), {"on": "screen"})
    assert response.url == address("exam_screen", exam.pk)
    shown = client.get(address("exam_screen", exam.pk), {"seen": part.context["seen"]}, **htmx).content.decode()
    assert "见第一百二十五条的解析" in shown
    response = client.post(Draw.objects.get().get_absolute_url(), {"outcome": "passed", "on": "screen"})
    assert response.url == address("exam_screen", exam.pk)


def written_form(bank: QuestionBank, **changes):
    sheet = {"mode": "written", "count_single": "4", "points_single": "25", "count_judge": "0", "points_to_pass": "60"}
    return exam_form(bank) | sheet | changes


def test_written_exam_draws_its_sheet_and_results_are_entered_by_table(client, organizer):
    branch = a_branch()
    people = [member(name=name) for name in "甲乙丙"]
    client.post(address("exam_create", branch.pk), written_form(bank_of(6)))
    exam = Exam.objects.get()
    assert [(one.number, one.points) for one in exam.sheet.all()] == [(n, Decimal("25.0")) for n in range(1, 5)]
    rows = {one.person.name: one.pk for one in exam.examinees.all()}
    table = address("exam_results", exam.pk)

    response = client.post(
        table, {f"score_{rows['甲']}": "75.5", f"wrong_{rows['甲']}": "4、2 2", f"score_{rows['乙']}": "59.5"}
    )

    assert response.url == exam.get_absolute_url()
    assert sorted(exam.results.values_list("examinee__person__name", "score", "outcome", "wrong")) == [
        ("乙", Decimal("59.5"), "resit", ""),
        ("甲", Decimal("75.5"), "passed", "2,4"),
    ]
    notes = exam.occasion.records.values_list("person__name", "note")
    assert sorted(notes) == [("乙", "笔试：59.5 分，补考"), ("甲", "笔试：75.5 分，通过")]
    client.post(table, {f"score_{rows['甲']}": "100"})
    assert exam.results.get(examinee=rows["甲"]).score == Decimal("75.5")
    page = client.get(exam.get_absolute_url())
    assert [(line.number, line.times) for line in page.context["wrong"]] == [(2, 1), (4, 1)]
    assert page.context["totals"] == [("应考", "3"), ("通过", "1"), ("补考", "1"), ("未考", "1")]
    assert people[0].name in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"score": "101"}, "score", "试卷满分 100 分，这里是 101 分。请核对。"),
        ({"score": "很好"}, "score", "请填写数字，例如 86 或 86.5。"),
        ({"score": "80", "wrong": "3 12"}, "wrong", "“12”不是试卷上的题号，试卷有第 1 至 10 题。"),
        ({"score": "80", "wrong": "三"}, "wrong", "“三”不是试卷上的题号，试卷有第 1 至 10 题。"),
    ],
)
def test_result_that_cannot_be_is_refused_beside_the_name_and_kept(client, organizer, changes, place, sentence):
    a_branch(), member()
    exam = a_written_exam()
    pk = exam.examinees.get().pk

    response = client.post(address("exam_results", exam.pk), {f"{name}_{pk}": value for name, value in changes.items()})

    assert errors(response) == {f"{place}_{pk}": [sentence]}
    assert response.context["form"][f"score_{pk}"].value() == changes["score"]
    assert not ExamResult.objects.exists()


def test_exam_without_points_takes_a_verdict(client, organizer):
    a_branch(), member(name="甲"), member(name="乙")
    exam = a_written_exam(least=None)
    first, second = exam.examinees.in_roll_order()

    client.post(address("exam_results", exam.pk), {f"outcome_{first.pk}": "passed", f"outcome_{second.pk}": "resit"})

    assert sorted(exam.results.values_list("outcome", "score")) == [("passed", None), ("resit", None)]


def test_result_is_withdrawn_by_the_secretary_and_recorded_anew(client, secretary):
    a_branch(), member()
    exam = a_written_exam()
    row = result(exam, score=Decimal(50))

    client.post(address("result_withdraw", row.pk), {"reason": "加错了分"})
    client.post(address("exam_results", exam.pk), {f"score_{row.examinee_id}": "90"})

    assert exam.results.live().get().outcome == "passed"
    assert list(exam.occasion.records.order_by("pk").values_list("note", "withdrawal_reason")) == [
        ("笔试：50 分，补考", "加错了分"),
        ("笔试：90 分，通过", ""),
    ]
    exams.close_exam(exam, by=UserFactory())
    page = client.post(address("result_withdraw", exam.results.live().get().pk), {"reason": "x"}, follow=True)
    assert "这次考试已结束或已取消，考试结果不能再改。" in page.content.decode()


def test_organizer_does_not_withdraw(client, organizer):
    a_branch(), member()
    draw = marked(an_exam())

    assert client.post(address("draw_withdraw", draw.pk), {"reason": "x"}).status_code == 403
    assert "登记错了：撤销" not in client.get(draw.exam.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"title": " "}, "title"),
        ({"banks": []}, "banks"),
        ({"takes_part": "event"}, "event"),
        ({"takes_part": "resit"}, "resit_of"),
        ({"held_on": "2022-13-1"}, "held_on"),
        ({"held_on": "2001-1-1"}, "takes_part"),
        ({"hours": "0"}, "hours"),
        ({"mode": "written", "count_single": "9", "points_single": "1"}, "count_single"),
        ({"mode": "written", "count_single": "1", "points_single": "5", "points_to_pass": "60"}, "points_to_pass"),
    ],
)
def test_exam_that_cannot_be_is_refused_beside_the_field(client, organizer, changes, place):
    branch = a_branch()
    member()

    response = client.post(address("exam_create", branch.pk), exam_form(bank_of(2), **changes))

    assert list(errors(response)) == [place]
    assert not Exam.objects.exists()


def test_exam_is_renamed_and_called_off(client, organizer):
    a_branch(), member()
    exam = an_exam()

    client.post(address("exam_update", exam.pk), {"title": "新名称", "room": "会议室"})
    exam.refresh_from_db()
    assert (exam.title, exam.room) == ("新名称", "会议室")
    client.post(address("exam_call_off", exam.pk), {"reason": " "})
    assert Exam.objects.get().state == "open"
    page = client.post(address("exam_call_off", exam.pk), {"reason": "大雨"}, follow=True).content.decode()
    assert "已取消： 大雨" in page


def test_empty_rooms_say_what_to_do_first(client, organizer):
    assert address("bank_create") in client.get(address("exam_list")).content.decode()
    assert address("bank_create") in client.get(address("bank_list")).content.decode()
    branch = a_branch()
    assert address("bank_create") in client.get(address("exam_create", branch.pk)).content.decode()
    bank = a_bank()
    assert address("bank_paste", bank.pk) in client.get(bank.get_absolute_url()).content.decode()
    assert address("exam_create", branch.pk) in client.get(address("exam_list")).content.decode()


def test_list_narrows_and_counts(client, organizer):
    a_branch(), member(name="甲"), member(name="乙")
    exam = an_exam(title="口试")
    marked(exam), marked(exam)
    a_written_exam(title="笔试甲")

    rows = client.get(address("exam_list"), {"mode": "oral"}).context["object_list"]

    assert [(row.title, row.taking_part, row.passed) for row in rows] == [("口试", 2, 2)]


@pytest.mark.parametrize("count", [1, 5])
def test_list_query_count_does_not_grow(client, organizer, count, django_assert_num_queries):
    a_branch(), member()
    for number in range(count):
        an_exam(title=f"考试{number}")
    client.get(address("exam_list"))

    with django_assert_num_queries(8):
        client.get(address("exam_list"))


@pytest.mark.parametrize("page", ["exam_detail", "exam_oral", "exam_screen", "exam_results", "bank_detail"])
def test_pages_ask_as_often_for_five_as_for_one(client, organizer, page):
    asked = []
    for count in (1, 5):
        branch = a_branch()
        for number in range(count):
            member(name=f"甲{count}{number}", branch=branch)
        exam = (
            a_written_exam(branch=branch)
            if page == "exam_results"
            else an_exam(branch=branch, banks=[bank_of(count + 2)])
        )
        for _ in range(count if exam.is_oral() else 0):
            marked(exam, "again")
        if exam.is_oral():
            drawn(exam)
        where = address(page, exam.sources.get().bank_id if page == "bank_detail" else exam.pk)
        client.get(where)
        with CaptureQueriesContext(connection) as queries:
            client.get(where)
        asked.append(len(queries))
    assert asked[0] == asked[1]
