"""check_books names a rule or a setting that figures rest on and that nobody recorded as it stands."""

from datetime import date
from uuid import uuid4

import pytest

from donations.models import IncomeKindRule
from donations.services.funds import record_rule
from hebi_charity.audit.books import differences
from hebi_charity.core.shipped import first_settings
from hebi_charity.office.services.dated_settings import record_setting
from tests.donations.factories import UserFactory, set_up_office

DAY = date(2022, 9, 1)
CHANGED_RULE = "收款类别规则 {} 与登记不符：被改动，或是添入的。"
GONE_RULE = "收款类别规则 {} 曾经登记，现在却没有与登记相符的这一条。"
CHANGED_SETTING = "分期设置 {} 与登记不符：被改动，或是添入的。"
GONE_SETTING = "分期设置 {} 曾经登记，现在却没有与登记相符的这一条。"


def found() -> list[tuple[str, str, str]]:
    return [(difference.check, difference.record, difference.sentence) for difference in differences()]


def said(sentence: str, record: str) -> tuple[str, str, str]:
    return ("rules", record, sentence.format(record))


@pytest.fixture(autouse=True)
def rulings(committed_db):
    """A rule and a setting that people recorded, beside those that are shipped."""
    set_up_office()
    rule = IncomeKindRule(
        kind_id="interest",
        valid_from=DAY,
        is_donation_income=False,
        counts_person_times=False,
        may_be_receipted=True,
        may_be_published=False,
        legal_basis="决定",
    )
    record_rule(rule, by=UserFactory(), form_key=uuid4())
    record_setting("donations.large_amount", valid_from=DAY, value="500.00", legal_basis="规定", by=UserFactory())
    record_setting("tests.list", valid_from=DAY, value=[1, None, "x"], legal_basis="规定", by=UserFactory())
    assert found() == []


@pytest.fixture
def replica(superuser):
    def execute(*statements: str) -> None:
        superuser(f"SET session_replication_role = replica; {'; '.join(statements)}")

    return execute


@pytest.mark.parametrize(
    "change",
    [
        "is_donation_income = true",
        "counts_person_times = true",
        "may_be_receipted = false",
        "may_be_published = true",
        "legal_basis = '另一个决定'",
        "recorded_by_id = recorded_by_id + 100",
    ],
)
def test_recorded_rule_changed(replica, change):
    replica(f"UPDATE donations_incomekindrule SET {change} WHERE recorded_by_id IS NOT NULL")

    assert found() == [said(CHANGED_RULE, "interest 2022-09-01")]


@pytest.mark.parametrize(
    ("change", "record"),
    [("valid_from = '2022-10-01'", "interest 2022-10-01"), ("kind_id = 'other'", "other 2022-09-01")],
)
def test_recorded_rule_made_one_of_another_day_or_kind(replica, change, record):
    replica(f"UPDATE donations_incomekindrule SET {change} WHERE recorded_by_id IS NOT NULL")

    assert found() == [said(CHANGED_RULE, record)]


def test_recorded_rule_deleted(replica):
    replica("DELETE FROM donations_incomekindrule WHERE recorded_by_id IS NOT NULL")

    assert found() == [said(GONE_RULE, "interest 2022-09-01")]


def test_shipped_rule_changed(replica):
    replica("UPDATE donations_incomekindrule SET is_donation_income = true WHERE kind_id = 'government'")

    assert found() == [said(CHANGED_RULE, "government 2004-01-01"), said(GONE_RULE, "government 2004-01-01")]


def test_rule_put_there_as_if_it_were_shipped(replica):
    replica(
        "INSERT INTO donations_incomekindrule (kind_id, valid_from, is_donation_income, counts_person_times,"
        " may_be_receipted, may_be_published, legal_basis, recorded_at) SELECT kind_id, valid_from, is_donation_income,"
        " counts_person_times, may_be_receipted, may_be_published, legal_basis, now() FROM donations_incomekindrule"
        " WHERE kind_id = 'donation'"
    )

    assert found() == [said(CHANGED_RULE, "donation 2004-01-01")]


@pytest.mark.parametrize(
    "change", ["value = '\"9.00\"'", "legal_basis = '另一个规定'", "recorded_by_id = recorded_by_id + 100"]
)
def test_recorded_setting_changed(replica, change):
    replica(f"UPDATE office_datedsetting SET {change} WHERE valid_from = '{DAY}' AND key LIKE 'donations.%'")

    assert found() == [said(CHANGED_SETTING, "donations.large_amount 2022-09-01")]


def test_recorded_setting_of_another_shape_changed(replica):
    replica("UPDATE office_datedsetting SET value = '[1, 2]' WHERE key = 'tests.list'")

    assert found() == [said(CHANGED_SETTING, "tests.list 2022-09-01")]


def test_recorded_setting_deleted(replica):
    replica("DELETE FROM office_datedsetting WHERE key = 'tests.list'")

    assert found() == [said(GONE_SETTING, "tests.list")]


def test_shipped_setting_changed_or_deleted(replica):
    replica("UPDATE office_datedsetting SET value = '[99]' WHERE key = 'donations.arrival_days'")
    record = "donations.arrival_days 2004-01-01"
    assert found() == [said(CHANGED_SETTING, record), said(GONE_SETTING, record)]

    replica("DELETE FROM office_datedsetting WHERE key = 'donations.arrival_days'")
    assert found() == [said(GONE_SETTING, record)]


def test_setting_of_another_app_is_held_too(replica):
    setting = first_settings.get("partybranch.warning_months")
    record = f"partybranch.warning_months {setting.valid_from}"

    replica("UPDATE office_datedsetting SET value = '[1, 2]' WHERE key = 'partybranch.warning_months'")

    assert found() == [said(CHANGED_SETTING, record), said(GONE_SETTING, record)]
