"""Study for tests, made as the services make it. Every person is invented."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from hebi_charity.accounts.models import User
from hebi_charity.core import dates
from partybranch.models import (
    Branch,
    HourRule,
    IssueList,
    LearningRecord,
    LifeEvent,
    MaterialLoan,
    MaterialPurchase,
    PassOnDuty,
    Person,
    StudyMaterial,
    StudyOccasion,
    StudyPlan,
    StudyPlanItem,
)
from partybranch.services import learning, materials, study, study_plans
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_branch, attend, member, noticed_event

DAY = date(2024, 3, 20)
Unit, Way = HourRule.Unit, LearningRecord.Way


def measure(quantity: str = "1", unit: str = Unit.HOUR) -> learning.Measure:
    return learning.Measure(unit, Decimal(quantity))


def rule(unit: str = Unit.HOUR, day: date = DAY) -> HourRule:
    return HourRule.objects.in_force(day, unit=unit)


def attended(*people: Person, **facts: object) -> LifeEvent:
    """A study together of 20 March 2024 to which these people came."""
    event = noticed_event(**({"kind": "study", "topic": "学习党史"} | facts))
    for person in people:
        attend(event, person)
    return event


def learnt(**values: object) -> LearningRecord:
    """A row of self-study past the service, as said."""
    facts = {
        "way": "self",
        "subject": "党史",
        "starts_on": DAY,
        "ends_on": DAY,
        "year": DAY.year,
        "quantity": Decimal(1),
        "hours": Decimal(1),
        "rule": rule(Unit.SELF_HOUR),
        "recorded_by": UserFactory(),
    } | values
    facts.setdefault("person", member())
    facts.setdefault("branch", facts["person"].memberships.first().branch)
    return LearningRecord.objects.create(**facts)


def tomorrow() -> date:
    return dates.today() + timedelta(days=1)


def a_course(**facts: object) -> StudyOccasion:
    """A course outside of two days across New Year 2022/23, unless said otherwise."""
    values = {
        "kind": "course",
        "title": "慈善业务骨干培训班",
        "starts_on": date(2022, 12, 30),
        "ends_on": date(2023, 1, 2),
        "organiser": "河南省慈善总会",
    } | facts
    values.setdefault("branch", Branch.objects.first())
    values.setdefault("recorded_by", UserFactory())
    return StudyOccasion.objects.create(**values)


def stated(person: Person, *, by: User | None = None, **facts: object) -> LearningRecord:
    """Self-study of one hour on 20 March 2024, not yet confirmed, unless said otherwise."""
    by = by or UserFactory()
    values = {
        "person": person,
        "branch": person.memberships.live().first().branch,
        "way": Way.SELF,
        "subject": "《中国共产党简史》第一章",
        "starts_on": DAY,
        "ends_on": DAY,
        "recorded_by": by,
    } | facts
    length = values.pop("measure", measure(unit=Unit.SELF_HOUR))
    row = learning.rows_for(LearningRecord(**values), length)[0]
    row.save(force_insert=True)
    return row


def a_lecture(person: Person, **facts: object) -> LearningRecord:
    now = {"confirmed_by": UserFactory(), "confirmed_at": timezone.now()}
    return stated(person, **({"way": Way.TEACHING, "subject": "慈善业务辅导", "measure": measure("2")} | now | facts))


def a_duty(person: Person, occasion: StudyOccasion | None = None) -> PassOnDuty:
    return PassOnDuty.objects.create(person=person, occasion=occasion or a_course(), recorded_by=UserFactory())


def a_material(branch: Branch | None = None, **facts: object) -> StudyMaterial:
    branch = branch or Branch.objects.first() or a_branch()
    row = StudyMaterial(**({"branch": branch, "title": "《中国共产党简史》"} | facts))
    return materials.add_material(row, by=UserFactory(), form_key=uuid4())


def bought(material: StudyMaterial | None = None, copies: int = 10, **facts: object) -> MaterialPurchase:
    values = {"bought_on": DAY, "unit_price": Decimal("33.00"), "paid_from": "dues"} | facts
    row = MaterialPurchase(material=material or a_material(), copies=copies, **values)
    return materials.record_purchase(row, by=UserFactory(), form_key=uuid4())


def handed_out(material: StudyMaterial, *people: Person, copies: int = 1, **facts: object) -> IssueList:
    row = IssueList(**({"branch": material.branch, "title": "党史学习用书", "issued_on": DAY} | facts))
    return materials.hand_out(row, people, {material: copies}, by=UserFactory(), form_key=uuid4())


def lent(material: StudyMaterial, person: Person, **facts: object) -> MaterialLoan:
    values = {"lent_on": DAY, "due_on": date(2024, 4, 20)} | facts
    return materials.lend(MaterialLoan(material=material, person=person, **values), by=UserFactory(), form_key=uuid4())


def a_plan(branch: Branch | None = None, **facts: object) -> StudyPlan:
    branch = branch or Branch.objects.first() or a_branch()
    values = {
        "branch": branch,
        "year": 2024,
        "personal_aim": "学懂弄通",
        "personal_tasks": "读《中国共产党简史》\n写心得一篇",
    }
    return study_plans.make_plan(StudyPlan(**(values | facts)), by=UserFactory(), form_key=uuid4())


def an_item(plan: StudyPlan, **facts: object) -> StudyPlanItem:
    values = {"plan": plan, "first_month": 1, "last_month": 3, "subject": "学习党史"} | facts
    return study_plans.add_item(StudyPlanItem(**values), by=UserFactory(), form_key=uuid4())


def sent_to_course(*people: Person, **facts: object) -> StudyOccasion:
    """A course of four full days across New Year 2022/23, with the duty to pass it on, recorded by its act."""
    values = {
        "branch": people[0].memberships.get().branch,
        "title": "慈善业务骨干培训班",
        "organiser": "河南省慈善总会",
        "place": "",
        "starts_on": date(2022, 12, 30),
        "ends_on": date(2023, 1, 2),
        "measure": measure("4", Unit.FULL_DAY),
        "people": people,
    }
    return study.record_course(study.Course(**(values | facts)), by=UserFactory(), form_key=uuid4())


def told(person: Person, **facts: object) -> LearningRecord:
    """Self-study of one hour on 20 March 2024, recorded by its act and not yet confirmed, unless said otherwise."""
    branch, length = person.memberships.get().branch, measure(unit=Unit.SELF_HOUR)
    values = {"subject": "党章", "starts_on": DAY, "ends_on": DAY, "measure": length} | facts
    entry = study.Statement(branch, person, **values)
    return study.state_self_study(entry, by=UserFactory(), form_key=uuid4())


def taught(person: Person, **facts: object) -> LearningRecord:
    """A lecture of two hours on 20 March 2024, recorded by its act, unless said otherwise."""
    values = {"subject": "慈善业务辅导", "day": DAY, "measure": measure("2")} | facts
    entry = study.Lecture(person.memberships.get().branch, person, **values)
    return study.record_lecture(entry, by=UserFactory(), form_key=uuid4())


def make_rows(learner: Person) -> None:
    """For the walk round the guards: of each table a row that holds and one that was withdrawn where rows are."""
    other = member(name="赵六")
    sent_to_course(other)
    gone = sent_to_course(learner, title="另一期培训班").duties.get()
    told(learner), taught(learner)
    for row in (gone, told(other)):
        learning.withdraw_learning(row, by=UserFactory(), reason="登记错误")
    title = bought(a_material(other.memberships.get().branch)).material
    for kind in (handed_out(title, learner), handed_out(title, other, title="补发")):
        line = kind.lines.first()
        materials.tick_signed(kind, [line.person_id], by=UserFactory())
    loan = lent(title, learner)
    materials.take_back(lent(title, other), by=UserFactory(), day=DAY)
    for gone in (line, loan, bought(title, copies=1)):
        materials.withdraw_material_row(gone, by=UserFactory(), reason="登记错误")
