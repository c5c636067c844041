"""The notice is given and copied into the group, on a desk and on a phone."""

from datetime import time, timedelta

import pytest
from playwright.sync_api import expect

from hebi_charity.core import dates
from partybranch.models import LifeEvent
from tests.browser import DESK, PHONE, axe, log_in
from tests.donations.staff import person
from tests.partybranch.factories import a_branch, an_event, member

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_notice_is_given_and_its_words_are_copied(page, site, committed_db, size):
    a_branch("离退休干部党支部"), member(name="欧阳清风")
    event = an_event(
        topic="学习新党章", held_on=dates.today() + timedelta(days=3), begins_at=time(9, 0), place="三楼会议室"
    )
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}{event.get_absolute_url()}")
    expect(page.get_by_role("heading", name="群通知预览")).to_be_visible()
    page.get_by_role("button", name="向 1 人发出通知").click()
    expect(page.get_by_role("heading", name="发到群里的通知")).to_be_visible()
    page.get_by_role("button", name="复制通知").click()
    expect(page.locator("#messages")).to_contain_text("已复制")
    axe(page)

    words = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert words[:2] == ["【通知】主题党日", "主题：学习新党章"]
    assert words[3:5] == ["地点：三楼会议室", "参加人员：全体党员"]
    assert words[-2] == "离退休干部党支部"
    assert LifeEvent.objects.get().state == "noticed"
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
