"""The facts of a report are of one moment, also of an open month in which people go on booking."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from hebi_charity.core.registry import monthly_sections
from hebi_charity.reports.building import build
from tests.donations.factories import FundFactory, UserFactory, reviewed_gift, set_up_office

SEPTEMBER = date(2022, 9, 1)


def in_own_connection(act: Callable[[], object]) -> object:
    def run() -> object:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(60)


@pytest.fixture
def section():
    """A section that is built after the others; taken away again."""
    added = []

    def add(compute) -> None:
        monthly_sections.register("test.later", compute, order=999)
        monthly_sections.register("test.first", compute, order=-1)
        added.append(compute)

    yield add
    monthly_sections._items.pop("test.later", None)
    monthly_sections._items.pop("test.first", None)


@pytest.mark.race
def test_gift_booked_while_the_facts_are_gathered_is_in_none_of_them(committed_db, section):
    set_up_office()
    fund = FundFactory()
    clerk, reviewer = UserFactory(), UserFactory()

    def book() -> None:
        reviewed_gift(by=clerk, reviewer=reviewer, allocations=((fund, Decimal("100.00")),))

    book()
    section(lambda month: in_own_connection(book) or "a section of the test")

    facts = build("monthly", SEPTEMBER).facts

    (_first, gifts, _later) = facts.sections
    assert (gifts.gift_income.this_month, gifts.gifts.this_month) == (Decimal("100.00"), 1)
    assert gifts.not_reviewed.gifts == 0
    monthly_sections._items.pop("test.first")
    monthly_sections._items.pop("test.later")
    assert build("monthly", SEPTEMBER).facts.sections[0].gifts.this_month == 3


def test_report_is_not_built_in_the_midst_of_a_transaction(committed_db):
    set_up_office()

    with transaction.atomic(), pytest.raises(RuntimeError):
        build("monthly", SEPTEMBER)
