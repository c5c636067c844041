"""Absence in a row and lost contact: told at three and five months, to the secretary alone, never of the bedridden."""

from datetime import date

import pytest
from django.urls import reverse

from hebi_charity.accounts.role_data import ROLES
from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.office.models import DatedSetting
from partybranch.lists.periods import full_months, months_later
from partybranch.lists.warnings import warnings_of
from partybranch.models import LifeEvent, Person
from partybranch.services.belonging import transfer_out
from partybranch.services.events import call_off
from partybranch.services.warning_months import record_warning_months, warning_months
from partybranch.work import long_absent
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as, person
from tests.partybranch.attend.factories import a_make_up, an_observer
from tests.partybranch.factories import (
    a_body,
    a_branch,
    applicant,
    attend,
    circumstance,
    held_event,
    member,
    noticed_event,
    term,
    withdraw,
)

pytestmark = pytest.mark.django_db
OTHERS = [role.code for role in ROLES if role.code != "branch_secretary"]


@pytest.fixture
def secretary():
    return person("branch_secretary")


def on(day: date, someone, status: str = "absent", reason: str = "") -> LifeEvent:
    """How somebody attended a theme day of this day, to which a colleague came."""
    colleague = Person.objects.filter(name="周同行").first() or member(name="周同行")
    event = noticed_event(held_on=day)
    attend(event, colleague), attend(event, someone, status, reason)
    return event


def told(day: date, secretary) -> list[tuple[str, date, int, bool]]:
    return [(line.person.name, line.since, line.months, line.is_urgent) for line in warnings_of(day, by=secretary)]


def test_absence_in_a_row_is_told_from_the_day_of_the_last_taking_part(secretary):
    a_branch()
    someone = member()
    on(date(2024, 1, 10), someone, "present")
    on(date(2024, 2, 14), someone), on(date(2024, 3, 13), someone)

    assert told(date(2024, 4, 9), secretary) == []
    assert told(date(2024, 4, 10), secretary) == [("张建国", date(2024, 1, 10), 3, False)]
    assert told(date(2024, 6, 9), secretary) == [("张建国", date(2024, 1, 10), 4, False)]
    assert told(date(2024, 6, 10), secretary) == [("张建国", date(2024, 1, 10), 5, True)]
    assert [line.absences for line in warnings_of(date(2024, 6, 10), by=secretary)] == [2]


def test_who_never_took_part_is_counted_from_the_first_absence(secretary):
    a_branch()
    someone = member()
    on(date(2024, 2, 14), someone)

    assert told(date(2024, 5, 13), secretary) == []
    assert told(date(2024, 5, 14), secretary) == [("张建国", date(2024, 2, 14), 3, False)]


@pytest.mark.parametrize(("status", "reason"), [("present", ""), ("online", ""), ("leave", "住院")])
def test_coming_and_a_leave_with_its_reason_interrupt_the_row(secretary, status, reason):
    a_branch()
    someone = member()
    on(date(2024, 1, 10), someone), on(date(2024, 3, 13), someone, status, reason), on(date(2024, 4, 10), someone)

    assert told(date(2024, 6, 12), secretary) == []
    assert told(date(2024, 6, 13), secretary) == [("张建国", date(2024, 3, 13), 3, False)]


def test_sitting_in_and_making_up_interrupt_the_row(secretary):
    branch = a_branch()
    someone = member(name="安国")
    on(date(2024, 1, 10), someone)
    group = a_body(branch)
    term(member(name="王五"), "group_leader", body=group)
    an_observer(held_event(held_on=date(2024, 3, 13), kind="group", body=group), someone)
    missed = on(date(2024, 4, 10), someone)

    assert told(date(2024, 6, 13), secretary)[0] == ("安国", date(2024, 3, 13), 3, False)
    a_make_up(missed, done_on=date(2024, 4, 20))
    assert told(date(2024, 7, 19), secretary)[:1] == []


def test_without_an_absence_nobody_is_told_however_long_nothing_was_held(secretary):
    a_branch()
    someone = member()
    on(date(2024, 1, 10), someone, "present")
    noticed_event(held_on=date(2024, 3, 13))

    assert told(date(2024, 12, 31), secretary) == []


def test_what_was_called_off_is_no_absence(secretary):
    a_branch()
    someone = member()
    event = on(date(2024, 1, 10), someone)
    for row in event.attendance.select_related("person"):
        attend(event, row.person, "expected")
    call_off(event, by=UserFactory(), reason="大雨")

    assert told(date(2024, 12, 31), secretary) == []


def test_of_the_bedridden_applicants_and_who_has_left_nobody_is_told(secretary):
    a_branch()
    frail, gone, now_frail = member(name="卧床"), member(name="已转出"), member(name="后来卧床")
    circumstance(frail, "exempt", reason="卧床")
    event = on(date(2024, 1, 10), gone)
    attend(event, now_frail, "absent")
    transfer_out(gone, by=UserFactory(), day=date(2024, 2, 1), went_to="某社区党支部")
    circumstance(now_frail, "exempt", starts_on=date(2024, 3, 1), reason="卧床")
    circumstance(applicant(name="申请人"), "lost", starts_on=date(2024, 1, 1), reason="失联")
    circumstance(frail, "lost", starts_on=date(2021, 1, 1), reason="失联")

    assert told(date(2024, 12, 31), secretary) == []


def test_lost_contact_is_told_after_the_same_months_and_ends_with_its_record(secretary):
    a_branch()
    row = circumstance(member(), "lost", starts_on=date(2024, 1, 31), reason="电话停机")

    assert told(date(2024, 4, 29), secretary) == []
    assert told(date(2024, 4, 30), secretary) == [("张建国", date(2024, 1, 31), 3, False)]
    assert told(date(2024, 6, 30), secretary) == [("张建国", date(2024, 1, 31), 5, True)]
    assert [line.is_lost for line in warnings_of(date(2024, 6, 30), by=secretary)] == [True]
    withdraw(row)
    assert told(date(2024, 6, 30), secretary) == []


@pytest.mark.parametrize(
    ("since", "on_day", "months"),
    [
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2024, 8, 31), date(2024, 11, 30), 3),
        (date(2023, 11, 15), date(2024, 2, 14), 2),
        (date(2023, 11, 15), date(2024, 2, 15), 3),
    ],
)
def test_months_are_full(since, on_day, months):
    assert full_months(since, on_day) == months


def test_months_backwards_end_with_the_month():
    assert months_later(date(2024, 5, 31), -3) == date(2024, 2, 29)


def test_months_are_a_dated_setting_and_every_change_is_logged(secretary):
    assert (warning_months(date(2024, 1, 1)).first, warning_months(date(2024, 1, 1)).again) == (3, 5)
    record_warning_months(2, 4, valid_from=date(2025, 1, 1), basis="支委会决议", by=secretary)

    a_branch()
    someone = member()
    on(date(2024, 12, 1), someone)
    assert told(date(2024, 12, 31), secretary) == []
    assert told(date(2025, 2, 1), secretary) == [("张建国", date(2024, 12, 1), 2, False)]
    entry = Entry.objects.get(act="setting.recorded")
    assert (entry.side, entry.reason) == ("party", "支委会决议")


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_the_secretary_is_told(client, role):
    a_branch()
    circumstance(member(name="慕容雪松"), "lost", starts_on=date(2024, 1, 1), reason="电话停机")
    user = log_in_as(client, role)

    assert warnings_of(dates.today(), by=user) == []
    assert long_absent(user) == []
    assert client.get(reverse("partybranch:warning_list")).status_code == 403
    assert "慕容雪松" not in client.get("/").content.decode()
    assert "久未参加" not in client.get("/").content.decode()


def test_secretary_finds_it_on_the_start_page_and_on_its_page(client):
    a_branch()
    circumstance(member(name="慕容雪松"), "lost", starts_on=date(2024, 1, 1), reason="电话停机")
    log_in_as(client, "branch_secretary")

    assert "久未参加组织生活或失联的党员" in client.get("/").content.decode()
    page = client.get(reverse("partybranch:warning_list")).content.decode()
    assert "慕容雪松" in page
    assert "第二十四条研究处理" in page


def test_secretary_records_other_months_and_a_wrong_order_is_refused_beside_the_field(client):
    log_in_as(client, "branch_secretary")
    address = reverse("partybranch:warning_list")
    typed = {"first": "4", "again": "4", "valid_from": "2026-1-1", "basis": "支委会决议"}

    form = client.post(address, typed).context["form"]
    assert list(form.errors) == ["again"]
    assert DatedSetting.objects.in_force("partybranch.warning_months", date(2026, 6, 1)).value == [3, 5]

    client.post(address, typed | {"again": "6"})
    assert DatedSetting.objects.in_force("partybranch.warning_months", date(2026, 6, 1)).value == [4, 6]


def test_empty_page_says_who_would_stand_there(client):
    log_in_as(client, "branch_secretary")
    assert "未请假连续缺席满 3 个月" in client.get(reverse("partybranch:warning_list")).content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_page_query_count_does_not_grow(client, count, django_assert_num_queries):
    a_branch()
    for number in range(count):
        circumstance(member(name=f"甲{number}"), "lost", starts_on=date(2024, 1, 1), reason="电话停机")
    log_in_as(client, "branch_secretary")
    client.get(reverse("partybranch:warning_list"))

    with django_assert_num_queries(7):
        client.get(reverse("partybranch:warning_list"))
