"""A file that does not agree in everything is handed on only with a reason, and who confirms reads it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from donations.models import Donation
from hebi_charity.audit.models import Entry
from hebi_charity.imports.exceptions import DifferenceUnexplained
from hebi_charity.imports.models import Import
from hebi_charity.imports.services import deciding
from tests.accounts.factories import make_person
from tests.imports.factories import checked, merged, set_up, submitted
from tests.imports.files import CASH_HEADER, cash_rows, write_csv
from tests.imports.pages import act, browser, loaded, page

pytestmark = pytest.mark.django_db
REASON = "表尾合计多算 0.50 元，已电话核对"
TOTAL = "2,711.00"


@pytest.fixture
def people(db):
    return set_up()


@pytest.fixture
def differing(tmp_path):
    """A list whose printed total is half a yuan more than its rows."""
    return write_csv(tmp_path / "differing.csv", cash_rows(total=2711))


@pytest.fixture
def faulty(tmp_path):
    """One row that can be imported and one whose amount is no number."""
    rows = [[1, "2020.01.29", "申屠敏", 100, ""], [2, "2020.01.29", "澹台桂", "一百元", ""]]
    return write_csv(tmp_path / "faulty.csv", [CASH_HEADER, *rows])


@pytest.mark.parametrize("name", ["differing", "faulty"])
def test_service_refuses_without_a_reason(people, name, request):
    clerk, _ = people
    imported = checked(request.getfixturevalue(name), by=clerk)

    for reason in ("", "  "):
        with pytest.raises(DifferenceUnexplained):
            deciding.submit(imported, by=clerk, reason=reason)

    assert Import.objects.get().state == "checked"
    assert deciding.submit(imported, by=clerk, reason=REASON).state == "submitted"
    assert Entry.objects.get(act="import.submitted").reason == REASON


def test_file_that_agrees_needs_no_reason_and_keeps_none(people, tmp_path):
    clerk, _ = people
    rows = [*cash_rows(), ["制表：测试员", "", "", "", ""]]
    imported = checked(write_csv(tmp_path / "list.csv", rows), by=clerk)

    assert "差额原因" not in page(browser(clerk), imported)
    assert deciding.submit(imported, by=clerk, reason="多此一举").state == "submitted"
    assert Entry.objects.get(act="import.submitted").reason == ""


def test_pages_ask_the_maker_and_tell_who_confirms(people, differing):
    clerk, accountant = browser(people[0]), browser(people[1])
    imported = checked(differing, by=people[0])
    assert "差额原因" in page(clerk, imported)

    assert "请与原件核对，填写差额原因后再提交" in act(clerk, "submit", imported)
    assert Import.objects.get().state == "checked"
    act(clerk, "submit", imported, reason=REASON)

    card = page(accountant, imported).split("确认导入 5 笔")[0]
    assert f"差额原因： {REASON}" in card
    assert card.count(TOTAL) >= 2


def test_command_asks_for_the_reason(people, differing):
    make_person("donation_clerk", username="clerk")
    make_person("accountant", username="accountant")
    told = ["import_donations", str(differing), "--by", "clerk", "--commit", "--confirmed-by", "accountant", "--json"]

    with pytest.raises(CommandError, match="请用 --reason 说明差额原因"):
        call_command(*told, stdout=StringIO())
    assert not Donation.objects.exists()

    out = StringIO()
    call_command(*told, "--reason", REASON, stdout=out)
    assert json.loads(out.getvalue().splitlines()[-1])["state"] == "done"
    assert Donation.objects.count() == 5


def test_finished_import_says_nothing_of_a_later_one(people, tmp_path):
    clerk = browser(people[0])
    path = write_csv(tmp_path / "list.csv", cash_rows())
    first = merged(path, by=people[0], confirmed_by=people[1])
    later = loaded(clerk, path)

    assert "这个文件以前导入过" not in page(clerk, first)
    assert "这个文件以前导入过" in page(clerk, later, "plan")
    assert first.import_no in page(clerk, later, "plan")


def test_open_import_says_that_a_later_one_was_confirmed_first(people, tmp_path):
    clerk = browser(people[0])
    path = write_csv(tmp_path / "list.csv", cash_rows())
    waiting = submitted(path, by=people[0])
    assert "这个文件以前导入过" not in page(clerk, waiting)

    later = merged(path, by=people[0], confirmed_by=people[1])

    said = clerk.get(reverse("imports:detail", args=[waiting.pk])).content.decode()
    assert "这个文件以前导入过" in said
    assert later.import_no in said
