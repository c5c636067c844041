"""Which document would be stuck with the present staff, and why."""

import pytest

from hebi_charity.accounts.documents import DocumentKind, Staff, can_be_staffed, standing_of, standings
from hebi_charity.accounts.models import User
from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db
GIFT = DocumentKind("捐赠", "donations.add_donation", "donations.review_donation")
REVERSAL = DocumentKind("冲销", "donations.request_reversal", approver="donations.approve_reversal")


def standing(kind):
    return standing_of(kind, Staff.present())


def test_step_without_anybody_is_named_with_whom_to_give_the_role():
    make_person("donation_clerk", full_name="林小")
    make_person("cashier", full_name="王大")
    make_person("relief_officer", full_name="赵三")
    make_person("leadership", full_name="高四")

    found = standing(REVERSAL)

    assert found.stuck == ["目前没有人可以办理：审批。"]
    assert found.remedies == ["审批：可授予角色“秘书长（审批人）”（可授予：现有人员都不合适，需另增人员）。"]


def test_remedy_offers_only_people_whose_roles_allow_it():
    make_person("donation_clerk", full_name="林小")
    make_person("branch_secretary", full_name="孙德")

    assert standing(REVERSAL).remedies == ["审批：可授予角色“秘书长（审批人）”（可授予：孙德）。"]


def test_two_steps_with_one_person_are_stuck():
    make_person("donation_clerk", full_name="林小")

    found = standing(GIFT)

    assert found.stuck == ["经办、复核须由 2 个不同的人办理，目前只有林小可以办理。"]


def test_two_accounts_of_one_person_are_one_person():
    first = make_person("donation_clerk", full_name="林小")
    make_person("donation_clerk", full_name="林小", main_account=first)

    assert standing(GIFT).is_stuck


def test_deactivated_people_do_not_count():
    make_person("donation_clerk", full_name="林小")
    gone = make_person("accountant", full_name="何建")
    User.objects.filter(pk=gone.pk).update(is_active=False, left_on="2026-01-01")

    assert standing(GIFT).is_stuck


def test_document_that_goes_through_says_who_must_not_be_away():
    make_person("donation_clerk", full_name="林小")
    make_person("accountant", full_name="何建")

    found = standing(GIFT)

    assert not found.is_stuck
    assert found.warnings == ["以下人员任何一人不在岗时，单据就要等待：何建、林小。"]


def test_three_people_for_two_steps_need_no_warning():
    for _number in range(3):
        make_person("donation_clerk")

    assert standing(GIFT).warnings == []


def test_kind_whose_step_no_role_allows_says_so():
    make_person("donation_clerk")
    kind = DocumentKind("捐赠", "donations.add_donation", approver="donations.nobody_may")

    assert standing(kind).remedies == ["还没有任何角色可以办理：审批。"]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([{1}, {2}], True),
        ([{1}, {1}], False),
        ([{1, 2}, {1, 2}, {1, 2}], False),
        ([{1, 2}, {2, 3}, {1, 3}], True),
        ([{1}, {1, 2}, {1, 2, 3}], True),
        ([{1}, set()], False),
    ],
)
def test_each_step_needs_a_person_of_its_own(people, expected):
    assert can_be_staffed([frozenset(allowed) for allowed in people]) is expected


def test_page_shows_names_roles_and_pairs(client):
    make_person("donation_clerk", full_name="林小")
    client.force_login(make_person("auditor", full_name="马文"))

    html = client.get("/accounts/posts/").content.decode()

    assert "会卡住" in html
    assert "林小" in html
    assert html.count(" × ") == 27


def test_page_query_count_does_not_grow_with_people(client, django_assert_max_num_queries):
    client.force_login(make_person("auditor"))
    client.get("/accounts/posts/")
    for _number in range(5):
        make_person("donation_clerk", "relief_officer")

    with django_assert_max_num_queries(30):
        client.get("/accounts/posts/")


FOUR = (
    ("donation_clerk", "warehouse_keeper"),
    ("accountant", "relief_officer"),
    ("approver",),
    ("leadership", "cashier"),
)


def test_four_people_carry_every_document_to_its_end():
    for roles in FOUR:
        make_person(*roles)

    assert [standing.name for standing in standings() if standing.is_stuck] == []


def test_three_people_are_told_which_step_is_missing():
    for roles in FOUR[:2]:
        make_person(*roles)
    make_person("leadership", "cashier")

    stuck = {standing.name: standing.stuck for standing in standings() if standing.is_stuck}
    assert stuck["捐赠冲销"] == ["目前没有人可以办理：审批。"]
    assert stuck["月结"] == ["目前没有人可以办理：复核。"]


def test_planned_people_are_judged_like_present_ones():
    plan = [(f"第{number}人", roles) for number, roles in enumerate(FOUR, start=1)]

    assert [standing.name for standing in standings(Staff.planned(plan)) if standing.is_stuck] == []
    assert standing_of(GIFT, Staff.planned([("林小", ["donation_clerk"])])).stuck == [
        "经办、复核须由 2 个不同的人办理，目前只有林小可以办理。"
    ]
