"""The year, the rules, the warnings and the calendar in a real browser, on a desk and on a phone, large text too."""

from datetime import date

import pytest
from playwright.sync_api import expect

from hebi_charity.core import dates
from partybranch.models import CalendarAddress, LifeEvent, Requirement
from partybranch.services.calendar_addresses import reader_of
from tests.browser import DESK, PHONE, axe, log_in
from tests.donations.staff import person
from tests.partybranch.factories import a_body, a_branch, circumstance, held_event, member, term
from tests.partybranch.glance.factories import a_rule
from tests.partybranch.test_rooms_browser import SMALL

pytestmark = pytest.mark.journey
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@pytest.fixture
def branch(committed_db):
    """A branch with two groups, some events of 2024, a notice of the higher body, and one out of contact."""
    branch = a_branch("离退休干部党支部")
    first, _second = a_body(branch), a_body(branch, name="第二党小组")
    found = member(name="周小满")
    term(found, "group_leader", body=first)
    circumstance(member(name="赵春生"), "lost", starts_on=date(2024, 1, 1), reason="电话停机")
    a_rule(branch=branch, starts_on=date(2024, 1, 1))
    for day in (date(2024, 2, 14), date(2024, 3, 20), date(2024, 3, 27)):
        held_event(held_on=day)
    return branch


@pytest.mark.parametrize("is_large", [False, True], ids=["usual", "large"])
@SIZES
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(page, site, branch, size, is_large):
    log_in(page, site, person("branch_secretary"))
    page.set_viewport_size(size)
    wide, small = [], []
    for address in (
        "/party/year/?year=2024",
        "/party/year/?year=2009",
        "/party/year/?year=x",
        "/party/year/requirements/",
        "/party/year/requirements/new/",
        "/party/warnings/",
        "/party/year/calendar/",
    ):
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        if is_large:
            page.evaluate("document.documentElement.classList.add('is-large')")
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            wide.append(address)
        small += [(address, one) for one in page.evaluate(SMALL)]
        axe(page)
    assert (wide, small) == ([], [])


@SIZES
def test_gap_leads_to_recording_it_afterwards_and_what_is_due_to_preparing_it(page, site, branch, size):
    log_in(page, site, person("organisation_member"))
    page.set_viewport_size(size)
    shown = ".glance-narrow" if size == PHONE else ".glance-wide"
    page.goto(f"{site}/party/year/?year=2024")
    place = page.locator(shown)
    expect(place).to_be_visible()
    place.get_by_role("link", name="主题党日").filter(has_text="缺").first.click()
    expect(page).to_have_url(f"{site}/party/branches/{branch.pk}/life/past/?kind=theme_day")
    expect(page.get_by_label("主题党日")).to_be_checked()

    page.goto(f"{site}/party/year/?year={dates.today().year + 1}")
    page.locator(shown).get_by_role("link", name="党小组会（第二党小组）").first.click()
    page.locator("#id_topic").fill("读书交流")
    page.locator("#id_held_on").fill(f"{dates.today().year + 1}-02-03")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("读书交流")
    made = LifeEvent.objects.latest("pk")
    assert (made.kind, made.body.name, made.branch) == ("group", "第二党小组", branch)


@SIZES
def test_several_events_of_a_month_open_as_their_list(page, site, branch, size):
    log_in(page, site, person("organisation_member"))
    page.set_viewport_size(size)
    page.goto(f"{site}/party/year/?year=2024")
    shown = ".glance-narrow" if size == PHONE else ".glance-wide"
    page.locator(shown).get_by_role("link", name="主题党日").filter(has_text="已开").nth(1).click()
    expect(page.locator("#life-table tbody tr")).to_have_count(2)


@SIZES
def test_secretary_records_the_notice_and_the_year_follows(page, site, branch, size):
    log_in(page, site, person("branch_secretary"))
    page.set_viewport_size(size)
    page.goto(f"{site}/party/year/requirements/")
    page.get_by_role("link", name="登记制度或通知").click()
    page.get_by_label("活动类别").select_option(label="主题党日")
    page.locator("#id_branch").select_option(label="离退休干部党支部")
    page.get_by_label("周期").select_option(label="每季度")
    page.get_by_label("至少次数").fill("1")
    page.locator("#id_starts_on").fill("2024-1-1")
    page.locator("#id_source").fill("关于离退休干部党支部主题党日的通知")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#messages")).to_contain_text("已登记。从生效日起取代原来的要求。")

    row = Requirement.objects.latest("pk")
    assert (row.kind, row.branch, row.per, row.times, row.starts_on) == (
        "theme_day",
        branch,
        "quarter",
        1,
        date(2024, 1, 1),
    )
    page.goto(f"{site}/party/year/?year=2024")
    shown = ".glance-narrow" if size == PHONE else ".glance-wide"
    expect(page.locator(shown)).to_contain_text("主题党日")
    expect(page.locator(shown).get_by_role("link", name="主题党日")).to_have_count(4)


@SIZES
def test_address_of_the_calendar_is_made_shown_once_and_withdrawn(page, site, branch, size):
    user = person("branch_secretary")
    log_in(page, site, user)
    page.set_viewport_size(size)
    page.goto(f"{site}/party/year/?year=2024")
    page.get_by_role("link", name="手机日历").click()
    page.get_by_role("button", name="生成我的订阅地址").click()
    box = page.get_by_label("日历地址（网址）")
    expect(box).to_be_visible()
    axe(page)
    address = box.input_value()
    assert reader_of(address.rpartition("/")[2].removesuffix(".ics")) == user

    page.goto(f"{site}/party/year/calendar/")
    expect(page.get_by_text("不能再次显示")).to_be_visible()
    page.get_by_role("button", name="停用我的地址").click()
    expect(page.locator("#messages")).to_contain_text("已停用。已订阅的手机不再收到内容。")
    assert not CalendarAddress.objects.own(user).exists()


def test_year_prints_as_the_calendar_alone(page, site, branch):
    log_in(page, site, person("organisation_member"))
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/party/year/?year=2024")
    page.emulate_media(media="print")

    expect(page.locator(".glance-wide")).to_be_visible()
    expect(page.locator(".glance-narrow")).to_be_hidden()
    expect(page.locator(".filter-bar")).to_be_hidden()
