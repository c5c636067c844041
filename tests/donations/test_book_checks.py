from datetime import date

import pytest

from donations.services.donors import NewDonor
from donations.services.reversing import approve_reversal, request_reversal
from hebi_charity.core.registry import book_checks as checks
from hebi_charity.office.models import Period
from hebi_charity.office.services.periods import confirm_period, submit_period
from tests.donations.factories import FundFactory, UserFactory, registered_gift, reviewed_gift, set_up_office


def found() -> list[tuple[str, str]]:
    return [(difference.check, difference.record) for check in checks for difference in check()]


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ("UPDATE donations_donation SET amount = amount + 1", "seals"),
        ("UPDATE donations_donation SET donated_on = donated_on - 1", "seals"),
        ("UPDATE donations_donation SET donor_id = (SELECT max(id) FROM donations_donor)", "seals"),
        ("UPDATE donations_fundallocation SET fund_id = (SELECT max(id) FROM donations_fund)", "seals"),
        ("DELETE FROM donations_fundallocation; DELETE FROM donations_donation", "numbers"),
        ("UPDATE donations_dailysummary SET amount = amount + 1", "summaries"),
        ("UPDATE donations_dailysummary SET person_times = 9", "summaries"),
    ],
)
def test_check_books_names_what_a_superuser_changed(committed_db, superuser, change, check):
    set_up_office()
    reviewed_gift()
    registered_gift(donor=NewDonor(name="王五"))
    FundFactory()
    assert found() == []

    superuser(f"SET session_replication_role = replica; {change}")

    assert check in {name for name, _ in found()}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE donations_donation SET reversal_id = NULL",
        "UPDATE donations_reversal SET state = 'requested', approved_by_id = NULL, reversed_on = NULL",
    ],
)
def test_check_books_names_a_reversal_that_a_superuser_undid(committed_db, superuser, change):
    set_up_office()
    approve_reversal(request_reversal(reviewed_gift(), by=UserFactory(), reason="重复登记"), by=UserFactory())
    assert found() == []

    superuser(f"SET session_replication_role = replica; {change}")

    assert "reversals" in {name for name, _ in found()}


def test_check_books_names_a_closed_month_whose_promise_a_superuser_changed(committed_db, superuser):
    set_up_office()
    month = Period.objects.order_by("month").first()
    confirm_period(submit_period(month, by=UserFactory(), today=date(2022, 9, 5)), by=UserFactory())
    assert found() == []

    superuser("SET session_replication_role = replica; UPDATE office_period SET totals = '{}' WHERE state = 'closed'")

    assert found() == [("periods", "2022-01")]
