"""check_books finds nothing on clean books, and names what a superuser changed behind every guard."""

from datetime import date
from decimal import Decimal

import pytest

from donations.models import Donation
from donations.services.donors import NewDonor
from donations.services.registering import change_donation, void_donation
from donations.services.reversing import approve_reversal, refuse_reversal, request_reversal
from donations.services.reviewing import record_arrival, review_donations
from donations.services.sealing import allocation_parts, binding_facts
from hebi_charity.audit.books import differences
from hebi_charity.core import dates, seals
from hebi_charity.office.models import NumberSeries, Period
from hebi_charity.office.services.numbers import take_numbers
from hebi_charity.office.services.periods import confirm_period, submit_period
from tests.donations.factories import FundFactory, UserFactory, gift_entry, other_income, registered_gift, reviewed_gift
from tests.donations.factories import set_up_office as set_up
from tests.donations.pools import reviewed_pool

YEAR = dates.today().year
GIFT, POOL, OTHER = (f"演捐{YEAR}-{number:06d}" for number in (1, 2, 3))
GIFT_ID = f"SELECT id FROM donations_donation WHERE donation_no = '{GIFT}'"


@pytest.fixture
def set_up_office(committed_db):
    set_up()


@pytest.fixture
def replica(superuser):
    """Run SQL as a superuser whom no trigger and no foreign key stops."""

    def execute(*statements: str) -> None:
        superuser(f"SET session_replication_role = replica; {'; '.join(statements)}")

    return execute


def found() -> list[tuple[str, str, str]]:
    return [(difference.check, difference.record, difference.sentence) for difference in differences()]


@pytest.fixture
def books(set_up_office):
    """A reviewed gift, a reviewed pool of two orders, a gift that waits; every figure is written out below."""
    fund = FundFactory()
    gift = reviewed_gift(allocations=((fund, Decimal("100.00")),))
    reviewed_pool(fund=fund)
    registered_gift(donor=NewDonor(name="王五"))
    FundFactory()
    assert (gift.donation_no, found()) == (GIFT, [])
    return fund.pk


CHANGED = "{0} 在复核后被改动：封签不符。"
TAKEN = "笔数汇总为 1、按单据为 0；人次汇总为 1、按单据为 0；入账金额（元）汇总为 100.00、按单据为 0.00"
ADDED = "笔数汇总为 0、按单据为 1；人次汇总为 0、按单据为 1；入账金额（元）汇总为 0.00、按单据为 100.00"
SEAL = ("seals", GIFT, CHANGED.format(GIFT))
ORDERS = ("seals", POOL, f"{POOL} 的平台订单在复核后被改动。")


def summary(fund: int, what: str, *, day: str = "2022-09-05", channel: str = "cash") -> tuple[str, str, str]:
    record = f"booked {day} donation {channel} {fund} -"
    return ("summaries", record, f"{day} 的汇总与单据不符：{what}（{record}）。")


def test_gift_s_amount_changed(books, replica):
    replica(f"UPDATE donations_donation SET amount = amount + 1 WHERE donation_no = '{GIFT}'")

    assert found() == [
        SEAL,
        ("allocations", GIFT, f"{GIFT} 金额 101.00 元，各资金项目合计却是 100.00 元。"),
    ]


def test_gift_s_amount_changed_together_with_its_part_and_the_summary(books, replica):
    replica(
        f"UPDATE donations_donation SET amount = amount + 1 WHERE donation_no = '{GIFT}'",
        f"UPDATE donations_fundallocation SET amount = 101 WHERE donation_id = ({GIFT_ID})",
        "UPDATE donations_dailysummary SET amount = 101 WHERE channel = 'cash'",
    )

    assert found() == [SEAL]


def test_gift_s_fund_changed(books, replica):
    replica(
        "UPDATE donations_fundallocation SET fund_id = (SELECT max(id) FROM donations_fund)"
        f" WHERE donation_id = ({GIFT_ID})"
    )

    other = FundFactory._meta.model.objects.order_by("-pk").first().pk
    assert found() == [
        SEAL,
        summary(books, TAKEN),
        summary(other, ADDED),
    ]


def test_gift_s_donor_changed(books, replica):
    replica(
        f"UPDATE donations_donation SET donor_id = (SELECT max(id) FROM donations_donor) WHERE donation_no = '{GIFT}'"
    )

    assert found() == [SEAL]


def test_gift_s_day_changed(books, replica):
    replica(f"UPDATE donations_donation SET donated_on = donated_on - 1 WHERE donation_no = '{GIFT}'")

    assert found() == [SEAL]


def test_gift_s_day_of_booking_changed(books, replica):
    replica(f"UPDATE donations_donation SET booked_on = booked_on + 1 WHERE donation_no = '{GIFT}'")

    assert found() == [
        SEAL,
        summary(books, TAKEN),
        summary(
            books,
            ADDED,
            day="2022-09-06",
        ),
    ]


@pytest.mark.parametrize(
    "change",
    [
        "arrival_by_id = reviewed_by_id",
        "recorded_on = recorded_on - 1",
        "recorded_at = recorded_at + interval '1 second'",
        "reviewed_at = reviewed_at + interval '1 second'",
        "consent_id = (SELECT max(id) FROM office_datedsetting)",
        "receipt_disposition = 'waived'",
        "query_code = 'ZZZZZ9'",
        "note = '改'",
    ],
)
def test_gift_s_circumstances_changed(books, replica, change):
    replica(f"UPDATE donations_donation SET {change} WHERE donation_no = '{GIFT}'")

    assert SEAL in found()


def test_gift_sealed_in_the_first_form_keeps_its_seal(books, replica):
    gift = Donation.objects.get(donation_no=GIFT)
    first = seals.seal(binding_facts(gift, allocation_parts([gift.pk])[gift.pk], version=1))
    assert first != gift.seal

    replica(f"UPDATE donations_donation SET seal = '{first}' WHERE donation_no = '{GIFT}'")
    assert found() == []

    replica(f"UPDATE donations_donation SET voucher_no = '1' WHERE donation_no = '{GIFT}'")
    assert found() == [SEAL]


def test_gift_deleted(books, replica):
    replica(
        f"DELETE FROM donations_fundallocation WHERE donation_id = ({GIFT_ID})",
        f"DELETE FROM donations_donation WHERE donation_no = '{GIFT}'",
    )

    assert found() == [
        summary(books, TAKEN),
        ("reviews", GIFT, f"{GIFT} 已经复核，现在却没有这笔单据了。"),
        ("numbers", GIFT, f"编号 {GIFT} 已经编出，单据却没有了。"),
    ]


def pool_orders(found_orders: str) -> tuple[str, str, str]:
    return ("allocations", POOL, f"{POOL} 应有订单 2 笔、30.00 元，实有 {found_orders}。")


def test_order_inserted(books, replica):
    replica(
        "INSERT INTO donations_platformorder (donation_id, row_no, channel, order_no, order_tail, occurrence, amount,"
        " donated_on, nickname, name_key) SELECT donation_id, 3, channel, '999999', '999999', 1, 5, donated_on, '', ''"
        " FROM donations_platformorder WHERE row_no = 1"
    )

    assert found() == [ORDERS, pool_orders("3 笔、35.00 元")]


def test_order_changed(books, replica):
    replica("UPDATE donations_platformorder SET amount = 11 WHERE row_no = 1")

    assert found() == [ORDERS, pool_orders("2 笔、31.00 元")]


def test_order_s_name_changed(books, replica):
    replica("UPDATE donations_platformorder SET nickname = '别人' WHERE row_no = 1")

    assert found() == [ORDERS]


def test_order_deleted(books, replica):
    replica("DELETE FROM donations_platformorder WHERE row_no = 2")

    assert found() == [ORDERS, pool_orders("1 笔、10.00 元")]


def test_summary_changed_in_one_measure(books, replica):
    """The sentence shows the measure that differs, never two equal figures."""
    for measure, changed, kept, what in (
        ("amount", "101", "100", "入账金额（元）汇总为 101.00、按单据为 100.00"),
        ("gifts", "2", "1", "笔数汇总为 2、按单据为 1"),
        ("person_times", "9", "1", "人次汇总为 9、按单据为 1"),
        ("late_gifts", "1", "0", "以前期间收到的笔数汇总为 1、按单据为 0"),
        ("late_amount", "100", "0", "以前期间收到的金额（元）汇总为 100.00、按单据为 0.00"),
        ("reversed_gifts", "1", "0", "冲销笔数汇总为 1、按单据为 0"),
        ("reversed_person_times", "1", "0", "冲销人次汇总为 1、按单据为 0"),
        ("reversed_amount", "0.01", "0", "冲销金额（元）汇总为 0.01、按单据为 0.00"),
    ):
        replica(f"UPDATE donations_dailysummary SET {measure} = {changed} WHERE channel = 'cash'")
        assert found() == [summary(books, what)]
        replica(f"UPDATE donations_dailysummary SET {measure} = {kept} WHERE channel = 'cash'")
    assert found() == []


CLEARED = "reviewed_by_id = NULL, reviewed_at = NULL, booked_on = NULL, seal = ''"
VOIDED = "state = 'voided', voided_by_id = recorded_by_id, voided_at = now(), void_reason = '重复'"
WITHOUT_SUMMARY = "DELETE FROM donations_dailysummary WHERE channel = 'cash'"


@pytest.mark.parametrize(
    ("state", "word"),
    [(VOIDED, "已作废"), ("state = 'registered'", "待复核"), ("state = 'returned', returned_reason = '改'", "已退回")],
)
def test_reviewed_gift_put_into_another_state(books, replica, state, word):
    """With every trace on the gift wiped out, the summary made to fit and no month closed: the log remembers."""
    replica(f"UPDATE donations_donation SET {state}, {CLEARED} WHERE donation_no = '{GIFT}'", WITHOUT_SUMMARY)

    named = ("reviews", GIFT, f"{GIFT} 已经复核，现在的状态却是“{word}”：状态被改动。")
    silent = ("reviews", GIFT, f"{GIFT} 标为已作废，操作日志里却没有人作废它。")
    assert found() == ([named, silent] if state == VOIDED else [named])


@pytest.mark.parametrize(
    "trace",
    [
        "seal = 'x'",
        "reviewed_at = now()",
        "reviewed_by_id = (SELECT max(id) FROM accounts_user)",
        "booked_on = '2022-09-05'",
    ],
)
def test_reviewed_gift_put_into_another_state_with_its_entry_of_the_log_gone(books, replica, trace):
    replica(
        "ALTER TABLE donations_donation DROP CONSTRAINT donation_reviewed_has_reviewer",
        "ALTER TABLE donations_donation DROP CONSTRAINT donation_booked_when_reviewed_and_arrived",
        "DELETE FROM audit_entry WHERE act = 'donation.reviewed'",
        f"UPDATE donations_donation SET state = 'registered', {CLEARED} WHERE donation_no = '{GIFT}'",
        f"UPDATE donations_donation SET {trace} WHERE donation_no = '{GIFT}'",
        WITHOUT_SUMMARY,
    )

    assert ("reviews", GIFT, f"{GIFT} 已经复核，现在的状态却是“待复核”：状态被改动。") in found()


def test_gift_voided_or_reviewed_without_an_act(books, replica):
    replica(f"UPDATE donations_donation SET {VOIDED} WHERE donation_no = '{OTHER}'")
    assert found() == [("reviews", OTHER, f"{OTHER} 标为已作废，操作日志里却没有人作废它。")]

    replica(
        "UPDATE donations_donation SET state = 'reviewed', reviewed_by_id = (SELECT min(id) FROM accounts_user),"
        " reviewed_at = now(), seal = 'x', booked_on = received_on, voided_by_id = NULL, voided_at = NULL,"
        " void_reason = ''"
        f" WHERE donation_no = '{OTHER}'"
    )
    assert ("reviews", OTHER, f"{OTHER} 标为已复核，操作日志里却没有这次复核。") in found()


def test_gift_reviewed_with_others_put_into_another_state(set_up_office, replica):
    gifts = [registered_gift() for _ in range(3)]
    review_donations([gift.pk for gift in gifts], by=UserFactory())
    assert found() == []

    replica(
        f"UPDATE donations_donation SET state = 'registered', {CLEARED} WHERE donation_no = '{GIFT}'",
        "DELETE FROM donations_dailysummary WHERE fund_id = (SELECT min(id) FROM donations_fund)",
    )

    day = dates.day_of(Donation.objects.get(donation_no=OTHER).reviewed_at)
    sentence = (
        f"{day} 一次复核 {{0}} 笔共 {{1}} 元：操作日志里有 {{2}} 次，单据里有 {{3}} 次。其中有单据被改动、拿走或添入。"
    )
    assert found() == [
        ("reviews", f"{day} 2 200.00", sentence.format(2, "200.00", 0, 1)),
        ("reviews", f"{day} 3 300.00", sentence.format(3, "300.00", 1, 0)),
    ]


def test_lawful_acts_after_review_leave_nothing_to_name(set_up_office):
    cheques = [registered_gift(channel="cheque", arrival="pending") for _ in range(2)]
    review_donations([gift.pk for gift in cheques], by=UserFactory())
    record_arrival(cheques[0], by=UserFactory(), received_on=date(2022, 9, 9))
    approve_reversal(request_reversal(cheques[1], by=UserFactory(), reason="重复"), by=UserFactory())
    refuse_reversal(request_reversal(reviewed_gift(), by=UserFactory(), reason="重复"), by=UserFactory(), reason="不是")
    void_donation(registered_gift(), by=UserFactory(), reason="登记重复")
    request_reversal(reviewed_gift(), by=UserFactory(), reason="重复")
    other_income()

    assert found() == []


@pytest.mark.parametrize(
    "change",
    [
        "reason = '另一个理由'",
        "reversed_on = reversed_on + 1",
        "approved_by_id = recorded_by_id + 100",
        "recorded_by_id = approved_by_id + 100",
        "approved_at = approved_at + interval '1 day'",
        "donation_id = (SELECT min(id) FROM donations_donation)",
    ],
)
def test_reversal_changed_in_what_it_says(set_up_office, replica, change):
    reviewed_gift()
    reversal = approve_reversal(
        request_reversal(reviewed_gift(), by=UserFactory(), reason="重复登记"), by=UserFactory()
    )
    assert found() == []

    replica(f"UPDATE donations_reversal SET {change}")

    number = reversal.reversal_no
    assert ("reversals", number, f"冲销单 {number} 办理后被改动：封签不符。") in found()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE donations_donation SET reversal_id = NULL",
        "UPDATE donations_reversal SET state = 'requested', approved_by_id = NULL, reversed_on = NULL",
    ],
)
def test_reversal_undone(set_up_office, replica, change):
    approve_reversal(request_reversal(reviewed_gift(), by=UserFactory(), reason="重复登记"), by=UserFactory())
    assert found() == []

    replica(change)

    sentence = f"捐赠 {GIFT} 标为已冲销却没有已批准的冲销单，或者有已批准的冲销单却没有标为已冲销。"
    assert ("reversals", GIFT, sentence) in found()


def test_closed_month_changed_or_opened_again(set_up_office, replica):
    month = Period.objects.order_by("month").first()
    confirm_period(submit_period(month, by=UserFactory(), today=date(2022, 9, 5)), by=UserFactory())
    assert found() == []

    replica("UPDATE office_period SET totals = '{}' WHERE state = 'closed'")
    assert found() == [("periods", "2022-01", "已结账月份 2022-01 在结账后被改动：与封签不符。")]

    replica("UPDATE office_period SET state = 'open', submitted_by_id = NULL, confirmed_by_id = NULL, seal = ''")
    assert found() == [("periods", "2022-01", "账期 2022-01 已经结账，现在却是开放的：状态被改动。")]


@pytest.mark.parametrize("column", ["submitted_at", "confirmed_at"])
def test_closed_month_given_another_time(set_up_office, replica, column):
    month = Period.objects.order_by("month").first()
    confirm_period(submit_period(month, by=UserFactory(), today=date(2022, 9, 5)), by=UserFactory())

    replica(f"UPDATE office_period SET {column} = {column} - interval '1 day' WHERE state = 'closed'")

    assert found() == [("periods", "2022-01", "已结账月份 2022-01 在结账后被改动：与封签不符。")]


def test_month_sealed_in_the_first_form_keeps_its_seal(set_up_office, replica):
    month = Period.objects.order_by("month").first()
    month = confirm_period(submit_period(month, by=UserFactory(), today=date(2022, 9, 5)), by=UserFactory())
    first = seals.seal({"month": month.month, "totals": month.totals, "before": ""})

    replica(f"UPDATE office_period SET seal = '{first}' WHERE state = 'closed'")

    assert found() == []


def test_number_that_its_series_never_gave(books, replica):
    replica(f"UPDATE donations_donation SET donation_no = '演捐2025-000009' WHERE donation_no = '{OTHER}'")

    assert found() == [
        ("log", "演捐2025-000009", f"演捐2025-000009 在操作日志里的编号是 {OTHER}：编号被改动。"),
        ("log", "演捐2025-000009", "演捐2025-000009 在复核前被改动，操作日志里却没有这次修改。"),
        ("numbers", "演捐2025-000009", "编号 演捐2025-000009 不是由编号序列编出的，却写在单据上。"),
        ("numbers", OTHER, f"编号 {OTHER} 已经编出，单据却没有了。"),
    ]


def test_numbers_of_seven_digits(books, replica):
    """A year with more than 999,999 documents: the series goes on, and so does the check."""
    replica("UPDATE office_numberseries SET last = 999999 WHERE kind = 'donation'")
    assert take_numbers("donation", on=dates.today()) == [f"演捐{YEAR}-1000000"]
    assert len(found()) == 1_000_000 - 3

    replica(f"UPDATE donations_donation SET donation_no = '演捐{YEAR}-1000000' WHERE donation_no = '{OTHER}'")

    records = {record for check, record, _ in found() if check == "numbers"}
    assert OTHER in records
    assert f"演捐{YEAR}-1000000" not in records
    assert NumberSeries.objects.get(kind="donation").last == 1_000_000


def test_one_person_behind_maker_and_checker(set_up_office, replica):
    """An account that is found to be another person's second one: what both did together is named."""
    clerk, reviewer = UserFactory(), UserFactory()
    gift = reviewed_gift(by=clerk, reviewer=reviewer)
    cheque = reviewed_gift(channel="cheque", arrival="pending", by=clerk)
    record_arrival(cheque, by=reviewer, received_on=date(2022, 9, 9))
    changed = registered_gift()
    change_donation(changed, gift_entry(), by=clerk)
    review_donations([changed.pk], by=reviewer)
    reversal = approve_reversal(request_reversal(gift, by=clerk, reason="重复"), by=reviewer)
    month = Period.objects.order_by("month").first()
    confirm_period(submit_period(month, by=clerk, today=date(2022, 9, 5)), by=reviewer)
    assert found() == []

    replica(f"UPDATE accounts_user SET main_account_id = {clerk.pk} WHERE id = {reviewer.pk}")

    records = ["2022-01", reversal.reversal_no, GIFT, POOL, OTHER]
    sentence = "{0} 的经办和审批是同一个人（可能用了两个账号）：应由两人分别办理。"
    assert sorted(found()) == sorted(("people", record, sentence.format(record)) for record in records)
