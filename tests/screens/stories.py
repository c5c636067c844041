"""Pages that only show themselves on the way through a piece of work: a file taken in, an office opened."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.imports.files import cash_rows, pos_rows, write_xlsx
from tests.screens.looking import Looker


def take_file_in(browser: Browser, site: str, password: str, folder: Path) -> None:
    """A list of named donors: plan, findings, submitted, confirmed by another, done."""
    clerk, accountant = Looker(browser, site, folder), Looker(browser, site, folder)
    clerk.log_in("clerk", password)
    accountant.log_in("accountant", password)
    files = {"named": ("捐款信息.xlsx", cash_rows(), "cash"), "pool": ("扫码付款.xlsx", pos_rows(), "pos")}
    for name, (file, rows, channel) in files.items():
        with tempfile.TemporaryDirectory() as made:
            _load(clerk, write_xlsx(Path(made) / file, rows), f"import-{name}", channel)
        _merge(clerk, accountant, f"import-{name}")
    clerk.leave()
    accountant.leave()


def _load(clerk: Looker, table: Path, name: str, channel: str) -> None:
    clerk.go("/imports/new/")
    clerk.page.get_by_label("选择表格文件").set_input_files(table)
    clerk.page.get_by_role("button", name="上传并查看").click()
    clerk.page.get_by_label("收款方式").select_option(channel)
    if channel == "pos":
        clerk.page.get_by_label("到账日期").fill("2022-10-05")
    clerk.take_at_both_widths(f"{name}-plan")
    clerk.page.get_by_role("button", name="检查全部数据").click()
    clerk.page.get_by_role("heading", name="检查结果").wait_for()
    clerk.take_at_both_widths(f"{name}-report")


def _merge(clerk: Looker, accountant: Looker, name: str) -> None:
    clerk.page.get_by_role("button", name=re.compile("提交复核")).click()
    clerk.page.get_by_text("不能自己确认").wait_for()
    clerk.take_at_both_widths(f"{name}-submitted")
    accountant.go(clerk.page.url.removeprefix(clerk.site))
    accountant.take_at_both_widths(f"{name}-to-confirm")
    accountant.page.get_by_role("button", name=re.compile("确认导入")).click()
    accountant.page.get_by_role("link", name="查看").first.wait_for()
    accountant.take_at_both_widths(f"{name}-done")


def open_office(browser: Browser, site: str, code: str, folder: Path) -> None:
    """The first-start wizard of an empty office, up to its last look; the office is not opened."""
    admin = Looker(browser, site, folder)
    page = admin.page
    admin.go("/")
    admin.take_at_both_widths("first-start-code")
    page.get_by_label("启用码").fill(code)
    page.get_by_role("button", name="开始", exact=True).click()
    page.get_by_label("单位全称").fill("某市慈善总会")
    page.get_by_label("统一社会信用代码").fill("53410600MJ00000003")
    page.get_by_label("是", exact=True).check()
    page.get_by_label("取得公开募捐资格日期").fill("20170301")
    admin.take_at_both_widths("first-start-organisation")
    page.get_by_role("button", name="保存，下一步", exact=True).click()
    page.get_by_label("姓名").fill("吴小磊")
    for field in ("password", "password_again"):
        page.locator(f"[name={field}]").fill("shi tou ji dan 7")
    admin.take_at_both_widths("first-start-administrator")
    page.get_by_role("button", name="保存，下一步", exact=True).click()
    for person, role in (("林晓燕", "捐赠登记员"), ("何建平", "会计")):
        page.get_by_label("姓名").fill(person)
        page.get_by_label(role).check()
        page.get_by_role("button", name="加入名单").click()
        page.get_by_text(person).first.wait_for()
    admin.take_at_both_widths("first-start-people")
    page.get_by_role("button", name="人员齐了，下一步").click()
    admin.take_at_both_widths("first-start-month")
    page.get_by_role("button", name="保存，下一步", exact=True).click()
    admin.take_at_both_widths("first-start-funds")
    page.get_by_role("button", name="保存，下一步", exact=True).click()
    admin.take_at_both_widths("first-start-check")
    admin.leave()
