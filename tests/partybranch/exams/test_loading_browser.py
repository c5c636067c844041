"""In a real browser: a file of questions loaded from the page of its bank; what is wrong is refused, the rest added."""

import pytest
from playwright.sync_api import expect

from hebi_charity.imports.models import Import
from hebi_charity.imports.services.resuming import latest_job
from hebi_charity.jobs.running import work_off
from tests.browser import DESK, PHONE, axe, log_in
from tests.donations.staff import person
from tests.partybranch.exams.factories import a_bank, a_question
from tests.partybranch.factories import a_branch
from tests.partybranch.files.rolls import workbook

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("committed_db")]
ROWS = [
    ["题型", "题目", "选项A", "选项B", "选项C", "选项D", "答案"],
    ["单选", "党的二十大何时开幕？", "2022年10月16日", "2022年10月22日", None, None, "A"],
    ["单选", "这一题有几个选项？", "一", "二", "三", None, "D"],
    ["判断", "党员有权参加党的会议。", None, None, None, None, "对"],
    ["单选", "已在题库的题目", "甲", "乙", None, None, "B"],
]
REFUSED = "第 3 行：答案是 D，但这一题只有 A–C 三个选项。请补上选项 D 或改正答案。"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_file_of_questions_is_loaded_from_the_page_of_its_bank(page, site, size):
    a_branch("离退休第一党支部")
    a_bank("别的题库")
    bank = a_bank("应知应会")
    a_question(bank, text="已在题库的题目")
    page.set_viewport_size(size)
    log_in(page, site, person("organisation_member"))
    page.goto(f"{site}{bank.get_absolute_url()}")

    page.locator("#main").get_by_role("link", name="从表格导入").click()
    page.get_by_label("选择表格文件").set_input_files(
        {"name": "题库.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(ROWS)}
    )
    page.get_by_role("button", name="上传并查看").click()
    expect(page.get_by_label("题库", exact=True)).to_have_value(str(bank.pk))
    page.get_by_role("button", name="检查全部数据").click()
    page.wait_for_url("**/imports/*/")
    work_off(latest_job(Import.objects.get()))
    page.reload()
    expect(page.get_by_text(REFUSED).first).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    axe(page)

    page.get_by_label("仍要登记的原因").fill("第 3 行选项不全，改正后另行导入")
    page.get_by_role("button", name="登记这 2 行").click()
    page.wait_for_load_state()
    work_off(latest_job(Import.objects.get()))
    page.reload()
    page.get_by_role("link", name="查看题库").click()
    expect(page.get_by_text("党的二十大何时开幕？")).to_be_visible()

    assert list(bank.questions.order_by("pk").values_list("text", "kind", "right")) == [
        ("已在题库的题目", "single", "B"),
        ("党的二十大何时开幕？", "single", "A"),
        ("党员有权参加党的会议。", "judge", "A"),
    ]
    assert Import.objects.get().outcome["rows"] == 2
