"""A rule of a kind and the close of the month it begins in: one waits for the other."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, transaction

from donations.models import IncomeKindRule
from donations.services.broken_rules import RuleInClosedMonth
from donations.services.funds import record_rule
from hebi_charity.office.models import Period
from hebi_charity.office.services.periods import submit_period
from tests.donations.factories import UserFactory, set_up_office

pytestmark = pytest.mark.race
JANUARY = date(2022, 1, 1)
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def rule_from(day: date) -> IncomeKindRule:
    return IncomeKindRule(
        kind_id="interest",
        valid_from=day,
        is_donation_income=False,
        counts_person_times=False,
        may_be_receipted=False,
        may_be_published=False,
        legal_basis="会长办公会2022年第9次",
    )


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


def in_own_connection(act):
    try:
        return act()
    finally:
        connection.close()


def wait_until_blocked(other) -> None:
    for _ in range(2_000):
        if somebody_waits():
            return
        assert not other.done(), "the other did not wait"
        time.sleep(0.005)
    raise AssertionError("nobody waits")


@pytest.fixture
def month(committed_db):
    set_up_office(JANUARY)
    return Period.objects.get(month=JANUARY)


def test_month_closes_after_the_rule_that_is_being_recorded(month):
    accountant, recorded, committed = UserFactory(), Event(), Event()

    def record() -> None:
        with transaction.atomic():
            record_rule(rule_from(JANUARY), by=accountant, form_key=uuid4())
            recorded.set()
            assert committed.wait(60)

    with ThreadPoolExecutor(2) as pool:
        recording = pool.submit(in_own_connection, record)
        assert recorded.wait(60)
        closing = pool.submit(
            in_own_connection, lambda: submit_period(month, by=accountant, today=date(2022, 2, 1)).state
        )
        try:
            wait_until_blocked(closing)
        finally:
            committed.set()
        recording.result(60)
        assert closing.result(60) == Period.State.CLOSING


def test_rule_is_refused_when_its_month_closed_while_it_waited(month):
    accountant, submitted, committed = UserFactory(), Event(), Event()

    def close() -> None:
        with transaction.atomic():
            submit_period(month, by=accountant, today=date(2022, 2, 1))
            submitted.set()
            assert committed.wait(60)

    with ThreadPoolExecutor(2) as pool:
        closing = pool.submit(in_own_connection, close)
        assert submitted.wait(60)
        recording = pool.submit(
            in_own_connection, lambda: record_rule(rule_from(JANUARY), by=accountant, form_key=uuid4())
        )
        try:
            wait_until_blocked(recording)
        finally:
            committed.set()
        closing.result(60)
        with pytest.raises(RuleInClosedMonth):
            recording.result(60)

    assert IncomeKindRule.objects.filter(kind="interest").count() == 1
