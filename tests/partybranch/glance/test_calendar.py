"""The calendar for telephones: a secret address alone reads it, while its owner holds a role; it names no member."""

from datetime import date, datetime, time

import icalendar
import pytest
from django.urls import reverse

from hebi_charity.accounts.models import RoleAssignment
from hebi_charity.accounts.services.roles import end_role
from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.core.dates import SHANGHAI
from partybranch.lists.calendar import CalendarFacts, calendar_of, facts_of_reader
from partybranch.models import CalendarAddress
from partybranch.services.calendar_addresses import make_address, reader_of, withdraw_address
from partybranch.services.events import call_off
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as, person
from tests.partybranch.factories import a_body, a_branch, an_event, member, noticed_event, term
from tests.partybranch.glance.factories import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return person("branch_secretary")


def entries(content: bytes) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(content)
    return {str(entry["uid"]): entry for entry in calendar.walk("VEVENT")}


def feed(token: str) -> str:
    return reverse("partybranch:feed", args=[token])


def test_events_carry_kind_time_and_place_in_shanghai_and_nothing_of_members(secretary):
    branch = a_branch()
    chair = member(name="慕容雪松")
    group = a_body(branch)
    term(chair, "group_leader", body=group)
    event = noticed_event(
        kind="group",
        body=group,
        topic="讨论慕容雪松转正",
        held_on=date(2024, 9, 3),
        begins_at=time(9, 30),
        place="三楼，会议室；东侧",
        chair=chair,
        agenda="慕容雪松发言",
    )

    content = calendar_of(facts_of_reader(secretary, TODAY))
    entry = entries(content)[f"event-{event.pk}@hebi-charity"]

    assert str(entry["summary"]) == "党小组会（第一党小组）"
    assert str(entry["location"]) == "三楼，会议室；东侧"
    assert entry["dtstart"].dt == datetime(2024, 9, 3, 9, 30, tzinfo=SHANGHAI)
    assert str(entry["dtstart"].params["TZID"]) == "Asia/Shanghai"
    assert (str(entry["class"]), str(entry["status"])) == ("PRIVATE", "CONFIRMED")
    unfolded = content.decode().replace("\r\n ", "")
    assert "BEGIN:VTIMEZONE" in unfolded
    assert [word for word in ("慕容", "转正", "发言") if word in unfolded] == []


def test_day_without_a_time_is_a_whole_day_and_what_is_called_off_says_so(secretary):
    a_branch()
    member()
    event = noticed_event(held_on=date(2024, 9, 3))
    call_off(event, by=UserFactory(), reason="大雨")
    an_event(held_on=date(2024, 9, 4))

    entry = entries(calendar_of(CalendarFacts(facts_of_reader(secretary, TODAY).events)))

    assert list(entry) == [f"event-{event.pk}@hebi-charity"]
    only = entry[f"event-{event.pk}@hebi-charity"]
    assert (only["dtstart"].dt, only["dtend"].dt, str(only["status"])) == (
        date(2024, 9, 3),
        date(2024, 9, 4),
        "CANCELLED",
    )


def test_what_is_due_stands_on_its_last_day_until_a_day_is_set(secretary):
    branch = a_branch()
    member()
    noticed_event(kind="general", held_on=date(2024, 9, 3))

    found = entries(calendar_of(facts_of_reader(secretary, TODAY)))

    due = {uid: entry for uid, entry in found.items() if uid.startswith("due-")}
    assert f"due-{branch.pk}-general-0-20240930@hebi-charity" not in due
    lecture = due[f"due-{branch.pk}-lecture-0-20240930@hebi-charity"]
    assert (str(lecture["summary"]), lecture["dtstart"].dt) == ("应开：党课（第3季度）", date(2024, 9, 30))
    assert len(due) == 1 + 2 + 5 + 2  # general, lecture, theme day, life meeting and review


def test_same_facts_give_the_same_bytes(secretary):
    a_branch()
    member()
    noticed_event(held_on=date(2024, 9, 3))

    assert calendar_of(facts_of_reader(secretary, TODAY)) == calendar_of(facts_of_reader(secretary, TODAY))


@pytest.mark.parametrize("count", [1, 5])
def test_calendar_takes_five_queries(secretary, count, django_assert_num_queries):
    for number in range(count):
        branch = a_branch()
        member(name=f"甲{number}", branch=branch)
        noticed_event(branch=branch, held_on=date(2024, 9, 1 + number))
    secretary.has_perm("partybranch.view_person")

    with django_assert_num_queries(5):
        calendar_of(facts_of_reader(secretary, TODAY))


def test_several_branches_are_named(secretary):
    first, second = a_branch("第一党支部"), a_branch("第二党支部")
    for branch in (first, second):
        member(branch=branch)
        noticed_event(branch=branch, held_on=date(2024, 9, 3))

    words = [str(entry["summary"]) for entry in entries(calendar_of(facts_of_reader(secretary, TODAY))).values()]

    assert {"主题党日｜第一党支部", "主题党日｜第二党支部"} <= set(words)


def test_telephone_reads_the_address_without_a_log_in(client, secretary):
    a_branch()
    member()
    event = noticed_event(held_on=dates.today())

    response = client.get(feed(make_address(by=secretary)))

    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert f"event-{event.pk}@hebi-charity" in entries(response.content)


def test_address_of_who_lost_the_role_or_the_account_gives_404(client, secretary):
    token = make_address(by=secretary)
    held = RoleAssignment.objects.get(user=secretary)
    assert client.get(feed(token)).status_code == 200

    end_role(held, by=UserFactory())
    assert client.get(feed(token)).status_code == 404


def test_address_of_a_deactivated_account_gives_404(client, secretary):
    token = make_address(by=secretary)
    type(secretary).objects.filter(pk=secretary.pk).update(is_active=False, left_on=dates.today())

    assert client.get(feed(token)).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 43, "会", "a%00b"])
def test_other_addresses_give_404(client, secretary, token):
    make_address(by=secretary)

    assert client.get(feed(token)).status_code == 404


def test_only_a_hash_is_kept_and_a_new_address_ends_the_old_one(client, secretary):
    old, new = make_address(by=secretary), make_address(by=secretary)

    assert old not in str(list(CalendarAddress.objects.values()))
    assert (reader_of(old), reader_of(new)) == (None, secretary)
    assert withdraw_address(by=secretary)
    assert reader_of(new) is None
    assert not withdraw_address(by=secretary)
    acts = Entry.objects.filter(object_type="partybranch.calendaraddress").order_by("pk")
    assert list(acts.values_list("act", "side", "actor")) == [
        ("party.calendar_address_made", "party", secretary.pk),
        ("party.calendar_address_made", "party", secretary.pk),
        ("party.calendar_address_withdrawn", "party", secretary.pk),
    ]
    assert old not in str(list(Entry.objects.values()))


def test_address_is_shown_once(client):
    user = log_in_as(client, "organisation_member")

    page = client.post(reverse("partybranch:calendar_make")).content.decode()
    address = page.split('value="http://testserver')[1].split('"')[0]
    assert client.get(address).status_code == 200
    assert address not in client.get(reverse("partybranch:calendar")).content.decode()

    client.post(reverse("partybranch:calendar_withdraw"))
    assert not CalendarAddress.objects.own(user).exists()
    assert client.get(address).status_code == 404


def test_year_is_saved_as_a_file_with_person_and_time_and_logged(client):
    branch = a_branch()
    member()
    inside, _outside = noticed_event(held_on=date(2024, 9, 3)), noticed_event(held_on=date(2023, 9, 3))
    other = a_branch()
    member(branch=other)
    noticed_event(branch=other, held_on=date(2024, 9, 3))
    user = log_in_as(client, "organisation_member")

    response = client.get(reverse("partybranch:calendar_file"), {"branch": branch.pk, "year": 2024})

    assert list(entries(response.content)) == [f"event-{inside.pk}@hebi-charity"]
    note = str(icalendar.Calendar.from_ical(response.content)["x-wr-caldesc"])
    assert note.startswith(f"{user.full_name}（{user.username}）于 20")
    assert note.endswith(" 导出 · 仅供党支部内部工作使用 · 演示系统 · 数据均为虚构")
    assert "attachment" in response["Content-Disposition"]
    entry = Entry.objects.get(act="party.calendar_exported")
    assert (entry.actor, entry.side, entry.count) == (user, "party", 1)
