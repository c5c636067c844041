"""`kill -9` on worker, web, PostgreSQL and Valkey at random points of merging a file of payments: merged once."""

from decimal import Decimal
from itertools import count

import pytest
from django.db.models import Count, Sum
from django.urls import reverse

from donations.models import Donation, PlatformOrder
from hebi_charity.audit.books import differences
from hebi_charity.audit.models import Entry
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.services import deciding, planning
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import work_off
from tests.imports.factories import plan_for, uploaded
from tests.imports.files import write_csv
from tests.live.conftest import wait_until
from tests.live.kills import choose_points, is_done, kill_after, press_while_killed, seconds_of, wait_until_back

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("house")]

AMOUNTS = [Decimal(number) / 100 for number in range(1, 501)]
ORDERS = 12_000  # two chunks of a merge
ORDERS_OF_A_DAY = 50_000  # as many as the largest file of one day; with --kill
_files = count(1)


def pytest_generate_tests(metafunc):
    if "share" in metafunc.fixturenames:
        choose_points(metafunc, "merge")


@pytest.fixture
def orders(pytestconfig):
    return ORDERS_OF_A_DAY if pytestconfig.getoption("kill") else ORDERS


@pytest.fixture
def submitted(house, orders, tmp_path):
    """A list of payments that nobody has seen before, read, checked and submitted by the clerk."""

    def submit():
        first = next(_files) * 1_000_000
        numbers = [f"010220221005{i % 86400:06d}{first + i:010d}".ljust(64) for i in range(orders)]
        rows = [["交易单号", "", "交易金额", ""]]
        rows += [[number, "", str(AMOUNTS[i % len(AMOUNTS)]), ""] for i, number in enumerate(numbers)]
        imported = uploaded(write_csv(tmp_path / f"pos{first}.csv", rows), by=house.clerk)
        house.own_files()
        job = work_off(planning.ask_check(imported, plan_for(imported), by=house.clerk))
        assert job.state == Job.State.DONE, job.error
        return deciding.submit(imported, by=house.clerk)

    return submit


@pytest.fixture
def usual_seconds(house, submitted):
    if "merge" not in house.usual_seconds:
        imported = submitted()
        house.usual_seconds["merge"] = seconds_of(lambda: deciding.confirm(imported, by=house.accountant))
    return house.usual_seconds["merge"]


def confirm_on_the_page(house, imported, seconds):
    address = reverse("imports:confirm", args=[imported.pk])
    answer = press_while_killed(house, house.accountant, address, {"digest": imported.digest}, seconds)
    assert answer == (302, imported.get_absolute_url())
    return Job.objects.about(imported).get(kind=deciding.MERGE)


def merged_once(imported, orders):
    """One pool with every order once, one act in the log, nothing left in the staging table."""
    imported.refresh_from_db()
    total = sum(AMOUNTS) * orders / len(AMOUNTS)
    pool = Donation.objects.get(source_import=imported)
    held = PlatformOrder.objects.filter(donation=pool).aggregate(
        Count("pk"), Count("order_no", distinct=True), Sum("amount")
    )
    assert list(held.values()) == [orders, orders, total]
    assert (pool.state, pool.order_count, pool.amount) == ("reviewed", orders, total)
    assert imported.outcome == {"documents": 1, "rows": orders, "sum": f"{total:.2f}", "known": 0}
    assert not StagedRow.objects.filter(of_import=imported).exists()
    assert Entry.objects.of(imported).filter(act="import.merged").count() == 1


def test_list_of_payments_is_merged_once_whoever_is_killed(house, submitted, usual_seconds, orders, victim, share):
    imported, dead = submitted(), None
    if victim == "web":
        job = confirm_on_the_page(house, imported, share * usual_seconds)
    else:
        job = deciding.confirm(imported, by=house.accountant)
        dead = kill_after(house, victim, share * usual_seconds)

    wait_until(is_done(job))
    wait_until_back(house, victim, dead)

    assert Import.objects.get(pk=imported.pk).state == "done"
    merged_once(imported, orders)
    assert differences() == []
