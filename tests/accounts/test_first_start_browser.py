"""The first start as its administrator goes through it: in a real browser, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from hebi_charity.accounts import setup_code
from hebi_charity.accounts.models import User
from hebi_charity.office.models import Organisation
from tests.browser import DESK, PHONE, axe

pytestmark = pytest.mark.journey
PASSWORD = "shi tou ji dan 7"


@pytest.fixture
def code(settings, tmp_path):
    settings.HEBI_MODE, settings.HEBI_VAR = "real", tmp_path
    return setup_code.make()


def press(page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def test_office_is_opened_step_by_step(page, site, code):
    def look() -> None:
        """The page as it is now fits a desk and a phone and has no barrier."""
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        axe(page)

    page.goto(f"{site}/")
    look()
    page.get_by_label("启用码").fill(code)
    press(page, "开始")

    page.get_by_label("单位全称").fill("某市慈善总会")
    page.get_by_label("统一社会信用代码").fill("53410600MJ00000003")
    page.get_by_label("是", exact=True).check()
    page.get_by_label("取得公开募捐资格日期").fill("20170301")
    look()
    press(page, "保存，下一步")

    page.get_by_label("姓名").fill("吴小磊")
    page.locator("[name=password]").press_sequentially("shi tou")
    length = page.locator("[data-rule=length]")
    assert "is-broken" in length.get_attribute("class")
    page.locator("[name=password]").press_sequentially(" ji dan 7")
    assert "is-kept" in length.get_attribute("class")
    page.locator("[name=password_again]").fill(PASSWORD)
    look()
    press(page, "保存，下一步")

    page.get_by_label("姓名").fill("林晓燕")
    page.get_by_label("捐赠登记员").check()
    press(page, "加入名单")
    page.get_by_label("姓名").fill("何建平")
    page.get_by_label("会计").check()
    look()
    press(page, "人员齐了，下一步")

    look()
    press(page, "保存，下一步")
    page.get_by_role("link", name="机构 ✓").click()
    assert page.get_by_label("单位全称").input_value() == "某市慈善总会"
    press(page, "保存，下一步")
    page.goto(f"{site}/accounts/first-start/funds/")
    look()
    press(page, "保存，下一步")

    look()
    press(page, "启用系统")
    page.get_by_role("heading", name="系统已启用").wait_for()
    passwords = page.locator(".slip-password").all_inner_texts()
    assert [bool(re.fullmatch(r"[a-z2-9]{5}-[a-z2-9]{5}", password)) for password in passwords] == [True, True]
    # Nothing carries the page away while the slips are printed.
    page.wait_for_load_state("networkidle")
    assert page.locator(".slip-password").count() == 2
    look()
    page.get_by_role("link", name="已打印，去设置第二重验证").click()
    press(page, "生成并打印码单")
    expect(page.locator(".code-sheet li")).to_have_count(20)
    page.goto(f"{site}/")
    expect(page.get_by_role("heading", name="吴小磊")).to_have_count(1)
    assert Organisation.objects.get().name == "某市慈善总会"
    assert User.objects.get(username="hejianping").check_password(passwords[1])
