"""A question bank loaded from a spreadsheet: refused with exact sentences, added once, taken back."""

import pytest

from hebi_charity.imports.exceptions import PlanRefused, UndoRefused
from hebi_charity.imports.models import Import
from hebi_charity.imports.rejected import rejected_rows
from hebi_charity.imports.services.undoing import undo
from partybranch.importing import questions
from partybranch.models import Question, QuestionBank
from tests.accounts.factories import make_person
from tests.partybranch.files.rolls import checked, taken_in, workbook

pytestmark = pytest.mark.django_db
HEADER = ["序号", "题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析"]
ROWS = [
    [
        1,
        "单选",
        "党的二十大何时开幕？",
        "2022年10月16日",
        "2022年10月22日",
        "2021年7月1日",
        None,
        "A",
        "党的二十大报告",
    ],
    [2, "多选", "“两个确立”指什么？", "甲", "乙", "丙", None, "AB", None],
    [3, "判断", "党员有权参加党的会议。", None, None, None, None, "对", "党章第四条"],
    [4, "简答", "党的根本宗旨是什么？", None, None, None, None, "全心全意为人民服务", None],
]


@pytest.fixture
def secretary(db):
    return make_person("branch_secretary")


def load(rows, *, by, name: str = "应知应会") -> Import:
    return taken_in(workbook([HEADER, *rows]), by=by, target=questions.KEY, new_bank=name)


def test_bank_is_made_and_filled_with_every_kind_of_question(secretary):
    imported = load(ROWS, by=secretary)

    bank = QuestionBank.objects.get()
    assert (bank.name, imported.outcome["rows"]) == ("应知应会", 4)
    assert list(bank.questions.order_by("pk").values_list("kind", "right")) == [
        ("single", "A"),
        ("multiple", "AB"),
        ("judge", "A"),
        ("short", ""),
    ]
    assert Question.objects.get(kind="short").reference == "全心全意为人民服务"
    assert questions.results(imported) == [("查看题库", bank.get_absolute_url())]


def test_answer_letter_without_its_answer_is_refused_with_line_and_sentence(secretary):
    rows = [*ROWS[:1], [2, "单选", "几个选项？", "一", "二", "三", None, "D"]]

    imported = checked(workbook([HEADER, *rows]), by=secretary, target=questions.KEY, new_bank="应知应会")

    assert imported.report["accepted"]["count"] == 1
    (row,) = rejected_rows(imported)
    assert row.sentence == ("第 3 行：答案是 D，但这一题只有 A–C 三个选项。请补上选项 D 或改正答案。")


def test_same_question_is_added_once_and_corrected_file_adds_the_rest(secretary):
    load(ROWS[:2], by=secretary)

    again = load([*ROWS, ROWS[3]], by=secretary)

    assert (again.outcome["rows"], again.report["known"]["count"], again.report["rejected"]["count"]) == (2, 2, 1)
    assert [row.sentence for row in rejected_rows(again)] == ["第 6 行与第 5 行是同一道题。请删去一行。"]
    assert Question.objects.count() == 4


def test_bank_must_be_named(secretary):
    with pytest.raises(PlanRefused) as refused:
        checked(workbook([HEADER, *ROWS]), by=secretary, target=questions.KEY)

    assert refused.value.errors == {"new_bank": "请选择一个题库，或写出新题库的名称。"}


def test_questions_are_taken_back_unless_one_was_put(secretary):
    imported = load(ROWS, by=secretary)

    undo(imported, by=secretary, reason="旧题")

    assert not Question.objects.live().exists()
    assert load(ROWS, by=secretary).outcome["rows"] == 4


def test_undo_is_refused_once_a_question_was_put(secretary, monkeypatch):
    imported = load(ROWS[:1], by=secretary)
    monkeypatch.setattr(Question, "is_used", lambda self: True)

    with pytest.raises(UndoRefused, match="已在考试中用过"):
        undo(imported, by=secretary, reason="旧题")
