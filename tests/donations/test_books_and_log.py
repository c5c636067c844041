"""check_books holds documents against the log: what an act made or decided cannot be taken away or put back unseen."""

from datetime import date
from decimal import Decimal

import pytest

from donations.models import Donation
from donations.services.registering import change_donation, return_donation, void_donation
from donations.services.reversing import approve_reversal, refuse_reversal, request_reversal
from donations.services.reviewing import record_arrival, record_bounce, review_donation
from hebi_charity.audit.books import differences
from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.office.models import Period
from hebi_charity.office.services.periods import confirm_period, return_period, submit_period
from tests.donations.factories import (
    FundFactory,
    UserFactory,
    gift_entry,
    other_income,
    registered_gift,
    reviewed_gift,
    set_up_office,
)

YEAR = dates.today().year
GIFT, SECOND = (f"演捐{YEAR}-{number:06d}" for number in (1, 2))
REVERSAL, INCOME = f"演冲{YEAR}-000001", f"演收{YEAR}-000001"


@pytest.fixture(autouse=True)
def books(committed_db):
    set_up_office()


@pytest.fixture
def replica(superuser):
    def execute(*statements: str) -> None:
        superuser(f"SET session_replication_role = replica; {'; '.join(statements)}")

    return execute


def found() -> list[tuple[str, str, str]]:
    return [(difference.check, difference.record, difference.sentence) for difference in differences()]


def set_back(kind: str) -> str:
    return f"UPDATE office_numberseries SET last = last - 1 WHERE kind = '{kind}'"


def missing(number: str, last: int) -> list[tuple[str, str, str]]:
    """What is said of a document that is gone with its series set back."""
    series = f"编号序列 {number[:-6]} 停在第 {last} 号，操作日志里却有编号 {number}：序列被调回。"
    return [("numbers", number, series), ("numbers", number, f"编号 {number} 已经编出，单据却没有了。")]


def gone(number: str) -> str:
    which = f"WHERE donation_no = '{number}'"
    return (
        f"DELETE FROM donations_fundallocation WHERE donation_id = (SELECT id FROM donations_donation {which});"
        f" DELETE FROM donations_donation {which}"
    )


def test_registered_gift_erased_with_its_number(replica):
    registered_gift()
    registered_gift()
    assert found() == []

    replica(gone(SECOND), set_back("donation"))

    assert found() == [("log", SECOND, f"操作日志里有单据 {SECOND}，现在却没有这笔单据了。"), *missing(SECOND, 1)]


def test_only_document_of_a_series_erased_with_the_series(replica):
    other_income()
    assert found() == []

    replica(gone(INCOME), "DELETE FROM office_numberseries WHERE kind = 'income'")

    assert found() == [("log", INCOME, f"操作日志里有单据 {INCOME}，现在却没有这笔单据了。"), *missing(INCOME, 0)]


@pytest.mark.parametrize("is_approved", [True, False])
def test_reversal_erased_with_its_number_and_its_marks(replica, is_approved):
    reversal = request_reversal(reviewed_gift(), by=UserFactory(), reason="重复")
    if is_approved:
        approve_reversal(reversal, by=UserFactory())
    assert found() == []

    replica(
        "UPDATE donations_donation SET reversal_id = NULL",
        "DELETE FROM donations_reversal",
        "UPDATE donations_dailysummary SET reversed_gifts = 0, reversed_person_times = 0, reversed_amount = 0",
        "DELETE FROM donations_dailysummary WHERE gifts = 0",
        set_back("reversal"),
    )

    said = ("log", REVERSAL, f"操作日志里有冲销单 {REVERSAL}，现在却没有这张冲销单了。")
    assert found() == [said, *missing(REVERSAL, 0)]


def test_decided_reversal_put_back_with_the_seal_it_had(replica):
    """An older state of a row has a seal that fits: only the log knows that it is not the last one."""
    reversal = request_reversal(reviewed_gift(), by=UserFactory(), reason="重复")
    refuse_reversal(reversal, by=UserFactory(), reason="不是")
    assert found() == []

    replica(
        "UPDATE donations_reversal SET state = 'requested', approved_by_id = NULL, approved_at = NULL, refusal = '',"
        f" seal = '{reversal.seal}'"
    )

    assert found() == [("log", REVERSAL, f"冲销单 {REVERSAL} 的状态、经手人或原因与操作日志不符。")]


def test_last_closed_month_erased(replica):
    month = Period.objects.order_by("month").first()
    confirm_period(submit_period(month, by=UserFactory(), today=date(2022, 9, 5)), by=UserFactory())
    assert found() == []

    replica("DELETE FROM office_period WHERE state = 'closed'")

    assert found() == [("periods", "2022-01", "操作日志里有账期 2022-01，现在却没有这个账期了。")]


@pytest.mark.parametrize(
    "change",
    [
        "submitted_by_id = submitted_by_id + 100",
        "state = 'open', submitted_by_id = NULL, submitted_at = NULL",
    ],
)
def test_month_that_waits_changed_past_the_log(replica, change):
    month = Period.objects.order_by("month").first()
    return_period(submit_period(month, by=UserFactory(), today=date(2022, 9, 5)), by=UserFactory(), reason="改")
    assert found() == []
    submit_period(month, by=UserFactory(), today=date(2022, 9, 5))
    assert found() == []

    replica(f"UPDATE office_period SET {change} WHERE state = 'closing'")

    assert found() == [("periods", "2022-01", "账期 2022-01 的状态或经手人与操作日志不符。")]


@pytest.mark.parametrize("column", ["submitted_by_id", "confirmed_by_id"])
def test_people_of_a_closed_month_changed(replica, column):
    month = Period.objects.order_by("month").first()
    confirm_period(submit_period(month, by=UserFactory(), today=date(2022, 9, 5)), by=UserFactory())

    replica(f"UPDATE office_period SET {column} = {column} + 100 WHERE state = 'closed'")

    assert ("periods", "2022-01", "账期 2022-01 的状态或经手人与操作日志不符。") in found()


@pytest.mark.parametrize("change", ["voided_by_id = voided_by_id + 100", "void_reason = '另一个原因'"])
def test_voided_gift_given_another_person_or_reason(replica, change):
    void_donation(registered_gift(), by=UserFactory(), reason="登记重复")
    assert found() == []

    replica(f"UPDATE donations_donation SET {change}")

    assert found() == [("log", GIFT, f"{GIFT} 作废或退回的经手人或原因，与操作日志不符。")]


@pytest.mark.parametrize("ends", ["registered", "returned", "voided"])
def test_gift_s_amount_changed_before_review(replica, ends):
    gift = registered_gift(amount=Decimal("1000.00"))
    if ends == "returned":
        return_donation(gift, by=UserFactory(), reason="金额有误")
    if ends == "voided":
        void_donation(gift, by=UserFactory(), reason="登记重复")
    assert found() == []

    replica("UPDATE donations_donation SET amount = 100", "UPDATE donations_fundallocation SET amount = 100")

    assert found() == [("log", GIFT, f"{GIFT} 金额为 100.00 元，按操作日志应是 1000.00 元。")]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE donations_donation SET donated_on = donated_on - 1",
        "UPDATE donations_donation SET donor_id = donor_id + 100",
        "UPDATE donations_donation SET voucher_no = '1'",
        "UPDATE donations_fundallocation SET fund_id = (SELECT max(id) FROM donations_fund)",
    ],
)
def test_gift_changed_before_review_past_the_log(replica, change):
    gift, clerk = registered_gift(), UserFactory()
    change_donation(gift, gift_entry(amount=Decimal("70.50"), booked_rate=None), by=clerk)
    FundFactory()
    assert found() == []

    replica(change)

    assert found() == [("log", GIFT, f"{GIFT} 在复核前被改动，操作日志里却没有这次修改。")]


def test_gift_put_back_as_it_was_before_a_change(replica):
    gift = registered_gift()
    change_donation(gift, gift_entry(amount=Decimal("100.00"), voucher_no="2"), by=UserFactory())

    replica(
        "UPDATE donations_donation SET voucher_no = ''",
        f"UPDATE donations_fundallocation SET fund_id = {gift.allocations.model.objects.get().fund_id}",
    )

    assert found() == [("log", GIFT, f"{GIFT} 在复核前被改动，操作日志里却没有这次修改。")]


def test_gift_recorded_before_digests_were_kept(replica):
    registered_gift()
    replica("UPDATE audit_entry SET digest = ''")
    assert found() == []

    replica("UPDATE donations_donation SET amount = 7", "UPDATE donations_fundallocation SET amount = 7")

    assert found() == [("log", GIFT, f"{GIFT} 金额为 7.00 元，按操作日志应是 100.00 元。")]


def test_rates_and_cents_as_the_columns_round_them_are_no_difference(replica):
    registered_gift(
        amount=Decimal("71.23"), currency="USD", foreign_amount=Decimal("10"), booked_rate=Decimal("7.123000004")
    )

    assert found() == []


def test_gift_in_another_state_than_its_last_act(replica):
    gift = registered_gift()
    void_donation(gift, by=UserFactory(), reason="登记重复")

    replica("UPDATE donations_donation SET state = 'registered', voided_by_id = NULL, voided_at = NULL, void_reason=''")

    assert found() == [("log", GIFT, f"{GIFT} 现在的状态是“待复核”，按操作日志应是“已作废”。")]


def test_gift_put_there_or_given_another_maker_or_number(replica):
    registered_gift()
    silent = ("log", GIFT, f"{GIFT} 的登记在操作日志里查不到，或者登记人不符。")

    replica("UPDATE donations_donation SET recorded_by_id = recorded_by_id + 100")
    assert silent in found()

    replica("UPDATE donations_donation SET recorded_by_id = recorded_by_id - 100", "DELETE FROM audit_entry")
    assert found() == [silent]


def test_number_swapped_before_review(replica):
    registered_gift()
    registered_gift()

    replica(
        "UPDATE donations_donation SET donation_no = 'x' || donation_no",
        f"UPDATE donations_donation SET donation_no = '{SECOND}' WHERE donation_no = 'x{GIFT}'",
        f"UPDATE donations_donation SET donation_no = '{GIFT}' WHERE donation_no = 'x{SECOND}'",
    )

    named = "{0} 在操作日志里的编号是 {1}：编号被改动。"
    changed = "{0} 在复核前被改动，操作日志里却没有这次修改。"
    assert found() == [
        ("log", GIFT, named.format(GIFT, SECOND)),
        ("log", SECOND, named.format(SECOND, GIFT)),
        ("log", SECOND, changed.format(SECOND)),
        ("log", GIFT, changed.format(GIFT)),
    ]


def test_gift_put_back_as_before_its_money_arrived(replica):
    cheque = reviewed_gift(channel="cheque", arrival="pending")
    record_arrival(cheque, by=UserFactory(), received_on=date(2022, 9, 9))
    assert found() == []

    replica(
        "UPDATE donations_donation SET arrival = 'pending', arrival_by_id = NULL, received_on = NULL, booked_on = NULL,"
        f" seal = '{cheque.seal}'",
        "DELETE FROM donations_dailysummary",
    )

    assert found() == [("log", GIFT, f"{GIFT} 的到账情况（到账日期、退票或经手人）与操作日志不符。")]


@pytest.mark.parametrize("bounces", [True, False])
def test_other_person_named_for_what_arrived(replica, bounces):
    cheque = reviewed_gift(channel="cheque", arrival="pending")
    if bounces:
        record_bounce(cheque, by=UserFactory(), reason="退票")
    else:
        record_arrival(cheque, by=UserFactory(), received_on=date(2022, 9, 9))
    assert found() == []

    replica("UPDATE donations_donation SET arrival_by_id = arrival_by_id + 100")

    assert ("log", GIFT, f"{GIFT} 的到账情况（到账日期、退票或经手人）与操作日志不符。") in found()


def test_digest_in_the_log_is_the_keyed_one_of_what_was_recorded():
    gift = registered_gift()
    digest = Entry.objects.get(act="donation.registered").digest
    review_donation(gift, by=UserFactory())

    assert len(digest) == 64
    assert digest != Donation.objects.get().seal
