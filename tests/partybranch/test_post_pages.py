"""Posts in the bodies of a branch."""

from datetime import date

import pytest

from partybranch.services.belonging import transfer_out
from tests.partybranch.factories import (
    a_body,
    a_branch,
    member,
    term,
)
from tests.partybranch.sending import errors, post

pytestmark = pytest.mark.django_db


def test_post_is_recorded_in_the_committee(client, organizer):
    branch = a_branch()
    committee, person = a_body(branch, "committee", "支委会"), member()

    post(
        client, "person_term", person.pk, post="secretary", body=committee.pk, starts_on="2024-3-15", due_on="2027-3-15"
    )

    page = client.get(branch.get_absolute_url()).content.decode()
    assert "支部书记" in page
    assert person.name in page
    assert "2027-03-15" in page


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"post": "group_leader", "starts_on": "2024-1-1"}, "body"),
        ({"post": "secretary", "starts_on": "2005-1-1"}, "starts_on"),
        ({"post": "secretary", "starts_on": "2024-1-1", "due_on": "2023-1-1"}, "due_on"),
        ({"post": "publicity", "starts_on": "2024-1-1"}, "post"),
    ],
)
def test_post_that_cannot_be_is_refused_beside_the_field(client, organizer, data, place):
    person = member()
    term(member(name="李四"), "publicity")

    response = post(client, "person_term", person.pk, **data)

    assert list(errors(response)) == [place]


@pytest.mark.parametrize(
    ("groups", "code", "found"),
    [
        (1, "group_leader", "第1党小组"),
        (1, "secretary", "支委会"),
        (2, "secretary", "支委会"),
        (2, "group_leader", None),
        (0, "group_leader", None),
    ],
)
def test_body_of_a_post_is_found_where_only_one_fits(client, organizer, groups, code, found):
    branch, person = a_branch(), member()
    a_body(branch, "committee", "支委会")
    for number in range(groups):
        a_body(branch, name=f"第{number + 1}党小组")

    response = post(client, "person_term", person.pk, post=code, starts_on="2024-3-15")

    if found:
        assert person.terms.get().body.name == found
    else:
        assert errors(response) == {"body": ["请选择党小组。"]}


def test_post_of_somebody_in_no_branch_is_refused(client, organizer):
    person = member()
    transfer_out(person, by=organizer, day=date(2024, 1, 1), went_to="某社区党支部")

    response = post(client, "person_term", person.pk, post="secretary", starts_on="2024-6-1")

    assert errors(response) == {"__all__": ["此人目前不在任何党支部。请先登记转入。"]}
