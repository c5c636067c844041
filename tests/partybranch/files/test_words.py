"""Nothing on the way of a roll or a question bank speaks of gifts; a table without rows ends with a sentence."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hebi_charity.imports.models import Import
from hebi_charity.imports.services import planning
from hebi_charity.imports.work import waiting
from hebi_charity.jobs.running import work_off
from partybranch.importing import questions, roll
from tests.donations.staff import person
from tests.imports.pages import browser, text_of
from tests.partybranch.exams.factories import a_bank
from tests.partybranch.factories import a_branch
from tests.partybranch.files.rolls import HEADER, checked, line, table, taken_in, uploaded, workbook

pytestmark = pytest.mark.django_db
OF_MONEY = re.compile("捐|金额|善款|[0-9一二三]+ ?笔|元）|共 .* 元")
BANK = [["题型", "题目", "选项A", "选项B", "选项C", "选项D", "答案"], ["单选", "几月？", "一", "二", "三", "四", "A"]]


@pytest.fixture
def secretary(db):
    a_branch("离退休第一党支部")
    return person("branch_secretary")


@pytest.fixture
def client(secretary):
    return browser(secretary)


def words_of_money(response) -> list[str]:
    assert response.status_code in {200, 422}, response.status_code
    text = re.sub(r"慈善总会|版本[^ ]*", "", text_of(response))
    return OF_MONEY.findall(text)


def on_the_way(client, imported: Import) -> list[str]:
    pages = [imported.get_absolute_url(), reverse("imports:list"), reverse("imports:plan", args=[imported.pk])]
    return [word for page in pages for word in words_of_money(client.get(page, follow=True))]


@pytest.mark.parametrize(("key", "content"), [(roll.KEY, table(line())), (questions.KEY, workbook(BANK))])
def test_no_page_of_a_list_without_money_speaks_of_gifts(client, secretary, key, content):
    bank = {"bank": a_bank("党史题库").pk} if key == questions.KEY else {}
    address = reverse("imports:create_for", args=[key])
    assert words_of_money(client.get(address)) == []
    refused = SimpleUploadedFile("说明.pdf", b"%PDF-1.4 x")
    form_key = client.get(address).context["form"]["form_key"].value()
    assert words_of_money(client.post(address, {"form_key": form_key, "file": refused})) == []
    headless = uploaded(workbook([["甲", "乙"], ["丙", "丁"]]), by=secretary, target=key)
    assert on_the_way(client, headless) == []
    assert on_the_way(client, uploaded(content, by=secretary, target=key)) == []
    imported = checked(content, by=secretary, target=key, **bank)
    assert on_the_way(client, imported) == []
    discard = reverse("imports:discard", args=[imported.pk])
    assert words_of_money(client.post(discard, {"reason": "选错"}, follow=True)) == []
    done = taken_in(content, by=secretary, target=key, **bank)
    assert done.state == "done"
    assert on_the_way(client, done) == []


def test_table_without_rows_is_refused_beside_the_file_and_leaves_nothing_to_do(client, secretary):
    address = reverse("imports:create_for", args=[roll.KEY])
    titled = workbook([["离退休第一党支部党员名册"], HEADER, [None, " "]])
    form_key = client.get(address).context["form"]["form_key"].value()
    response = client.post(address, {"form_key": form_key, "file": SimpleUploadedFile("名册.xlsx", titled)})

    assert "表格里只有表头，下面一行内容也没有" in text_of(response)
    assert not Import.objects.exists()
    assert waiting(secretary) == []


def test_check_that_found_no_row_ends_with_a_sentence_and_waits_for_nobody(client, secretary):
    imported = uploaded(table(line()), by=secretary)
    assert [(item.label, item.count) for item in waiting(secretary)] == [("待核对提交的导入", 1)]
    plan = planning.proposed_plan(imported)
    choices = plan.choices | {"starts_on": "2020-01-01"}
    work_off(planning.ask_check(imported, plan.changed(header_row=2, choices=choices), by=secretary))
    imported.refresh_from_db()

    assert (imported.state, imported.is_bare, imported.is_worth_submitting) == ("checked", True, False)
    assert waiting(secretary) == []
    assert list(Import.objects.waiting_for(secretary)) == []
    text = text_of(client.get(imported.get_absolute_url()))
    assert "这个文件的表头下面没有任何行，没有可导入的，也不再列入待办。" in text


def test_check_whose_rows_are_all_refused_still_waits_for_its_maker(secretary):
    imported = checked(table(line("", "男")), by=secretary)
    assert not imported.is_bare
    assert len(waiting(secretary)) == 1
