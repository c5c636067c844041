"""Party standing in full years: leap days, years without probation, days that papers set, fifty years on 1 July."""

from datetime import date

import pytest

from partybranch.lists.roll import medal_lines
from partybranch.services.broken_rules import AlreadyWithdrawn
from partybranch.standing import full_years, reaches_fifty, reaches_fifty_first
from tests.donations.staff import person
from tests.partybranch.factories import a_branch, member, stage, standing, withdraw


@pytest.mark.parametrize(
    ("since", "on", "years"),
    [
        (date(1991, 7, 1), date(2021, 6, 30), 29),
        (date(1991, 7, 1), date(2021, 7, 1), 30),
        (date(1972, 2, 29), date(2021, 2, 27), 48),
        (date(1972, 2, 29), date(2021, 2, 28), 49),
        (date(1972, 2, 29), date(2024, 2, 28), 51),
        (date(1972, 2, 29), date(2024, 2, 29), 52),
        (date(2020, 7, 1), date(2020, 12, 31), 0),
        (date(2020, 7, 1), date(2019, 7, 1), 0),
    ],
)
def test_years_are_full_on_the_anniversary_and_of_a_leap_day_on_the_28th(since, on, years):
    assert full_years(since, on) == years


@pytest.mark.parametrize(
    ("since", "year", "reached", "first"),
    [
        (date(1976, 7, 1), 2026, True, True),
        (date(1976, 7, 2), 2026, False, False),
        (date(1975, 7, 2), 2026, True, True),
        (date(1975, 7, 1), 2026, True, False),
        (date(1976, 2, 29), 2026, True, True),
    ],
)
def test_fifty_years_are_reached_on_the_first_of_july(since, year, reached, first):
    assert (reaches_fifty(since, year), reaches_fifty_first(since, year)) == (reached, first)


def names(year, by):
    return [(one.line.person.name, one.is_first) for one in medal_lines(year, by=by)]


@pytest.mark.django_db
def test_candidates_are_full_members_of_that_day_with_fifty_years():
    secretary = person("branch_secretary")
    a_branch()
    member(name="甲", stage_on=date(1976, 6, 30), admitted_on=None)
    member(name="乙", stage_on=date(1974, 5, 1), admitted_on=None)
    member(name="丙", stage_on=date(1976, 7, 2), admitted_on=None)
    gone = member(name="丁", stage_on=date(1976, 6, 30), admitted_on=None)
    stage(gone, "deceased", date(2026, 6, 30), basis="因病去世")
    later = member(name="戊", stage_on=date(1976, 6, 30), admitted_on=None)
    stage(later, "deceased", date(2026, 7, 2), basis="因病去世")

    assert names(2026, secretary) == [("甲", True), ("戊", True), ("乙", False)]
    assert names(2024, secretary) == [("乙", True)]
    assert names(2026, person("auditor")) == []


@pytest.mark.django_db
def test_day_that_a_paper_sets_counts_instead_of_the_confirmation():
    secretary = person("branch_secretary")
    a_branch()
    row = standing(member(name="甲", stage_on=date(1991, 7, 1)), date(1975, 3, 8))

    assert names(2025, secretary) == [("甲", True)]
    withdraw(row)
    assert names(2025, secretary) == []
    with pytest.raises(AlreadyWithdrawn):
        withdraw(row)


@pytest.mark.django_db
def test_candidates_take_one_query(django_assert_num_queries):
    secretary = person("branch_secretary")
    a_branch()
    for name in "甲乙丙":
        member(name=name, stage_on=date(1976, 6, 30), admitted_on=None)
    secretary.get_all_permissions()

    with django_assert_num_queries(1):
        assert len(medal_lines(2026, by=secretary)) == 3
