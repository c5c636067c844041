"""The branch with its committee and groups."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from partybranch.models import Branch
from tests.partybranch.factories import (
    a_body,
    a_branch,
    member,
    term,
)
from tests.partybranch.sending import errors, post

pytestmark = pytest.mark.django_db


def test_branch_is_recorded_changed_and_given_a_group_that_ends(client, organizer):
    data = {"form_key": str(uuid4()), "name": "离退休干部党支部", "founded_on": "2012-3-1"}
    client.post(reverse("partybranch:branch_create"), data)
    branch = Branch.objects.get()

    post(client, "branch_update", branch.pk, name="离退休第一党支部", founded_on="2012-3-1")
    post(client, "body_create", branch.pk, kind="group", name="第一党小组", founded_on="2012-3-1")
    post(client, "body_dissolve", branch.bodies.get().pk, day="2020-1-1")

    branch.refresh_from_db()
    assert (branch.name, branch.bodies.get().dissolved_on) == ("离退休第一党支部", date(2020, 1, 1))
    assert "离退休第一党支部" in client.get(reverse("partybranch:branch_list")).content.decode()


def test_group_with_a_leader_is_not_dissolved(client, organizer):
    body = a_body(a_branch())
    term(member(), "group_leader", body=body)

    page = client.post(reverse("partybranch:body_dissolve", args=[body.pk]), {"day": "2024-1-1"}, follow=True)

    assert "其中还有人任职。请先登记这些任职的结束日期。" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("branch_update", {"name": "x", "founded_on": "2012-1-1", "dissolved_on": "2011-1-1"}, "dissolved_on"),
        ("branch_update", {"name": "已有党支部", "founded_on": "2012-1-1"}, "name"),
        ("body_create", {"kind": "group", "name": "第一党小组", "founded_on": "2012-1-1"}, "name"),
        ("body_create", {"kind": "committee", "name": "新支委会", "founded_on": "2012-1-1"}, "kind"),
    ],
)
def test_branch_or_body_that_cannot_be_is_refused_beside_the_field(client, organizer, name, data, place):
    a_branch("已有党支部")
    branch = a_branch()
    a_body(branch), a_body(branch, "committee", "支委会")

    response = post(client, name, branch.pk, **data)

    assert list(errors(response)) == [place]


def test_branch_without_a_committee_shows_its_secretary(client, organizer):
    branch = a_branch()
    term(member(), "secretary")

    assert "支部任职（未设支委会）" in client.get(branch.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_branch_page_query_count_does_not_grow(client, secretary, count, django_assert_num_queries):
    branch = a_branch()
    for number in range(count):
        term(member(name=f"甲{number}"), "group_member", body=a_body(branch, name=f"第{number}党小组"))
    client.get(branch.get_absolute_url())

    with django_assert_num_queries(9):
        client.get(branch.get_absolute_url())
