"""What the pages say after the check, and what two people do with it."""

from datetime import date
from io import BytesIO

import pytest
from django.db import transaction
from django.urls import reverse
from openpyxl import load_workbook

from donations.models import Donation
from hebi_charity.audit.models import Entry
from hebi_charity.imports.models import Import
from hebi_charity.imports.services import deciding, merging
from hebi_charity.imports.services.resuming import latest_job
from hebi_charity.jobs import services as jobs
from tests.accounts.factories import make_person
from tests.imports.factories import checked, merged, set_up, submitted
from tests.imports.files import CASH_HEADER, NUMBERS, cash_rows, pos_rows, write_csv, write_xlsx
from tests.imports.pages import act, browser, check, choose, form_of, loaded, page, text_of, worked_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    return set_up()


@pytest.fixture
def clerk(people):
    return browser(people[0])


@pytest.fixture
def accountant(people):
    return browser(people[1])


@pytest.fixture
def cash(tmp_path):
    return write_csv(tmp_path / "list.csv", cash_rows())


@pytest.fixture
def faulty(tmp_path):
    """Two rows that can be imported and two that cannot, one of them with a telephone number beside it."""
    header = [*CASH_HEADER[:4], "联系电话"]
    rows = [
        [1, "2020.01.29", "申屠敏", 100, ""],
        [2, "2020.01.29", "澹台桂", "一百元", "13812345678"],
        [3, "", "公冶强", 50, ""],
        [4, "2020.01.29", "=cmd", 20, ""],
    ]
    return write_csv(tmp_path / "faulty.csv", [header, *rows])


def test_report_says_counts_totals_warnings_samples_and_the_file(clerk, people, cash):
    imported = checked(cash, by=people[0])

    said = page(clerk, imported)

    assert "可以导入 5 笔 2,710.50 元" in said
    assert "第 9 行 合计（金额） 2,710.50 2,710.50 ✓ 一致" in said
    assert "有 1 行与文件中前面的行相同" in said
    assert "金额最大的几行 7 淇县示例物流有限公司（公冶强 经手） 第 7 行 · 2020-01-29 2,000.00" in said
    assert imported.file_sha256 in said
    assert "捐赠人取自 C 列“捐赠(单位/姓名）个人”" in said
    assert "提交复核：5 笔，共 2,710.50 元" in said


def test_total_that_differs_is_marked_in_words(clerk, people, tmp_path):
    imported = checked(write_csv(tmp_path / "list.csv", cash_rows(total=2711)), by=people[0])

    assert "第 9 行 合计（金额） 2,711.00 2,710.50 ✗ 不一致" in page(clerk, imported)


def test_figures_of_the_file_are_shown_as_money_and_currencies_in_words(clerk, people, tmp_path):
    rows = [
        ["姓名", "日期", "金额"],
        *[[f"申屠敏{nth}", "2020-01-29", 1] for nth in range(1200)],
        ["总额1200.00", "", ""],
        ["姓名", "日期", "金额（美元）"],
        ["示例厂", "2020-01-29", 30133],
    ]
    imported = checked(write_csv(tmp_path / "list.csv", rows), by=people[0])

    said = page(clerk, imported)

    assert "第 1202 行 总额1,200.00（金额） 1,200.00 1,200.00 ✓ 一致" in said
    assert "人民币：1,200 行，1,200.00" in said
    assert "美元：1 行，30,133.00" in said
    assert "30,133.00 美元" in said or "美元 30,133.00" in said
    assert "CNY" not in said
    assert "USD" not in said


def test_facts_stand_on_the_page_once(clerk, accountant, people, tmp_path):
    imported = checked(write_xlsx(tmp_path / "list.xlsx", cash_rows()), by=people[0])

    for client in (clerk, accountant):
        said = page(client, imported)
        assert [said.count(f" {label} ") for label in ("收款方式", "工作表", "公示方式")] == [1, 1, 1]


def test_samples_that_are_empty_have_no_headings(clerk, people, cash):
    first, second = (submitted(cash, by=people[0]) for _ in range(2))
    for imported in (first, second):
        deciding.confirm(imported, by=people[1])
    worked_off(first)
    merging.begin(second)

    said = page(clerk, second)

    assert "第一行" not in said
    assert "金额最大的几行" not in said


def test_back_to_correct_keeps_what_was_chosen(clerk, cash):
    imported = check(clerk, loaded(clerk, cash), channel="wechat", column_4="")

    fields = form_of(clerk, imported)

    assert (fields["channel"], fields["column_4"]) == ("wechat", "")


def test_clerk_submits_and_is_told_that_a_colleague_must_confirm(clerk, people, cash):
    imported = checked(cash, by=people[0])

    said = act(clerk, "submit", imported)

    assert Import.objects.get().state == "submitted"
    assert "须由另一位有确认权限的同事（例如会计）确认，不能自己确认" in said
    assert "确认导入 5 笔" not in said


def test_maker_who_posts_the_confirmation_is_refused(clerk, people, cash):
    imported = submitted(cash, by=people[0])

    said = act(clerk, "confirm", imported, digest=imported.digest)

    assert "这个文件是您自己导入的，须由同事确认或退回" in said
    assert Import.objects.get().state == "submitted"


def test_colleague_sees_what_will_happen_and_confirms(accountant, people, cash):
    imported = submitted(cash, by=people[0])
    assert "确认导入 5 笔，共 2,710.50 元" in page(accountant, imported)

    act(accountant, "confirm", imported, digest=imported.digest)
    imported = worked_off(imported)

    assert (imported.state, Donation.objects.count()) == ("done", 5)
    response = accountant.get(imported.get_absolute_url())
    (words, address), *_ = response.context["results"]
    assert words == "查看这次导入的捐赠"
    assert len(accountant.get(address).context["object_list"]) == 5


def test_list_of_gifts_is_narrowed_to_the_import(accountant, people, cash, tmp_path):
    clerk_user, accountant_user = people
    first = merged(cash, by=clerk_user, confirmed_by=accountant_user)
    other = write_csv(tmp_path / "b.csv", [["捐赠人", "金额", "日期"], ["公冶强", 7, "2020-02-01"]])
    second = merged(other, by=clerk_user, confirmed_by=accountant_user)

    def found(number):
        response = accountant.get(reverse("donations:list"), {"import_no": number})
        return {gift.source_import_id for gift in response.context["object_list"]}

    assert (found(first.import_no), found(second.import_no)) == ({first.pk}, {second.pk})
    assert found("没有这个号") == set()


def test_pool_leads_to_its_page(accountant, people, tmp_path):
    pos = write_xlsx(tmp_path / "pos.xlsx", pos_rows())
    imported = merged(pos, by=people[0], confirmed_by=people[1])

    response = accountant.get(imported.get_absolute_url())

    pool = Donation.objects.get()
    assert response.context["results"] == [(f"查看平台捐赠 {pool.donation_no}", pool.get_absolute_url())]
    assert "5 行" not in text_of(response)


def test_report_of_a_pool_says_what_it_becomes_with_its_numbers(clerk, people, tmp_path):
    imported = checked(write_xlsx(tmp_path / "pos.xlsx", pos_rows()), by=people[0])

    said = page(clerk, imported)

    assert "1 笔平台捐赠汇总，其中 5 笔订单可查" in said
    assert NUMBERS[0] in said


def test_confirmation_of_something_else_than_was_shown_is_refused(accountant, people, cash):
    imported = submitted(cash, by=people[0])

    said = act(accountant, "confirm", imported, digest="0" * 64)

    assert "同事已先处理，或内容已更新" in said
    assert Import.objects.get().state == "submitted"


def test_colleague_returns_it_with_a_reason_and_the_maker_sees_it(accountant, clerk, people, cash):
    imported = submitted(cash, by=people[0])

    act(accountant, "return", imported, reason="缺 1 月 30 日的")

    assert "退回了这次导入，原因：缺 1 月 30 日的" in page(clerk, imported)
    assert "退回了这次导入，原因：缺 1 月 30 日的" in page(clerk, imported, "plan")


@pytest.mark.parametrize("name", ["return", "discard"])
def test_act_without_a_reason_changes_nothing(accountant, clerk, people, cash, name):
    imported = submitted(cash, by=people[0]) if name == "return" else checked(cash, by=people[0])
    before = imported.state

    said = act(accountant if name == "return" else clerk, name, imported, reason=" ")

    assert "请用一句话写明原因" in said
    assert Import.objects.get().state == before


def test_discarded_import_keeps_its_reason(clerk, people, cash):
    imported = checked(cash, by=people[0])

    said = act(clerk, "discard", imported, reason="选错了文件")

    assert "已放弃这次导入，原因：选错了文件" in said
    assert "提交复核：" not in said


def test_same_list_under_another_day_asks_and_waits_for_the_answer(clerk, people, tmp_path):
    rows = [["捐赠人", "金额"], *[[f"申屠{name}", 10 + nth] for nth, name in enumerate("敏桂强霞英")]]
    first = write_csv(tmp_path / "a.csv", rows)
    merged(first, by=people[0], confirmed_by=people[1], received_on=date(2020, 1, 29))
    imported = check(clerk, loaded(clerk, write_xlsx(tmp_path / "b.xlsx", rows)), received_on="2020-01-30")
    said = page(clerk, imported)
    assert "这是不是同一份名单换了日期再次导入" in said
    assert "提交复核：" not in said

    said = act(clerk, "answer", imported)

    assert "提交复核：5 笔，共 60.00 元" in said
    assert "的回答：这是另外的捐赠" in said


def test_all_known_rows_are_said(clerk, people, tmp_path, cash):
    merged(cash, by=people[0], confirmed_by=people[1])

    imported = check(clerk, loaded(clerk, write_xlsx(tmp_path / "b.xlsx", cash_rows())))

    said = page(clerk, imported)
    assert "已登记过 5 笔 2,710.50 元" in said
    assert "这个文件里的捐赠都已登记过" in said


def test_rejected_rows_are_shown_with_their_cells_and_reasons(clerk, people, faulty):
    imported = checked(faulty, by=people[0])
    assert "未导入的 2 行" in page(clerk, imported)

    said = page(clerk, imported, "rejected")

    assert "2 澹台桂" not in said
    assert "3 第 3 行的金额是“一百元”，不是数字。" in said
    assert "2 2020.01.29 澹台桂 一百元" in said
    assert "13812345678" not in said
    assert "第 4 行没有日期" in said


def test_rejected_rows_come_a_page_at_a_time(clerk, people, tmp_path):
    rows = [
        ["捐赠人", "金额", "日期"],
        *[[f"申屠{nth}", "x", "2020-01-29"] for nth in range(60)],
        ["公冶强", 1, "2020-01-29"],
    ]
    imported = checked(write_csv(tmp_path / "a.csv", rows), by=people[0])

    first = clerk.get(reverse("imports:rejected", args=[imported.pk]))
    second = clerk.get(reverse("imports:rejected", args=[imported.pk]), {"after": first.context["next_after"]})

    assert [row.row for row, _ in first.context["page"].lines] == list(range(2, 52))
    assert [row.row for row, _ in second.context["page"].lines] == list(range(52, 62))
    assert second.context["next_after"] is None


def test_downloaded_rows_are_corrected_and_loaded_as_a_new_file(clerk, people, faulty):
    imported = checked(faulty, by=people[0])

    response = clerk.get(reverse("imports:rejected_export", args=[imported.pk]))

    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [
        "行号",
        *(heading.strip() for heading in CASH_HEADER[:4]),
        "未导入的原因",
    ]
    assert [cell.value for cell in sheet[2]][:5] == [3, "2", "2020.01.29", "澹台桂", "一百元"]
    assert "13812345678" not in str(list(sheet.values))
    entry = Entry.objects.of(imported).latest("pk")
    assert (entry.act, entry.count) == ("import.rejected_exported", 2)

    sheet["E2"], sheet["C3"] = 100, "2020-01-29"
    mended = BytesIO()
    book.save(mended)
    choose(clerk, "mended.xlsx", mended.getvalue())
    mended = check(clerk, Import.objects.latest("pk"))
    assert mended.report["accepted"] == {"count": 2, "sum": "150.00"}


def test_failed_merge_says_why_and_goes_on(accountant, people, cash):
    imported = submitted(cash, by=people[0])
    act(accountant, "confirm", imported, digest=imported.digest)
    with transaction.atomic():
        jobs.fail(latest_job(imported), "磁盘已满，请告诉管理员。")

    said = page(accountant, imported)
    assert "磁盘已满" in said

    act(accountant, "resume", imported)
    assert worked_off(imported).state == "done"


def test_auditor_reads_and_is_offered_nothing_to_do(people, cash):
    imported = submitted(cash, by=people[0])

    said = page(browser(make_person("auditor")), imported)

    assert "可以导入 5 笔" in said
    assert "确认导入" not in said
    assert "正在等有确认权限的同事确认" in said


@pytest.mark.parametrize("name", ["submit", "answer", "discard", "confirm", "return", "resume"])
def test_auditor_may_do_nothing(people, cash, name):
    imported = submitted(cash, by=people[0])
    client = browser(make_person("auditor"))

    assert client.post(reverse(f"imports:{name}", args=[imported.pk]), {"reason": "x"}).status_code == 403
    assert Import.objects.get().state == "submitted"


def test_original_with_its_personal_data_is_for_those_who_load_and_confirm(people, cash):
    imported = submitted(cash, by=people[0])

    for role in ("auditor", "leadership"):
        client = browser(make_person(role))
        assert imported.file.get_absolute_url() not in client.get(imported.get_absolute_url()).content.decode()
        assert client.get(imported.file.get_absolute_url()).status_code == 404
    assert not Entry.objects.filter(act="file.downloaded").exists()


def test_original_is_downloaded_and_logged(accountant, people, cash):
    imported = submitted(cash, by=people[0])

    response = accountant.get(imported.file.get_absolute_url())

    assert b"".join(response.streaming_content) == cash.read_bytes()
    assert Entry.objects.filter(act="file.downloaded", actor=people[1]).count() == 1
