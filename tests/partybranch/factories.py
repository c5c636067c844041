"""A branch and its people for tests, made as the services make them. Every person is invented."""

from datetime import date
from itertools import count
from uuid import uuid4

from hebi_charity.accounts.models import User
from partybranch.models import Body, Branch, Circumstance, LifeEvent, Person, StageChange, Standing, Term
from partybranch.services import belonging, branches, events, people, records
from tests.donations.factories import UserFactory

FOUNDED = date(2010, 1, 1)
DAY = date(2020, 5, 1)
_numbers = count(1)


def a_branch(name: str = "", *, by: User | None = None, **facts: object) -> Branch:
    """A branch founded on 1 January 2010, unless said otherwise."""
    values = {"name": name or f"第{next(_numbers)}党支部", "founded_on": FOUNDED} | facts
    return branches.found_branch(Branch(**values), by=by or UserFactory(), form_key=uuid4())


def a_body(branch: Branch, kind: str = "group", name: str = "第一党小组", founded_on: date = FOUNDED) -> Body:
    row = Body(branch=branch, kind=kind, name=name, founded_on=founded_on)
    return branches.found_body(row, by=UserFactory(), form_key=uuid4())


def new_person(**facts: object) -> people.NewPerson:
    """张建国, a full member since 1 July 1991 who was there when the records began, unless said otherwise."""
    values = {
        "name": "张建国",
        "starts_on": FOUNDED,
        "stage": "full",
        "stage_on": date(1991, 7, 1),
        "admitted_on": date(1990, 7, 1),
    } | facts
    values.setdefault("branch", Branch.objects.first() or a_branch())
    return people.NewPerson(**values)


def member(*, by: User | None = None, **facts: object) -> Person:
    return people.register_person(new_person(**facts), by=by or UserFactory(), form_key=uuid4())


def applicant(on: date = DAY, **facts: object) -> Person:
    facts = {"stage": "applicant", "stage_on": on, "admitted_on": None, "starts_on": on, "arrival": "here"} | facts
    return member(**facts)


def staff(**facts: object) -> Person:
    """Somebody who studies with the branch and belongs to no stage."""
    return member(**{"stage": "", "stage_on": None, "admitted_on": None, "name": "李学工"} | facts)


def stage(
    person: Person, code: str, on: date, *, by: User | None = None, basis: str = "支部党员大会决议"
) -> StageChange:
    row = StageChange(person=person, stage=code, on=on, basis=basis)
    return belonging.record_stage(row, by=by or UserFactory(), form_key=uuid4())


def circumstance(
    person: Person, kind: str = "retired", starts_on: date = DAY, reason: str = "年满六十"
) -> Circumstance:
    row = Circumstance(person=person, kind=kind, starts_on=starts_on, reason=reason)
    return records.record_circumstance(row, by=UserFactory(), form_key=uuid4())


def term(person: Person, post: str = "secretary", starts_on: date = DAY, body: Body | None = None, **facts) -> Term:
    branch = person.memberships.live().get(starts_on__lte=starts_on).branch
    row = Term(person=person, branch=branch, body=body, post=post, starts_on=starts_on, **facts)
    return records.record_term(row, by=UserFactory(), form_key=uuid4())


def standing(person: Person, day: date = date(1975, 3, 8), reason: str = "组织部门文件") -> Standing:
    return records.set_standing(
        Standing(person=person, standing_from=day, reason=reason), by=UserFactory(), form_key=uuid4()
    )


def withdraw(row, *, by: User | None = None, reason: str = "登记错误"):
    return records.withdraw(row, by=by or UserFactory(), reason=reason)


def an_event(**facts) -> LifeEvent:
    """A theme Party day of 20 March 2024 that is being prepared, unless said otherwise."""
    values = {"kind": "theme_day", "topic": "主题党日", "held_on": date(2024, 3, 20)} | facts
    values.setdefault("branch", Branch.objects.first() or a_branch())
    return events.prepare_event(LifeEvent(**values), by=UserFactory(), form_key=uuid4())


def noticed_event(**facts) -> LifeEvent:
    return events.give_notice(an_event(**facts), by=UserFactory())


def held_event(**facts) -> LifeEvent:
    """It is over, and the first of its list is recorded as having come."""
    event = noticed_event(**facts)
    attend(event, event.attendance.order_by("pk").first().person)
    return event


def attend(event: LifeEvent, person: Person, status: str = "present", reason: str = "") -> int:
    row = event.attendance.get(person=person)
    return events.record_attendance(event, {row.pk: (status, reason)}, by=UserFactory())
