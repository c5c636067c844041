"""The roll changed between notice and meeting: who is told, what is no change, the notice given anew."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.core.dates import format_day_in_full
from partybranch.models import LifeEvent, Person
from partybranch.services.belonging import transfer_out
from partybranch.services.events import HasAttendance, call_off
from partybranch.services.roll_changes import (
    HasWritings,
    HeldTogetherHinders,
    RollUnchanged,
    renew_notice,
    roll_changes,
)
from partybranch.services.together import hold_together
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.attend.factories import an_observer
from tests.partybranch.factories import a_body, a_branch, applicant, attend, member, noticed_event, staff, stage, term
from tests.partybranch.record.factories import write

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 20)  # of the meeting
EVE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)
NOTE = "名单与 2024-03-20 的名册不一致。"


@pytest.fixture
def people(db) -> dict[str, Person]:
    """Two full members and one on probation, all of them there from the beginning."""
    a_branch("第一党支部")
    on_probation = {"stage": "probationary", "stage_on": date(2023, 3, 1), "admitted_on": None}
    return {"甲": member(name="甲"), "乙": member(name="乙"), "丙": member(name="丙", **on_probation)}


def gone(person: Person, day: date) -> None:
    transfer_out(person, by=UserFactory(), day=day, went_to="某社区党支部")


def told(event: LifeEvent) -> dict[str, list[str]]:
    """The names by what differs of them."""
    found = roll_changes(event, list(event.attendance.select_related("person").order_by("person__sort_key")))
    names = {name: [person.name for person in getattr(found, name)] for name in ("missing", "extra", "gained", "lost")}
    return {name: those for name, those in names.items() if those}


def test_list_that_fits_says_nothing(client, people):
    log_in_as(client, "organisation_member")
    event = noticed_event(kind="general")

    assert told(event) == {}
    for name in ("life_detail", "life_attendance", "vote_choose"):
        assert "名册不一致" not in client.get(reverse(f"partybranch:{name}", args=[event.pk])).content.decode()


def test_page_attendance_and_vote_say_who_is_missing_who_is_too_many_and_whose_vote_differs(client, people):
    log_in_as(client, "organisation_member")
    event = noticed_event(kind="general")
    member(name="丁", starts_on=EVE)
    gone(people["乙"], EVE)
    stage(people["丙"], "full", EVE)
    stage(people["甲"], "suspended", EVE)

    assert told(event) == {"missing": ["丁"], "extra": ["甲", "乙"], "gained": ["丙"]}
    addresses = [
        reverse(f"partybranch:{name}", args=[event.pk]) for name in ("life_detail", "life_attendance", "vote_choose")
    ]
    for address in (*addresses, reverse("partybranch:vote_create", args=[event.pk, "ordinary"])):
        page = client.get(address).content.decode()
        for words in (NOTE, "当天应到会、名单上没有：丁", "名单上有、当天不应到会：甲、乙"):
            assert words in page
        assert "当天是正式党员、名单上没有表决权：丙" in page
        assert "名单上有表决权：" not in page
        assert "按当天名册重新通知" in page
        assert f"{reverse('partybranch:roll')}?on=2024-03-20" in page


def test_vote_of_a_suspended_member_who_is_invited_with_the_others_differs(people):
    event = noticed_event(kind="general", with_others=True)
    stage(people["甲"], "suspended", EVE)
    staff(name="新来", starts_on=EVE)

    assert told(event) == {"missing": ["新来"], "lost": ["甲"]}


def test_transfer_on_the_day_itself_counts(people):
    event = noticed_event(kind="general")
    gone(people["甲"], DAY)
    member(name="丁", starts_on=DAY)

    assert told(event) == {"missing": ["丁"], "extra": ["甲"]}


def test_what_changes_after_the_day_is_no_difference(people):
    event = noticed_event(kind="general")
    gone(people["甲"], NEXT)
    member(name="丁", starts_on=NEXT)
    stage(people["丙"], "full", NEXT)

    assert told(event) == {}


@pytest.mark.parametrize("decided", ["full", "cancelled"])
def test_what_the_meeting_decided_of_a_probation_is_no_difference(people, decided):
    event = noticed_event(kind="general")
    stage(people["丙"], decided, DAY)

    assert told(event) == {}


def test_who_was_admitted_by_the_meeting_is_not_missing_from_its_list(people):
    event = noticed_event(kind="general")
    candidate = member(name="丁", stage="candidate", stage_on=EVE, admitted_on=None, arrival="here")
    stage(candidate, "probationary", DAY)

    assert told(event) == {}


def test_group_meeting_asks_who_sits_in_the_group(people):
    group = a_body(people["甲"].memberships.get().branch)
    term(people["甲"], "group_leader", body=group)
    event = noticed_event(kind="group", body=group)
    term(people["乙"], "group_member", body=group, starts_on=EVE)
    term(people["丙"], "group_member", body=group, starts_on=DAY)  # perhaps by this very meeting

    assert told(event) == {"missing": ["乙"]}
    gone(people["甲"], EVE)
    assert told(event) == {"missing": ["乙"], "extra": ["甲"]}


def test_notice_is_given_anew_in_one_step_with_the_list_of_the_roll(client, people):
    user = log_in_as(client, "organisation_member")
    day = dates.today() + timedelta(days=3)
    facts = {"place": "会议室", "agenda": "一、讨论", "chair": people["乙"], "recorder": people["甲"]}
    event = noticed_event(kind="general", topic="讨论计划", held_on=day, **facts)
    attend(event, people["甲"], "leave", "住院")
    gone(people["乙"], dates.today())
    member(name="丁", starts_on=dates.today())

    page = client.post(reverse("partybranch:life_renew", args=[event.pk]), follow=True)

    event.refresh_from_db()
    again = LifeEvent.objects.exclude(pk=event.pk).get()
    assert page.redirect_chain[-1][0] == again.get_absolute_url()
    assert "已按当天名册重新通知，原来的会议已取消。" in page.content.decode()
    assert (event.state, event.cancelled_reason, event.attendance.count()) == ("cancelled", "名册有变动，重新通知", 3)
    assert (again.state, again.topic, again.held_on, again.place) == ("noticed", "讨论计划", day, "会议室")
    assert (again.agenda, again.recorded_by, again.is_back_entry) == ("一、讨论", user, False)
    assert (again.chair, again.recorder) == (None, people["甲"])  # who left is not in the chair
    rows = again.attendance.order_by("person__sort_key").values_list(
        "person__name", "has_vote", "status", "leave_reason"
    )
    assert set(rows) == {
        ("甲", True, "leave", "住院"),
        ("丙", False, "expected", ""),
        ("丁", True, "expected", ""),
    }
    acts = Entry.objects.filter(side="party", object_id__in=[event.pk, again.pk]).order_by("pk")
    assert list(acts.values_list("act", "object_id"))[-3:] == [
        ("party.event_called_off", event.pk),
        ("party.event_prepared", again.pk),
        ("party.event_noticed", again.pk),
    ]
    assert told(again) == {}
    # Sent once more by a double tap: the meeting is called off already.
    client.post(reverse("partybranch:life_renew", args=[event.pk]))
    assert LifeEvent.objects.count() == 2


def test_first_press_only_asks_and_the_new_notice_says_that_it_replaces_the_earlier_one(client, people):
    log_in_as(client, "organisation_member")
    event = noticed_event(kind="general", topic="讨论计划", held_on=dates.today() + timedelta(days=3))
    plain = client.get(event.get_absolute_url()).content.decode()
    member(name="丁", starts_on=dates.today())
    address = reverse("partybranch:life_renew", args=[event.pk])

    page = client.get(event.get_absolute_url()).content.decode()
    assert f'href="{address}"' in page
    assert f'action="{address}"' not in page
    asked = client.get(address).content.decode()
    for words in ("取消这次会议并重新通知？", "讨论计划", "丁", "不能恢复", f'action="{address}"'):
        assert words in asked
    event.refresh_from_db()
    assert (event.state, LifeEvent.objects.count()) == ("noticed", 1)

    after = client.post(address, follow=True).content.decode()
    again = LifeEvent.objects.exclude(pk=event.pk).get()
    replaces = f"本通知代替{format_day_in_full(dates.today())}发出的通知，请以本通知为准。"
    assert replaces in after
    assert "本通知代替" not in plain
    gone_page = client.get(event.get_absolute_url()).content.decode()
    assert f'<a href="{again.get_absolute_url()}">重新通知的会议</a>' in gone_page
    refused = client.get(address, follow=True)
    assert refused.redirect_chain[-1][0] == event.get_absolute_url()
    assert "已取消" in refused.content.decode()


def test_meeting_called_off_for_another_reason_is_replaced_by_none(client, people):
    log_in_as(client, "organisation_member")
    facts = {"kind": "general", "topic": "讨论计划", "held_on": dates.today() + timedelta(days=3)}
    event = noticed_event(**facts)
    call_off(event, by=UserFactory(), reason="大雨")
    again = noticed_event(**facts)

    assert "重新通知的会议" not in client.get(event.get_absolute_url()).content.decode()
    assert "本通知代替" not in client.get(again.get_absolute_url()).content.decode()


def test_where_the_day_is_over_the_page_says_that_it_becomes_a_back_entry(client, people):
    log_in_as(client, "organisation_member")
    event = noticed_event(kind="general")
    gone(people["乙"], EVE)

    assert "活动日期已过，新建的会标为补录。" in client.get(event.get_absolute_url()).content.decode()
    assert renew_notice(event, by=UserFactory()).is_back_entry


@pytest.mark.parametrize("status", ["present", "absent"])
def test_list_of_a_meeting_that_was_held_is_left_in_peace(client, people, status):
    log_in_as(client, "organisation_member")
    event = noticed_event(kind="general")
    member(name="补登", starts_on=EVE)
    attend(event, people["甲"], status)

    for name in ("life_detail", "life_attendance"):
        page = client.get(reverse(f"partybranch:{name}", args=[event.pk])).content.decode()
        assert "以发出通知时的名单为准，不用改动。" in page
        for advice in (NOTE, "处理以后才能重新通知", "按当天名册重新通知", "alert-warning"):
            assert advice not in page


def test_before_a_vote_is_counted_recorded_attendance_is_set_back_first(client, people):
    log_in_as(client, "organisation_member")
    event = noticed_event(kind="general")
    gone(people["乙"], EVE)
    attend(event, people["甲"])

    for address in (
        reverse("partybranch:vote_choose", args=[event.pk]),
        reverse("partybranch:vote_create", args=[event.pk, "ordinary"]),
    ):
        page = client.get(address).content.decode()
        assert NOTE in page
        assert "处理以后才能重新通知： 到会情况已经登记" in page
        assert "按当天名册重新通知" not in page
    with pytest.raises(HasAttendance):
        renew_notice(event, by=UserFactory())
    attend(event, people["甲"], "expected")
    assert "按当天名册重新通知" in client.get(event.get_absolute_url()).content.decode()


@pytest.mark.parametrize("written", [write, an_observer])
def test_what_was_written_is_not_left_behind_in_one_step(people, written):
    event = noticed_event(kind="general")
    written(event)
    member(name="丁", starts_on=EVE)

    with pytest.raises(HasWritings):
        renew_notice(event, by=UserFactory())
    assert LifeEvent.objects.count() == 1


def test_list_that_fits_is_not_noticed_anew(people):
    event = noticed_event(kind="general")

    with pytest.raises(RollUnchanged):
        renew_notice(event, by=UserFactory())


def held_with(first: LifeEvent, topic: str, kind: str = "lecture") -> LifeEvent:
    second = LifeEvent(kind=kind, topic=topic, with_others=True)
    return hold_together(second, first, by=UserFactory(), form_key=uuid4())


def standing() -> dict[str, LifeEvent]:
    return {event.topic: event for event in LifeEvent.objects.filter(state="noticed").select_related("held_with")}


@pytest.mark.parametrize("tapped", ["大会", "党课", "学习"])
def test_meetings_held_together_are_noticed_anew_in_one_act_and_held_together_again(client, people, tapped):
    user = log_in_as(client, "organisation_member")
    attend(noticed_event(kind="general", topic="大会"), people["甲"], "leave", "住院")
    before = {"大会": LifeEvent.objects.get()}
    before |= {
        topic: held_with(before["大会"], topic, kind) for topic, kind in (("党课", "lecture"), ("学习", "study"))
    }
    member(name="丁", starts_on=EVE)

    page = client.get(before[tapped].get_absolute_url()).content.decode()
    others = "、".join(f"“{topic}”" for topic in before if topic != tapped)
    assert f"合并召开、一同重新通知：{others}" in page
    again = renew_notice(before[tapped], by=user)

    now = standing()
    assert again == now[tapped]
    assert set(LifeEvent.objects.filter(state="cancelled")) == set(before.values())
    assert {topic: event.held_with for topic, event in now.items()} == {
        "大会": None,
        "党课": now["大会"],
        "学习": now["大会"],
    }
    assert [told(event) for event in now.values()] == [{}, {}, {}]
    leave = now["大会"].attendance.get(person=people["甲"])
    first = before["大会"].attendance.get(person=people["甲"])
    assert (leave.leave_reason, leave.marked_by, leave.marked_at) == ("住院", first.marked_by, first.marked_at)
    assert leave.marked_by != user


def test_one_whose_first_fits_the_roll_is_noticed_anew_alone_and_stays_with_it(people):
    first = noticed_event(kind="general", topic="大会")
    second = held_with(first, "党课")
    applicant(EVE, name="丁", branch=first.branch)

    assert (told(first), told(second)) == ({}, {"missing": ["丁"]})
    again = renew_notice(second, by=UserFactory())

    assert (again.held_with, set(standing())) == (first, {"大会", "党课"})
    assert told(again) == {}


def test_one_whose_first_was_called_off_is_noticed_anew_by_itself(people):
    first = noticed_event(kind="general", topic="大会")
    second = held_with(first, "党课")
    call_off(first, by=UserFactory(), reason="改期")
    member(name="丁", starts_on=EVE)

    assert renew_notice(second, by=UserFactory()).held_with is None


def test_what_hinders_one_of_them_hinders_all_and_is_named(client, people):
    log_in_as(client, "organisation_member")
    first = noticed_event(kind="general", topic="大会")
    second = held_with(first, "党课")
    attend(second, people["甲"])
    member(name="丁", starts_on=EVE)

    page = client.get(first.get_absolute_url()).content.decode()
    assert "“党课”与本次会议合并召开，须一同重新通知。到会情况已经登记" in page
    with pytest.raises(HeldTogetherHinders):
        renew_notice(first, by=UserFactory())
    attend(second, people["甲"], "expected")
    renew_notice(first, by=UserFactory())
    assert standing()["党课"].held_with == standing()["大会"]


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


def test_pages_ask_as_often_for_five_differences_as_for_one(client, people):
    log_in_as(client, "organisation_member")
    event = noticed_event(kind="general")
    addresses = [
        reverse(f"partybranch:{name}", args=[event.pk]) for name in ("life_detail", "life_attendance", "vote_choose")
    ]
    none = [queries(client, address) for address in addresses]
    member(name="新一", starts_on=EVE)
    one = [queries(client, address) for address in addresses]
    for number in "二三四五":
        member(name=f"新{number}", starts_on=EVE)
    five = [queries(client, address) for address in addresses]

    assert (none, one, five) == ([18, 9, 10], [25, 16, 17], [25, 16, 17])


def test_comparing_is_one_query(people, django_assert_num_queries):
    for event in (noticed_event(kind="general"), noticed_event(kind="study", with_others=True)):
        rows = list(event.attendance.select_related("person"))
        with django_assert_num_queries(1):
            roll_changes(event, rows)
