"""The frame in a real browser: no violation, no barrier, keys, text size, old engines."""

import pytest
from playwright.sync_api import expect

from hebi_charity.accounts.models import User
from hebi_charity.core.registry import (
    MenuEntry,
    StartChart,
    StartFigure,
    StartPanel,
    WorkItem,
    navigation,
    start_sources,
    work_sources,
)
from tests.browser import PHONE, axe, log_in

pytestmark = pytest.mark.journey


@pytest.fixture
def start_page(page, site, monkeypatch):
    """A full start page of a person who may see everything."""
    panel = StartPanel(
        figures=[StartFigure("本月捐赠收入", "1,234,567.89 元", "/search/?q=1", "326 笔")],
        chart=StartChart("2026年11月每日捐赠收入", "元", ["11-01", "11-02", "11-03"], ["1200.00", "0.00", "58000.50"]),
    )
    monkeypatch.setattr(start_sources, "_items", {"test": (1, lambda user: panel)})
    monkeypatch.setattr(work_sources, "_items", {"test": (1, lambda user: [WorkItem("待复核的捐赠", 12, "/search/")])})
    entry = MenuEntry("全站搜索", "office:search", icon="search", group="查询", phone=True)
    monkeypatch.setattr(navigation, "_items", {"test": (1, entry)})
    user = User.objects.create_user("wanglin", full_name="王林")
    log_in(page, site, user)
    page.goto(site)
    return page


def test_start_page_has_no_barrier_on_a_desk_and_on_a_phone(start_page):
    expect(start_page.locator("canvas")).to_be_visible()
    expect(start_page.locator(".frame-tools .frame-count")).to_have_text("12")
    axe(start_page)

    start_page.set_viewport_size(PHONE)
    expect(start_page.locator(".frame-bottom")).to_be_visible()
    axe(start_page)
    assert start_page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_tooltip_of_a_chart_breaks_no_rule(start_page):
    start_page.locator("canvas").hover()
    start_page.wait_for_timeout(300)


def test_slash_leads_to_the_search_and_question_mark_shows_the_keys(start_page):
    start_page.keyboard.press("/")
    expect(start_page.locator("#frame-search")).to_be_focused()

    start_page.locator("h1").click()
    start_page.keyboard.press("?")
    expect(start_page.locator("#keys-help")).to_be_visible()
    axe(start_page)


def test_menu_opens_on_a_phone_without_script(start_page, browser, site):
    cookies = start_page.context.cookies()
    bare = browser.new_context(java_script_enabled=False, viewport=PHONE)
    bare.add_cookies(cookies)
    phone = bare.new_page()
    phone.goto(site)
    phone.locator(".frame-bottom a", has_text="全部功能").click()

    expect(phone.locator("#menu")).to_be_visible()
    expect(phone.locator("#menu a", has_text="全站搜索")).to_be_visible()
    bare.close()


def test_colours_hold_in_an_engine_without_oklch_and_color_mix(start_page):
    def older(route):
        answer = route.fetch()
        text = answer.text()
        for name in ("oklch(", "color-mix(", "light-dark("):
            text = text.replace(name, f"not-known-{name}")
        route.fulfill(response=answer, body=text)

    start_page.route("**/*.css", older)
    start_page.reload()

    axe(start_page)
    button = start_page.locator(".frame-search button")
    assert button.evaluate("(it) => getComputedStyle(it).color") == "rgb(31, 39, 51)"
    assert start_page.locator("body").evaluate("(it) => getComputedStyle(it).backgroundColor") == "rgb(244, 245, 247)"


def test_every_target_of_the_frame_is_at_least_44_px_high(start_page):
    for size in ({"width": 1280, "height": 900}, PHONE):
        start_page.set_viewport_size(size)
        heights = start_page.evaluate(
            """() => Array.from(document.querySelectorAll("a, button, input:not([type=hidden]), summary"))
                 .filter((it) => it.getClientRects().length && !it.closest(".visually-hidden, .skip-link"))
                 .map((it) => [it.outerHTML.slice(0, 80), it.getBoundingClientRect().height])"""
        )
        assert [pair for pair in heights if pair[1] < 44 and "skip-link" not in pair[0]] == []


def test_large_text_is_18_px(start_page):
    User.objects.update(is_large_text=True)
    start_page.reload()

    assert start_page.locator("main").evaluate("(it) => getComputedStyle(it).fontSize") == "18px"
    axe(start_page)
