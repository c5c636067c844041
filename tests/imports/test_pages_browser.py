"""In a real browser: a clerk loads a table and corrects a column, the accountant confirms, the gifts are there."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from donations.models import Donation
from hebi_charity.imports.models import Import
from hebi_charity.imports.services.resuming import latest_job
from hebi_charity.jobs.running import work_off
from tests.browser import DESK, PHONE, axe, log_in
from tests.imports.factories import set_up
from tests.imports.files import pos_rows, write_xlsx

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("committed_db")]

ROWS = [
    ["2020年捐款信息", "", "", ""],
    ["捐赠人", "金额", "日期", "寄语"],
    ["申屠敏", 100, "2020-01-29", "加油"],
    ["公冶强转来淇县示例物流有限公司捐款", 2000, "2020-01-29", ""],
    ["澹台桂", "一百元", "2020-01-29", ""],
    ["合计", 2100, "", ""],
]


@pytest.fixture
def people(committed_db):
    return set_up()


@pytest.fixture
def table(tmp_path):
    return write_xlsx(tmp_path / "名单.xlsx", ROWS)


def looked_at(page, what):
    """Look at the page at both widths: nothing sticks out at the side, nothing bars anybody."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{what} is {wide} px too wide at {size['width']}"
        axe(page)
    page.set_viewport_size(DESK)


def work_done():
    """The worker's part, done here: the page learns of it by itself."""
    work_off(latest_job(Import.objects.latest("pk")))


def test_table_becomes_gifts_by_two_people(page, site, people, table):
    clerk, accountant = people
    log_in(page, site, clerk)
    page.goto(f"{site}/imports/")
    looked_at(page, "the empty list")
    page.get_by_role("link", name="导入表格").first.click()
    page.wait_for_url("**/imports/new/")
    looked_at(page, "the page for choosing")
    page.get_by_label("选择表格文件").set_input_files(table)
    expect(page.get_by_text("名单.xlsx")).to_be_visible()
    page.get_by_role("button", name="上传并查看").click()

    page.get_by_label("寄语", exact=True).select_option(label="备注")
    page.get_by_label("收款方式").select_option("wechat")
    looked_at(page, "the page for looking")
    page.get_by_role("button", name="检查全部数据").click()

    page.get_by_text("正在排队").wait_for()
    looked_at(page, "the progress")
    work_done()
    page.get_by_role("heading", name="检查结果").wait_for()
    looked_at(page, "the report")
    expect(page.get_by_role("cell", name="✓ 一致")).to_have_count(1)
    page.get_by_role("link", name="查看这些行").click()
    expect(page.get_by_role("cell", name="一百元", exact=True)).to_be_visible()
    looked_at(page, "the rows left out")
    page.go_back()
    page.locator("form[action$='/submit/'] [name=reason]").fill("一行金额写成汉字，已告知经办人另行登记")
    page.get_by_role("button", name="提交复核：2 笔，共 2,100.00 元").click()
    page.get_by_text("不能自己确认").wait_for()
    looked_at(page, "the page of the maker")

    log_in(page, site, accountant)
    page.goto(f"{site}/imports/")
    looked_at(page, "the list with what waits")
    page.get_by_role("link", name=Import.objects.get().import_no).first.click()
    page.get_by_role("button", name="确认导入 2 笔，共 2,100.00 元").wait_for()
    looked_at(page, "the page of the colleague")
    page.get_by_role("button", name="确认导入 2 笔，共 2,100.00 元").click()
    page.get_by_text("正在排队").wait_for()
    work_done()
    page.get_by_role("link", name="查看这次导入的捐赠").click()

    expect(page.get_by_text("申屠敏").first).to_be_visible()
    gifts = Donation.objects.order_by("import_row").values_list("amount", "donor__name", "payer_name", "note", "state")
    assert list(gifts) == [
        (Decimal("100.00"), "申屠敏", "", "加油", "reviewed"),
        (Decimal("2000.00"), "淇县示例物流有限公司", "公冶强", "", "reviewed"),
    ]


def test_changed_line_of_the_header_shows_other_columns_at_once(page, site, people, tmp_path):
    log_in(page, site, people[0])
    page.goto(f"{site}/imports/new/")
    rows = [["捐赠人", "金额"], ["姓名（单位）", "捐款金额"], ["申屠敏", 100]]
    page.get_by_label("选择表格文件").set_input_files(write_xlsx(tmp_path / "a.xlsx", rows))
    page.get_by_role("button", name="上传并查看").click()
    page.get_by_label("收款方式").select_option("wechat")

    page.get_by_label("表头在第几行").fill("2")
    page.get_by_label("表头在第几行").press("Tab")

    page.get_by_label("捐款金额").wait_for()
    assert page.get_by_label("收款方式").input_value() == "wechat"
    axe(page)


def test_file_that_is_no_table_is_refused_at_its_place(page, site, people, tmp_path):
    log_in(page, site, people[0])
    page.goto(f"{site}/imports/new/")
    picture = tmp_path / "照片.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0")

    page.get_by_label("选择表格文件").set_input_files(picture)
    page.get_by_role("button", name="上传并查看").click()

    expect(page.get_by_role("alert").filter(has_text="读不出数字").first).to_be_visible()
    looked_at(page, "the refusal")


def test_empty_file_is_said_before_it_is_sent(page, site, people, tmp_path):
    log_in(page, site, people[0])
    page.goto(f"{site}/imports/new/")
    empty = tmp_path / "空.csv"
    empty.touch()

    page.get_by_label("选择表格文件").set_input_files(empty)

    page.get_by_text("文件是空的").wait_for()
    page.get_by_role("button", name="上传并查看").click()
    assert page.url == f"{site}/imports/new/"
    assert Import.objects.count() == 0


def test_line_is_pointed_at_with_a_key(page, site, people, tmp_path):
    log_in(page, site, people[0])
    page.goto(f"{site}/imports/new/")
    page.get_by_label("选择表格文件").set_input_files(write_xlsx(tmp_path / "a.xlsx", [["甲", "乙"], ["申屠敏", 100]]))
    page.get_by_role("button", name="上传并查看").click()
    page.wait_for_url("**/plan/")
    looked_at(page, "the lines of a file without a header")

    page.get_by_role("button", name="这行是表头").first.press("Enter")

    page.get_by_label("乙", exact=True).wait_for()
    expect(page.get_by_role("button", name="这行是表头")).to_have_count(0)


def test_pool_is_loaded_to_its_page(page, site, people, tmp_path):
    clerk, accountant = people
    log_in(page, site, clerk)
    page.goto(f"{site}/imports/new/")
    page.get_by_label("选择表格文件").set_input_files(write_xlsx(tmp_path / "pos.xlsx", pos_rows()))
    page.get_by_role("button", name="上传并查看").click()
    page.get_by_role("button", name="检查全部数据").click()
    work_done()
    page.get_by_role("button", name="提交复核：5 笔，共 60.00 元").click()
    page.get_by_text("不能自己确认").wait_for()
    log_in(page, site, accountant)
    page.reload()
    page.get_by_role("button", name="确认导入 5 笔，共 60.00 元").click()
    work_done()
    page.get_by_role("link", name="查看平台捐赠").click()

    assert Donation.objects.get().order_count == 5
    expect(page.get_by_text(Donation.objects.get().donation_no).first).to_be_visible()
