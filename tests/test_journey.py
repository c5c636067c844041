"""The main job in a real browser, end to end: a gift logged, a file loaded, the month printed, each by its people."""

from decimal import Decimal
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from donations.models import Donation, PlatformOrder
from hebi_charity.core import dates
from hebi_charity.core.registry import book_checks
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import work_off
from hebi_charity.reports.models import Report
from tests.browser import axe, log_in
from tests.donations.factories import FundFactory, set_up_office
from tests.donations.staff import person
from tests.imports.files import pos_rows, write_xlsx

pytestmark = pytest.mark.journey


def work_done(page):
    """The worker's part, done here; the page is looked at while it waits."""
    axe(page)
    work_off(Job.objects.latest("pk"))


def register_and_print(page, site):
    page.goto(f"{site}/donations/new/")
    axe(page)
    page.get_by_label("姓名/单位").fill("公冶强")
    page.get_by_label("金额（元）").first.fill("1280.5")
    page.get_by_role("button", name="保存并打印").click()
    page.wait_for_url("**/slip/**")
    expect(page.get_by_text("人民币壹仟贰佰捌拾元零伍角").first).to_be_visible()
    axe(page)


def review(page, site):
    page.goto(f"{site}{Donation.objects.get().get_absolute_url()}")
    axe(page)
    page.get_by_role("button", name="复核通过").click()
    expect(page.get_by_text("已复核").first).to_be_visible()
    axe(page)


def load_file(page, site, table):
    page.goto(f"{site}/imports/new/")
    axe(page)
    page.get_by_label("选择表格文件").set_input_files(table)
    page.get_by_role("button", name="上传并查看").click()
    page.get_by_label("收款方式").select_option("pos")
    page.get_by_label("到账日期").fill(dates.today().isoformat())
    axe(page)
    page.get_by_role("button", name="检查全部数据").click()
    page.get_by_text("正在排队").wait_for()
    work_done(page)
    page.get_by_role("heading", name="检查结果").wait_for()
    axe(page)
    page.get_by_role("button", name="提交复核：5 笔，共 60.00 元").click()
    page.get_by_text("不能自己确认").wait_for()


def confirm_file(page, address):
    page.goto(address)
    axe(page)
    page.get_by_role("button", name="确认导入 5 笔，共 60.00 元").click()
    page.get_by_text("正在排队").wait_for()
    work_done(page)
    page.get_by_role("link", name="查看").first.wait_for()
    axe(page)


def ask_for_month(page, site):
    page.goto(f"{site}/reports/new/")
    axe(page)
    page.get_by_label("月份").select_option(dates.month_start(dates.today()).isoformat())
    page.get_by_role("button", name="编制报告").click()
    page.wait_for_url("**/jobs/**")
    work_done(page)
    page.goto(f"{site}{Report.objects.get().get_absolute_url()}")
    axe(page)


def test_gift_file_and_month(page, site, tmp_path):
    set_up_office(dates.month_start(dates.today()))
    FundFactory(code="FXD", name="非限定慈善资金")
    clerk, accountant, leader = person("donation_clerk"), person("accountant"), person("leadership")

    log_in(page, site, clerk)
    register_and_print(page, site)
    log_in(page, site, accountant)
    review(page, site)
    log_in(page, site, clerk)
    load_file(page, site, write_xlsx(tmp_path / "pos.xlsx", pos_rows()))
    address = page.url
    log_in(page, site, accountant)
    confirm_file(page, address)
    log_in(page, site, leader)
    ask_for_month(page, site)

    assert (Donation.objects.count(), PlatformOrder.objects.count()) == (2, 5)
    paper = page.context.request.get(f"{site}{Report.objects.get().pdf.get_absolute_url()}").body()
    text = "".join(part.extract_text() for part in PdfReader(BytesIO(paper)).pages)
    assert "1,340.50" in text
    assert "人民币壹仟叁佰肆拾元零伍角" in text
    assert sum(Donation.objects.values_list("amount", flat=True)) == Decimal("1340.50")
    assert [difference for check in book_checks for difference in check()] == []
