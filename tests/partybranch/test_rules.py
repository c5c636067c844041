"""What constraints and triggers of the branch hold: each is broken once past the services, and says its sentence.

A constraint or trigger without a case here fails `test_every_rule_has_a_case`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.core.sentences import sentence_for
from partybranch.models import (
    Attendance,
    Body,
    Branch,
    Circumstance,
    LifeEvent,
    Membership,
    Person,
    StageChange,
    Standing,
    Term,
)
from partybranch.models.binding import Binding
from partybranch.registrations import REFUSALS
from tests.donations.factories import UserFactory
from tests.partybranch import branch_rules
from tests.partybranch.attend import rules as attend_rules
from tests.partybranch.exams import rules as exams
from tests.partybranch.factories import (
    DAY,
    a_body,
    a_branch,
    an_event,
    applicant,
    circumstance,
    member,
    noticed_event,
    stage,
    standing,
    term,
)
from tests.partybranch.files import rules as files
from tests.partybranch.glance import rules as glance
from tests.partybranch.honours.rules import CASES as OF_HONOURS
from tests.partybranch.record.rules import RULES as OF_THE_RECORD
from tests.partybranch.study import rules as study
from tests.partybranch.votes import rules as votes

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2015, 1, 1), date(2022, 1, 1)


def tomorrow() -> date:
    return dates.today() + timedelta(days=1)


def made(model: type[Binding], **values: object) -> Binding:
    return model.objects.create(recorded_by=UserFactory(), **values)


def ended(day: date) -> dict[str, object]:
    return {"ends_on": day, "ended_by": UserFactory(), "ended_at": timezone.now()}


def changed(make: Callable[[], Binding], values: Callable[[], dict[str, object]]) -> Callable[[], object]:
    """A row that is there, changed like this past the services."""

    def break_it() -> object:
        row = make()
        return type(row).objects.filter(pk=row.pk).update(**values())

    return break_it


def stay(**values: object) -> Membership:
    """A second person's stay, inserted like this."""
    person = applicant(name="李四")
    Membership.objects.filter(pk=person.memberships.get().pk).update(
        withdrawn_by=UserFactory(), withdrawn_at=timezone.now(), withdrawal_reason="x"
    )
    facts = {"person": person, "branch": Branch.objects.first(), "arrival": "founded", "starts_on": DAY}
    return made(Membership, **(facts | values))


def in_two_branches() -> object:
    return made(Membership, person=member(), branch=a_branch(), arrival="founded", starts_on=LATE)


def of_change(code: str, on: date, **values: object) -> StageChange:
    return made(StageChange, person=applicant(), stage=code, on=on, **({"basis": "x"} | values))


def of_circumstance(**values: object) -> Circumstance:
    facts = {"person": member(), "kind": "retired", "starts_on": DAY}
    return made(Circumstance, **(facts | values))


def twice(kind: str) -> Callable[[], object]:
    def break_it() -> object:
        row = of_circumstance(kind=kind, reason="x")
        return made(Circumstance, person=row.person, kind=kind, starts_on=LATE, reason="x")

    return break_it


def of_term(**values: object) -> Term:
    person = member()
    facts = {"person": person, "branch": Branch.objects.first(), "post": "secretary", "starts_on": DAY}
    return made(Term, **(facts | {name: value() if callable(value) else value for name, value in values.items()}))


def two_holders(post: str) -> Callable[[], object]:
    def break_it() -> object:
        body = a_body(a_branch()) if post == "group_leader" else None
        term(member(), post, body=body)
        return of_term(person=member(name="李四"), post=post, starts_on=LATE, body=body)

    return break_it


def in_two_groups() -> object:
    branch = a_branch()
    row = term(member(), "group_member", body=a_body(branch))
    return of_term(person=row.person, post="group_leader", body=a_body(branch, name="第二党小组"), starts_on=LATE)


def two_standings() -> object:
    row = standing(member())
    return made(Standing, person=row.person, standing_from=DAY, reason="x")


def two_committees() -> object:
    branch = a_branch()
    a_body(branch, "committee", "支委会")
    return a_body(branch, "committee", "新支委会")


def two_bodies_of_a_name() -> object:
    branch = a_branch()
    a_body(branch)
    return a_body(branch)


def known_card() -> object:
    member(identifier="41060019500101001X")
    return member(name="李四", identifier="41060019500101001X")


def earlier_stage_withdrawn() -> object:
    person = applicant()
    stage(person, "activist", LATE)
    gone = {"withdrawn_by": UserFactory(), "withdrawn_at": timezone.now(), "withdrawal_reason": "x"}
    return person.stage_changes.filter(stage="applicant").update(**gone)


def another_body_s_post() -> object:
    branch = a_branch()
    return of_term(person=member(branch=branch), branch=branch, body=a_body(branch), post="secretary")


def another_branch_s_body() -> object:
    return of_term(person=member(branch=a_branch()), body=a_body(a_branch()), post="group_member")


def log_on_the_other_side() -> object:
    return Entry.objects.create(act="x", object_type="partybranch.person", object_id=1)


def on_the_list():
    member()
    return noticed_event().attendance


def twice_on_the_list() -> object:
    row = on_the_list().get()
    return Attendance.objects.create(event=row.event, person=row.person, has_vote=True)


def group_in_a_committee() -> object:
    return an_event(kind="group", body=a_body(a_branch(), "committee", "支委会"))


FITS = "支委会要选支委会，党小组会要选党小组，其他类别不选。"
LECTURER = "请写明授课人：来源和姓名都要填写。"
BACKWARDS = "结束日期必须晚于开始日期。请核对这两个日期。"
WITHOUT_REASON = "撤销的记录要写明撤销人、时间和原因。"
NO_PERSON = "已结束的记录要写明登记人和时间。"
TAKEN = "这段时间已有人担任这一职务。请先登记前任的结束日期。"
ORDER = (
    "这个阶段与前后已登记的阶段不衔接：顺序是申请人、积极分子、发展对象、入党、转正。"
    "请核对日期，或先由支部书记撤销登记错的阶段。"
)
FUTURE = "这个日期还没有到。请到当天以后再登记。"
TWICE = "这段时间已登记过同一情况。请核对日期，或先登记前一条的结束日期。"
ROWS = {
    "membership": lambda: member().memberships.get(),
    "stagechange": lambda: applicant().stage_changes.get(),
    "circumstance": lambda: circumstance(member()),
    "term": lambda: term(member()),
    "standing": lambda: standing(member()),
}
LASTING = ("membership", "circumstance", "term")


def without_reason(make: Callable[[], Binding]) -> Callable[[], object]:
    """Inserted as withdrawn without a reason: the row's own rule speaks before the guard."""

    def break_it() -> object:
        return insert_like(make(), withdrawn_at=timezone.now())

    return break_it


def insert_like(row: Binding, **changes: object) -> Binding:
    """Another row like this, of another person where only one is allowed."""
    names = [field.attname for field in row._meta.concrete_fields if field.attname not in {"id", "recorded_at"}]
    values = {name: getattr(row, name) for name in names} | changes
    return type(row).objects.create(**values)


def backwards(make: Callable[[], Binding], **more: object) -> Callable[[], object]:
    return changed(make, lambda: ended(date(1980, 1, 1)) | more)


def nobody_ended(make: Callable[[], Binding]) -> Callable[[], object]:
    """Inserted as ended by nobody."""

    def break_it() -> object:
        values = {"ends_on": dates.today()} | ({"departure": "ended"} if make is ROWS["membership"] else {})
        return insert_like(make(), **values)

    return break_it


# Rule (and, behind a colon, which of its sides): what breaks it, and the sentence it says.
CASES: dict[str, tuple[Callable[[], object], str]] = {
    **{f"{table}_withdrawn_has_reason": (without_reason(ROWS[table]), WITHOUT_REASON) for table in ROWS},
    "membership_ends_after_start": (backwards(ROWS["membership"], departure="ended"), BACKWARDS),
    "circumstance_ends_after_start": (backwards(ROWS["circumstance"]), BACKWARDS),
    "term_ends_after_start": (backwards(ROWS["term"]), BACKWARDS),
    **{f"{table}_end_has_person": (nobody_ended(ROWS[table]), NO_PERSON) for table in LASTING},
    "membership_one_branch_at_once": (
        in_two_branches,
        "这段时间此人已在一个党支部的名册中，不能同时在两个支部。请先办理转出，或核对日期。",
    ),
    "membership_transfer_has_origin": (lambda: stay(arrival="transfer"), "请填写从哪个党支部转入。"),
    "membership_departure_has_day": (lambda: stay(departure="ended"), "离开本支部要写明日期和方式。"),
    "membership_departure_has_day: no way": (lambda: stay(**ended(LATE)), "离开本支部要写明日期和方式。"),
    "membership_transfer_has_destination": (
        lambda: stay(departure="transfer", **ended(LATE)),
        "请填写转到哪个党支部。",
    ),
    "stage_change_once": (lambda: of_change("applicant", DAY), "这一天已登记过这个阶段。"),
    "stage_change_ending_has_basis": (lambda: of_change("removed", LATE, basis=""), "请填写所依据的决议或文件。"),
    **{f"circumstance_{kind}_once_at_a_time": (twice(kind), TWICE) for kind in Circumstance.Kind.values},
    "circumstance_has_reason": (
        lambda: of_circumstance(kind="exempt"),
        "请写明原因：年老体弱或患病情况，流动去向，最后联系时间。",
    ),
    **{
        f"term_one_{post}": (two_holders(post), TAKEN)
        for post in ("secretary", "organisation", "publicity", "discipline")
    },
    "term_one_leader": (two_holders("group_leader"), "这段时间党小组已有组长。请先登记前任的结束日期。"),
    "term_one_group": (in_two_groups, "这段时间此人已编入一个党小组。请先登记其结束日期。"),
    "term_of_group_has_group": (lambda: of_term(post="group_member"), "请选择党小组。"),
    "term_due_after_start": (lambda: of_term(due_on=DAY), "任期届满日期必须晚于任职开始日期。"),
    "standing_one_of_person": (two_standings, "此人已设定党龄起算日期。请先撤销原来的记录。"),
    "standing_has_reason": (lambda: standing(member(), reason=""), "请填写确定党龄起算日期的文件或决定。"),
    "branch_has_name": (lambda: Branch.objects.create(name="", founded_on=DAY), "请填写党支部名称。"),
    "branch_dissolved_after_founded": (
        lambda: a_branch(dissolved_on=EARLY, founded_on=DAY),
        "撤销日期必须晚于成立日期。请核对这两个日期。",
    ),
    "body_has_name": (lambda: a_body(a_branch(), name=""), "请填写支委会或党小组的名称。"),
    "body_name_once": (two_bodies_of_a_name, "本支部已有同名的支委会或党小组。请换一个名称。"),
    "body_one_committee": (two_committees, "本支部已设支委会。请先登记原支委会的撤销日期。"),
    "body_dissolved_after_founded": (
        lambda: Body.objects.filter(pk=a_body(a_branch()).pk).update(dissolved_on=date(2000, 1, 1)),
        "撤销日期必须晚于成立日期。请核对这两个日期。",
    ),
    "person_has_name": (lambda: Person.objects.create(name=""), "请填写姓名。"),
    "person_birth_month_first_of_month": (lambda: member(birth_month=date(1950, 2, 3)), "出生只记年月，不记日。"),
    "person_identifier_unique": (known_card, "已有人员使用这个身份证号。请核对是否重复登记。"),
    "partybranch_not_in_future: membership": (lambda: stay(starts_on=tomorrow()), FUTURE),
    "partybranch_not_in_future: membership's end": (
        changed(ROWS["membership"], lambda: ended(tomorrow()) | {"departure": "ended"}),
        FUTURE,
    ),
    "partybranch_not_in_future: stage": (lambda: of_change("activist", tomorrow()), FUTURE),
    "partybranch_not_in_future: circumstance": (lambda: of_circumstance(starts_on=tomorrow()), FUTURE),
    "partybranch_not_in_future: term": (lambda: of_term(starts_on=tomorrow()), FUTURE),
    "partybranch_not_in_future: standing": (lambda: standing(member(), tomorrow()), FUTURE),
    "partybranch_stages_in_order": (lambda: of_change("activist", EARLY), ORDER),
    "partybranch_stages_in_order: downwards": (
        lambda: made(StageChange, person=member(), stage="candidate", on=LATE),
        ORDER,
    ),
    "partybranch_full_after_probation": (
        lambda: of_change("full", LATE),
        "转正不能早于入党。请先填写入党日期；只有 1969 年 4 月至 1977 年 8 月入党没有预备期。",
    ),
    "partybranch_last_stage_withdrawn": (earlier_stage_withdrawn, "后面的阶段以这一条为前提。请先撤销后面的阶段。"),
    "partybranch_stay_while_branch": (
        lambda: member(starts_on=date(2009, 12, 31)),
        "这一天党支部尚未成立或已撤销。请核对日期和党支部。",
    ),
    "partybranch_stay_while_branch: dissolved": (
        lambda: member(branch=a_branch(dissolved_on=LATE), starts_on=LATE),
        "这一天党支部尚未成立或已撤销。请核对日期和党支部。",
    ),
    "partybranch_term_of_member": (
        lambda: of_term(starts_on=date(2009, 12, 31)),
        "这一天此人不在本支部的名册中。请核对日期。",
    ),
    "partybranch_term_in_body": (
        another_body_s_post,
        "职务与所选的支委会或党小组不符：组长、组员要选党小组，其他职务选支委会，并且当天已经成立。",
    ),
    "partybranch_term_in_body: of another branch": (
        another_branch_s_body,
        "职务与所选的支委会或党小组不符：组长、组员要选党小组，其他职务选支委会，并且当天已经成立。",
    ),
    "life_event_has_topic": (lambda: an_event(topic=""), "请填写主题。"),
    "life_event_body_fits_kind": (lambda: an_event(kind="committee"), FITS),
    "life_event_body_fits_kind: none is asked for": (lambda: an_event(body=a_body(a_branch())), FITS),
    "life_event_lecturer_is_named": (lambda: an_event(lecturer="王教授"), LECTURER),
    "life_event_lecturer_is_named: no name": (lambda: an_event(lecturer_kind="expert"), LECTURER),
    "life_event_notice_has_person": (
        lambda: LifeEvent.objects.filter(pk=an_event().pk).update(state="noticed"),
        "通知要写明发出人和时间。",
    ),
    "life_event_cancelled_has_reason": (
        lambda: LifeEvent.objects.filter(pk=an_event().pk).update(state="cancelled"),
        "请填写取消原因。",
    ),
    "attendance_once": (twice_on_the_list, "此人已在名单上。"),
    "attendance_leave_has_reason": (
        lambda: on_the_list().update(status="leave", marked_by=UserFactory(), marked_at=timezone.now()),
        "请填写请假原因。",
    ),
    "attendance_marked_has_person": (lambda: on_the_list().update(status="present"), "到会情况要写明登记人和时间。"),
    "partybranch_event_in_body": (group_in_a_committee, "支委会请选择支委会，党小组会请选择党小组，并且当天已经成立。"),
    "partybranch_event_in_body: not yet founded": (
        lambda: an_event(kind="group", body=a_body(a_branch(), founded_on=date(2015, 1, 1)), held_on=date(2014, 1, 1)),
        "支委会请选择支委会，党小组会请选择党小组，并且当天已经成立。",
    ),
    "partybranch_list_of_notice": (
        lambda: Attendance.objects.create(event=an_event(), person=member(), has_vote=True),
        "应到名单由通知生成，此后固定不变。",
    ),
    **OF_THE_RECORD,
    **exams.CASES,
    **OF_HONOURS,
    "entry_of_branch_on_its_side": (log_on_the_other_side, "党支部的操作只能记入党支部一侧的操作记录。"),
}

# Asks for a transaction of its own: tests/guards/test_isolation.py.
BROKEN_ELSEWHERE = {"partybranch_read_committed"}
NOT_COME = "活动日期还没有到。请到当天再登记到会情况和表决；只有请假可以提前登记。"


def marked_before_the_day(status: str) -> Callable[[], object]:
    def break_it() -> object:
        a_branch()
        member()
        rows = noticed_event(held_on=tomorrow()).attendance
        return rows.update(status=status, marked_by=UserFactory(), marked_at=timezone.now())

    return break_it


for status in ("present", "online", "absent"):
    CASES[f"partybranch_event_has_come: {status}"] = (marked_before_the_day(status), NOT_COME)
CASES |= study.CASES
CASES |= branch_rules.CASES
CASES |= glance.CASES
CASES |= votes.CASES
CASES |= attend_rules.CASES
CASES |= files.CASES


@pytest.mark.parametrize("case", CASES)
def test_rule_refuses_with_its_sentence(case):
    break_it, sentence = CASES[case]

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        break_it()

    assert caught.value.__cause__.diag.constraint_name == case.partition(":")[0]
    assert sentence_for(caught.value) == sentence


def test_every_rule_has_a_case():
    models = apps.get_app_config("partybranch").get_models()
    rules = {constraint.name for model in models for constraint in model._meta.constraints} | set(REFUSALS)

    assert rules - {case.partition(":")[0] for case in CASES} == BROKEN_ELSEWHERE


@pytest.mark.parametrize("on", [date(1969, 4, 1), date(1977, 8, 18)])
def test_from_1969_to_1977_a_full_member_needs_no_probation(on):
    member(stage_on=on, admitted_on=None)

    assert StageChange.objects.get().stage == "full"


@pytest.mark.parametrize("on", [date(1969, 3, 31), date(1977, 8, 19)])
def test_before_and_after_that_there_is_no_full_member_without_probation(on):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        member(stage_on=on, admitted_on=None)

    assert caught.value.__cause__.diag.constraint_name == "partybranch_full_after_probation"


def test_suspended_member_may_become_full_again_and_who_was_removed_may_apply_again():
    person = member()
    stage(person, "suspended", date(2020, 1, 1))
    stage(person, "full", date(2021, 1, 1))
    stage(person, "removed", date(2022, 1, 1))
    made(StageChange, person=person, stage="applicant", on=date(2024, 1, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        made(StageChange, person=person, stage="full", on=date(2023, 1, 1))


def test_who_has_died_applies_no_more():
    person = member()
    stage(person, "deceased", date(2020, 1, 1))

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        made(StageChange, person=person, stage="applicant", on=date(2021, 1, 1))
    assert caught.value.__cause__.diag.constraint_name == "partybranch_stages_in_order"


def test_group_s_post_is_refused_to_a_committee():
    branch = a_branch()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        of_term(person=member(branch=branch), branch=branch, body=a_body(branch, "committee"), post="group_member")
    assert caught.value.__cause__.diag.constraint_name == "partybranch_term_in_body"


def test_staff_who_study_hold_no_post():
    person = applicant()
    stay(person=person, capacity="study", starts_on=EARLY, departure="study", **ended(DAY))
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        of_term(person=person, starts_on=EARLY)
    assert caught.value.__cause__.diag.constraint_name == "partybranch_term_of_member"
