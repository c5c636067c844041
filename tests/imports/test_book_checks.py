"""check_books on imports: their numbers, their seals, and what became of their rows."""

from decimal import Decimal

import pytest
from django.db import transaction

from donations.models import Donation
from hebi_charity.audit.books import differences
from hebi_charity.imports.models import Import
from hebi_charity.imports.services import deciding, merging
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import run_job
from tests.imports.factories import checked, merged, set_up, submitted, uploaded
from tests.imports.files import cash_rows, pos_rows, write_csv, write_xlsx


def found() -> list[tuple[str, str, str]]:
    return [(difference.check, difference.record, difference.sentence) for difference in differences()]


@pytest.fixture
def people(committed_db):
    return set_up()


@pytest.fixture
def list_of_gifts(people, tmp_path):
    """Five gifts of 2,710.50 yuan."""
    clerk, accountant = people
    return merged(write_csv(tmp_path / "list.csv", cash_rows()), by=clerk, confirmed_by=accountant)


@pytest.fixture
def pool(people, tmp_path):
    clerk, accountant = people
    return merged(write_xlsx(tmp_path / "pos.xlsx", pos_rows()), by=clerk, confirmed_by=accountant)


def outcome(number: str, said: str, held: str) -> tuple[str, str, str]:
    words = "导入 {} 记载生成单据 {} 笔、入库 {} 行、{} 元，账上实有单据 {} 笔、{} 行、{} 元。"
    return ("imports", number, words.format(number, *said.split(), *held.split()))


def test_imports_in_every_state_leave_nothing_to_name(list_of_gifts, pool, people, tmp_path):
    clerk, _ = people
    other = write_csv(tmp_path / "other.csv", cash_rows(total="2,710.50"))
    uploaded(other, by=clerk)
    deciding.discard(uploaded(other, by=clerk), by=clerk, reason="重复")
    checked(write_xlsx(tmp_path / "second.xlsx", [*pos_rows(), ["备注", "", "", ""]]), by=clerk)

    assert found() == []


def test_import_half_merged_leaves_nothing_to_name(people, tmp_path):
    clerk, accountant = people
    imported = submitted(write_xlsx(tmp_path / "pos.xlsx", pos_rows()), by=clerk)
    job = deciding.confirm(imported, by=accountant)
    assert found() == []

    with transaction.atomic():
        merging.begin(imported)

    assert Import.objects.get(pk=imported.pk).state == Import.State.MERGING
    assert found() == []
    run_job(job.pk)
    assert Job.objects.get(pk=job.pk).state == Job.State.DONE
    assert found() == []


def test_outcome_changed(list_of_gifts, superuser):
    superuser(
        "SET session_replication_role = replica;"
        """ UPDATE imports_import SET outcome = outcome || '{"sum": "9.99", "rows": 6}'"""
    )

    number = list_of_gifts.import_no
    assert found() == [outcome(number, "5 6 9.99", "5 5 2710.50")]


def test_gift_of_an_import_taken_out_of_it(list_of_gifts, superuser):
    superuser(
        "SET session_replication_role = replica;"
        " UPDATE donations_donation SET import_id = NULL, import_row = NULL"
        " WHERE id = (SELECT max(id) FROM donations_donation)"
    )

    last = Donation.objects.order_by("-pk").first()
    said, held = "5 5 2710.50", f"4 4 {Decimal('2710.50') - last.amount}"
    assert outcome(list_of_gifts.import_no, said, held) in found()
    assert ("reviews", last.donation_no, f"{last.donation_no} 标为已复核，操作日志里却没有这次复核。") in found()


def test_gift_of_an_import_voided(list_of_gifts, superuser):
    superuser(
        "SET session_replication_role = replica;"
        " UPDATE donations_donation SET state = 'voided', voided_by_id = recorded_by_id, voided_at = now(),"
        " void_reason = '重复', reviewed_by_id = NULL, reviewed_at = NULL, booked_on = NULL, seal = ''"
        " WHERE amount = (SELECT max(amount) FROM donations_donation)"
    )

    assert "imports" in {check for check, _, _ in found()}
    assert "reviews" in {check for check, _, _ in found()}


def test_order_of_an_import_deleted(pool, superuser):
    superuser("SET session_replication_role = replica; DELETE FROM donations_platformorder WHERE row_no = 2")

    assert {check for check, _, _ in found()} == {"seals", "allocations", "imports"}


@pytest.mark.parametrize(
    "change",
    [
        "confirmed_by_id = (SELECT max(id) FROM accounts_user) + 1",
        "recorded_by_id = (SELECT max(id) FROM accounts_user) + 1",
        'plan = plan || \'{"channel": "cash"}\'',
        "report = report || '{\"gifts\": 6}'",
        "file_sha256 = repeat('0', 64)",
    ],
)
def test_confirmed_import_changed(list_of_gifts, superuser, change):
    superuser(f"SET session_replication_role = replica; UPDATE imports_import SET {change}")

    number = list_of_gifts.import_no
    assert found() == [("imports", number, f"导入 {number} 在确认后被改动：封签不符。")]


def test_import_deleted(people, tmp_path, superuser):
    clerk, _ = people
    imported = uploaded(write_csv(tmp_path / "list.csv", cash_rows()), by=clerk)

    superuser("SET session_replication_role = replica; DELETE FROM imports_import")

    number = imported.import_no
    assert found() == [
        ("numbers", number, f"编号 {number} 已经编出，单据却没有了。"),
        ("log", number, f"操作日志里有导入 {number}，现在却没有这次导入了。"),
    ]


def test_import_deleted_with_its_number(people, tmp_path, superuser):
    clerk, _ = people
    number = uploaded(write_csv(tmp_path / "list.csv", cash_rows()), by=clerk).import_no

    superuser(
        "SET session_replication_role = replica; DELETE FROM imports_import;"
        " UPDATE office_numberseries SET last = last - 1 WHERE kind = 'import'"
    )

    series = f"编号序列 {number[:-6]} 停在第 0 号，操作日志里却有编号 {number}：序列被调回。"
    assert found() == [
        ("numbers", number, series),
        ("numbers", number, f"编号 {number} 已经编出，单据却没有了。"),
        ("log", number, f"操作日志里有导入 {number}，现在却没有这次导入了。"),
    ]


OTHERWISE = "导入 {0} 的状态、经手人或原因与操作日志不符。"


@pytest.mark.parametrize(
    "change",
    ["discard_reason = '另一个原因'", "discarded_by_id = discarded_by_id + 100", "import_no = '演导2020-000001'"],
)
def test_discarded_import_changed(people, tmp_path, superuser, change):
    clerk, _ = people
    deciding.discard(uploaded(write_csv(tmp_path / "list.csv", cash_rows()), by=clerk), by=clerk, reason="重复")
    assert found() == []

    superuser(f"SET session_replication_role = replica; UPDATE imports_import SET {change}")

    number = Import.objects.get().import_no
    assert ("log", number, OTHERWISE.format(number)) in found()


@pytest.mark.parametrize("change", ["returned_reason = '另一个原因'", "returned_by_id = returned_by_id + 100"])
def test_returned_import_changed(people, tmp_path, superuser, change):
    clerk, accountant = people
    imported = submitted(write_xlsx(tmp_path / "pos.xlsx", pos_rows()), by=clerk)
    assert found() == []
    deciding.return_import(imported, by=accountant, reason="改")
    assert found() == []

    superuser(f"SET session_replication_role = replica; UPDATE imports_import SET {change}")

    assert found() == [("log", imported.import_no, OTHERWISE.format(imported.import_no))]


def test_import_in_another_state_than_its_last_act(list_of_gifts, people, tmp_path, superuser):
    clerk, _ = people
    waiting = uploaded(write_csv(tmp_path / "other.csv", cash_rows(total="2,710.50")), by=clerk)

    superuser(
        "SET session_replication_role = replica;"
        " UPDATE imports_import SET state = 'merging', finished_at = NULL WHERE state = 'done';"
        f" UPDATE imports_import SET recorded_by_id = recorded_by_id + 100 WHERE id = {waiting.pk}"
    )

    numbers = (list_of_gifts.import_no, waiting.import_no)
    assert found() == [("log", number, OTHERWISE.format(number)) for number in numbers]


def test_one_person_behind_both_accounts_of_an_import(list_of_gifts, people, superuser):
    clerk, accountant = people
    gifts = Donation.objects.values_list("donation_no", flat=True)

    superuser(
        "SET session_replication_role = replica;"
        f" UPDATE accounts_user SET main_account_id = {clerk.pk} WHERE id = {accountant.pk}"
    )

    sentence = "{0} 的经办和审批是同一个人（可能用了两个账号）：应由两人分别办理。"
    records = [*gifts, list_of_gifts.import_no]
    assert sorted(found()) == sorted(("people", record, sentence.format(record)) for record in records)
