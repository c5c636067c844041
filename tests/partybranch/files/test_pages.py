"""The wizard's pages with a roll: chosen, looked at, checked, decided, taken in, taken back."""

from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hebi_charity.imports.models import Import
from partybranch.importing import questions
from partybranch.models import Membership, Person
from tests.donations.staff import person
from tests.imports.pages import act, browser, form_of, page, text_of, worked_off
from tests.partybranch.exams.factories import a_bank
from tests.partybranch.factories import a_branch, member
from tests.partybranch.files.rolls import card, checked, line, table, taken_in, workbook

pytestmark = pytest.mark.django_db
CARDED = ["申屠建国", "男", "1952.6", "党员", "1985.7.1", "1986.7.1", card(), "13800001111"]


@pytest.fixture
def secretary(db):
    a_branch("离退休第一党支部")
    return person("branch_secretary")


@pytest.fixture
def client(secretary):
    return browser(secretary)


def loaded(client, content: bytes) -> Import:
    address = reverse("imports:create_for", args=["partybranch-roll"])
    form = client.get(address).context["form"]
    fields = {"form_key": form["form_key"].value(), "file": SimpleUploadedFile("名册.xlsx", content)}
    response = client.post(address, fields)
    assert response.status_code == 302, text_of(response)
    return Import.objects.latest("pk")


def test_room_of_files_offers_the_table_to_fill_in_and_to_load(client):
    text = text_of(client.get(reverse("partybranch:files")))

    assert "从表格导入党员名册" in text
    assert "还没有导入过表格" in text


def test_empty_table_has_the_headings_and_how_to_fill_them(client):
    response = client.get(reverse("imports:template", args=["partybranch-roll"]))
    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))

    headings = [cell.value for cell in book.worksheets[0][1]]
    assert headings[:6] == ["姓名", "性别", "出生年月", "身份证号", "党支部", "党小组"]
    assert len(headings) == len(set(headings)) == 23
    assert "只有姓名必填" in book.worksheets[1]["A1"].value


def test_columns_are_recognised_and_private_cells_are_hidden(client):
    imported = loaded(client, table(line(*CARDED)))

    text = page(client, imported, "plan")

    assert set(imported.look["columns"]) == {
        "name", "sex", "birth", "stage", "admitted_on", "confirmed_on", "identifier", "phone", "note",
    }  # fmt: skip
    assert "申屠建国" in text
    assert card() not in text
    assert "13800001111" not in text
    assert "币种" not in text
    assert "支付方式" not in text
    assert "这份表格里没有找到、将空着的：党支部、党小组" in text


def test_roll_goes_from_the_table_to_the_roll_by_one_person(client, secretary):
    imported = loaded(client, table(line(*CARDED)))
    response = client.post(reverse("imports:plan", args=[imported.pk]), form_of(client, imported))
    assert response.status_code == 302, text_of(response)
    imported = worked_off(imported)
    text = page(client, imported)
    assert "登记这 1 行" in text
    assert "正式党员" in text
    assert "元" not in text.replace("单元", "")

    act(client, "take_in", imported, digest=imported.digest)
    imported = worked_off(imported)

    assert imported.state == "done"
    assert Person.objects.get().name == "申屠建国"
    assert "已登记 1 行，另有 0 行以前已登记。" in page(client, imported)


def test_table_without_its_header_is_pointed_at(client):
    imported = loaded(client, workbook([["名册"], ["甲", "男"], ["乙", "女"]]))

    text = page(client, imported, "plan")

    assert "写着姓名、党员类别、入党时间等字样的那一行" in text


def test_column_that_is_needed_is_asked_for_beside_the_columns(client):
    imported = loaded(client, table(line(*CARDED)))

    response = client.post(reverse("imports:plan", args=[imported.pk]), form_of(client, imported, column_1=""))

    assert "请指出哪一列是：姓名。" in text_of(response)


def test_refused_rows_are_shown_with_reasons_and_hidden_numbers_and_come_back_whole(client, secretary):
    imported = checked(table(line(*CARDED[:4], "1986.7.1", "1985.7.1", card(), "13800001111")), by=secretary)

    text = page(client, imported, "rejected")
    assert "早于入党时间" in text
    assert card() not in text
    response = client.get(reverse("imports:rejected_export", args=[imported.pk]))
    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
    cells = [cell.value for cell in book.worksheets[0][2]]
    assert card() in cells
    notes = [row[0].value for row in book.worksheets[1].rows]
    assert any(secretary.full_name in note and "仅供修改本名单" in note for note in notes)


def test_doubts_are_decided_one_by_one_on_their_page(client, secretary):
    known = member(name="申屠建国")
    imported = checked(table(line(*CARDED), line("澹台红", *CARDED[1:6])), by=secretary)
    assert "1 行疑似已登记" in page(client, imported)
    address = reverse("imports:doubts", args=[imported.pk])
    text = text_of(client.get(address))
    assert "申屠建国 · 男 · 1952-06 · 正式党员" in text
    assert known.get_absolute_url() in client.get(address).content.decode()

    client.post(address, {})
    assert Import.objects.get(pk=imported.pk).undecided == 1
    client.post(address, {"row_2": "new", "row_3": "same", "row_x": "new"})

    imported.refresh_from_db()
    assert (imported.undecided, imported.decisions) == (0, {"2": "new"})
    assert "登记这 2 行" in page(client, imported)


def test_button_of_an_older_check_takes_nothing_in(client, secretary):
    imported = checked(table(line(*CARDED)), by=secretary)

    act(client, "take_in", imported, digest="0" * 64)

    assert Import.objects.get(pk=imported.pk).state == "checked"


def test_secretary_takes_a_roll_back_and_the_organisation_member_may_not(client, secretary):
    imported = taken_in(table(line(*CARDED)), by=secretary)
    member_of_committee = browser(person("organisation_member"))
    assert "撤回这次导入" not in page(member_of_committee, imported)
    address = reverse("imports:undo", args=[imported.pk])
    assert member_of_committee.post(address, {"reason": "x"}).status_code == 403

    text = act(client, "undo", imported, reason="抄错")

    assert "已撤回" in text
    assert not Membership.objects.live().exists()


def test_who_did_not_load_it_sees_it_and_does_not_take_it_in(client, secretary):
    imported = checked(table(line(*CARDED)), by=secretary)
    colleague = browser(person("organisation_member"))

    act(colleague, "take_in", imported, digest=imported.digest)

    assert Import.objects.get(pk=imported.pk).state == "checked"


def test_list_takes_the_same_questions_for_one_and_five_rolls(client, secretary):
    address = reverse("partybranch:files")
    counts = []
    for number in range(5):
        checked(table(line(f"申屠{number}", *CARDED[1:6])), by=secretary)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))

    assert counts[0] == counts[4]


def test_page_of_a_bank_loads_into_this_bank_and_a_link_answers_nothing_else(client):
    bank = a_bank()
    load = f"{reverse('imports:create_for', args=[questions.KEY])}?bank={bank.pk}"
    assert f'href="{load}">从表格导入' in client.get(bank.get_absolute_url()).content.decode()
    content = workbook([["题目", "选项A", "选项B", "答案"], ["几？", "一", "二", "A"]])
    given = {"form_key": str(uuid4()), "file": SimpleUploadedFile("题库.xlsx", content)}

    response = client.post(f"{load}&new_bank=x&header_row=9", given)

    plan = reverse("imports:plan", args=[Import.objects.get().pk])
    assert response.url == f"{plan}?bank={bank.pk}"
    looking = client.get(response.url, {"bank": bank.pk, "new_bank": "x", "header_row": "9"}).context["looking"]
    assert str(looking.choices["bank"].value()) == str(bank.pk)
    assert (looking.choices["new_bank"].value(), looking.form["header_row"].value()) == (None, 1)
    for nonsense in ("abc", "9" * 30, ""):
        assert client.get(plan, {"bank": nonsense}).status_code == 200
