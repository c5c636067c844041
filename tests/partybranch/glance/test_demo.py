"""The demonstration's year shows what it lacked, the notice for retired branches, and one who stays away."""

from datetime import date

import pytest

from hebi_charity.audit.models import Entry
from partybranch.demo import branch as branch_demo
from partybranch.demo import glance as demo
from partybranch.lists.warnings import warnings_of
from partybranch.lists.year import year_of
from partybranch.models import Branch, LifeEvent
from tests.donations.factories import UserFactory
from tests.donations.staff import person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def shown(db):
    people = {"secretary": UserFactory(), "organizer": UserFactory()}
    branch_demo.show(people, TODAY)
    demo.show(people, TODAY)
    return people


def test_glance_shows_what_the_year_lacked(shown):
    glance = year_of(Branch.objects.get(), 2026, today=TODAY)

    assert [(line.subject.title, cell.period) for line, cell in glance.gaps] == [
        ("党小组会（第二党小组）", "第1季度"),
        ("支委会会议", "4月"),
        ("党小组会（第二党小组）", "第2季度"),
        ("主题党日", "7月"),
        ("党小组会（第一党小组）", "第3季度"),
        ("党小组会（第二党小组）", "第3季度"),
    ]


def test_one_has_stayed_away_for_months(shown):
    assert [(line.person.name, line.months) for line in warnings_of(TODAY, by=person("branch_secretary"))] == [
        ("蒋素云", 4)
    ]


def test_it_is_loaded_once(shown):
    count, acts = LifeEvent.objects.count(), Entry.objects.count()
    demo.show(shown, TODAY)

    assert (LifeEvent.objects.count(), Entry.objects.count()) == (count, acts)
