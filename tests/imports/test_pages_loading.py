"""A clerk chooses a table, corrects how it is read and has it checked."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import Workbook

from hebi_charity.imports.models import Import
from hebi_charity.imports.services import deciding
from tests.accounts.factories import make_person
from tests.donations.factories import CampaignFactory
from tests.imports.factories import set_up
from tests.imports.files import cash_rows, pos_rows, write_csv, write_xlsx
from tests.imports.pages import browser, check, choose, form_of, loaded, page, text_of, worked_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(db):
    return browser(set_up()[0])


@pytest.fixture
def cash(tmp_path):
    return write_csv(tmp_path / "list.csv", cash_rows())


def plan_page(client, imported, data):
    return client.post(reverse("imports:plan", args=[imported.pk]), data)


def test_chosen_file_is_looked_at_and_its_columns_are_shown(clerk, cash):
    response = choose(clerk, "list.csv", cash.read_bytes())

    imported = Import.objects.get()
    assert response.url == reverse("imports:plan", args=[imported.pk])
    looking = clerk.get(response.url).context["looking"]
    shown = [(column.title, field.value()) for column, field in looking.form.column_fields]
    assert shown == [
        ("序号", ""),
        ("捐赠日期", "day"),
        ("捐赠(单位/姓名）个人", "name"),
        ("捐赠金额（元）", "amount"),
        ("备注", "note"),
    ]
    assert looking.preview[0] == ["1", "2020.01.29", "申屠敏", "100", ""]
    assert "标题里写着 2020-01-29" in page(clerk, imported, "plan")


def test_same_form_posted_twice_keeps_one_file(clerk, cash):
    key = "0d7ba0d1-7a8e-4d9b-9a0b-6d4e6f3a2c11"

    first = choose(clerk, "list.csv", cash.read_bytes(), form_key=key)
    second = choose(clerk, "list.csv", cash.read_bytes(), form_key=key)

    assert (Import.objects.count(), first.url) == (1, second.url)


def test_page_used_for_another_file_says_so(clerk, cash, tmp_path):
    key = "0d7ba0d1-7a8e-4d9b-9a0b-6d4e6f3a2c11"
    choose(clerk, "list.csv", cash.read_bytes(), form_key=key)
    other = write_csv(tmp_path / "other.csv", cash_rows(total=1))

    answer = text_of(choose(clerk, "other.csv", other.read_bytes(), form_key=key))

    assert "这个页面已经用来导入过另一个文件" in answer
    assert Import.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("名单.docx", b"PK\x03\x04", "“.docx”是文字文档，不是表格"),
        ("名单.doc", bytes.fromhex("d0cf11e0a1b11ae1"), "“.doc”是文字文档，不是表格"),
        ("照片.JPG", b"\xff\xd8\xff\xe0", "“.jpg”是图片、扫描件或 PDF，读不出数字"),
        ("名单.pdf", b"%PDF-1.7", "“.pdf”是图片、扫描件或 PDF，读不出数字"),
        ("名单.rar", b"Rar!", "“.rar”是压缩包。请先解压"),
        ("名单.csv", b"", "文件是空的，请选择含有名单的文件。"),
        ("名单.et", b"\x00\x01\x02ET", "另存为"),
        ("名单.xlsx", b"%PDF-1.7 renamed", "另存为"),
        ("名单.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "另存为 .xlsx"),
    ],
)
def test_file_that_is_no_table_is_refused_with_what_to_do(clerk, name, content, sentence):
    response = choose(clerk, name, content)

    assert sentence in " ".join(response.context["form"].errors["file"])
    assert Import.objects.count() == 0


def test_no_file_chosen_is_said_at_the_field(clerk):
    response = clerk.post(reverse("imports:create"), {"form_key": "0d7ba0d1-7a8e-4d9b-9a0b-6d4e6f3a2c11"})

    assert response.context["form"].errors["file"] == ["请先选择表格文件。"]


def test_file_over_the_limit_is_refused(clerk):
    response = choose(clerk, "list.csv", b"a" * (53 * 1024 * 1024))

    assert response.context["form"].errors["file"] == ["文件有 53.0 MB，最多只能读取 50 MB，请拆成几个文件。"]


def test_same_file_again_is_said_at_once_with_a_way_out(clerk, cash):
    first = loaded(clerk, cash)
    again = loaded(clerk, cash)

    said = page(clerk, again, "plan")

    assert "这个文件以前导入过" in said
    assert first.import_no in said
    assert "放弃这次导入" in said


def test_file_that_was_discarded_is_not_the_same_file_again(clerk, cash):
    first = loaded(clerk, cash)
    clerk.post(reverse("imports:discard", args=[first.pk]), {"reason": "选错了"})

    assert "这个文件以前导入过" not in page(clerk, loaded(clerk, cash), "plan")


def test_corrected_column_is_read(clerk, tmp_path):
    rows = [["日期", "谁", "金额", "寄语"], ["2020-01-29", "申屠敏", 100, "加油"], ["2020-01-29", "澹台桂", 10, ""]]
    imported = loaded(
        clerk, write_xlsx(tmp_path / "a.xlsx", [["2020年捐款"], ["捐赠人", "经手", "金额", "x"], *rows[1:]])
    )
    looking = clerk.get(reverse("imports:plan", args=[imported.pk])).context["looking"]
    assert {column.title: field.value() for column, field in looking.form.column_fields}["捐赠人"] == "name"

    imported = check(
        clerk, imported, column_0="day", column_1="name", column_3="note", received_on="2020-01-29", shape="named"
    )

    assert list(imported.rows.order_by("row_no").values_list("name", "note")) == [("申屠敏", "加油"), ("澹台桂", "")]


def test_two_columns_with_one_meaning_are_refused_at_the_column_and_the_rest_is_kept(clerk, cash):
    imported = loaded(clerk, cash)

    response = plan_page(clerk, imported, form_of(clerk, imported, column_0="amount", channel="wechat"))

    form = response.context["looking"].form
    assert form.errors["column_3"] == ["“序号”列已经选了这个含义，只能选一列。"]
    assert form["channel"].value() == "wechat"
    assert Import.objects.get().state == "uploaded"


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"channel": ""}, "channel", "请选择这些款项的收款方式。"),
        ({"column_3": ""}, "columns", "请指定哪一列是金额。"),
        ({"column_2": ""}, "columns", "请指定哪一列是姓名或订单号。"),
        ({"column_1": ""}, "received_on", "文件中没有日期，请填写款项的收到日期。"),
        ({"received_on": "2099-01-01"}, "received_on", "日期晚于今天，请核对。"),
        ({"received_on": "后天的后天"}, "received_on", "“后天的后天”"),
    ],
)
def test_what_the_file_lacks_is_asked_at_its_field(clerk, cash, changes, place, sentence):
    imported = loaded(clerk, cash)

    wishes = {"channel": "bank"} | changes
    response = plan_page(clerk, imported, form_of(clerk, imported, **wishes))

    assert response.status_code == 200
    assert sentence in " ".join(response.context["looking"].form.errors[place])
    assert Import.objects.get().state == "uploaded"


def test_line_of_the_header_is_read_anew_and_what_was_answered_is_kept(clerk, cash):
    imported = loaded(clerk, cash)

    response = plan_page(clerk, imported, form_of(clerk, imported, header_row="4", channel="wechat", look="1"))

    looking = response.context["looking"]
    assert (looking.look["header_row"], looking.form["channel"].value()) == (4, "wechat")
    assert looking.preview[0][0] == "2"


def test_changed_line_of_the_header_is_shown_before_it_is_checked(clerk, cash):
    imported = loaded(clerk, cash)

    response = plan_page(clerk, imported, form_of(clerk, imported, header_row="4", channel="wechat"))

    assert (response.status_code, Import.objects.get().state) == (200, "uploaded")


def test_line_that_the_file_does_not_have_is_refused_at_its_field(clerk, cash):
    imported = loaded(clerk, cash)

    response = plan_page(clerk, imported, form_of(clerk, imported, header_row="900", look="1"))

    assert "第 900 行" in " ".join(response.context["looking"].form.errors["header_row"])


def test_encoding_in_which_the_file_cannot_be_read_is_refused_at_its_field(clerk, tmp_path):
    imported = loaded(clerk, write_csv(tmp_path / "list.csv", cash_rows(), "gb18030"))
    assert form_of(clerk, imported)["encoding"] == "gb18030"

    response = plan_page(clerk, imported, form_of(clerk, imported, encoding="utf-8-sig", look="1"))

    assert "无法识别这个 CSV 文件的文字编码" in " ".join(response.context["looking"].form.errors["encoding"])
    assert Import.objects.get().look["encoding"] == "gb18030"


def test_wrong_encoding_shows_what_it_makes_of_the_file_and_the_way_back(clerk, tmp_path):
    # Even numbers of bytes between the commas: GB18030 reads other characters from them and does not complain.
    imported = loaded(clerk, _written(tmp_path / "a.csv", "姓名,金额\n申屠,100\n".encode()))
    assert form_of(clerk, imported)["encoding"] == "utf-8-sig"

    wrong = plan_page(clerk, imported, form_of(clerk, imported, encoding="gb18030", look="1")).context["looking"]
    assert (wrong.is_headless, wrong.form["encoding"].value()) == (True, "gb18030")
    assert wrong.lines[1] == (2, ["鐢冲睜", "100"])

    right = plan_page(clerk, imported, {"encoding": "utf-8-sig", "look": "1"}).context["looking"]
    assert right.preview == [["申屠", "100"]]


def test_another_sheet_is_looked_at(clerk, tmp_path):
    imported = loaded(
        clerk, _book(tmp_path, {"一": [["捐赠人", "金额"], ["申屠敏", 1]], "二": [["捐赠人", "金额"], ["公冶强", 2]]})
    )

    response = plan_page(clerk, imported, form_of(clerk, imported, sheet="二", look="1"))

    assert response.context["looking"].preview == [["公冶强", "2"]]


def test_line_is_pointed_at_where_no_header_is_found(clerk, tmp_path):
    imported = loaded(clerk, write_xlsx(tmp_path / "a.xlsx", [["甲", "乙"], ["申屠敏", 100]]))
    said = page(clerk, imported, "plan")
    assert "哪一行是表头？" in said
    assert "这行是表头" in said

    response = plan_page(clerk, imported, {"header_row": "1"})

    assert [column.title for column in response.context["looking"].shown] == ["甲", "乙"]


def test_columns_with_personal_data_are_neither_shown_nor_read(clerk, tmp_path):
    phone = "13812345678"
    rows = [["捐赠人", "金额", "联系电话"], ["申屠敏", 100, phone]]
    imported = loaded(clerk, write_xlsx(tmp_path / "a.xlsx", rows))

    response = clerk.get(reverse("imports:plan", args=[imported.pk]))

    assert phone not in response.content.decode()
    assert phone not in str(imported.look)
    assert "个人信息，不读取" in text_of(response)


def test_pool_is_proposed_with_the_day_of_its_numbers(clerk, tmp_path):
    imported = loaded(clerk, write_xlsx(tmp_path / "pos.xlsx", pos_rows()))

    fields = form_of(clerk, imported)

    assert (fields["shape"], fields["received_on"], fields["channel"]) == ("pool", "2020-01-25", "pos")
    assert "单号里写着 2020-01-25" in page(clerk, imported, "plan")


def test_campaign_brings_its_own_fund_along(clerk, cash):
    campaign = CampaignFactory()
    imported = check(clerk, loaded(clerk, cash), campaign=str(campaign.pk))

    assert imported.plan["choices"] == {
        "campaign": campaign.pk,
        "fund": campaign.fund_id,
        "kind": "donation",
        "public_mode": "anonymous",
    }


def test_plan_of_a_colleague_cannot_be_opened(clerk, cash):
    imported = loaded(clerk, cash)

    response = browser(make_person("donation_clerk")).get(reverse("imports:plan", args=[imported.pk]))

    assert response.url == imported.get_absolute_url()


@pytest.mark.parametrize("wish", [{}, {"look": "1", "header_row": "4"}])
def test_page_that_was_left_open_while_the_import_went_on_says_so_and_leads_there(clerk, cash, wish):
    imported = check(clerk, loaded(clerk, cash))
    fields, address = form_of(clerk, imported) | wish, reverse("imports:plan", args=[imported.pk])
    deciding.submit(imported, by=imported.recorded_by)

    part = clerk.post(address, fields, HTTP_HX_REQUEST="true")
    said = text_of(clerk.post(address, fields, follow=True))

    assert (part.status_code, part["HX-Redirect"]) == (200, imported.get_absolute_url())
    assert "这次导入已经往下走了（现在：待他人确认），读取方式不能再改，刚才的改动没有保存。" in said
    assert Import.objects.get().plan == imported.plan


def test_progress_is_told_until_the_check_has_ended(clerk, cash):
    imported = loaded(clerk, cash)
    clerk.post(reverse("imports:plan", args=[imported.pk]), form_of(clerk, imported, channel="bank"))
    asked = {"HTTP_HX_REQUEST": "true"}
    address = reverse("imports:progress", args=[imported.pk])

    moving = clerk.get(address, **asked)
    assert "正在排队。可以离开本页，处理会继续进行。" in text_of(moving)
    assert address in moving.content.decode()

    worked_off(imported)
    assert clerk.get(address, **asked)["HX-Refresh"] == "true"
    assert clerk.get(address).url == imported.get_absolute_url()


def _written(path, content):
    path.write_bytes(content)
    return path


def _book(folder, sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return _written(folder / "book.xlsx", out.getvalue())
