"""What waits in the branch: meetings that are over and not filed, carried votes whose stage is not recorded."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hebi_charity.accounts.role_data import ROLES
from hebi_charity.core import dates
from partybranch.lists.life import TO_STAGE
from partybranch.models import LifeEvent
from partybranch.work import unfinished_meetings
from tests.donations.staff import log_in_as, person
from tests.partybranch.factories import a_branch, held_event, member, noticed_event, stage
from tests.partybranch.record.factories import filed_event, ready_event
from tests.partybranch.votes.factories import a_meeting, a_vote

pytestmark = pytest.mark.django_db
LIST = "partybranch:life_list"


@pytest.fixture
def meetings(db) -> None:
    """Two bare notices, one meeting without outcome, one that can be filed; one to come and one filed wait not."""
    a_branch(), member()
    ready_event(topic="齐了")
    filed_event(topic="归档了", held_on=date(2022, 5, 1))
    held_event(topic="缺决议", held_on=date(2024, 2, 1))
    noticed_event(topic="没人登记", held_on=date(2024, 1, 5))
    noticed_event(topic="又没人登记", held_on=date(2024, 1, 4))
    noticed_event(topic="还没开", held_on=dates.today() + timedelta(days=3))


def told(user) -> dict[str, int]:
    return {item.label: item.count for item in unfinished_meetings(user)}


@pytest.mark.parametrize("role", ["branch_secretary", "organisation_member"])
def test_start_page_counts_what_waits_and_leads_to_just_these(client, meetings, role):
    user = log_in_as(client, role)

    assert told(user) == {
        "组织生活待补记录": 2,
        "组织生活资料未齐": 1,
        "组织生活待归档": 1,
        "表决已通过、阶段未登记": 0,
    }
    page = client.get(reverse("office:start")).content.decode()
    for item in unfinished_meetings(user):
        assert (item.label in page) == bool(item.count)
        if item.count:
            assert f'href="{item.url}"' in page
            assert len(client.get(item.url).context["object_list"]) == item.count


def test_carried_vote_waits_until_its_stage_is_recorded(client):
    user = log_in_as(client, "branch_secretary")
    event = a_meeting(entitled=6, present=6, topic="接收大会")
    a_vote(event)  # no stage follows from it
    lost = a_vote(event, kind="admission", matter="接收", yes=1, no=5)
    admitted = a_vote(event, kind="admission", matter="接收")
    confirmed = a_vote(event, kind="probation", matter="转正")

    def shown() -> list[LifeEvent]:
        return list(client.get(reverse(LIST), {"state": TO_STAGE}).context["object_list"])

    assert lost.result == "lost"
    assert (told(user)["表决已通过、阶段未登记"], shown()) == (2, [event])
    stage(confirmed.person, "full", event.held_on)
    assert (told(user)["表决已通过、阶段未登记"], shown()) == (1, [event])
    stage(admitted.person, "probationary", event.held_on)
    assert (told(user)["表决已通过、阶段未登记"], shown()) == (0, [])


def test_nobody_else_is_told(client, meetings):
    silent = [role.code for role in ROLES if role.code not in {"branch_secretary", "organisation_member"}]
    assert len(silent) > 5
    for role in silent:
        assert unfinished_meetings(person(role)) == []


def test_two_queries_whatever_waits(meetings, django_assert_num_queries):
    user = person("branch_secretary")
    user.has_perm("partybranch.record_membership")
    with django_assert_num_queries(2):
        unfinished_meetings(user)
