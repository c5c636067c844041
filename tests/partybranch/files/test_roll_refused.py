"""What a roll may not say: each refused line with its sentence, and nothing of it taken in."""

from datetime import date

import pytest

from hebi_charity.imports.rejected import rejected_rows
from partybranch.models import Membership, Person
from tests.accounts.factories import make_person
from tests.partybranch.factories import a_branch, member
from tests.partybranch.files.rolls import HEADER, card, checked, line, table, taken_in, workbook

pytestmark = pytest.mark.django_db
BRANCH = "离退休第一党支部"


@pytest.fixture
def secretary(db):
    a_branch(BRANCH)
    return make_person("branch_secretary")


def sentences(*rows, by, header=HEADER) -> list[str]:
    imported = checked(workbook([header, *rows]), by=by)
    assert imported.report["rejected"]["count"] == len(list(rejected_rows(imported)))
    return [row.sentence for row in rejected_rows(imported)]


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            ["申屠建国", "男", "1952.6", "党员", "1986.7.1", "1985.7.1"],
            "第 2 行的转正时间（1985-07-01）早于入党时间（1986-07-01）。请核对这两个日期。",
        ),
        (
            ["申屠建国", "男", "1952.6", "党员", "1985.7.1"],
            "第 2 行写的是正式党员、1985-07-01 入党，但没有转正时间。请填写转正时间；还在预备期的请写“预备党员”。",
        ),
        (
            ["申屠建国", "男", "1952.6", None, "1985.7.1"],
            "第 2 行看不出是正式党员还是预备党员。请在党员类别里写明“正式党员”或“预备党员”。",
        ),
        (
            ["申屠建国", "男", "1952.6", "预备党员", "1985.7.1", "1986.7.1"],
            "第 2 行写的是预备党员，却有转正时间（1986-07-01）。请改为“正式党员”，或删去这个日期。",
        ),
        (
            ["申屠建国", "男", "1952.6", "党员", "不详", "1986.7.1"],
            "第 2 行写的是正式党员，但“入党时间”是空的，请填上。",
        ),
        (
            ["申屠建国", "男", "1952.6", "党员", "八五年", "1986.7.1"],
            "第 2 行的“入党时间”写的是“八五年”，不是日期。请写成 1985-07-01 的样子；只知道年月的写 1985-07。",
        ),
        (
            ["申屠建国", "男", "1952.6", "党员", 1985.1, "1986.7.1"],
            "第 2 行的“入党时间”是数字 1985.1：分不清是 1985 年 1 月还是 10 月。请写成 1985-01 或 1985-10。",
        ),
        (
            ["申屠建国", "男", "1985.7", "党员", "1952.6.1", "1986.7.1"],
            "第 2 行的人 1985-07 出生，日期却写 1952-06-01。请核对出生年月和这个日期。",
        ),
        (
            ["申屠建国", "男", "1952.6", "党员", "1985.7.1", "1986.7.1", "410611195206150000"],
            "第 2 行的身份证号“4106************00”不对：校验码或出生日期有误。请对照证件改正。",
        ),
        (
            ["申屠建国", "男", "1952.6", "党员", "1985.7.1", "1986.7.1", None, "1380000"],
            "第 2 行的电话“*****00”不对。请改正，或空着。",
        ),
        (["填表人：李四", "男"], "第 2 行的“填表人：李四”不是人名。如果这一行不属于名册，请删去。"),
    ],
)
def test_line_is_refused_with_its_sentence(secretary, cells, sentence):
    given = sentences(line(*cells), by=secretary)[0]

    assert given.startswith(sentence)
    assert not Person.objects.exists()


def test_day_after_today_is_refused(secretary):
    (given,) = sentences(line("申屠建国", "男", "1952.6", "预备党员", "2099-01-01"), by=secretary)

    assert given == "第 2 行的“入党时间”写的是“2099-01-01”，在今天之后，请改正。"


def test_word_that_no_list_knows_is_refused_with_the_words_that_are(secretary):
    (given,) = sentences(line("申屠建国", "男", "1952.6", "老党员", "1985.7.1", "1986.7.1"), by=secretary)

    assert (
        "写的是“老党员”，系统不认识。请写以下之一：正式党员、预备党员、发展对象、入党积极分子、入党申请人、群众"
        in given
    )


def test_all_that_is_wrong_with_a_line_is_said_at_once(secretary):
    (given,) = sentences(line("申屠建国", "未知", "五二年", "党员", "1986.7.1", "1985.7.1", "123"), by=secretary)

    for part in ("“性别”", "“出生年月”", "早于入党时间", "身份证号"):
        assert part in given


def test_card_that_lost_its_digits_is_refused_and_not_repeated(secretary):
    (given,) = sentences(
        line("申屠建国", "男", "1952.6", "党员", "1985.7.1", "1986.7.1", 4.10611195206150e17), by=secretary
    )

    assert given.startswith("第 2 行的“身份证号”丢了末几位")
    assert "4106111952" not in given


def test_same_card_twice_in_the_table_is_taken_once(secretary):
    imported = taken_in(table(line(*CARDED), line(*CARDED)), by=secretary)

    assert [row.sentence for row in rejected_rows(imported)] == [
        "第 3 行与第 2 行的身份证号相同。请删去一行，或改正身份证号。"
    ]
    assert Person.objects.count() == 1


CARDED = ["申屠建国", "男", "1952.6", "党员", "1985.7.1", "1986.7.1", card()]


def test_member_of_another_branch_on_that_day_is_refused(secretary):
    member(name="申屠建国", identifier=card(), branch=a_branch("第二党支部"), starts_on=date(2012, 5, 1))

    (given,) = sentences(line(*CARDED, "", BRANCH), by=secretary, header=[*HEADER[:-1], "党支部"])

    assert given == "申屠建国（第 2 行）2010-01-01 还在“第二党支部”。请先在那里登记转出，或改正日期。"
    assert Membership.objects.count() == 1


def test_branch_and_group_that_are_not_recorded_are_named(secretary):
    header = ["姓名", "党支部", "党小组", *HEADER[4:7]]
    rows = [
        ["申屠建国", "第九党支部", None, "党员", "1985.7.1", "1986.7.1"],
        ["澹台红", BRANCH, "第七党小组", "党员", "1985.7.1", "1986.7.1"],
    ]

    assert sentences(*rows, by=secretary, header=header) == [
        f"第 2 行的支部“第九党支部”没有登记；已登记的有：{BRANCH}。请改正，或先登记这个支部。",
        f"“{BRANCH}”没有党小组“第七党小组”（第 3 行）。请改正，或先在“支部与党小组”里登记这个小组。",
    ]


def test_lone_text_below_the_list_is_named_and_leaves_nobody_out(secretary):
    imported = checked(table(line(), ["制表单位：离退休干部支部"]), by=secretary)

    assert [row.sentence for row in rejected_rows(imported)] == [
        "第 3 行只有“制表单位：离退休干部支部”，没有登记。如果它属于名单，请补上其他各列。"
    ]
