"""What the rules required of the bodies that existed on each date, against what was held."""

from datetime import date

import pytest

from partybranch.lists.year import year_of
from partybranch.models import Branch
from partybranch.reporting.facts import LifeLine
from partybranch.reporting.life import life_lines
from partybranch.services.branches import change_branch, dissolve_body
from partybranch.services.events import call_off, change_event
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_body, a_branch, an_event, attend, held_event, member, noticed_event, term
from tests.partybranch.glance.factories import TODAY, a_rule

pytestmark = pytest.mark.django_db
WORDS = {"held": "已开", "unrecorded": "待补记录", "missing": "缺", "due": "应开", "not_required": "不要求"}


def states(year: int = 2024, *, today: date = TODAY, branch: Branch | None = None) -> dict[str, str]:
    """Each line of the year as its cells: how many months and the word of each."""
    glance = year_of(branch or Branch.objects.get(), year, today=today)
    return {
        line.subject.title: " ".join(f"{cell.months}{WORDS[cell.state]}" for cell in line.cells)
        for line in glance.lines
    }


def test_branch_without_committee_and_groups_has_no_gap_for_them():
    a_branch()

    assert states() == {
        "支部党员大会": "3缺 3缺 3应开 3应开",
        "支委会会议": "12不要求",
        "党小组会": "12不要求",
        "党课": "3缺 3缺 3应开 3应开",
        "主题党日": "1缺 1缺 1缺 1缺 1缺 1缺 1缺 1应开 1应开 1应开 1应开 1应开",
        "组织生活会": "12应开",
        "民主评议党员": "12应开",
    }


def test_every_group_and_the_committee_are_asked_apart():
    branch = a_branch()
    a_body(branch, "committee", "支委会", date(2024, 6, 1))
    a_body(branch, "group", "第一党小组"), a_body(branch, "group", "第二党小组", date(2024, 7, 1))

    found = states()

    assert found["支委会会议"] == "5不要求 1缺 1缺 1应开 1应开 1应开 1应开 1应开"
    assert found["党小组会（第一党小组）"] == "1缺 1缺 1缺 1缺 1缺 1缺 1缺 1应开 1应开 1应开 1应开 1应开"
    assert found["党小组会（第二党小组）"] == "6不要求 1缺 1应开 1应开 1应开 1应开 1应开"


def test_what_was_announced_and_is_over_counts_and_what_was_called_off_does_not():
    a_branch()
    member()
    for held_on in (date(2024, 2, 29), date(2024, 5, 6), date(2024, 8, 20), date(2024, 9, 3)):
        held_event(held_on=held_on)
    call_off(noticed_event(held_on=date(2024, 3, 4)), by=UserFactory(), reason="大雨")
    an_event(held_on=date(2024, 4, 4))

    assert states()["主题党日"] == "1缺 1已开 1缺 1缺 1已开 1缺 1缺 1应开 1应开 1应开 1应开 1应开"
    assert states(today=date(2024, 8, 21))["主题党日"].split()[7] == "1已开"


def test_two_kinds_held_together_are_recorded_apart_and_count_in_both():
    a_branch()
    member()
    for kind in ("general", "lecture"):
        held_event(kind=kind, held_on=date(2024, 3, 20))

    found = states()

    assert (found["支部党员大会"], found["党课"]) == ("3已开 3缺 3应开 3应开", "3已开 3缺 3应开 3应开")


def test_meeting_of_one_group_does_not_count_for_the_other():
    branch = a_branch()
    first, _second = a_body(branch, "group", "第一党小组"), a_body(branch, "group", "第二党小组")
    term(member(), "group_leader", body=first)
    held_event(kind="group", body=first, held_on=date(2024, 1, 10))

    found = states()

    assert found["党小组会（第一党小组）"].startswith("1已开 1缺")
    assert found["党小组会（第二党小组）"].startswith("1缺 1缺")


@pytest.mark.parametrize(
    ("founded_on", "quarters"),
    [
        (date(2024, 2, 15), "3缺 3缺 3应开 3应开"),  # 46 of 91 days
        (date(2024, 2, 16), "3不要求 3缺 3应开 3应开"),  # 45 of 91 days
        (date(2024, 3, 30), "3不要求 3缺 3应开 3应开"),
    ],
)
def test_branch_founded_in_mid_quarter_is_asked_when_half_of_it_is_left(founded_on, quarters):
    a_branch(founded_on=founded_on)

    assert states()["支部党员大会"] == quarters


def test_branch_dissolved_in_the_year_has_no_gap_from_then_on():
    branch = change_branch(a_branch(), by=UserFactory(), dissolved_on=date(2024, 6, 20))

    found = states(branch=branch)

    assert found["支部党员大会"] == "3缺 9不要求"
    assert found["主题党日"] == "1缺 1缺 1缺 1缺 1缺 7不要求"
    assert found["组织生活会"] == "12不要求"


def test_group_dissolved_in_the_year_keeps_its_line_until_then_and_has_none_in_the_next():
    branch = a_branch()
    dissolve_body(a_body(branch), by=UserFactory(), day=date(2024, 3, 1))

    assert states()["党小组会（第一党小组）"] == "1缺 1缺 10不要求"
    assert states(2025)["党小组会"] == "12不要求"


def test_years_before_the_rules_ask_for_nothing_and_show_what_was_held():
    a_branch()
    member()
    assert states(2017) == {}
    held_event(held_on=date(2017, 5, 4))

    assert states(2017) == {"主题党日": "4不要求 1已开 7不要求"}
    assert states(2018)["支部党员大会"] == "9不要求 3缺"


def test_notice_of_the_higher_body_changes_the_rule_of_one_branch_from_its_day_on():
    branch, other = a_branch(), a_branch()
    for one in (branch, other):
        a_body(one)
    a_rule(branch=branch)

    title = "党小组会（第一党小组）"
    assert states(branch=branch)[title] == "1缺 1缺 1缺 1缺 1缺 1缺 3应开 3应开"
    assert states(branch=other)[title].startswith("1缺 1缺 1缺 1缺 1缺 1缺 1缺 1应开")
    assert states(2023, branch=branch)[title] == " ".join(["1缺"] * 12)


def test_notice_that_asks_for_nothing_is_named_as_the_reason_until_it_ends():
    branch = a_branch()
    a_rule(branch=branch, kind="theme_day", times=0, ends_on=date(2024, 10, 1))

    glance = year_of(branch, 2024, today=TODAY)
    line = next(line for line in glance.lines if line.subject.kind == "theme_day")

    assert [(cell.state, cell.months) for cell in line.cells[6:]] == [("not_required", 3), *[("due", 1)] * 3]
    assert line.cells[6].reason == "关于离退休干部党支部组织生活的通知鹤老干〔2024〕8号"


def test_more_than_one_may_be_asked_for_and_one_is_not_enough():
    a_branch()
    member()
    a_rule(kind="lecture", per="year", times=2, starts_on=date(2024, 1, 1))
    held_event(kind="lecture", held_on=date(2024, 3, 20))
    assert states()["党课"] == "12应开"
    assert states(today=date(2025, 1, 1))["党课"] == "12缺"

    held_event(kind="lecture", held_on=date(2024, 5, 20))
    assert states()["党课"] == "12已开"


def test_rule_recorded_again_from_mid_quarter_still_asks_in_this_quarter():
    a_branch()
    a_rule(kind="general", per="quarter", starts_on=date(2024, 9, 20), source="新条例")

    assert states()["支部党员大会"] == "3缺 3缺 3应开 3应开"


def test_gaps_come_by_their_end_and_next_due_has_begun():
    a_branch()
    member()
    planned = noticed_event(kind="general", held_on=date(2024, 9, 3))
    glance = year_of(Branch.objects.get(), 2024, today=TODAY)

    assert [(line.subject.kind, cell.period) for line, cell in glance.gaps][:4] == [
        ("theme_day", "1月"),
        ("theme_day", "2月"),
        ("general", "第1季度"),
        ("lecture", "第1季度"),
    ]
    assert [(line.subject.kind, cell.until) for line, cell in glance.next_due] == [
        ("theme_day", "截至 2024-08-31"),
        ("general", "截至 2024-09-30"),
        ("lecture", "截至 2024-09-30"),
        ("life", "截至 2024-12-31"),
        ("review", "截至 2024-12-31"),
    ]
    assert next(cell for line, cell in glance.next_due if line.subject.kind == "general").planned == (planned,)


def test_topic_changed_after_the_notice_changes_nothing_of_the_year():
    a_branch()
    member()
    change_event(held_event(), by=UserFactory(), topic="新的主题")

    assert states()["主题党日"].split()[2] == "1已开"


@pytest.mark.parametrize("count", [1, 5])
def test_year_takes_three_queries(count, django_assert_num_queries):
    branch = a_branch()
    member()
    for number in range(count):
        group = a_body(branch, "group", f"第{number}党小组")
        term(member(name=f"甲{number}"), "group_leader", body=group)
        held_event(kind="group", body=group, held_on=date(2024, 1, 1 + number))

    with django_assert_num_queries(3):
        year_of(branch, 2024, today=TODAY)


def test_what_is_over_without_anybody_recorded_is_to_be_made_up_and_meets_nothing():
    a_branch()
    someone = member()
    event = noticed_event(held_on=date(2024, 2, 29))
    attend(event, someone, "absent")
    noticed_event(held_on=date(2017, 5, 4))

    assert states()["主题党日"].startswith("1缺 1待补记录 1缺")
    assert states(2017)["主题党日"] == "4不要求 1待补记录 7不要求"
    glance = year_of(Branch.objects.get(), 2024, today=TODAY)
    (cell,) = [cell for _line, cell in glance.cells_in("unrecorded")]
    assert (cell.only_event, cell.lacking, cell.held) == (event, 1, ())
    assert life_lines(date(2024, 2, 1), date(2024, 2, 29), TODAY)[0] == LifeLine("主题党日", 1, 0, 0, 0)

    attend(event, someone)

    assert states()["主题党日"].startswith("1缺 1已开 1缺")
    assert life_lines(date(2024, 2, 1), date(2024, 2, 29), TODAY)[0] == LifeLine("主题党日", 1, 1, 1, 1)
