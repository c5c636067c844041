"""Events of organisational life: the notice freezes who is expected from the roll of the day, attendance is one tap."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from partybranch.lists.life import attendance_totals, list_of
from partybranch.models import Attendance, LearningRecord, LifeEvent
from partybranch.services import events
from partybranch.services.belonging import transfer_out
from partybranch.services.broken_rules import (
    AlreadyNoticed,
    AlreadyWithdrawn,
    CalledOff,
    EventNotCome,
    NobodyExpected,
    NotNoticed,
)
from partybranch.services.learning import credit_event, withdraw_learning
from partybranch.services.votes import withdraw_vote
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import (
    a_body,
    a_branch,
    an_event,
    applicant,
    attend,
    circumstance,
    member,
    noticed_event,
    staff,
    term,
)
from tests.partybranch.sending import as_sent
from tests.partybranch.votes.factories import a_vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


def names(event) -> list[str]:
    return [row.person.name for row in list_of(event)]


def test_notice_freezes_the_members_of_that_day_with_their_votes():
    branch = a_branch()
    full, probationary = (
        member(name="甲"),
        member(name="丙", stage="probationary", stage_on=date(2023, 9, 1), admitted_on=None),
    )
    frail = member(name="乙")
    circumstance(frail, "exempt", reason="行动不便")
    applicant(name="丁", branch=branch), staff(branch=branch)
    member(name="后来", starts_on=date(2024, 3, 21))

    event = noticed_event()

    assert {row.person.name: (row.has_vote, row.status) for row in list_of(event)} == {
        full.name: (True, "expected"),
        probationary.name: (False, "expected"),
        frail.name: (True, "exempt"),
    }


def test_list_stays_as_it_was_when_somebody_leaves_afterwards():
    a_branch()
    person = member()
    event = noticed_event()

    transfer_out(person, by=UserFactory(), day=date(2024, 3, 1), went_to="某社区党支部")

    assert names(event) == [person.name]


def test_others_are_on_the_list_where_they_are_invited_without_a_vote():
    branch = a_branch()
    member(name="甲"), applicant(name="丁", branch=branch), staff(branch=branch)

    rows = list_of(noticed_event(kind="training", with_others=True))

    assert {row.person.name: row.has_vote for row in rows} == {"甲": True, "丁": False, "李学工": False}


@pytest.mark.parametrize(("kind", "found"), [("committee", ["李四"]), ("group", ["王五", "张三"])])
def test_committee_and_group_expect_who_sits_in_them(kind, found):
    branch = a_branch()
    committee, group = a_body(branch, "committee", "支委会"), a_body(branch)
    term(member(name="李四"), "secretary", body=committee)
    term(member(name="王五"), "group_leader", body=group)
    term(member(name="张三"), "group_member", body=group)

    assert names(noticed_event(kind=kind, body=committee if kind == "committee" else group)) == found


def test_notice_is_given_once_and_not_to_nobody():
    branch = a_branch()
    event = an_event(branch=branch)
    with pytest.raises(NobodyExpected):
        events.give_notice(event, by=UserFactory())
    member()
    events.give_notice(event, by=UserFactory())
    with pytest.raises(AlreadyNoticed):
        events.give_notice(event, by=UserFactory())


def test_attendance_is_counted_and_only_changed_rows_name_the_recorder():
    a_branch()
    people = [member(name=name) for name in "甲乙丙丁"]
    circumstance(people[3], "exempt", reason="患病")
    event = noticed_event()

    assert attend(event, people[0]) == 1
    assert attend(event, people[0]) == 0
    assert attend(event, people[1], "leave", "住院") == 1

    rows = {row.person.name: row for row in list_of(event)}
    assert attendance_totals(LifeEvent.objects.get(), list(rows.values())) == [
        ("应到", "3"),
        ("实到", "1"),
        ("请假", "1"),
        ("不作硬性要求", "1"),
        ("尚未登记", "1"),
        ("有表决权", "4"),
    ]
    assert rows["丙"].marked_by is None
    assert rows["乙"].leave_reason == "住院"
    attend(event, people[1], "present", "住院")
    assert event.attendance.get(person=people[1]).leave_reason == ""


def test_attendance_needs_a_notice_and_ends_with_calling_off():
    a_branch()
    member()
    event = noticed_event()
    row = event.attendance.get()
    events.call_off(event, by=UserFactory(), reason="改期")

    for each, refusal in ((event, CalledOff), (an_event(), NotNoticed)):
        with pytest.raises(refusal):
            events.record_attendance(each, {row.pk: ("present", "")}, by=UserFactory())
    with pytest.raises(AlreadyWithdrawn):
        events.call_off(event, by=UserFactory(), reason="再次")
    with pytest.raises(AlreadyWithdrawn):
        events.change_event(event, by=UserFactory(), topic="新主题")


def test_before_the_day_only_a_leave_is_recorded(client, organizer):
    a_branch()
    person = member()
    event = noticed_event(held_on=dates.today() + timedelta(days=1))
    row = event.attendance.get()
    address = reverse("partybranch:life_attendance", args=[event.pk])

    for status in ("present", "online", "absent"):
        with pytest.raises(EventNotCome):
            attend(event, person, status)
    page = client.post(address, {f"status_{row.pk}": "present"}).content.decode()
    assert "活动日期还没有到。请到当天再登记到会情况和表决；只有请假可以提前登记。" in page
    row.refresh_from_db()
    assert row.status == "expected"
    assert attend(event, person, "leave", "住院") == 1
    assert attend(noticed_event(held_on=dates.today()), person) == 1


def test_event_with_results_is_not_called_off_until_they_are_withdrawn(client, organizer):
    a_branch()
    person = member()
    event = noticed_event(kind="general")
    attend(event, person)
    vote = a_vote(event)
    credit_event(event, by=UserFactory())
    address = reverse("partybranch:life_call_off", args=[event.pk])

    def said() -> str:
        return client.post(address, {"reason": "改期"}, follow=True).content.decode()

    assert "这次活动的学时已经计入。请先撤销由此登记的学习记录，再取消活动。" in said()
    withdraw_learning(LearningRecord.objects.get(), by=UserFactory(), reason="登记错误")
    assert "这次活动有已登记的表决。请先撤销表决，再取消活动。" in said()
    withdraw_vote(vote, by=UserFactory(), reason="登记错误")
    assert "到会情况已经登记。请先在“登记到会”中改回“尚未登记”，再取消活动。" in said()
    row = event.attendance.get()
    names = reverse("partybranch:life_attendance", args=[event.pk])
    assert "尚未登记" in client.get(names).content.decode()
    client.post(names, {f"status_{row.pk}": "expected", f"shown_{row.pk}": "present"})
    row.refresh_from_db()
    assert row.status == "expected"
    said()
    event.refresh_from_db()
    assert event.state == "cancelled"


def refused_by(act) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return caught.value.__cause__.diag.constraint_name


def test_kind_day_and_list_are_fixed_by_the_notice_and_place_is_not():
    a_branch()
    member()
    event = noticed_event()
    rows = LifeEvent.objects.filter(pk=event.pk)

    assert refused_by(lambda: rows.update(held_on=date(2024, 1, 1))) == "partybranch_lifeevent_guard"
    assert refused_by(lambda: rows.update(kind="lecture")) == "partybranch_lifeevent_guard"
    assert refused_by(lambda: event.attendance.update(has_vote=False)) == "partybranch_attendance_guard"
    events.change_event(event, by=UserFactory(), place="三楼会议室")
    assert rows.get().place == "三楼会议室"


def test_every_act_stands_on_the_branch_s_side_of_the_log():
    a_branch()
    person = member()
    event = noticed_event()
    attend(event, person, "leave", "住院")
    events.change_event(event, by=UserFactory(), topic="参观郭亮村")
    events.call_off(event, by=UserFactory(), reason="大雨")

    acts = Entry.objects.filter(object_type="partybranch.lifeevent")
    assert sorted(acts.values_list("act", "side")) == [
        ("party.attendance_recorded", "party"),
        ("party.event_called_off", "party"),
        ("party.event_changed", "party"),
        ("party.event_noticed", "party"),
        ("party.event_prepared", "party"),
    ]


def typed(**changes):
    return {"form_key": str(uuid4()), "kind": "theme_day", "topic": "重温入党誓词", "held_on": "2024-3-20"} | changes


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_event_is_prepared_noticed_and_attended_on_its_pages(client, organizer):
    branch = a_branch()
    people = [member(name=name) for name in "甲乙丙"]
    response = client.post(
        reverse("partybranch:life_create", args=[branch.pk]), typed(begins_at="0900", place="会议室")
    )
    event = LifeEvent.objects.get()
    assert response.url == event.get_absolute_url()
    assert "向 3 人发出通知" in client.get(response.url).content.decode()

    client.post(reverse("partybranch:life_notice", args=[event.pk]))
    rows = {row.person.name: row.pk for row in list_of(event)}
    marks = {f"status_{rows['甲']}": "present", f"status_{rows['乙']}": "leave", f"reason_{rows['乙']}": "住院"}
    page = client.post(reverse("partybranch:life_attendance", args=[event.pk]), marks, follow=True).content.decode()

    assert "已登记 2 人的到会情况。" in page
    assert "请假：住院" in page
    assert sorted(Attendance.objects.values_list("person__name", "status", "marked_by")) == sorted(
        [("甲", "present", organizer.pk), ("乙", "leave", organizer.pk), ("丙", "expected", None)]
    )
    assert people[0].name in page


def test_leave_without_a_reason_is_refused_beside_the_name_and_what_was_tapped_is_kept(client, organizer):
    a_branch()
    member(name="甲"), member(name="乙")
    event = noticed_event()
    first, second = list_of(event)

    response = client.post(
        reverse("partybranch:life_attendance", args=[event.pk]),
        {f"status_{first.pk}": "leave", f"status_{second.pk}": "present"},
    )

    assert errors(response) == {f"reason_{first.pk}": ["请填写请假原因。"]}
    assert response.context["form"][f"status_{second.pk}"].value() == "present"
    assert event.attendance.filter(status="expected").count() == 2


def shown_by(response) -> dict[str, str]:
    """The fields as the browser would send the opened page back."""
    return as_sent(response.context["form"])


def test_old_page_writes_only_what_was_tapped_on_it(client, organizer):
    a_branch()
    people = [member(name=name) for name in "甲乙"]
    event = noticed_event()
    _first, second = list_of(event)
    attend(event, people[0])
    address = reverse("partybranch:life_attendance", args=[event.pk])
    opened = shown_by(client.get(address))

    attend(event, people[0], "leave", "住院")
    client.post(address, opened | {f"status_{second.pk}": "present"})

    assert {row.person.name: row.mark() for row in list_of(event)} == {"甲": ("leave", "住院"), "乙": ("present", "")}


def test_name_a_colleague_recorded_meanwhile_is_said_beside_it_and_counts_only_when_saved_again(client, organizer):
    a_branch()
    people = [member(name=name) for name in "甲乙"]
    event = noticed_event()
    first, second = list_of(event)
    address = reverse("partybranch:life_attendance", args=[event.pk])
    opened = shown_by(client.get(address))
    assert f'name="shown_{first.pk}" value="expected"' in client.get(address).content.decode()
    attend(event, people[0], "leave", "住院 手术")
    attend(event, people[1])
    by = event.attendance.get(pk=first.pk).marked_by.full_name

    response = client.post(address, opened | {f"status_{first.pk}": "absent", f"status_{second.pk}": "present"})

    told = f"{by}刚刚已登记为“请假：住院 手术”。您点选的还在这里，尚未保存；再次保存即以您的为准。"
    assert errors(response) == {
        "__all__": ["您登记期间，其他同志也登记了这份名单。您的登记尚未保存，请看下面。"],
        f"status_{first.pk}": [told],
    }
    assert response.context["form"][f"status_{first.pk}"].value() == "absent"
    assert [row.mark() for row in list_of(event)] == [("leave", "住院 手术"), ("present", "")]

    client.post(address, shown_by(response))
    assert [row.mark() for row in list_of(event)] == [("absent", ""), ("present", "")]


def test_no_hard_requirement_is_offered_to_those_of_whom_it_held_at_the_notice(client, organizer):
    a_branch()
    frail = member(name="甲")
    member(name="乙")
    circumstance(frail, "exempt", reason="行动不便")
    event = noticed_event()
    attend(event, frail)
    first, second = list_of(event)
    address = reverse("partybranch:life_attendance", args=[event.pk])

    response = client.post(address, {f"status_{second.pk}": "exempt"})
    assert list(errors(response)) == [f"status_{second.pk}"]
    client.post(address, {f"status_{first.pk}": "exempt"})
    first.refresh_from_db()
    assert (first.status, first.is_exempt) == ("exempt", True)


def test_attendance_before_the_notice_gets_a_sentence(client, organizer):
    event = an_event()

    response = client.post(reverse("partybranch:life_attendance", args=[event.pk]), {})

    assert errors(response) == {"__all__": ["请先发出通知，固定应到名单。"]}


def test_notice_pressed_again_in_an_old_window_is_told_that_it_is_given(client, organizer):
    a_branch(), member()
    event = an_event()
    address = reverse("partybranch:life_notice", args=[event.pk])
    client.post(address)

    page = client.post(address, follow=True).content.decode()
    assert "通知已经发出，应到名单已固定，不用再发。" in page
    assert "撤销或结束" not in page


def test_forms_of_what_is_called_off_do_not_open_and_old_ones_say_why(client, organizer):
    a_branch(), member()
    event = noticed_event()
    events.call_off(event, by=UserFactory(), reason="改期")
    words = "这次组织生活已取消，不能再登记或修改。"

    for name in ("life_attendance", "life_update", "life_relay", "observer_create", "life_record"):
        page = client.get(reverse(f"partybranch:{name}", args=[event.pk]), follow=True)
        assert page.redirect_chain[-1][0] == event.get_absolute_url()
        assert words in page.content.decode()
    saved = client.post(reverse("partybranch:life_attendance", args=[event.pk]), {})
    assert errors(saved) == {"__all__": [words]}
    saved = client.post(reverse("partybranch:life_update", args=[event.pk]), typed(place="会议室"))
    assert errors(saved) == {"topic": [words]}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"topic": " "}, "topic"),
        ({"kind": "committee"}, "body"),
        ({"lecturer": "王教授"}, "lecturer"),
        ({"begins_at": "上午"}, "begins_at"),
        ({"held_on": "2024-13-1"}, "held_on"),
        ({"held_on": "1900-3-20"}, "held_on"),
        ({"held_on": f"{dates.today() + timedelta(days=366)}"}, "held_on"),
    ],
)
def test_event_that_cannot_be_is_refused_beside_the_field(client, organizer, changes, place):
    branch = a_branch()

    response = client.post(reverse("partybranch:life_create", args=[branch.pk]), typed(**changes))

    assert list(errors(response)) == [place]
    assert LifeEvent.objects.count() == 0


def test_day_of_an_event_lies_in_the_life_of_the_branch_and_no_year_ahead(client, organizer):
    branch = a_branch(founded_on=date(2015, 7, 1))
    last = dates.today() + timedelta(days=365)
    address = reverse("partybranch:life_create", args=[branch.pk])

    assert errors(client.post(address, typed(held_on="2015-6-30"))) == {
        "held_on": ["本支部成立于 2015-07-01，在这之前不会有组织生活。请核对年份。"]
    }
    assert errors(client.post(address, typed(held_on=f"{last + timedelta(days=1)}"))) == {
        "held_on": ["这一天在一年以后，年份可能写错了。请核对。"]
    }
    for day in ("2015-7-1", f"{last}"):
        client.post(address, typed(held_on=day))
    event = LifeEvent.objects.order_by("held_on").first()
    with pytest.raises(events.BeforeBranch):
        events.change_event(event, by=UserFactory(), held_on=date(1900, 1, 1))
    assert [row.held_on for row in LifeEvent.objects.order_by("held_on")] == [date(2015, 7, 1), last]


def test_committee_meeting_finds_its_committee_and_after_the_notice_only_the_rest_changes(client, organizer):
    branch = a_branch()
    committee = a_body(branch, "committee", "支委会")
    term(member(), "secretary", body=committee)
    client.post(reverse("partybranch:life_create", args=[branch.pk]), typed(kind="committee"))
    event = LifeEvent.objects.get()
    assert event.body == committee
    client.post(reverse("partybranch:life_notice", args=[event.pk]))

    client.post(
        reverse("partybranch:life_update", args=[event.pk]), typed(kind="theme_day", held_on="2020-1-1", place="会议室")
    )

    event.refresh_from_db()
    assert (event.kind, event.held_on, event.place) == ("committee", date(2024, 3, 20), "会议室")


def test_old_form_of_an_event_writes_only_what_was_changed_on_it(client, organizer):
    event = an_event(place="会议室甲", begins_at=time(9, 0), agenda="一\n二", lecturer_kind="own", lecturer="王某")
    address = reverse("partybranch:life_update", args=[event.pk])
    opened = shown_by(client.get(address))
    events.change_event(event, by=UserFactory(), place="会议室乙", begins_at=time(14, 0), with_others=True)

    client.post(address, opened | {"topic": "新的主题", "agenda": "一\r\n二"})

    event.refresh_from_db()
    assert (event.topic, event.place, event.begins_at, event.with_others) == ("新的主题", "会议室乙", time(14, 0), True)
    assert Entry.objects.filter(act="party.event_changed").latest("pk").changes.keys() == {"topic"}


def test_field_of_an_event_that_both_changed_is_said_beside_it(client, organizer):
    event = an_event(place="会议室甲")
    address = reverse("partybranch:life_update", args=[event.pk])
    opened = shown_by(client.get(address))
    events.change_event(event, by=UserFactory(), place="会议室乙", kind="lecture")

    response = client.post(address, opened | {"topic": "新的主题", "place": "会议室丙", "kind": "visit"})

    assert errors(response) == {
        "__all__": ["您填写期间，其他同志也改了这里。您的内容尚未保存，请看下面。"],
        "kind": ["其他同志刚刚在这里保存了“党课”。您填的还在，尚未保存；再次保存即以您的为准。"],
        "place": ["其他同志刚刚在这里保存了“会议室乙”。您填的还在，尚未保存；再次保存即以您的为准。"],
    }
    assert (LifeEvent.objects.get().topic, LifeEvent.objects.get().place) == (event.topic, "会议室乙")
    client.post(address, shown_by(response))
    again = LifeEvent.objects.get()
    assert (again.topic, again.place, again.kind) == ("新的主题", "会议室丙", "visit")


def test_event_is_called_off_with_a_reason(client, organizer):
    a_branch()
    member()
    event = noticed_event()

    client.post(reverse("partybranch:life_call_off", args=[event.pk]), {"reason": " "})
    assert LifeEvent.objects.get().state == "noticed"
    page = client.post(reverse("partybranch:life_call_off", args=[event.pk]), {"reason": "大雨"}, follow=True)
    assert "已取消： 大雨" in page.content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_list_query_count_does_not_grow(client, organizer, count, django_assert_num_queries):
    a_branch()
    for number in range(count):
        member(name=f"甲{number}")
        noticed_event(topic=f"主题{number}")
    client.get(reverse("partybranch:life_list"))

    with django_assert_num_queries(8):
        client.get(reverse("partybranch:life_list"))


@pytest.mark.parametrize("page", ["life_detail", "life_attendance"])
def test_pages_of_one_event_ask_as_often_for_five_names_as_for_one(client, organizer, page):
    a_branch()
    asked = []
    for count in (1, 5):
        for number in range(count):
            member(name=f"甲{count}{number}")
        event = noticed_event()
        address = reverse(f"partybranch:{page}", args=[event.pk])
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_list_shows_counts_narrows_and_says_what_to_do_first(client, organizer):
    address = reverse("partybranch:life_list")
    branch = a_branch()
    assert reverse("partybranch:life_create", args=[branch.pk]) in client.get(address).content.decode()
    person = member()
    attend(noticed_event(topic="重温誓词"), person)
    an_event(topic="听党课", kind="lecture")

    page = client.get(address)
    assert [(row.topic, row.expected, row.came) for row in page.context["object_list"]] == [
        ("听党课", 0, 0),
        ("重温誓词", 1, 1),
    ]
    assert [row.topic for row in client.get(address, {"kind": "lecture"}).context["object_list"]] == ["听党课"]
    assert [row.topic for row in client.get(address, {"state": "noticed"}).context["object_list"]] == ["重温誓词"]
