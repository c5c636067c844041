"""到会率 of one person: came out of those expected; who is not required to come is counted only when there."""

from datetime import date

import pytest
from django.urls import reverse

from hebi_charity.core import dates
from partybranch.lists.rates import Rate, rate_of_branch, rate_of_person
from partybranch.models import LifeEvent, Person
from partybranch.services.events import call_off
from partybranch.services.people import change_person
from tests.donations.factories import UserFactory
from tests.donations.staff import BACKEND, log_in_as
from tests.partybranch.factories import a_branch, attend, circumstance, member, noticed_event

pytestmark = pytest.mark.django_db
FIRST, LAST, TODAY = date(2024, 1, 1), date(2024, 12, 31), date(2024, 8, 20)


def to_which_came(person: Person, day: date) -> LifeEvent:
    event = noticed_event(held_on=day)
    attend(event, person)
    return event


def test_person_s_rate_leaves_out_what_nobody_recorded_and_what_was_called_off():
    a_branch()
    someone, other = member(), member(name="周同行")
    marks = [("present", ""), ("online", ""), ("leave", "住院"), ("absent", "")]
    for month, (status, reason) in enumerate(marks, start=1):
        attend(to_which_came(other, date(2024, month, 10)), someone, status, reason)
    to_which_came(other, date(2024, 5, 10)), noticed_event(held_on=date(2024, 9, 10))
    attend(to_which_came(other, date(2023, 12, 31)), someone, "absent")
    called_off = noticed_event(held_on=date(2024, 6, 10))
    attend(called_off, someone, "leave", "住院")
    call_off(called_off, by=UserFactory(), reason="大雨")

    rate = rate_of_person(someone, FIRST, LAST, today=TODAY)

    assert rate == Rate(came=2, leave=1, absent=1, unrecorded=1, exempt=0)
    assert (rate.expected, rate.percent) == (4, "50.0")


def test_bedridden_are_counted_only_when_they_came():
    branch = a_branch()
    frail, other = member(name="卧床"), member()
    circumstance(frail, "exempt", reason="卧床")
    for month in (1, 2):
        event = noticed_event(held_on=date(2024, month, 10))
        attend(event, other, "present" if month == 1 else "absent")
    attend(event, frail, "present")

    assert rate_of_person(frail, FIRST, LAST, today=TODAY) == Rate(1, 0, 0, 0, exempt=1)
    assert rate_of_person(frail, FIRST, LAST, today=TODAY).percent == "100.0"
    assert rate_of_person(frail, FIRST, date(2024, 1, 31), today=TODAY).percent == ""
    assert rate_of_branch(branch, FIRST, LAST, today=TODAY) == Rate(2, 0, 1, 0, exempt=1)


def test_rate_stands_on_the_page_of_the_person_and_on_the_own_record(client):
    a_branch()
    someone, user = member(), UserFactory()
    change_person(someone, by=UserFactory(), reason="关联", account=user)
    today = dates.today()
    event = noticed_event(held_on=date(today.year, 1, 1)) if today > date(today.year, 1, 1) else noticed_event()
    attend(event, someone)

    log_in_as(client, "organisation_member")
    assert "应到 1 次，实到 1 次，到会率 100.0%" in client.get(someone.get_absolute_url()).content.decode()
    client.force_login(user, backend=BACKEND)
    assert "应到 1 次，实到 1 次，到会率 100.0%" in client.get(reverse("partybranch:own")).content.decode()


def test_each_rate_takes_one_query(django_assert_num_queries):
    branch = a_branch()
    someone = member()
    attend(noticed_event(), someone)

    with django_assert_num_queries(1):
        rate_of_person(someone, FIRST, LAST, today=TODAY)
    with django_assert_num_queries(1):
        rate_of_branch(branch, FIRST, LAST, today=TODAY)
