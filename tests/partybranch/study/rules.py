"""What breaks each rule of study, and the sentence it says. `tests/partybranch/test_rules.py` walks them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from hebi_charity.core import dates
from partybranch.models import (
    HourRule,
    HourTarget,
    LearningRecord,
    PassOnDuty,
)
from tests.donations.factories import UserFactory
from tests.partybranch.factories import DAY as JOINED
from tests.partybranch.factories import a_branch, applicant, member, noticed_event
from tests.partybranch.study import rules_of_hours, rules_of_materials
from tests.partybranch.study.factories import (
    DAY,
    a_course,
    a_duty,
    a_lecture,
    learnt,
    stated,
)

Unit = HourRule.Unit
BACKWARDS = "最后一天早于第一天。请核对这两个日期。"
WITHOUT_REASON = "撤销的记录要写明撤销人、时间和原因。"
WAY = "自学不对应会议；在会议、培训、考试中的学习要写明是哪一次。"
LEARNER = "外出学习要由本人在培训之后讲课转授。请核对人员和日期。"
OCCASION = "学习记录要在这次学习的日期和党支部之内。"


def in_a_course(**values: object) -> Callable[[], object]:
    def break_it() -> object:
        person = member()
        return learnt(person=person, way="course", occasion=a_course(), **values)

    return break_it


def credited_twice() -> object:
    person = member()
    course = a_course(starts_on=DAY, ends_on=DAY)
    for _time in (1, 2):
        row = learnt(person=person, way="course", occasion=course)
    return row


def of_another_branch() -> object:
    person = member()
    return learnt(person=person, way="course", occasion=a_course(branch=a_branch(), starts_on=DAY, ends_on=DAY))


def of_a_meeting() -> object:
    member()
    return a_course(event=noticed_event())


def passed_on(**facts: object) -> Callable[[], object]:
    """A lecture that names the duty of another person or of a course that comes later."""

    def break_it() -> object:
        teacher, learner = member(), member(name="李四")
        course = a_course(**facts)
        return a_lecture(teacher, passes_on=a_duty(teacher if facts else learner, course))

    return break_it


def linked_afterwards() -> object:
    teacher, learner = member(), member(name="李四")
    duty = a_duty(learner)
    return LearningRecord.objects.filter(pk=a_lecture(teacher).pk).update(passes_on=duty)


def newer_conversion() -> object:
    HourRule.objects.create(unit=Unit.SELF_HOUR, valid_from=DAY, hours=2, source="市委组织部通知")
    return learnt(rule=HourRule.objects.get(unit=Unit.SELF_HOUR, hours=1))


def twice_the_duty() -> object:
    duty = a_duty(member())
    return a_duty(duty.person, duty.occasion)


def withdrawn_duty() -> object:
    return PassOnDuty.objects.create(
        person=member(), occasion=a_course(), recorded_by=UserFactory(), withdrawn_at=timezone.now()
    )


def dated(model: type, **values: object) -> Callable[[], object]:
    facts = {"valid_from": DAY, "hours": 8, "source": "x"} | values
    facts |= (
        {} if "unit" in facts or "duty" in facts else {"unit": Unit.HOUR} if model is HourRule else {"duty": "member"}
    )
    return lambda: model.objects.create(**facts)


def twice_dated(model: type) -> Callable[[], object]:
    return lambda: [dated(model)(), dated(model)()]


CASES: dict[str, tuple[Callable[[], object], str]] = {
    **rules_of_hours.CASES,
    **rules_of_materials.CASES,
    "hour_rule_once_a_day": (twice_dated(HourRule), "这个计量单位当天已有折算。请选择以后的日期。"),
    "hour_rule_within_a_day": (dated(HourRule, hours=0), "每个计量单位折算的学时要大于 0，最多 24。"),
    "hour_rule_has_source": (dated(HourRule, source=""), "请填写学时折算所依据的规定或文件。"),
    "hour_target_once_a_day": (twice_dated(HourTarget), "当天已有学时要求。请选择以后的日期。"),
    "hour_target_within_reason": (dated(HourTarget, hours=0), "全年学时要求在 1 至 366 之间。"),
    "hour_target_has_source": (dated(HourTarget, source=""), "请填写学时要求所依据的规定或文件。"),
    "study_occasion_has_title": (lambda: a_course(branch=a_branch(), title=""), "请填写学习内容。"),
    "study_occasion_days_in_order": (lambda: a_course(branch=a_branch(), ends_on=date(2022, 1, 1)), BACKWARDS),
    "study_occasion_event_fits_kind": (of_a_meeting, "只有会议上的学习才对应一次会议。"),
    "study_occasion_course_has_organiser": (lambda: a_course(branch=a_branch(), organiser=""), "请填写举办单位。"),
    "passonduty_withdrawn_has_reason": (withdrawn_duty, WITHOUT_REASON),
    "pass_on_duty_once": (twice_the_duty, "此人已有这项转授任务。"),
    "learningrecord_withdrawn_has_reason": (lambda: learnt(withdrawn_at=timezone.now()), WITHOUT_REASON),
    "learning_once_an_occasion": (credited_twice, "此人的这次学习已经计过学时。"),
    "learning_has_subject": (lambda: learnt(subject=""), "请填写学习内容。"),
    "learning_days_in_order": (lambda: learnt(ends_on=DAY - timedelta(days=1)), BACKWARDS),
    "learning_within_one_year": (
        in_a_course(starts_on=date(2022, 12, 31), ends_on=date(2023, 1, 1), year=2022),
        "学时计入所在年度。跨年的培训分两条记录。",
    ),
    "learning_within_one_year: another year": (lambda: learnt(year=2023), "学时计入所在年度。跨年的培训分两条记录。"),
    "learning_has_hours": (lambda: learnt(quantity=0, hours=0), "请填写学习时长，要大于 0。"),
    "partybranch_hours_fit_days": (
        lambda: learnt(quantity=25, hours=25),
        "每天超过了 24 小时。请核对学习时长。",
    ),
    "learning_way_fits_occasion": (lambda: learnt(way="course"), WAY),
    "learning_way_fits_occasion: self-study": (
        lambda: learnt(person=member(), occasion=a_course(starts_on=DAY, ends_on=DAY)),
        WAY,
    ),
    "learning_teacher_passes_on": (
        lambda: learnt(person=(person := member()), passes_on=a_duty(person)),
        "只有讲课才能转授外出学习的内容。",
    ),
    "learning_confirmation_has_person": (lambda: learnt(confirmed_at=timezone.now()), "确认的记录要写明确认人和时间。"),
    "partybranch_not_in_future: study": (
        lambda: stated(member(), starts_on=(day := dates.today() + timedelta(days=1)), ends_on=day),
        "这个日期还没有到。请到当天以后再登记。",
    ),
    "partybranch_hours_by_rule": (lambda: learnt(hours=2), "学时按第一天适用的折算办法计算，不能直接填写。"),
    "partybranch_hours_by_rule: a newer one": (newer_conversion, "学时按第一天适用的折算办法计算，不能直接填写。"),
    "partybranch_learning_of_occasion": (in_a_course(), OCCASION),
    "partybranch_learning_of_occasion: another branch": (of_another_branch, OCCASION),
    "partybranch_learner_in_branch": (
        lambda: stated(applicant(), starts_on=JOINED - timedelta(days=1), ends_on=JOINED - timedelta(days=1)),
        "这一天此人不在本支部的名册中。请核对日期。",
    ),
    "partybranch_passed_on_by_learner": (passed_on(), LEARNER),
    "partybranch_passed_on_by_learner: before the course": (
        passed_on(starts_on=DAY, ends_on=DAY + timedelta(days=1)),
        LEARNER,
    ),
    "partybranch_passed_on_by_learner: linked afterwards": (linked_afterwards, LEARNER),
}
