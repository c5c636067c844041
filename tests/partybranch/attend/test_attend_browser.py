"""Votes, sheets, pasted lists, observers and make-ups in a real browser, on a desk and on a phone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from partybranch.models import MakeUp, Vote
from partybranch.services import sheet_codes
from tests.browser import DESK, PHONE, axe, log_in
from tests.donations.staff import person
from tests.partybranch.attend.factories import a_make_up, a_missed_event, an_observer
from tests.partybranch.test_rooms_browser import SMALL
from tests.partybranch.votes.factories import a_meeting, a_vote, voters

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
TEXT = "#接龙\n1. 党员一\n2、党员丁 线上\n3 党员丂请假 看病\n4 某某"


@pytest.fixture
def meeting(page, site):
    """The secretary of a branch whose meeting has ten entitled, eight there, a vote carried, one void, an election."""
    event = a_meeting(entitled=10, present=8)
    first, second = voters(event)[:2]
    a_vote(event), a_vote(event, returned=9, valid=8, yes=8)
    a_vote(event, [(first, 5, 3, 0), (second, 3, 5, 0)], kind="election")
    an_observer(event)
    log_in(page, site, person("branch_secretary"))
    return event


@BOTH
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(page, site, meeting, size):
    missed = a_missed_event(topic="听党课", kind="lecture")
    a_make_up(a_missed_event(topic="学习", kind="study"))
    own = f"/party/life/{meeting.pk}"
    addresses = [
        f"{own}/",
        f"{own}/attendance/",
        f"{own}/votes/new/",
        f"{own}/votes/new/ordinary/",
        f"{own}/votes/new/admission/",
        f"{own}/votes/new/election/",
        f"{own}/observers/new/",
        f"{own}/paste/",
        f"/party/life/{missed.pk}/",
        f"/party/life/{missed.pk}/make-ups/new/",
        "/party/make-ups/?year=2024",
        "/party/votes/rules/",
        "/party/votes/rules/new/",
        "/party/s/",
    ]
    page.set_viewport_size(size)
    wide, small = [], []
    for address in addresses:
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            wide.append(address)
        small += [(address, one) for one in page.evaluate(SMALL)]
        axe(page)
    assert (wide, small) == ([], [])


@BOTH
def test_vote_is_recorded_and_its_result_stands_on_the_page(page, site, meeting, size):
    page.set_viewport_size(size)
    page.goto(f"{site}{meeting.get_absolute_url()}")
    page.get_by_role("link", name="登记表决").click()
    page.get_by_role("link", name="登记：一般决议").click()
    page.get_by_label("表决事项").fill("通过三季度安排")
    page.get_by_label("赞成", exact=True).fill("6")
    page.get_by_label("反对").fill("1")
    page.get_by_role("button", name="登记表决结果").click()
    expect(page.locator("#div_id_yes")).to_contain_text("之和必须等于有效票数")
    expect(page.get_by_label("表决事项")).to_have_value("通过三季度安排")
    page.get_by_label("弃权").fill("1")
    page.get_by_role("button", name="登记表决结果").click()
    expect(page.locator("#messages")).to_contain_text("通过：赞成 6 票")

    vote = Vote.objects.order_by("pk").last()
    assert (vote.entitled, vote.favour, vote.result) == (10, 6, "carried")


@BOTH
def test_list_of_the_group_is_pasted_looked_through_and_recorded(page, site, meeting, size):
    event = a_missed_event(topic="听党课", kind="lecture")
    page.set_viewport_size(size)
    page.goto(f"{site}/party/life/{event.pk}/attendance/")
    page.get_by_role("link", name="或者粘贴群接龙").click()
    page.get_by_label("群接龙内容").fill(TEXT)
    page.get_by_role("button", name="识别").click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.locator("li.is-open select").first.select_option(label="不登记这一行")
    page.get_by_role("button", name="按此登记到会情况").click()
    expect(page.locator("#messages")).to_contain_text("已登记 3 人的到会情况。")

    found = {row.person.name: (row.status, row.leave_reason) for row in event.attendance.select_related("person")}
    assert [found[name] for name in ("党员一", "党员丁", "党员丂")] == [
        ("present", ""),
        ("online", ""),
        ("leave", "看病"),
    ]


@BOTH
def test_code_of_a_sheet_leads_to_the_names_and_a_lecture_is_made_up(page, site, meeting, size):
    event = a_missed_event(topic="听党课", kind="lecture")
    page.set_viewport_size(size)
    page.goto(f"{site}/party/s/")
    page.get_by_label("签到表编码").fill(sheet_codes.shown(sheet_codes.code_of(event)))
    page.get_by_role("button", name="查找会议").click()
    expect(page.locator("h1")).to_contain_text("登记到会")

    page.goto(f"{site}/party/make-ups/?year=2024")
    page.get_by_role("link", name="登记补学补课").click()
    page.get_by_label("补学补课日期").fill("20240325")
    page.get_by_text("送学上门", exact=True).click()
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("已登记 1 人补学补课。")
    assert MakeUp.objects.get().done_on == date(2024, 3, 25)
