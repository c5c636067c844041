import pytest

from donations.services.donors import NewDonor
from hebi_charity.core.registry import book_checks as checks
from tests.donations.factories import FundFactory, registered_gift, reviewed_gift, set_up_office


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
