"""Observers stand beside the list without counting; what was missed is made up, also after filing."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hebi_charity.audit.models import Entry
from partybranch.lists.make_ups import missed_of, open_events, word_of
from partybranch.models import LifeEvent, MakeUp, Observer
from partybranch.services import filing
from partybranch.services.broken_rules import AlreadyFiled, AlreadyWithdrawn, NotNoticed
from partybranch.services.make_ups import withdraw_make_up
from partybranch.services.observers import withdraw_observer
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as, person
from tests.partybranch.attend.factories import DAY, a_make_up, a_missed_event, an_observer
from tests.partybranch.factories import a_branch, an_event, attend, circumstance, member, noticed_event, staff
from tests.partybranch.record.factories import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def branch():
    found = a_branch()
    member(name="甲"), member(name="乙")
    return found


def open_names(user) -> list[str]:
    return [row.person.name for event in open_events(user, until=DAY) for row in event.open_rows]


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_observers_do_not_count_among_those_expected(client, organizer, branch):
    event = noticed_event()
    sitting = staff(branch=branch)
    address = reverse("partybranch:observer_create", args=[event.pk])

    client.post(address, {"form_key": str(uuid4()), "person": sitting.pk})
    page = client.post(
        address, {"form_key": str(uuid4()), "guest": "何督导", "unit": "市直机关工委"}, follow=True
    ).content.decode()

    assert [one.name() for one in event.observers.named()] == ["李学工", "何督导（市直机关工委）"]
    counted = LifeEvent.objects.get()
    assert (counted.expected, counted.came, event.attendance.count()) == (2, 0, 2)
    assert "何督导（市直机关工委）" in page
    assert [entry.side for entry in Entry.objects.filter(act="party.observer_added")] == ["party", "party"]


@pytest.mark.parametrize(
    "typed", [{}, {"guest": "何督导"}, {"unit": "市直机关工委"}, {"guest": "何督导", "unit": "x", "person": "staff"}]
)
def test_observer_is_a_person_or_a_guest_with_a_unit(client, organizer, branch, typed):
    event = noticed_event()
    sitting = staff(branch=branch)
    facts = typed | ({"person": sitting.pk} if "person" in typed else {})

    response = client.post(reverse("partybranch:observer_create", args=[event.pk]), facts | {"form_key": str(uuid4())})

    assert errors(response) == {"person": ["请选择本支部人员，或者填写外来人员的姓名和单位，两者只填一项。"]}
    assert response.context["form"]["guest"].value() == typed.get("guest")
    assert Observer.objects.count() == 0


def test_who_stands_on_the_list_is_not_offered_and_before_the_notice_nobody_is_added(client, organizer, branch):
    event, draft = noticed_event(), an_event()
    listed = event.attendance.first().person
    address = reverse("partybranch:observer_create", args=[event.pk])

    assert listed not in client.get(address).context["form"].fields["person"].queryset
    response = client.post(
        reverse("partybranch:observer_create", args=[draft.pk]),
        {"form_key": str(uuid4()), "guest": "何督导", "unit": "市直机关工委"},
    )
    assert errors(response) == {"person": ["请先发出通知，固定应到名单。"]}


def test_observer_added_wrongly_is_withdrawn_and_after_filing_nothing_changes(client, organizer, branch):
    event = noticed_event()
    wrong, right = an_observer(event), an_observer(event, guest="贺讲师", unit="市委党校")
    address = reverse("partybranch:observer_withdraw", args=[wrong.pk])
    assert "原因" in client.post(address, {"reason": " "}, follow=True).content.decode()
    client.post(address, {"reason": "没有来"})
    assert [one.guest for one in event.observers.named()] == ["贺讲师"]
    with pytest.raises(AlreadyWithdrawn):
        withdraw_observer(wrong, by=UserFactory(), reason="再次")
    for row in event.attendance.all():
        attend(event, row.person)

    filed = filing.file_event(write(event).event, by=UserFactory())

    assert "observers" in filed.sealed_parts
    with pytest.raises(AlreadyFiled):
        an_observer(event, guest="后来")
    with pytest.raises(AlreadyFiled):
        withdraw_observer(right, by=UserFactory(), reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Observer.objects.filter(pk=right.pk).update(guest="改名")


def made(event, people, **changes):
    facts = {"form_key": str(uuid4()), "people": people, "done_on": "20240325", "way": "home", "what": "送学上门"}
    return facts | {"helper": "孙德厚"} | changes


def test_several_make_up_at_once_and_the_rest_stays_open(client, organizer, branch):
    member(name="丙")
    frail = member(name="丁")
    circumstance(frail, "exempt", reason="行动不便")
    event = noticed_event(kind="lecture")
    rows = {row.person.name: row for row in event.attendance.select_related("person")}
    attend(event, rows["甲"].person, "leave", "住院"), attend(event, rows["乙"].person, "absent")
    attend(event, rows["丙"].person)
    address = reverse("partybranch:make_up_create", args=[event.pk])
    form = client.get(address).context["form"]
    assert word_of(event) == "补课"
    assert form.initial["people"] == [rows["甲"].pk, rows["乙"].pk]
    assert [label for _pk, label in form.fields["people"].choices] == [
        "丁（不作硬性要求）",
        "甲（请假）",
        "乙（缺席）",
    ]
    client.get(reverse("partybranch:make_up_list")).content.decode()

    page = client.post(address, made(event, [rows["甲"].pk, rows["丁"].pk]), follow=True).content.decode()

    assert "已登记 2 人补学补课。" in page
    assert "送学上门，送学上门（孙德厚）" in page
    assert sorted(MakeUp.objects.values_list("attendance__person__name", "done_on", "way")) == [
        ("丁", DAY, "home"),
        ("甲", DAY, "home"),
    ]
    assert open_names(organizer) == ["乙"]
    assert [(one.row.person.name, one.is_owed) for one in missed_of(event)] == [
        ("丁", False),
        ("甲", False),
        ("乙", True),
    ]
    assert Entry.objects.get(act="party.made_up").side == "party"


def test_same_form_sent_twice_makes_up_once(client, organizer, branch):
    event = a_missed_event()
    facts = made(event, [event.attendance.get(status="absent").pk])
    address = reverse("partybranch:make_up_create", args=[event.pk])

    client.post(address, facts), client.post(address, facts)

    assert MakeUp.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"done_on": "20240319"}, "done_on", "补学补课不能早于会议日期。请核对日期。"),
        ({"what": " "}, "what", "请填写补学补课的内容。"),
        ({"people": []}, "people", "请至少选择一人。"),
    ],
)
def test_make_up_that_cannot_be_is_refused_beside_the_field(client, organizer, branch, changes, place, sentence):
    event = a_missed_event()
    facts = made(event, [event.attendance.get(status="absent").pk]) | changes

    response = client.post(reverse("partybranch:make_up_create", args=[event.pk]), facts)

    assert errors(response)[place] == [sentence]
    assert MakeUp.objects.count() == 0


def test_who_came_makes_nothing_up(client, organizer, branch):
    event = a_missed_event()
    came = event.attendance.get(status="expected")
    attend(event, came.person)

    response = client.post(reverse("partybranch:make_up_create", args=[event.pk]), made(event, [came.pk]))

    assert list(errors(response)) == ["people"]


def test_filing_does_not_end_making_up_and_a_wrong_one_is_withdrawn_by_the_secretary(client, branch):
    event = a_missed_event()
    attend(event, event.attendance.get(status="expected").person)
    filed = filing.file_event(write(event).event, by=UserFactory())
    seal = filed.seal

    made_up = a_make_up(filed)

    filed.refresh_from_db()
    assert (made_up.done_on, filed.seal) == (DAY, seal)
    address = reverse("partybranch:make_up_withdraw", args=[made_up.pk])
    log_in_as(client, "organisation_member")
    assert client.post(address, {"reason": "x"}).status_code == 403
    secretary = log_in_as(client, "branch_secretary")
    client.post(address, {"reason": "登记错了人"})
    assert open_names(secretary) == ["甲"]
    with pytest.raises(AlreadyWithdrawn):
        withdraw_make_up(made_up, by=UserFactory(), reason="再次")
    a_make_up(filed, way="told")


def test_attendance_of_who_made_it_up_is_refused_with_what_to_do(client, organizer, branch):
    event = a_missed_event()
    row = a_make_up(event).attendance

    response = client.post(reverse("partybranch:life_attendance", args=[event.pk]), {f"status_{row.pk}": "present"})

    assert errors(response) == {"__all__": ["这次缺席已登记补学补课。请先撤销那条记录，再更正到会情况。"]}


def test_list_of_open_ones_is_narrowed_by_year_and_says_when_nothing_is_open(client, organizer, branch, monkeypatch):
    address = reverse("partybranch:make_up_list")
    assert "没有待补学补课的人员" in client.get(address).content.decode()
    a_missed_event("leave", topic="听党课", kind="lecture")
    years = client.get(address).context["filter_form"].fields["year"].choices

    assert "听党课" not in client.get(address).content.decode()
    page = client.get(address, {"year": "2024"}).content.decode()
    assert (2024, "2024") in years
    assert "待补课 1 人" in page
    assert "甲（请假：住院）" in page
    a_make_up(LifeEvent.objects.get())
    assert "听党课" not in client.get(address, {"year": "2024"}).content.decode()


def test_open_ones_are_paged_by_meeting_and_none_is_lost_or_shown_twice(client, organizer, branch):
    """Twenty meetings a page, also of one day, each with all of its names."""
    member(name="丙")
    made = []
    for number in range(45):
        event = noticed_event(topic=f"会{number}", held_on=date(2024, 3, 1 + number // 2))
        for row in event.attendance.all()[:2]:
            attend(event, row.person, "absent")
        made.append(event.pk)
    closed = noticed_event(topic="没有缺席的会", held_on=date(2024, 3, 10))
    attend(closed, closed.attendance.first().person)

    address, query, pages = reverse("partybranch:make_up_list"), "year=2024", []
    while query:
        response = client.get(f"{address}?{query}")
        page = response.context["page"]
        pages.append([event.pk for event in page])
        assert [len(event.open_rows) for event in page] == [2] * len(page)
        query = page.next_query

    assert [len(each) for each in pages] == [20, 20, 5]
    assert [pk for each in pages for pk in each] == made[::-1]
    back = client.get(f"{address}?{page.previous_query}").context["page"]
    assert [event.pk for event in back] == pages[1]
    shown = client.get(address, {"year": "2024", "day": "20240302"}).context["page"]
    assert [event.pk for event in shown] == made[3::-1]
    assert "上一页" in response.content.decode()
    part = client.get(address, {"year": "2024"}, headers={"HX-Request": "true"}).content.decode()
    assert "会44" in part
    assert "<html" not in part


@pytest.mark.parametrize("count", [1, 5])
def test_list_of_open_ones_asks_as_often_for_five_as_for_one(
    client, organizer, branch, count, django_assert_num_queries
):
    for number in range(count):
        a_missed_event(topic=f"会{number}")
    address = reverse("partybranch:make_up_list") + "?year=2024"
    client.get(address)

    with django_assert_num_queries(7):
        client.get(address)


@pytest.mark.parametrize("address", ["list", "event"])
def test_pages_ask_as_often_for_five_as_for_one(client, organizer, address):
    a_branch()
    asked = []
    for count in (1, 5):
        for number in range(count):
            member(name=f"甲{count}{number}")
        event = noticed_event(held_on=date(2024, 3, 20))
        for row in event.attendance.all():
            attend(event, row.person, "absent")
        an_observer(event), an_observer(event, guest="贺讲师", unit="x")
        page = event.get_absolute_url() if address == "event" else reverse("partybranch:make_up_list") + "?year=2024"
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_nobody_outside_the_branch_sees_what_is_open(client, branch):
    a_missed_event()
    for user in (UserFactory(), person("auditor"), person("administrator")):
        assert open_names(user) == []
        client.force_login(user)
        assert client.get(reverse("partybranch:make_up_list")).status_code == 403


def test_event_in_preparation_has_neither(client, organizer, branch):
    draft = an_event()
    page = client.get(draft.get_absolute_url())
    assert (page.context["observers"], page.context["missed"]) == ([], [])
    with pytest.raises(NotNoticed):
        an_observer(draft)
