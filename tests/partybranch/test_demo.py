"""The demonstration's branch: invented people, stages mixed, several over seventy; loaded once."""

from datetime import date

import pytest

from partybranch.demo import branch as demo
from partybranch.lists.roll import lines_of, medal_lines
from partybranch.models import Branch, LifeEvent, Membership, Person
from tests.donations.factories import UserFactory
from tests.donations.staff import person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def people():
    return {"secretary": UserFactory(), "organizer": UserFactory()}


def test_branch_has_members_of_every_stage_committee_and_two_groups(people):
    demo.show(people, TODAY)
    lines = lines_of(Membership.objects.roll(TODAY), TODAY)

    assert len(lines) == 21
    assert sum(line.age >= 70 for line in lines) == 8
    assert {line.stage for line in lines} == {"申请人", "积极分子", "发展对象", "预备党员", "正式党员", "随学职工"}
    assert {line.group for line in lines if line.stage == "正式党员"} == {"第一党小组", "第二党小组"}
    assert sorted(line.posts for line in lines if line.posts) == [
        "党小组组长",
        "党小组组长",
        "宣传委员",
        "支部书记",
        "纪检委员",
        "组织委员",
    ]


def test_rolls_of_earlier_days_still_have_who_left(people):
    demo.show(people, TODAY)

    day = date(2024, 12, 2)
    names = {line.person.name for line in lines_of(Membership.objects.roll(day), day)}
    assert {"毕庆丰", "鲁振山"} <= names


def test_somebody_reaches_fifty_years_in_2026(people):
    demo.show(people, TODAY)
    found = medal_lines(2026, by=person("branch_secretary"))
    assert [one.line.person.name for one in found if one.is_first] == ["冯守义"]


def test_demonstration_is_loaded_once_and_its_people_see_their_own_record(people):
    demo.show(people, TODAY)
    demo.show(people, TODAY)

    assert Branch.objects.count() == 1
    assert Person.objects.own(people["secretary"]).get().name == "孙德厚"
    assert Person.objects.own(people["organizer"]).get().name == "叶春梅"


def test_one_event_was_attended_one_is_to_come_and_one_is_being_prepared(people):
    demo.show(people, TODAY)

    found = [(event.topic, event.state, event.expected, event.came) for event in LifeEvent.objects.order_by("held_on")]
    assert found == [
        ("参观毛连洞村红色教育基地", "noticed", 14, 12),
        ("学习党的二十大精神", "noticed", 19, 0),
        ("讨论预备党员转正事项", "draft", 0, 0),
    ]
