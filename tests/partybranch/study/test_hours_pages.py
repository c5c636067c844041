"""Hours of the year against what is asked, of meetings, by dated figures, and on the page of one person."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from partybranch.lists import study as lists
from partybranch.models import HourRule, LearningRecord, Membership
from partybranch.services import learning
from partybranch.services.belonging import transfer_in, transfer_out
from partybranch.services.people import change_person
from tests.donations.factories import UserFactory
from tests.donations.staff import BACKEND, log_in_as, person
from tests.partybranch.factories import a_body, a_branch, attend, circumstance, member, staff, term
from tests.partybranch.sending import errors
from tests.partybranch.study.factories import a_course, a_duty, attended, measure, stated
from tests.partybranch.study.pages import address

pytestmark = pytest.mark.django_db


def test_hours_stand_in_the_order_of_the_roll_against_what_is_asked_of_each():
    branch = a_branch()
    committee = a_body(branch, "committee", "支委会")
    zhou, an, ma = member(name="周小满"), member(name="安明"), member(name="马老")
    term(zhou, "secretary", body=committee)
    circumstance(ma, "exempt", reason="年逾八十")
    staff(branch=branch, name="李学工")
    event = attended(an, zhou)
    learning.credit_event(event, by=UserFactory(), measure=measure("4"))
    learning.confirm_learning([stated(an, measure=measure("2.5", "self_hour"))], by=UserFactory())
    stated(an, measure=measure("3", "self_hour"))

    user = person("branch_secretary")
    lines = lists.hours_lines(branch, 2024, by=user)

    assert [
        (one.person.name, one.hours_said, one.target_said, one.missing_said, one.waiting_said) for one in lines
    ] == [
        ("安明", "6.5", "32", "25.5", "3"),
        ("李学工", "0", "", "", "0"),
        ("马老", "0", "", "", "0"),
        ("周小满", "4", "56", "52", "0"),
    ]
    assert [one.is_exempt for one in lines] == [False, False, True, False]
    assert lists.hours_lines(branch, 2023, by=user)[0].hours == 0


def test_who_left_during_the_year_stays_in_it_with_hours_and_day(client):
    branch = a_branch()
    log_in_as(client, "organisation_member")
    reader = person("branch_secretary")
    gone, back = member(name="离开"), member(name="回来")
    learning.credit_event(attended(gone, back), by=UserFactory(), measure=measure("4"))
    for one in (gone, back):
        transfer_out(one, by=UserFactory(), day=date(2024, 6, 1), went_to="某社区党支部")
    stay = Membership(
        person=back, branch=branch, starts_on=date(2024, 9, 1), arrival="transfer", came_from="某社区党支部"
    )
    transfer_in(stay, by=UserFactory(), form_key=uuid4())

    def said(year: int) -> list[tuple]:
        lines = lists.hours_lines(branch, year, by=reader)
        return [(one.person.name, one.stage, one.hours_said, one.target_said, one.left_on) for one in lines]

    assert said(2024) == [
        ("回来", "正式党员", "4", "32", None),
        ("离开", "正式党员", "4", "", date(2024, 6, 1)),
    ]
    assert said(2023) == [("回来", "正式党员", "0", "32", None), ("离开", "正式党员", "0", "32", None)]
    assert [line[0] for line in said(2025)] == ["回来"]
    room = client.get(address("study"), {"year": 2024}).content.decode()
    assert room.count("2024-06-01 离开本支部") == 1
    page = client.get(address("person_study", gone.pk), {"year": 2024}).content.decode()
    assert "2024-06-01 离开本支部" in page
    assert "离开本支部" not in client.get(address("study"), {"year": 2023}).content.decode()


def test_before_the_regulation_nothing_is_asked():
    branch = a_branch()
    member()

    assert [line.target for line in lists.hours_lines(branch, 2018, by=person("branch_secretary"))] == [None]


@pytest.mark.parametrize("count", [1, 5])
def test_room_asks_the_database_as_often_for_five_as_for_one(client, secretary, count, django_assert_num_queries):
    branch = a_branch()
    for number in range(count):
        person = member(name=f"党员{number}")
        stated(person)
        a_duty(person, a_course(title=f"培训{number}"))
        attended(person, topic=f"学习{number}")
    client.get(address("study"))

    with django_assert_num_queries(15):
        page = client.get(address("study"), {"year": 2024}).content.decode()
    assert page.count('study-bar"') == count
    assert branch.name in page


def test_hours_of_a_meeting_are_credited_on_its_page(client, organizer):
    a_branch()
    here, away = member(name="甲"), member(name="乙")
    event = attended(here)
    attend(event, away, "leave", "住院")
    assert "学习党史" in client.get(address("study"), {"year": 2024}).content.decode()
    form = client.get(address("life_credit", event.pk)).context["form"]
    assert (form["unit"].value(), form["quantity"].value()) == ("hour", Decimal(1))

    page = client.post(
        address("life_credit", event.pk), {"unit": "hour", "quantity": "2"}, follow=True
    ).content.decode()
    assert "已为 1 人计入学时。" in page
    assert list(LearningRecord.objects.values_list("person__name", "hours")) == [("甲", Decimal("2.00"))]
    page = client.post(
        address("life_credit", event.pk), {"unit": "hour", "quantity": "2"}, follow=True
    ).content.decode()
    assert "没有新增" in page


def test_meeting_to_which_nobody_came_gives_no_hours_and_says_so(client, organizer):
    member()
    event = attended()

    response = client.post(address("life_credit", event.pk), {"unit": "hour", "quantity": "2"})

    assert errors(response) == {"__all__": ["还没有人登记为到会。请先登记到会情况。"]}


def test_new_conversion_holds_from_its_day_and_leaves_what_was_computed(client, secretary):
    person = member()
    before = stated(person)
    fields = {
        "form_key": str(uuid4()),
        "unit": "self_hour",
        "hours": "0.5",
        "valid_from": "2024-3-21",
        "source": "市委组织部通知",
    }

    client.post(address("study_hour_rule"), fields)
    after = stated(person, starts_on=date(2024, 3, 21), ends_on=date(2024, 3, 21))

    before.refresh_from_db()
    assert (before.hours, after.hours) == (Decimal("1.00"), Decimal("0.50"))
    again = client.post(address("study_hour_rule"), fields | {"form_key": str(uuid4())})
    assert errors(again) == {"valid_from": ["这个计量单位当天已有折算。请选择以后的日期。"]}
    assert HourRule.objects.filter(unit="self_hour").count() == 2
    assert "市委组织部通知" in client.get(address("study_hours")).content.decode()


def test_target_of_a_year_is_the_one_that_holds_at_its_end(client, secretary):
    branch = a_branch()
    member()
    fields = {"form_key": str(uuid4()), "duty": "member", "hours": "40", "valid_from": "2025-12-1", "source": "新规划"}

    client.post(address("study_hour_target"), fields)

    for year, target in ((2024, 32), (2025, 40)):
        assert [line.target for line in lists.hours_lines(branch, year, by=secretary)] == [target]


def test_study_of_one_person_is_shown_by_year_and_the_own_one_to_who_has_a_log_in(client, secretary):
    account = UserFactory()
    person = change_person(member(), by=UserFactory(), reason="关联", account=account)
    other = member(name="别人")
    stated(other, subject="别人的学习")
    gone = stated(person, subject="撤销的学习")
    learning.withdraw_learning(gone, by=UserFactory(), reason="填错")
    learning.confirm_learning([stated(person)], by=UserFactory())

    page = client.get(address("person_study", person.pk), {"year": 2024}).content.decode()
    assert "撤销的学习" in page
    assert "《中国共产党简史》第一章" in page
    assert address("person_study", person.pk) in client.get(person.get_absolute_url()).content.decode()

    client.force_login(account, backend=BACKEND)
    own = client.get(address("own_study"), {"year": 2024}).content.decode()
    assert "《中国共产党简史》第一章" in own
    assert "撤销的学习" not in own
    assert "别人的学习" not in own
    assert address("own_study") in client.get(address("own")).content.decode()


def test_record_is_withdrawn_by_the_secretary_with_a_reason(client, secretary):
    row = stated(member())

    page = client.post(address("learning_withdraw", row.pk), {"reason": "填错人"}, follow=True).content.decode()

    assert "已撤销" in page
    assert LearningRecord.objects.get().withdrawal_reason == "填错人"


def test_room_without_a_branch_says_what_to_do_first(client, organizer):
    assert "请先登记党支部" in client.get(address("study")).content.decode()
