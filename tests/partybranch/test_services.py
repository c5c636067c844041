"""What the services of the branch do to more than one row, and what they write into the branch's side of the log."""

from datetime import date
from uuid import uuid4

import pytest

from hebi_charity.audit.history import history_of
from hebi_charity.audit.models import Entry
from hebi_charity.office.services.form_keys import FormKeyReused
from partybranch.models import Circumstance, Membership, Person
from partybranch.services import belonging, branches, people, records
from partybranch.services.broken_rules import (
    AlreadyWithdrawn,
    HasLeftTheParty,
    HasTermsHere,
    NotInAnyBranch,
    NotYetEnded,
)
from tests.donations.factories import UserFactory
from tests.partybranch.factories import (
    DAY,
    a_body,
    a_branch,
    applicant,
    circumstance,
    member,
    new_person,
    staff,
    stage,
    standing,
    term,
    withdraw,
)

pytestmark = pytest.mark.django_db


def move_in(person, branch, starts_on=date(2024, 1, 1), **facts):
    values = {"arrival": "transfer", "came_from": "某党支部"} | facts
    row = Membership(person=person, branch=branch, starts_on=starts_on, **values)
    return belonging.transfer_in(row, by=UserFactory(), form_key=uuid4())


def move_out(person, day=date(2023, 1, 1)):
    return belonging.transfer_out(person, by=UserFactory(), day=day, went_to="某社区党支部")


def test_person_is_recorded_with_stay_stages_and_retirement():
    by = UserFactory()
    person = member(by=by, name=" 周小满", retired_on=date(2012, 2, 1), phone="13800009876")

    assert (person.sort_key, person.initials, person.phone_tail) == ("zhou xiao man", "zxm", "9876")
    assert list(person.stage_changes.values_list("stage", "on")) == [
        ("probationary", date(1990, 7, 1)),
        ("full", date(1991, 7, 1)),
    ]
    assert person.circumstances.get().kind == "retired"
    entry = Entry.objects.get(act="party.person_recorded")
    assert (entry.actor, entry.side, entry.object_label) == (by, "party", f"支部人员 {person.pk}")


def test_same_form_records_one_person_and_another_content_is_refused():
    entry, by, key = new_person(), UserFactory(), uuid4()

    first = people.register_person(entry, by=by, form_key=key)
    second = people.register_person(entry, by=by, form_key=key)

    assert (first, Person.objects.count()) == (second, 1)
    with pytest.raises(FormKeyReused):
        people.register_person(new_person(name="李四"), by=by, form_key=key)


def test_transfer_out_ends_the_stay_and_the_posts_on_the_same_day():
    branch = a_branch()
    person = member()
    row = term(person, "group_leader", body=a_body(branch))

    move_out(person, date(2023, 1, 1))

    row.refresh_from_db()
    assert (row.ends_on, person.memberships.get().ends_on) == (date(2023, 1, 1), date(2023, 1, 1))
    assert person.memberships.get().departure == "transfer"
    with pytest.raises(NotInAnyBranch):
        move_out(person)


def test_transfer_in_takes_a_known_person_into_another_branch():
    person = member()
    move_out(person)
    other = a_branch()

    move_in(person, other, date(2023, 1, 1))

    assert person.memberships.open().get().branch == other


@pytest.mark.parametrize("ending", ["removed", "expelled", "withdrew", "deceased"])
def test_what_ends_the_membership_ends_the_stay_and_nobody_is_transferred_in_afterwards(ending):
    person = member()
    stage(person, ending, DAY)

    assert person.memberships.get().departure == "ended"
    with pytest.raises(HasLeftTheParty):
        move_in(person, a_branch())


def test_staff_are_not_transferred_in():
    person = staff()
    withdraw(person.memberships.get())

    with pytest.raises(HasLeftTheParty):
        move_in(person, a_branch())


def test_staff_who_apply_go_on_the_way_from_that_day():
    person = staff()
    stage(person, "applicant", DAY)

    first, second = person.memberships.all()
    assert (first.capacity, first.ends_on, first.departure) == ("study", DAY, "study")
    assert (second.capacity, second.starts_on, second.arrival) == ("party", DAY, "here")


def test_stage_of_somebody_in_no_branch_is_refused():
    person = member()
    move_out(person)

    with pytest.raises(NotInAnyBranch):
        stage(person, "removed", date(2024, 1, 1))


def test_end_is_recorded_once_and_not_of_what_was_withdrawn():
    by, row = UserFactory(), circumstance(member())

    records.end_row(row, by=by, day=date(2021, 1, 1))
    with pytest.raises(AlreadyWithdrawn):
        records.end_row(row, by=by, day=date(2022, 1, 1))
    gone = withdraw(circumstance(row.person, "exempt", reason="患病"))
    with pytest.raises(AlreadyWithdrawn):
        records.end_row(gone, by=by, day=date(2022, 1, 1))


def test_stay_is_not_withdrawn_while_a_post_hangs_on_it():
    person = member()
    row = term(person)

    with pytest.raises(HasTermsHere):
        withdraw(person.memberships.get())
    withdraw(row)
    assert withdraw(person.memberships.get()).withdrawal_reason == "登记错误"


def test_body_is_not_dissolved_while_somebody_holds_a_post_in_it():
    body = a_body(a_branch())
    row = term(member(), "group_leader", body=body)

    with pytest.raises(NotYetEnded):
        branches.dissolve_body(body, by=UserFactory(), day=date(2024, 1, 1))
    records.end_row(row, by=UserFactory(), day=date(2023, 1, 1))
    assert branches.dissolve_body(body, by=UserFactory(), day=date(2024, 1, 1)).dissolved_on == date(2024, 1, 1)


def test_history_says_in_chinese_what_was_recorded_of_the_person():
    person = applicant()
    stage(person, "activist", date(2021, 5, 1))
    circumstance(person, "mobile", date(2022, 1, 1), "郑州市")
    withdraw(standing(person))

    told = [(line.act, sorted(line.changes)) for line in history_of(person)]
    assert told[0][0] == "登记了支部人员"
    assert told[1] == ("登记了阶段变化", [("积极分子", "—", "2021-05-01")])
    assert told[2] == ("登记了情况", [("情况", "—", "流动党员"), ("起始日", "—", "2022-01-01")])
    assert told[4] == ("撤销了一条记录", [("党龄起算日期", "—", "1975-03-08")])


def test_every_act_of_the_branch_stands_on_its_own_side_of_the_log():
    branch = a_branch()
    body = a_body(branch)
    person = member(phone="13800009876")
    records.end_row(term(person, "group_leader", body=body), by=UserFactory(), day=date(2022, 1, 1))
    branches.dissolve_body(body, by=UserFactory(), day=date(2022, 1, 1))
    branches.change_branch(branch, by=UserFactory(), name="新名称党支部")
    people.change_person(person, by=UserFactory(), reason="号码变更", phone="13800001234")
    withdraw(circumstance(person))
    move_out(person)
    move_in(person, branch, date(2023, 1, 1))

    acts = Entry.objects.filter(act__startswith="party.")
    assert set(acts.values_list("side", flat=True)) == {"party"}
    assert acts.count() == 12
    changed = Entry.objects.get(act="party.person_changed").changes["phone"]
    assert [value["masked"] for value in changed] == ["138****9876", "138****1234"]


def test_what_is_recorded_names_the_recorder():
    by = UserFactory()
    row = records.record_circumstance(
        Circumstance(person=member(), kind="lost", starts_on=DAY, reason="2020 年 3 月后未联系上"),
        by=by,
        form_key=uuid4(),
    )

    assert (row.recorded_by, row.is_open()) == (by, True)
