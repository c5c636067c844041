"""No form of a vote opens that could only be refused: why, and the page from which it goes on."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from hebi_charity.core import dates
from partybranch.models import LifeEvent, Vote
from partybranch.services import events
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import an_event, member
from tests.partybranch.record.factories import filed_event
from tests.partybranch.votes.factories import a_meeting

pytestmark = pytest.mark.django_db
GENERAL_ALONE = "接收预备党员、预备党员转正和处分只能由支部党员大会表决。"
OPEN = "发出通知以后、会议归档或取消以前，才能登记和撤销表决。"
NOT_COME = "活动日期还没有到。请到当天再登记到会情况和表决；只有请假可以提前登记。"
FILED = "这次组织生活已归档，不能再改。如有更正，请写补充说明。"


@pytest.fixture(autouse=True)
def organizer(client):
    return log_in_as(client, "organisation_member")


def form(event: LifeEvent, kind: str) -> str:
    return reverse("partybranch:vote_create", args=[event.pk, kind])


def choice(event: LifeEvent) -> str:
    return reverse("partybranch:vote_choose", args=[event.pk])


def said(client, address: str, data: dict[str, str] | None = None) -> tuple[str, list[str]]:
    """Where the address leads, and what is said there."""
    response = client.get(address, follow=True) if data is None else client.post(address, data, follow=True)
    return response.redirect_chain[-1][0], [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("meeting", ["theme_day", "lecture", "study"])
@pytest.mark.parametrize("kind", ["admission", "probation", "discipline"])
def test_decisions_on_members_open_at_no_other_meeting_than_the_general_one(client, meeting, kind):
    event = a_meeting(entitled=2, present=2, kind=meeting)
    counts = dict.fromkeys(("present", "issued", "returned", "valid", "yes"), "2")
    facts = counts | {"form_key": str(uuid4()), "matter": "x", "way": "ballot", "decision": "confirm"}

    assert said(client, form(event, kind)) == (choice(event), [GENERAL_ALONE])
    assert said(client, form(event, kind), facts) == (choice(event), [GENERAL_ALONE])
    assert client.get(form(event, "ordinary")).status_code == 200
    assert Vote.objects.count() == 0


@pytest.mark.parametrize("kind", ["ordinary", "admission", "probation", "discipline", "election"])
def test_general_meeting_opens_them_all(client, kind):
    assert client.get(form(a_meeting(entitled=2, present=2), kind)).status_code == 200


def test_meeting_without_a_list_or_called_off_opens_none(client):
    member()
    draft, off = an_event(kind="general"), a_meeting(entitled=2, present=0)
    events.call_off(off, by=UserFactory(), reason="改期")

    for event in (draft, off):
        for address in (choice(event), form(event, "ordinary")):
            assert said(client, address) == (event.get_absolute_url(), [OPEN])


def test_filed_meeting_says_that_an_addendum_can_be_written_whatever_the_kind(client):
    event = filed_event()

    for address in (choice(event), form(event, "ordinary"), form(event, "admission")):
        assert said(client, address) == (event.get_absolute_url(), [FILED])


def test_before_the_day_no_vote_is_typed_though_the_rules_are_read(client):
    event = a_meeting(entitled=2, present=0, held_on=dates.today() + timedelta(days=1))

    assert client.get(choice(event)).status_code == 200
    assert said(client, form(event, "ordinary")) == (event.get_absolute_url(), [NOT_COME])
