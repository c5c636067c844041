"""Meetings held together are recorded apart: the second takes over what is the same and has its own list."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.urls import reverse

from partybranch.lists.life import list_of
from partybranch.models import LifeEvent
from partybranch.services.together import NothingToJoin, hold_together
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_body, a_branch, an_event, applicant, attend, member, noticed_event, term
from tests.partybranch.record.factories import filed_event, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def first(db):
    branch = a_branch()
    people = [member(name=name) for name in ("甲", "乙")]
    applicant(name="丁", branch=branch)
    event = noticed_event(topic="三月支部党员大会", kind="general")
    attend(event, people[0])
    attend(event, people[1], "leave", "住院")
    write(event)
    return LifeEvent.objects.get(pk=event.pk)


def typed(**changes):
    return {"form_key": str(uuid4()), "kind": "lecture", "topic": "党课：纪律条例"} | changes


def test_second_takes_over_day_time_place_and_who_came(client, organizer, first):
    response = client.post(reverse("partybranch:life_together", args=[first.pk]), typed(with_others="on"))

    second = LifeEvent.objects.get(topic="党课：纪律条例")
    assert response.url == second.get_absolute_url()
    assert (second.state, second.held_with, second.held_on) == ("noticed", first, date(2024, 3, 20))
    assert (second.begins_at, second.place, second.chair) == (time(9, 0), "三楼会议室", first.chair)
    assert {row.person.name: (row.status, row.leave_reason) for row in list_of(second)} == {
        "甲": ("present", ""),
        "乙": ("leave", "住院"),
        "丁": ("expected", ""),
    }
    page = client.get(first.get_absolute_url()).content.decode()
    assert "党课：纪律条例" in page
    assert "三月支部党员大会" in client.get(second.get_absolute_url()).content.decode()


def test_third_joins_the_first_and_only_people_of_its_own_list(client, organizer, first):
    committee = a_body(first.branch, "committee", "支委会")
    term(first.attendance.get(person__name="甲").person, body=committee)
    client.post(reverse("partybranch:life_together", args=[first.pk]), typed())
    second = LifeEvent.objects.get(topic="党课：纪律条例")

    client.post(reverse("partybranch:life_together", args=[second.pk]), typed(kind="committee", topic="支委会"))

    third = LifeEvent.objects.get(topic="支委会")
    assert (third.held_with, third.body) == (first, committee)
    assert [(row.person.name, row.status) for row in list_of(third)] == [("甲", "present")]


def test_what_is_filed_is_joined_too_and_a_draft_is_not(client, organizer, first):
    filed = filed_event(topic="归档的会")
    client.post(reverse("partybranch:life_together", args=[filed.pk]), typed())
    assert LifeEvent.objects.get(topic="党课：纪律条例").held_with == filed

    draft = an_event()
    second = LifeEvent(kind="lecture", topic="x")
    with pytest.raises(NothingToJoin):
        hold_together(second, draft, by=UserFactory(), form_key=uuid4())
    response = client.post(reverse("partybranch:life_together", args=[draft.pk]), typed(topic="y"))
    assert "请先发出第一个会议的通知" in response.content.decode()


def test_committee_that_does_not_exist_is_said_beside_it(client, organizer, first):
    response = client.post(reverse("partybranch:life_together", args=[first.pk]), typed(kind="committee"))

    assert list(response.context["form"].errors) == ["body"]
    assert response.context["form"]["topic"].value() == "党课：纪律条例"
