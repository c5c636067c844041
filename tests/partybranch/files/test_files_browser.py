"""In a real browser: the secretary loads a roll, reads why a line is refused, corrects it, and takes the roll in."""

import pytest
from playwright.sync_api import expect

from hebi_charity.imports.models import Import
from hebi_charity.imports.services.resuming import latest_job
from hebi_charity.jobs.running import work_off
from partybranch.models import Person, StageChange
from tests.browser import DESK, PHONE, axe, log_in
from tests.donations.staff import person
from tests.partybranch.factories import a_branch
from tests.partybranch.files.rolls import line, table

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("committed_db")]
RIGHT = ["申屠建国", "男", "1952.6", "正式党员", "1985.7.1", "1986.7.1"]
WRONG = ["澹台红", "女", "1960.1", "党员", "1986.7.1", "1985.7.1"]
MENDED = [*WRONG[:4], "1985.7.1", "1986.7.1"]


def choose(page, site, content: bytes) -> None:
    page.goto(f"{site}/party/files/")
    page.get_by_role("link", name="选择表格").first.click()
    page.get_by_label("选择表格文件").set_input_files(
        {"name": "名册.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="上传并查看").click()
    page.get_by_role("button", name="检查全部数据").click()
    page.wait_for_url("**/imports/*/")
    work_off(latest_job(Import.objects.latest("pk")))
    page.reload()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_roll_is_corrected_and_taken_in(page, site, size):
    a_branch("离退休第一党支部")
    page.set_viewport_size(size)
    log_in(page, site, person("branch_secretary"))

    choose(page, site, table(line(*RIGHT), line(*WRONG)))
    expect(page.get_by_text("第 3 行的转正时间（1985-07-01）早于入党时间（1986-07-01）").first).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    axe(page)

    choose(page, site, table(line(*RIGHT), line(*MENDED)))
    page.get_by_role("button", name="登记这 2 行").click()
    page.wait_for_load_state()
    work_off(latest_job(Import.objects.latest("pk")))
    page.reload()
    expect(page.get_by_text("已登记 2 行")).to_be_visible()

    assert sorted(Person.objects.values_list("name", flat=True)) == ["澹台红", "申屠建国"]
    assert StageChange.objects.live().count() == 4
