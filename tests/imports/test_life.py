"""From a file to gifts: the states of an import, who may do what, and what comes of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from donations.models import Donation, Donor, PlatformOrder
from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import book_checks
from hebi_charity.imports.exceptions import (
    FileNotRead,
    MakerIsChecker,
    NotAwaitingConfirmation,
    NotBeforeSubmission,
    NotTheMaker,
    PlanRefused,
)
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.services import deciding, planning
from hebi_charity.jobs.running import work_off
from tests.imports.factories import checked, merged, plan_for, set_up, submitted, uploaded
from tests.imports.files import NUMBERS, cash_rows, pos_rows, write_csv, write_xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db):
    return set_up()


@pytest.fixture
def cash(tmp_path):
    return write_csv(tmp_path / "list.csv", cash_rows())


@pytest.fixture
def pos(tmp_path):
    return write_xlsx(tmp_path / "pos.xlsx", pos_rows())


def differences():
    return [difference for check in book_checks for difference in check()]


def test_upload_keeps_the_file_and_proposes_a_plan(people, cash):
    clerk, _ = people

    imported = uploaded(cash, by=clerk)

    plan = planning.proposed_plan(imported)
    assert (imported.state, imported.import_no[:1], imported.recorded_by) == ("uploaded", "演", clerk)
    assert imported.file.sha256 == imported.file_sha256
    assert (plan.header_row, plan.shape, plan.received_on, plan.channel) == (3, "named", None, "")
    assert Entry.objects.of(imported).get().act == "import.uploaded"


def test_named_list_becomes_gifts(people, cash):
    clerk, accountant = people

    imported = merged(cash, by=clerk, confirmed_by=accountant)

    gifts = list(Donation.objects.order_by("pk"))
    assert (imported.state, imported.outcome) == (
        "done",
        {"documents": 5, "rows": 5, "sum": "2710.50", "known": 0},
    )
    assert [gift.donor.name for gift in gifts] == [
        "申屠敏",
        "澹台桂",
        "申屠敏",
        "淇县示例物流有限公司",
        "公冶强代淇县示例物流有限公司",
    ]
    assert [(gift.payer_name, gift.payer_relation) for gift in gifts[3:]] == [("公冶强", "passed_on"), ("", "")]
    assert [(gift.import_row, gift.occurrence) for gift in gifts] == [(4, 1), (5, 1), (6, 2), (7, 1), (8, 1)]
    assert {(g.state, g.booked_on, g.recorded_by, g.reviewed_by) for g in gifts} == {
        ("reviewed", date(2020, 1, 29), clerk, accountant)
    }
    assert [int(gift.donation_no[-6:]) for gift in gifts] == [1, 2, 3, 4, 5]
    assert Donor.objects.filter(made_by_import=True).count() == 5
    assert not StagedRow.objects.exists()
    assert differences() == []


def test_list_of_identifiers_becomes_one_pool(people, pos):
    clerk, accountant = people

    imported = merged(pos, by=clerk, confirmed_by=accountant)

    pool = Donation.objects.get()
    assert (pool.shape, pool.state, pool.amount, pool.order_count) == ("pool", "reviewed", Decimal("60.00"), 5)
    assert (pool.person_times, pool.donor, pool.booked_on) == (5, None, date(2020, 1, 25))
    assert sorted(PlatformOrder.objects.values_list("order_no", flat=True)) == sorted(NUMBERS)
    assert (imported.outcome["documents"], imported.outcome["rows"]) == (1, 5)
    assert differences() == []


def test_report_says_what_was_found(people, cash):
    clerk, _ = people

    report = checked(cash, by=clerk).report

    assert report["accepted"] == {"count": 5, "sum": "2710.50"}
    assert (report["gifts"], report["orders"], report["documents"]) == (5, 0, 5)
    assert report["controls"][0]["sum"] == "2710.50"
    assert report["controls"][0]["sum_agrees"] is True
    assert report["possible_duplicates"] == {"count": 1, "rows": [6]}
    assert [warning["code"] for warning in report["warnings"]] == ["repeated_rows", "unclear_names", "split_names"]


def test_same_list_in_another_form_adds_nothing(people, cash, tmp_path):
    clerk, accountant = people
    merged(cash, by=clerk, confirmed_by=accountant)

    again = merged(write_xlsx(tmp_path / "again.xlsx", cash_rows()), by=clerk, confirmed_by=accountant)

    assert (again.report["accepted"]["count"], again.report["known"]) == (0, {"count": 5, "sum": "2710.50"})
    assert [warning["code"] for warning in again.report["warnings"]][-1] == "all_known"
    assert again.outcome == {"documents": 0, "rows": 0, "sum": "0.00", "known": 0}
    assert Donation.objects.count() == 5


def test_maker_cannot_confirm_or_return(people, cash):
    clerk, _ = people
    imported = submitted(cash, by=clerk)

    with pytest.raises(MakerIsChecker):
        deciding.confirm(imported, by=clerk)
    with pytest.raises(MakerIsChecker):
        deciding.return_import(imported, by=clerk, reason="错")
    for columns in ({"confirmed_by": clerk, "state": "confirmed"}, {"returned_by": clerk, "state": "returned"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Import.objects.filter(pk=imported.pk).update(**columns)


def test_second_account_of_the_maker_cannot_confirm(people, cash):
    clerk, accountant = people
    accountant.main_account = clerk
    accountant.save()
    imported = submitted(cash, by=clerk)

    with pytest.raises(MakerIsChecker):
        deciding.confirm(imported, by=accountant)
    with pytest.raises(IntegrityError, match="who loaded a file cannot confirm it"), transaction.atomic():
        facts = {"confirmed_at": timezone.now(), "seal": "0" * 64}
        Import.objects.filter(pk=imported.pk).update(state="confirmed", confirmed_by=accountant, **facts)
    assert list(Import.objects.awaiting_confirmation_by(accountant)) == []


def test_row_that_somebody_marks_as_taken_stops_the_merge(people, cash):
    clerk, accountant = people
    job = deciding.confirm(imported := submitted(cash, by=clerk), by=accountant)
    first = imported.rows.to_merge().order_by("row_no")[0]
    StagedRow.objects.filter(of_import=imported, row_no=first.row_no).update(known_at_merge=True)

    job = work_off(job)

    imported.refresh_from_db()
    assert (job.state, imported.state) == ("failed", "failed")


def test_no_row_is_put_to_what_was_checked(people, cash):
    row = checked(cash, by=people[0]).rows.first()
    row.row_no = 900

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        row.save(force_insert=True)

    assert caught.value.__cause__.diag.constraint_name == "imports_stagedrow_guard"


def test_returned_import_is_corrected_and_submitted_again(people, cash):
    clerk, accountant = people
    imported = deciding.return_import(submitted(cash, by=clerk), by=accountant, reason="渠道不对")

    assert list(Import.objects.returned_to(clerk)) == [imported]
    job = planning.ask_check(imported, plan_for(imported, channel="cash"), by=clerk)
    imported.refresh_from_db()
    assert (imported.state, imported.returned_reason, imported.digest) == ("checking", "渠道不对", "")
    work_off(job)
    imported = deciding.submit(imported, by=clerk)

    assert (imported.state, imported.returned_reason, imported.returned_by) == ("submitted", "", None)
    assert imported.plan["channel"] == "cash"


def test_discarded_import_leaves_nothing_to_do(people, cash):
    clerk, _ = people

    imported = deciding.discard(checked(cash, by=clerk), by=clerk, reason="选错文件")

    assert (imported.state, imported.discard_reason) == ("discarded", "选错文件")
    assert not StagedRow.objects.exists()
    with pytest.raises(NotBeforeSubmission):
        deciding.submit(imported, by=clerk)


def test_only_the_maker_plans_and_submits(people, cash):
    clerk, accountant = people
    imported = checked(cash, by=clerk)

    for act in (
        lambda: deciding.submit(imported, by=accountant),
        lambda: deciding.discard(imported, by=accountant, reason="x"),
        lambda: planning.ask_check(imported, plan_for(imported), by=accountant),
    ):
        with pytest.raises(NotTheMaker):
            act()


def test_submitted_import_cannot_be_changed_by_its_maker(people, cash):
    clerk, accountant = people
    imported = submitted(cash, by=clerk)

    with pytest.raises(NotBeforeSubmission):
        planning.ask_check(imported, plan_for(imported), by=clerk)
    with pytest.raises(NotBeforeSubmission):
        deciding.discard(imported, by=clerk, reason="x")
    deciding.confirm(imported, by=accountant)
    with pytest.raises(NotAwaitingConfirmation):
        deciding.confirm(imported, by=accountant)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"columns": {"name": 2}}, "columns"),
        ({"columns": {"amount": 3}}, "columns"),
        ({"columns": {"amount": 3, "name": 3}}, "columns"),
        ({"channel": "carrier pigeon"}, "channel"),
        ({"shape": "heap"}, "shape"),
        ({"columns": {"amount": 3, "name": 2}}, "received_on"),
        ({"received_on": date(2090, 1, 1)}, "received_on"),
        ({"choices": {"fund": 0, "campaign": 99}}, "campaign"),
        ({"factor": 7}, "currency"),
    ],
)
def test_plan_that_cannot_be_is_refused_beside_its_field(people, cash, changes, field):
    clerk, _ = people
    imported = uploaded(cash, by=clerk)

    with pytest.raises(PlanRefused) as refused:
        planning.ask_check(imported, plan_for(imported, **changes), by=clerk)

    assert field in refused.value.errors


def test_file_without_a_header_is_kept_for_a_person_to_point_at_it(people, tmp_path):
    clerk, _ = people
    path = write_csv(tmp_path / "a.csv", [["甲", "乙", "丙"], ["2020-01-29", "申屠敏", 5], ["2020-01-29", "澹台桂", 7]])

    imported = uploaded(path, by=clerk)

    assert imported.look["refused"] == {"code": "header_missing"}
    assert imported.look["lines"]["2"] == ["2020-01-29", "申屠敏", "5"]
    assert planning.proposed_plan(imported) is None
    imported = planning.look_again(imported, by=clerk, header_row=1)
    plan = plan_for(imported, columns={"day": 0, "name": 1, "amount": 2})
    planning.ask_check(imported, plan, by=clerk)


def test_file_of_goods_is_refused_with_a_sentence(people, tmp_path):
    clerk, _ = people
    path = write_csv(tmp_path / "a.csv", [["品名", "规格", "计量单位", "数量"], ["口罩", "N95", "箱", 3]])

    with pytest.raises(FileNotRead, match="物资"):
        uploaded(path, by=clerk)

    assert not Import.objects.exists()


def test_many_rows_are_judged_as_sets(people, tmp_path):
    """More rows than a loop could bear: the statements must not compare each with each."""
    clerk, accountant = people
    rows = [["订单号", "支付时间", "金额"], *[[f"A{n:06d}", "2020-01-29 10:00:00", 1] for n in range(20_000)]]
    rows += [["A000007", "2020-01-29 10:00:00", 1], ["A000008", "2020-01-29 10:00:00", 2]]
    path = write_csv(tmp_path / "a.csv", rows)

    imported = merged(path, by=clerk, confirmed_by=accountant)
    again = checked(path, by=clerk)

    assert imported.outcome == {"documents": 1, "rows": 19_999, "sum": "19999.00", "known": 0}
    assert (imported.report["duplicates"]["count"], imported.report["reasons"]) == (1, {"order_no_repeated": 2})
    assert (again.report["accepted"]["count"], again.report["known"]["count"]) == (0, 19_999)
