"""The demonstration: invented, small, loaded once, and with work that waits for its people."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from donations.models import Campaign, Donation
from hebi_charity.accounts.models import User
from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.core.registry import book_checks
from hebi_charity.office.models import NumberSeries, Period
from hebi_charity.office.views.start import work_of
from hebi_charity.reports.models import Report

WAITING = {
    "clerk": {"退回给我的捐赠"},
    "clerk2": {"待复核的捐赠"},
    "accountant": {"待复核的捐赠", "待到账", "待结账的月份"},
    "cashier": {"待到账"},
    "approver": {"待复核的捐赠", "待审批的冲销", "待确认的月结", "待审核的报告"},
    "leader": {"待签发的报告"},
}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration, loaded once for all tests here; gives what the command said."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "demo-password").write_text("demo password 1\n")
    said = StringIO()
    whole = transaction.atomic()
    whole._from_testcase = True  # as Django's TestCase says it: what must be outermost may run in it
    with django_db_blocker.unblock(), override_settings(HEBI_VAR=folder), whole:
        call_command("load_demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


def work(username: str) -> set[str]:
    return {str(item.label) for item in work_of(User.objects.get(username=username))}


def test_everybody_finds_the_work_that_waits(demo):
    assert {name: work(name) & expected for name, expected in WAITING.items()} == WAITING


def test_demonstration_is_small_and_its_books_agree(demo):
    assert demo == f"load_demo: {Donation.objects.count()} gifts\n"
    assert Donation.objects.count() == 342
    assert list(Campaign.objects.order_by("starts_on").values_list("starts_on__year", flat=True)) == [2021, 2022]
    assert [difference for check in book_checks for difference in check()] == []


def test_numbers_begin_with_the_sign_of_the_demonstration(demo):
    numbers = [
        *Donation.objects.values_list("donation_no", flat=True),
        *Report.objects.values_list("report_no", flat=True),
    ]
    assert {number[0] for number in numbers} == {"演"}


def test_months_are_closed_but_the_last_two_that_ended(demo):
    this_month = dates.month_start(dates.today())
    states = Period.objects.filter(month__lt=this_month).order_by("-month").values_list("state", flat=True)
    assert list(states[:3]) == ["open", "closing", "closed"]
    assert set(states[2:]) == {"closed"}


def test_september_2022_waits_for_the_leadership(demo):
    report = Report.objects.get(period_on=date(2022, 9, 1))
    assert (report.state, report.is_final) == ("checked", True)


def test_auditor_finds_who_looked_at_personal_data(demo):
    entry = Entry.objects.reveals().get()
    assert (entry.actor.username, entry.reason) == ("accountant", "支票未到账，电话联系捐赠单位")


def test_loading_again_changes_nothing(demo):
    def state() -> tuple:
        return Donation.objects.count(), Entry.objects.count(), list(NumberSeries.objects.values_list("kind", "last"))

    before, said = state(), StringIO()
    call_command("load_demo", stdout=said)

    assert said.getvalue() == "load_demo: already there\n"
    assert state() == before


@pytest.mark.django_db
def test_demonstration_is_never_loaded_in_real_mode(settings):
    settings.HEBI_MODE = "real"

    with pytest.raises(CommandError, match="never run in real mode"):
        call_command("load_demo")
