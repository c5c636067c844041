"""The room of study in a real browser, on a desk and on a phone: walked through, with its end state in the database."""

from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from partybranch.models import IssueLine, LearningRecord, MaterialPurchase, PassOnDuty, PersonalPlan, StudyPlan
from partybranch.services import learning
from tests.browser import DESK, PHONE, axe, log_in
from tests.donations.factories import UserFactory
from tests.donations.staff import person
from tests.partybranch.factories import a_branch, member
from tests.partybranch.study.factories import (
    a_duty,
    a_lecture,
    a_plan,
    an_item,
    attended,
    bought,
    handed_out,
    lent,
    stated,
)
from tests.partybranch.test_rooms_browser import SMALL

pytestmark = pytest.mark.journey
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@SIZES
def test_no_page_of_study_has_a_barrier_or_is_wider_than_the_screen(page, site, size):
    branch = a_branch("离退休干部党支部")
    found = member(name="周小满")
    duty = a_duty(found)
    a_lecture(found, subject="已有的讲课")
    waiting, event = stated(found), attended(found)
    learning.credit_event(attended(found, topic="已计学时"), by=UserFactory())
    plan = a_plan(branch)
    an_item(plan, leader=found)
    PersonalPlan.objects.create(plan=plan, person=found, tasks=plan.personal_tasks, made_by=UserFactory())
    book = bought().material
    issued = handed_out(book, found)
    lent(book, found)
    page.set_viewport_size(size)
    log_in(page, site, person("branch_secretary"))
    room, forms = "/party/study", f"/party/branches/{branch.pk}/study"
    wide, small = [], []
    for address in (
        f"{room}/?year=2024",
        f"{room}/hours/",
        f"{room}/hours/rules/new/",
        f"{room}/records/{waiting.pk}/",
        f"{room}/occasions/{duty.occasion_id}/",
        f"{room}/plans/{plan.pk}/",
        f"{room}/plans/{plan.pk}/edit/",
        f"{room}/plans/{plan.pk}/items/new/",
        f"{room}/materials/",
        f"{room}/materials/{book.pk}/",
        f"{room}/materials/{book.pk}/purchase/",
        f"{room}/lists/{issued.pk}/",
        f"{forms}/self/new/",
        f"{forms}/courses/new/",
        f"{forms}/lectures/new/?duty={duty.pk}",
        f"{forms}/hand-out/",
        f"/party/life/{event.pk}/credit/",
        f"/party/people/{found.pk}/study/?year=2024",
    ):
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        for is_large in (False, True):
            page.evaluate(f"document.documentElement.classList.toggle('is-large', {str(is_large).lower()})")
            if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                wide.append((address, is_large))
        small += [(address, one) for one in page.evaluate(SMALL)]
        axe(page)
    assert (wide, small) == ([], [])


@SIZES
def test_self_study_is_stated_by_the_organisation_member_and_confirmed_by_the_secretary(page, site, size):
    a_branch("离退休干部党支部")
    member(name="周小满")
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/study/?year=2024")
    page.get_by_role("link", name="登记自学").first.click()
    page.get_by_label("学习人").select_option(label="周小满")
    page.get_by_label("学习内容").fill("《中国共产党简史》第一章")
    page.get_by_label("第一天").fill("2024.3.20")
    page.get_by_label("自学小时数").fill("25")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#div_id_quantity")).to_contain_text("每天超过了 24 小时")
    expect(page.get_by_label("学习内容")).to_have_value("《中国共产党简史》第一章")
    page.get_by_label("自学小时数").fill("2.5")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("h1")).to_contain_text("周小满：《中国共产党简史》第一章")

    secretary = person("branch_secretary")
    log_in(page, site, secretary)
    page.goto(f"{site}/party/study/?year=2024")
    page.get_by_role("button", name="确认所勾选的").click()
    expect(page.get_by_text("已确认 1 条。")).to_be_visible()

    row = LearningRecord.objects.get()
    assert (row.hours, row.starts_on, row.confirmed_by) == (Decimal("2.50"), date(2024, 3, 20), secretary)


@SIZES
def test_course_over_new_year_is_recorded_and_passed_on_by_its_learner(page, site, size):
    a_branch("离退休干部党支部")
    member(name="周小满"), member(name="吴求")
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/study/")
    page.get_by_role("link", name="登记外出培训").click()
    page.get_by_label("学习内容").fill("慈善业务骨干培训班")
    page.get_by_label("举办单位").fill("河南省慈善总会")
    page.get_by_label("第一天").fill("2022-12-30")
    page.get_by_label("最后一天").fill("2023-1-2")
    page.get_by_label("数量").fill("4")
    page.get_by_label("周小满").check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("尚未转授")).to_be_visible()

    page.get_by_role("link", name="登记讲课转授").click()
    page.get_by_label("讲课日期").fill("2023-2-1")
    page.get_by_label("讲课小时数").fill("2")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("讲课已登记。")).to_be_visible()

    rows = LearningRecord.objects.order_by("starts_on").values_list("way", "year", "hours")
    assert list(rows) == [
        ("course", 2022, Decimal("16.00")),
        ("course", 2023, Decimal("16.00")),
        ("teaching", 2023, Decimal("2.00")),
    ]
    assert (PassOnDuty.objects.count(), PassOnDuty.objects.open().count()) == (1, 0)


@SIZES
def test_year_is_planned_and_a_book_is_bought_handed_out_and_signed_for(page, site, size):
    a_branch("离退休干部党支部")
    member(name="周小满")
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/study/?year=2022")
    page.get_by_role("link", name="制定年度计划").click()
    page.get_by_label("年度", exact=False).first.fill("2022")
    page.get_by_label("每人学习的内容").fill("通读《中国共产党简史》")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="为名册上全部人员生成").click()
    expect(page.get_by_text("个人学习计划（1 份）")).to_be_visible()

    page.goto(f"{site}/party/study/materials/")
    page.get_by_role("link", name="登记学习资料").first.click()
    page.get_by_label("资料名称").fill("《中国共产党简史》")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="登记购入").click()
    page.get_by_label("购入日期").fill("2022-2-15")
    page.get_by_label("册数").fill("30")
    page.get_by_label("单价").fill("42")
    page.get_by_label("经费来源").select_option(label="党费")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("30 册，每册 42.00 元，共 1,260.00 元")).to_be_visible()

    page.goto(f"{site}/party/study/materials/")
    page.get_by_role("link", name="发放资料").click()
    page.get_by_label("签收表名称").fill("党员学习用书")
    page.get_by_label("每人册数").fill("1")
    page.get_by_label("周小满").check()
    page.get_by_role("button", name="保存").click()
    page.get_by_label("已签字").check()
    page.get_by_role("button", name="登记签收").click()
    expect(page.get_by_text("全部已签收。")).to_be_visible()

    plan = StudyPlan.objects.get()
    assert (plan.year, [one.person.name for one in plan.personal_plans.all()]) == (2022, ["周小满"])
    assert MaterialPurchase.objects.get().total() == Decimal("1260.00")
    line = IssueLine.objects.get()
    assert (line.copies, line.is_signed()) == (1, True)
