"""Every page of the branch in a real browser, on a desk and on a phone: no barrier, nothing too wide or small."""

from datetime import date

import pytest
from playwright.sync_api import expect

from partybranch.models import Person
from tests.browser import DESK, PHONE, axe, log_in
from tests.donations.factories import UserFactory
from tests.donations.staff import person
from tests.partybranch.factories import (
    a_body,
    a_branch,
    an_event,
    applicant,
    attend,
    circumstance,
    member,
    noticed_event,
    staff,
    standing,
    term,
    withdraw,
)

pytestmark = pytest.mark.journey
# A tick box has its label to hit, which is as high as any other target.
SMALL = """() => [...document.querySelectorAll(
    'main a.btn, main button, main summary, main select, '
    + 'main input:not([type=hidden]):not([type=checkbox]):not([type=radio])'
)].filter(one => one.offsetParent && one.getBoundingClientRect().height < 43.5)
    .map(one => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def rooms(page, site):
    """The secretary of a branch in which something of every kind was recorded."""
    branch = a_branch("离退休干部党支部")
    group = a_body(branch)
    a_body(branch, "committee", "支委会")
    found = member(name="周小满", phone="13800009876", birth_month=date(1950, 2, 1))
    circumstance(found, "exempt", reason="年逾七十，行动不便")
    term(found, "group_leader", body=group)
    withdraw(standing(found))
    applicant(name="吴求", branch=branch), staff(branch=branch)
    event, draft = noticed_event(), an_event(topic="听党课")
    attend(event, found)
    user = person("branch_secretary")
    log_in(page, site, user)
    own = f"/party/people/{found.pk}"
    addresses = [
        "/",
        "/party/",
        "/party/?on=20191231&stage=members",
        "/party/?q=没有这个人",
        "/party/people/new/",
        f"{own}/",
        *(
            f"{own}/{word}/"
            for word in ("edit", "stage", "transfer-in", "transfer-out", "circumstance", "term", "standing")
        ),
        "/party/branches/",
        "/party/branches/new/",
        f"/party/branches/{branch.pk}/",
        f"/party/branches/{branch.pk}/edit/",
        f"/party/branches/{branch.pk}/bodies/new/",
        "/party/medal/",
        "/party/life/",
        f"/party/branches/{branch.pk}/life/new/",
        f"/party/life/{draft.pk}/",
        f"/party/life/{event.pk}/",
        f"/party/life/{event.pk}/edit/",
        f"/party/life/{event.pk}/attendance/",
        "/search/?q=周小满",
        "/audit/",
    ]
    return page, site, addresses


@pytest.mark.parametrize("is_large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(rooms, size, is_large):
    page, site, addresses = rooms
    page.set_viewport_size(size)
    wide, small = [], []
    for address in addresses:
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        if is_large:
            page.evaluate("document.documentElement.classList.add('is-large')")
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            wide.append(address)
        small += [(address, one) for one in page.evaluate(SMALL)]
        axe(page)
    assert (wide, small) == ([], [])


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_member_is_recorded_confirmed_wrongly_and_the_sentence_stands_beside_the_day(page, site, size):
    a_branch("离退休干部党支部")
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}/party/")
    page.get_by_role("link", name="登记人员").first.click()
    page.get_by_label("姓名").fill("周小满")
    page.get_by_label("入党日期").fill("1990-7-1")
    page.get_by_label("本阶段开始日期").fill("1989.7.1")
    page.get_by_label("进入本支部日期").fill("20120301")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#div_id_stage_on")).to_contain_text("转正日期不能早于入党日期")
    expect(page.get_by_label("姓名")).to_have_value("周小满")

    page.get_by_label("本阶段开始日期").fill("1991.7.1")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("h1")).to_contain_text("周小满")

    found = Person.objects.get()
    assert list(found.stage_changes.values_list("stage", "on")) == [
        ("probationary", date(1990, 7, 1)),
        ("full", date(1991, 7, 1)),
    ]
    assert found.memberships.get().starts_on == date(2012, 3, 1)


def test_end_and_withdrawal_are_recorded_on_the_timeline(rooms):
    page, site, _addresses = rooms
    found = Person.objects.get(name="周小满")
    page.goto(f"{site}{found.get_absolute_url()}")
    line = page.locator("#person-timeline").locator("xpath=ancestor::section").locator("li", has_text="不作硬性要求")
    line.locator("summary", has_text="登记结束").click()
    line.get_by_label("结束日期").fill("20240101")
    line.get_by_role("button", name="登记结束").click()
    expect(page.locator("#messages")).to_contain_text("结束日期已登记。")

    line.locator("summary", has_text="登记错了：撤销").click()
    line.get_by_label("原因").fill("登记错了人")
    line.get_by_role("button", name="撤销").click()
    expect(line).to_contain_text("已撤销：登记错了人")
    row = found.circumstances.get()
    assert (row.ends_on, row.withdrawal_reason) == (date(2024, 1, 1), "登记错了人")


def test_who_belongs_to_the_branch_walks_from_the_start_page_to_the_own_record(page, site):
    a_branch()
    user = UserFactory()
    found = member(name="周小满")
    Person.objects.filter(pk=found.pk).update(account=user)
    log_in(page, site, user)
    page.goto(site)
    page.get_by_role("link", name="查看我在党支部的信息").click()

    expect(page.locator("h2").first).to_contain_text("周小满")
    axe(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_attendance_of_thirty_people_takes_at_most_thirty_five_taps(page, site, size):
    a_branch()
    for number in range(30):
        member(name=f"党员{chr(0x4E00 + number)}")
    event = noticed_event()
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}{event.get_absolute_url()}")
    taps = 0

    def tap(target):
        nonlocal taps
        target.click()
        taps += 1

    tap(page.get_by_role("link", name="登记到会"))
    ways = page.locator(".attendance-ways")
    for number in range(30):
        tap(ways.nth(number).get_by_label("请假" if number == 7 else "到会"))
    page.locator(".attendance-reason input:visible").fill("住院")
    tap(page.get_by_role("button", name="保存到会情况"))
    expect(page.locator("#messages")).to_contain_text("已登记 30 人的到会情况。")

    assert taps == 32
    assert event.attendance.filter(status="present").count() == 29
    assert event.attendance.get(status="leave").leave_reason == "住院"
