"""Exams in a real browser: an oral question in four taps, the screen that follows it, results by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from partybranch.models import Draw, ExamResult
from tests.browser import DESK, PHONE, axe, log_in
from tests.donations.staff import person
from tests.partybranch.exams.factories import a_bank, a_question, a_written_exam, an_exam, bank_of, drawn, marked
from tests.partybranch.factories import a_branch, member
from tests.partybranch.test_rooms_browser import SMALL

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def left_while_it_asked(console):
    """The screen asks every two seconds what is to be shown: htmx complains when the page is left meanwhile."""
    console.forgive("htmx:sendAbort")
    console.forgive("htmx:sendError")
    console.forgive("net::ERR_CONNECTION_REFUSED")


@pytest.fixture
def exam(site):
    a_branch("离退休干部党支部")
    for name in ("周小满", "吴求实", "郑重"):
        member(name=name)
    bank = a_bank("“99公益日”业务")
    for number in range(4):
        a_question(bank, text=f"第{number}题：慈善法自哪一天起施行？", reference="见解析", source="《慈善法》")
    return an_exam(banks=[bank])


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_oral_question_is_drawn_and_marked_in_at_most_four_taps(page, site, exam, size):
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}{exam.get_absolute_url()}")
    taps = 0

    def tap(target):
        nonlocal taps
        target.click()
        taps += 1

    tap(page.get_by_role("link", name="开始提问"))
    tap(page.get_by_role("button", name="抽人抽题"))
    expect(page.locator(".drawn-answer")).to_contain_text("正确答案：B")
    tap(page.get_by_role("button", name="通过"))
    expect(page.locator("#messages")).to_contain_text("通过。")
    first = taps
    tap(page.get_by_role("button", name="抽人抽题"))
    tap(page.get_by_role("button", name="再答"))
    expect(page.locator("#messages")).to_contain_text("再答。")

    assert (first, taps - first) == (3, 2)
    assert list(exam.draws.order_by("number").values_list("outcome", flat=True)) == ["passed", "again"]
    assert exam.results.get().examinee_id == exam.draws.get(number=1).examinee_id
    assert exam.occasion.records.get().note == "现场提问：通过"


def test_who_is_not_there_is_passed_over_with_the_reason(page, site, exam):
    page.set_viewport_size(PHONE)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/exams/{exam.pk}/oral/")
    page.get_by_role("button", name="抽人抽题").click()
    page.get_by_role("button", name="不在场，跳过").click()
    expect(page.locator(".marking")).to_contain_text("请写明此人不在场的原因。")
    page.get_by_label("备注，或不在场的原因").fill("出差")
    page.get_by_role("button", name="不在场，跳过").click()
    expect(page.locator("#messages")).to_contain_text("不在场。")

    assert list(exam.draws.values_list("outcome", "note")) == [("away", "出差")]


def test_screen_follows_the_telephone_and_obeys_the_keyboard(page, site, exam, context):
    user = person("organisation_member")
    log_in(page, site, user)
    page.goto(f"{site}/party/exams/{exam.pk}/screen/")
    expect(page.locator(".screen-wait")).to_have_text("请抽下一题")
    axe(page)

    row = drawn(exam)  # by the telephone
    expect(page.locator(".screen-name")).to_contain_text(row.examinee.person.name)
    expect(page.locator(".screen-answer")).to_have_count(0)
    axe(page)
    page.keyboard.press("1")
    expect(page.locator(".screen-answer")).to_contain_text("正确答案：B")
    page.keyboard.press("2")
    expect(page.locator(".screen-head")).to_contain_text("已通过 1 人")
    page.keyboard.press(" ")
    expect(page.locator(".screen-name")).to_be_visible()
    page.keyboard.press("3")
    expect(page.locator(".screen-wait")).to_have_text("请抽下一题")

    assert list(exam.draws.order_by("number").values_list("outcome", flat=True)) == ["passed", "again"]
    assert Draw.objects.get(pk=row.pk).revealed_at is not None


def test_results_are_entered_by_keyboard_alone(page, site):
    a_branch()
    for name in ("周小满", "吴求实"):
        member(name=name)
    written = a_written_exam()
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/exams/{written.pk}/results/")
    page.get_by_label(re.compile("吴求实：得分")).focus()
    for word in ("86", "3 7", "59.5", ""):
        page.keyboard.type(word)
        page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("已登记 2 人的考试结果。")

    rows = ExamResult.objects.order_by("score").values_list("examinee__person__name", "outcome", "wrong")
    assert list(rows) == [("周小满", "resit", ""), ("吴求实", "passed", "3,7")]


def test_written_exam_is_prepared_on_its_form(page, site):
    branch = a_branch("离退休干部党支部")
    member(name="周小满")
    bank_of(12)
    page.set_viewport_size(PHONE)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/exams/")
    page.get_by_role("link", name="准备考试").first.click()
    expect(page.get_by_text("试卷题目")).to_be_hidden()
    page.get_by_label("笔试").check()
    page.get_by_label("考试名称").fill("年度学习测试")
    page.get_by_label("考试日期").fill("20220905")
    page.locator("input[name=banks]").first.check()
    page.get_by_label("多选：题数").fill("0")
    page.get_by_label("判断：题数").fill("0")
    page.get_by_label("合格分数").fill("24")
    page.get_by_role("button", name="准备好考试").click()
    expect(page.locator("h1")).to_contain_text("年度学习测试")

    written = branch.exams.get()
    assert (written.mode, written.sheet.count(), written.points_to_pass) == ("written", 10, 24)


@pytest.mark.parametrize("is_large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(page, site, exam, size, is_large):
    page.set_viewport_size(size)
    marked(exam, "again", "再看一遍教材")
    marked(exam)
    row = drawn(exam)
    written, bank = a_written_exam(), exam.sources.get().bank
    log_in(page, site, person("branch_secretary"))
    addresses = [
        "/party/exams/",
        f"/party/branches/{exam.branch_id}/exams/new/",
        f"/party/exams/{exam.pk}/",
        f"/party/exams/{exam.pk}/edit/",
        f"/party/exams/{exam.pk}/oral/",
        f"/party/exams/{exam.pk}/screen/",
        f"/party/exams/draws/{row.pk}/",
        f"/party/exams/{written.pk}/",
        f"/party/exams/{written.pk}/results/",
        "/party/banks/",
        "/party/banks/new/",
        f"/party/banks/{bank.pk}/",
        f"/party/banks/{bank.pk}/edit/",
        f"/party/banks/{bank.pk}/questions/new/",
        f"/party/banks/{bank.pk}/paste/",
        f"/party/banks/questions/{row.question_id}/",
        f"/party/banks/questions/{row.question_id}/correct/",
    ]
    wide, small = [], []
    for address in addresses:
        page.goto(site + address)
        page.wait_for_load_state("load")
        if is_large:
            page.evaluate("document.documentElement.classList.add('is-large')")
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            wide.append(address)
        small += [(address, one) for one in page.evaluate(SMALL)]
        axe(page)
    assert (wide, small) == ([], [])


def test_pages_fit_with_text_of_twice_the_size(large, site, exam):
    row, written = drawn(exam), a_written_exam()
    log_in(large, site, person("branch_secretary"))
    own = f"/party/exams/{exam.pk}/"
    addresses = [own, f"{own}oral/", f"{own}screen/", row.get_absolute_url(), f"/party/exams/{written.pk}/results/"]
    addresses += [f"/party/branches/{exam.branch_id}/exams/new/", row.question.bank.get_absolute_url()]

    for address in addresses:
        large.goto(f"{site}{address}")
        width = large.evaluate("document.documentElement.scrollWidth")
        assert width <= large.viewport_size["width"], address
