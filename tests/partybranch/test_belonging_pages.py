"""Coming to a branch and leaving it, and what holds of somebody for a time: ended, withdrawn, refused at the field."""

from datetime import date

import pytest
from django.urls import reverse

from tests.partybranch.factories import (
    a_branch,
    circumstance,
    member,
    withdraw,
)
from tests.partybranch.sending import errors, post

pytestmark = pytest.mark.django_db


def test_member_is_transferred_out_and_into_another_branch(client, organizer):
    person, other = member(), a_branch()

    post(client, "person_transfer_out", person.pk, day="2024-1-1", went_to="某社区党支部")
    assert "不在今天的名册中" in client.get(person.get_absolute_url()).content.decode()
    facts = {"starts_on": "2025-1-1", "arrival": "transfer", "came_from": "某社区党支部", "letter_no": "鹤字12号"}
    post(client, "person_transfer_in", person.pk, branch=other.pk, **facts)

    stay = person.memberships.open().get()
    assert (stay.branch, stay.came_from, stay.letter_no) == (other, "某社区党支部", "鹤字12号")


@pytest.mark.parametrize(
    ("data", "place", "sentence"),
    [
        ({"day": "2009-12-31", "went_to": "某支部"}, "day", "结束日期必须晚于开始日期"),
        ({"day": "2024-1-1", "went_to": " "}, "went_to", "请填写转到哪个党支部。"),
        ({"day": "", "went_to": "某支部"}, "day", "请填写日期"),
    ],
)
def test_transfer_out_that_cannot_be_is_refused_beside_the_field(client, organizer, data, place, sentence):
    person = member()

    response = post(client, "person_transfer_out", person.pk, **data)

    assert list(errors(response)) == [place]
    assert sentence in errors(response)[place][0]
    assert response.context["form"]["day"].value() == data["day"]


def test_nobody_is_taken_into_two_branches_at_once(client, organizer):
    person, other = member(), a_branch()

    response = post(
        client,
        "person_transfer_in",
        person.pk,
        branch=other.pk,
        starts_on="2024-1-1",
        arrival="transfer",
        came_from="某支部",
    )

    assert errors(response) == {
        "starts_on": ["这段时间此人已在一个党支部的名册中，不能同时在两个支部。请先办理转出，或核对日期。"]
    }
    assert response.context["form"]["came_from"].value() == "某支部"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"kind": "mobile", "starts_on": "2024-1-1"}, "reason"),
        ({"kind": "exempt", "starts_on": "2021-1-1", "reason": "患病"}, "starts_on"),
    ],
)
def test_circumstance_that_cannot_be_is_refused_beside_the_field(client, organizer, data, place):
    person = member()
    circumstance(person, "exempt", date(2020, 1, 1), "患病")

    response = post(client, "person_circumstance", person.pk, **data)

    assert list(errors(response)) == [place]


def test_circumstance_is_recorded_ended_and_withdrawn(client, secretary):
    person = member()
    post(client, "person_circumstance", person.pk, kind="exempt", starts_on="2024-1-1", reason="行动不便")
    row = person.circumstances.get()

    client.post(reverse("partybranch:row_end", args=["circumstances", row.pk]), {"day": "2025-1-1"})
    row.refresh_from_db()
    assert (row.ends_on, row.ended_by) == (date(2025, 1, 1), secretary)

    page = client.post(
        reverse("partybranch:row_withdraw", args=["circumstances", row.pk]), {"reason": "登记错了人"}, follow=True
    ).content.decode()
    assert f"{secretary.full_name}已撤销：登记错了人" in page


@pytest.mark.parametrize(("day", "sentence"), [("2019-1-1", "结束日期必须晚于开始日期"), ("", "请填写日期")])
def test_end_that_cannot_be_is_said_on_the_page_that_follows(client, organizer, day, sentence):
    row = circumstance(member())

    page = client.post(reverse("partybranch:row_end", args=["circumstances", row.pk]), {"day": day}, follow=True)

    assert sentence in page.content.decode()
    row.refresh_from_db()
    assert row.ends_on is None


def test_what_is_withdrawn_twice_gets_a_sentence(client, secretary):
    row = withdraw(circumstance(member()))

    page = client.post(
        reverse("partybranch:row_withdraw", args=["circumstances", row.pk]), {"reason": "x"}, follow=True
    )

    assert "这条记录已经撤销或结束。请刷新页面。" in page.content.decode()


def test_withdrawal_needs_a_reason(client, secretary):
    row = circumstance(member())

    client.post(reverse("partybranch:row_withdraw", args=["circumstances", row.pk]), {"reason": " "})

    row.refresh_from_db()
    assert not row.is_withdrawn()


def test_organisation_member_records_but_does_not_withdraw(client, organizer):
    row = circumstance(member())

    response = client.post(reverse("partybranch:row_withdraw", args=["circumstances", row.pk]), {"reason": "x"})

    assert response.status_code == 403
    assert "登记错了：撤销" not in client.get(row.person.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "address", ["/party/records/stays/1/end/", "/party/records/stages/1/end/", "/party/records/x/1/end/"]
)
def test_only_what_lasts_and_is_no_stay_is_ended_by_itself(client, organizer, address):
    assert client.post(address, {"day": "2024-1-1"}).status_code == 404
