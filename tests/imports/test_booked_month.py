"""In which month of the books a file will be counted, said before it is confirmed."""

from datetime import date

import pytest

from donations.models import Donation
from hebi_charity.imports.services import deciding
from hebi_charity.jobs.running import work_off
from hebi_charity.office.models import Period
from hebi_charity.office.services.periods import confirm_period, submit_period
from tests.accounts.factories import make_person
from tests.imports.factories import checked, set_up, submitted
from tests.imports.files import CASH_HEADER, cash_rows, pos_rows, write_csv, write_xlsx
from tests.imports.pages import browser, page

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def cash(tmp_path):
    return write_csv(tmp_path / "list.csv", cash_rows())


def close(*months):
    accountant, other = make_person("accountant"), make_person("approver")
    for month in months:
        submit_period(Period.objects.get(month=month), by=accountant, today=TODAY)
        confirm_period(Period.objects.get(month=month), by=other)


def test_own_open_month_is_said_to_both(cash):
    clerk, accountant = set_up()
    imported = submitted(cash, by=clerk)

    for person in (clerk, accountant, make_person("auditor")):
        assert page(browser(person), imported).count("计入账期 本批 2,710.50 元计入 2020年1月账期。") == 1


def test_closed_month_is_named_with_the_month_that_counts_instead_and_it_is_booked_there(cash):
    clerk, accountant = set_up()
    close(date(2020, 1, 1), date(2020, 2, 1))
    imported = submitted(cash, by=clerk)

    assert "本批 2,710.50 元将计入 2020年3月账期（文件中的收款日期属于已结账或正在结账的月份）。" in page(
        browser(accountant), imported
    )
    work_off(deciding.confirm(imported, by=accountant))

    assert set(Donation.objects.values_list("booked_on", flat=True)) == {date(2020, 3, 1)}
    assert "计入账期" not in page(browser(accountant), imported)


def test_several_months_have_a_sum_each(tmp_path):
    clerk, _ = set_up()
    close(date(2020, 1, 1))
    rows = [
        [1, "2020-01-29", "申屠敏", 5, ""],
        [2, "2020-02-03", "澹台桂", 7, ""],
        [3, "2020-03-03", "公冶强", 1100, ""],
    ]
    imported = checked(write_csv(tmp_path / "a.csv", [CASH_HEADER, *rows]), by=clerk)

    said = page(browser(clerk), imported)

    late = "其中 5.00 元是因为文件中的收款日期属于已结账或正在结账的月份。"
    assert f"本批 12.00 元将计入 2020年2月账期，{late} 本批 1,100.00 元计入 2020年3月账期。" in said


def test_days_before_the_books_began_are_said_so(cash):
    clerk, _ = set_up(date(2022, 9, 1))
    imported = checked(cash, by=clerk)

    assert "将计入 2022年9月账期（文件中的收款日期早于开始记账的月份）。" in page(browser(clerk), imported)


def test_platform_money_belongs_to_no_month_before_it_is_settled(tmp_path):
    clerk, _ = set_up()
    imported = checked(write_xlsx(tmp_path / "pos.xlsx", pos_rows()), by=clerk, channel="platform")

    said = page(browser(clerk), imported)

    assert "平台筹款 60.00 元，平台结算到账后才计入账期。" in said
    assert "2020年1月账期" not in said


def test_without_an_open_month_the_accountant_is_named(cash):
    clerk, _ = set_up(date(1979, 1, 1))  # forty years of months, the last of them before the days of the file
    imported = checked(cash, by=clerk)

    assert "没有开放的账期可以计入 2,710.50 元，请告知会计。" in page(browser(clerk), imported)
