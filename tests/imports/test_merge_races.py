"""Merges that meet each other, that are cut off, and whose rows somebody changed: real commits, own connections."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Sum

from donations.models import Donation, Donor, PlatformOrder
from hebi_charity.audit.books import differences
from hebi_charity.audit.models import Entry
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.proof import digest_of
from hebi_charity.imports.services import deciding, merging
from hebi_charity.imports.staging import block_digests
from hebi_charity.jobs import services as jobs
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import Run, run_job, work_off
from tests.conftest import database_name
from tests.imports.factories import set_up, submitted
from tests.imports.files import CASH_HEADER, write_csv
from tests.imports.pages import act, browser, page
from tests.sessions import session_of

pytestmark = pytest.mark.race

GIFTS = 2_500  # two chunks of named gifts
ORDERS = 10_500  # two chunks of a pool
BLOCKED = """
SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@pytest.fixture
def people(committed_db):
    return set_up()


@pytest.fixture
def gifts(tmp_path):
    """Named donors with amounts 1.00, 2.00, …"""
    rows = [[n, "2020.01.29", f"申屠敏{n}", n, ""] for n in range(1, GIFTS + 1)]
    return write_csv(tmp_path / "gifts.csv", [CASH_HEADER, *rows])


@pytest.fixture
def orders(tmp_path):
    """Payments of 0.01, 0.02, … each with a number of its own."""
    rows = [[f"A{n:07d}", "2020-01-29 10:00:00", f"{n / 100:.2f}"] for n in range(1, ORDERS + 1)]
    return write_csv(tmp_path / "orders.csv", [["订单号", "支付时间", "金额"], *rows])


@pytest.fixture
def file(request):
    """The list of this name, how many rows it has, and their yuan as text."""
    count, cents = (GIFTS, 100) if request.param == "gifts" else (ORDERS, 1)
    return request.getfixturevalue(request.param), count, f"{count * (count + 1) // 2 * cents / 100:.2f}"


both = pytest.mark.parametrize("file", ["gifts", "orders"], indirect=True)


def at_once(*acts):
    """Run each in a thread and on a connection of its own, all let go at one moment."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(60)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def held(count, total):
    """Every row of the file is in the books once, with its sum, its number and its act in the log."""
    rows = PlatformOrder.objects if count == ORDERS else Donation.objects
    found = rows.values("amount")
    assert (found.count(), found.distinct().count()) == (count, count)
    assert f"{Donation.objects.aggregate(sum=Sum('amount'))['sum']:.2f}" == total
    assert set(Donation.objects.values_list("state", flat=True)) == {"reviewed"}
    assert not StagedRow.objects.exists()
    assert differences() == []


@both
def test_same_file_confirmed_twice_at_one_moment_is_taken_in_once(people, file):
    clerk, accountant = people
    path, count, total = file
    imports = [submitted(path, by=clerk) for _ in range(2)]
    assert [each.report["accepted"]["count"] for each in imports] == [count, count]

    at_once(*(lambda each=each: work_off(deciding.confirm(each, by=accountant)) for each in imports))

    first, second = sorted(Import.objects.all(), key=lambda each: each.outcome["known"])
    assert (first.state, first.outcome["rows"], first.outcome["sum"], first.outcome["known"]) == (
        "done",
        count,
        total,
        0,
    )
    assert (second.state, second.outcome) == ("done", {"documents": 0, "rows": 0, "sum": "0.00", "known": count})
    assert merging.said(second) == f"新增 0 笔：{count:,} 笔以前都已登记。"
    held(count, total)


def test_files_that_share_rows_confirmed_at_one_moment_share_them_once(people, tmp_path):
    clerk, accountant = people
    rows = [[n, "2020.01.29", f"申屠敏{n}", n, ""] for n in range(1, 31)]
    early, late = (
        submitted(write_csv(tmp_path / f"{n}.csv", [CASH_HEADER, *part]), by=clerk)
        for n, part in enumerate((rows[:20], rows[10:]))
    )

    at_once(*(lambda each=each: work_off(deciding.confirm(each, by=accountant)) for each in (early, late)))

    first, second = sorted(Import.objects.all(), key=lambda each: each.outcome["known"])
    assert [(each.outcome["rows"], each.outcome["known"]) for each in (first, second)] == [(20, 0), (10, 10)]
    assert merging.said(second).endswith("另有 10 笔以前已登记。")
    assert Donation.objects.aggregate(sum=Sum("amount"))["sum"] == 30 * 31 // 2
    assert Donation.objects.count() == 30
    assert differences() == []


@both
def test_merge_cut_off_between_chunks_goes_on_from_there(people, file):
    clerk, accountant = people
    path, count, total = file
    imported = submitted(path, by=clerk)
    job = deciding.confirm(imported, by=accountant)

    dead = Run(Job.objects.claim(job.pk, owner=uuid4()))
    for _ in ("begin", "rows"):
        merging.step(dead)
    imported.refresh_from_db()
    assert (imported.state, 0 < imported.outcome["rows"] < count) == ("merging", True)
    taken_for_dead(job)

    job = work_off(job)

    imported.refresh_from_db()
    assert (job.state, imported.state) == ("done", "done")
    assert (imported.outcome["rows"], imported.outcome["sum"], imported.outcome["known"]) == (count, total, 0)
    assert Entry.objects.of(imported).filter(act="import.merged").count() == 1
    held(count, total)


@pytest.mark.parametrize(
    ("file", "lock"),
    [
        ("gifts", "LOCK TABLE donations_fundallocation IN SHARE MODE"),
        ("orders", "SELECT id FROM donations_donation FOR UPDATE"),
    ],
    indirect=["file"],
    ids=["gifts", "orders"],
)
def test_merge_cut_off_inside_a_chunk_does_it_anew_and_once(people, file, lock):
    """The chunk is stopped late, its rows written and not committed, and its session is ended from outside."""
    clerk, accountant = people
    path, count, total = file
    imported = submitted(path, by=clerk)
    job = deciding.confirm(imported, by=accountant)
    merging.step(Run(Job.objects.claim(job.pk, owner=uuid4())))  # begun: numbers of pools are taken
    taken_for_dead(job)

    cut_off(lambda: run_job(job.pk), lock)

    imported.refresh_from_db()
    assert (imported.merged_to, imported.outcome["rows"]) == (0, 0)
    assert not (Donor.objects.filter(made_by_import=True).exists() or PlatformOrder.objects.exists())
    job = work_off(job)
    imported.refresh_from_db()
    assert (job.state, imported.state, imported.outcome["rows"], imported.outcome["sum"]) == (
        "done",
        "done",
        count,
        total,
    )
    held(count, total)


def taken_for_dead(job):
    """What the sweep does a minute after the last heartbeat of a worker."""
    Job.objects.filter(pk=job.pk).update(heartbeat_at="2020-01-01T00:00:00Z")
    assert jobs.sweep().revived == 1


def cut_off(work, lock):
    """End the session that does this work while it waits for a lock that another one holds."""
    holder = session_of("DATABASE_SUPERUSER_URL", database_name())
    with ThreadPoolExecutor(1) as pool, closing(holder), holder.cursor() as cursor:
        cursor.execute(f"BEGIN; {lock}")
        doing = pool.submit(at_once, work)
        deadline = time.monotonic() + 60
        while not (blocked := _blocked()):
            assert time.monotonic() < deadline, "the merge never waited for the lock"
            time.sleep(0.05)
        cursor.execute("SELECT pg_terminate_backend(%s)", [blocked])
        cursor.execute("ROLLBACK")
        doing.result(60)


def _blocked():
    with closing(session_of("DATABASE_SUPERUSER_URL", database_name())) as session, session.cursor() as cursor:
        cursor.execute(BLOCKED)
        found = cursor.fetchone()
    return found and found[0]


TAMPERED = {
    "amount": "UPDATE imports_stagedrow SET amount = amount + 1 WHERE row_no = 2",
    "donor": "UPDATE imports_stagedrow SET donor_name = '澹台桂' WHERE row_no = 2",
    "day": "UPDATE imports_stagedrow SET received_on = received_on - 1 WHERE row_no = 2",
    "row gone": "DELETE FROM imports_stagedrow WHERE row_no = 2",
    "plan": "UPDATE imports_import SET plan = jsonb_set(plan, '{channel}', '\"cash\"')",
    "report": "UPDATE imports_import SET report = jsonb_set(report, '{accepted,sum}', '\"5.00\"')",
    "digests": "UPDATE imports_import SET blocks = '[]'",
}
tampered = pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED)


@pytest.fixture
def small(tmp_path):
    rows = [[n, "2020.01.29", f"申屠敏{n}", n, ""] for n in range(1, 4)]
    return write_csv(tmp_path / "small.csv", [CASH_HEADER, *rows])


@tampered
def test_what_was_changed_after_submission_is_not_confirmed_and_says_so(people, small, superuser, change):
    clerk, accountant = people
    imported = submitted(small, by=clerk)
    superuser(f"SET session_replication_role = replica; {change}")

    said = act(browser(accountant), "confirm", imported, digest=imported.digest)

    assert "数据与提交时不一致" in said
    assert Import.objects.get().state == "submitted"
    assert not (Donation.objects.exists() or Job.objects.about(imported).filter(kind=deciding.MERGE).exists())


@tampered
def test_what_was_changed_after_the_confirmation_is_not_merged_and_says_so(people, small, superuser, change):
    clerk, accountant = people
    imported = submitted(small, by=clerk)
    job = deciding.confirm(imported, by=accountant)
    superuser(f"SET session_replication_role = replica; {change}")

    job = work_off(job)

    imported.refresh_from_db()
    assert (job.state, imported.state, imported.failed_while) == ("failed", "failed", "merging")
    assert "数据与提交时不一致" in page(browser(accountant), imported)
    assert not Donation.objects.exists()


def test_digest_made_to_fit_changed_rows_does_not_fit_the_seal(people, small, superuser):
    clerk, accountant = people
    imported = submitted(small, by=clerk)
    job = deciding.confirm(imported, by=accountant)
    superuser(f"SET session_replication_role = replica; {TAMPERED['amount']}")
    imported.blocks = block_digests(imported.pk)
    blocks, digest = str(imported.blocks).replace("'", '"'), digest_of(imported)
    superuser(
        f"SET session_replication_role = replica; UPDATE imports_import SET blocks = '{blocks}', digest = '{digest}'"
    )

    job = work_off(job)

    assert job.state == "failed"
    assert not Donation.objects.exists()
