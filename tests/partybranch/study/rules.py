"""What breaks each rule of study, and the sentence it says. `tests/partybranch/test_rules.py` walks them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from hebi_charity.core import dates
from partybranch.models import (
    HourRule,
    HourTarget,
    IssueLine,
    LearningRecord,
    LifeEvent,
    MaterialLoan,
    MaterialPurchase,
    Observer,
    PassOnDuty,
    PersonalPlan,
    StudyOccasion,
)
from partybranch.services.events import call_off
from partybranch.services.learning import credit_event, occasion_of
from tests.donations.factories import UserFactory
from tests.partybranch.attend.factories import an_observer
from tests.partybranch.exams.factories import an_exam
from tests.partybranch.factories import DAY as JOINED
from tests.partybranch.factories import a_branch, applicant, attend, member, noticed_event, staff
from tests.partybranch.study.factories import (
    DAY,
    a_course,
    a_duty,
    a_lecture,
    a_material,
    a_plan,
    an_item,
    attended,
    bought,
    handed_out,
    lent,
    rule,
    stated,
)

Unit = HourRule.Unit
BACKWARDS = "最后一天早于第一天。请核对这两个日期。"
WITHOUT_REASON = "撤销的记录要写明撤销人、时间和原因。"
WAY = "自学不对应会议；在会议、培训、考试中的学习要写明是哪一次。"
LEARNER = "外出学习要由本人在培训之后讲课转授。请核对人员和日期。"
MONTHS = "月份应在 1 至 12 之间，结束月份不早于开始月份。"
PRICE = "购买的单价要大于 0；上级配发的单价填 0。"
COPIES = "每人领取 1 至 99 册。"
FUTURE = "这个日期还没有到。请到当天以后再登记。"
STOCK = "没有这么多册。请核对册数，或先登记购入。"
ROOM = "连同已登记的自学，每天超过了 24 小时。请核对日期和学习时长，或者先撤销登记错的记录。"
CALENDAR = (
    "同一个人在这些日期的整天、半天学习，合计超过了天数。请核对日期和数量，或者改按小时登记，或者先撤销登记错的记录。"
)
CAME = "会议的学时只计给到会的人。请先登记到会情况；没有到会的登记补学补课。"
TAUGHT = "讲课人没有登记到会。请先登记到会情况（不在名单上的登记为列席），或者不选会议。"
STAND = "此人已计入这次活动的学时。请先撤销那条学习记录。"
HELD = "这次活动已有到会情况或者学时，说明已经举行。请先撤销，再取消活动。"
OCCASION = "学习记录要在这次学习的日期和党支部之内。"


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


def of_meeting(status: str = "", **facts: object) -> Callable[[], object]:
    """Hours of a meeting for somebody whose attendance is recorded as said ("": not on the list), past the service."""

    def break_it() -> object:
        person, chair = member(), member(name="李四")
        event = attended(chair)
        if status in {"leave", "absent"}:
            attend(event, person, status, "住院")
        who = person if status else staff()
        return learnt(person=who, occasion=meeting_of(event), **({"way": "meeting"} | facts))

    return break_it


def of_several(*records: tuple[str, str, str, str]) -> Callable[[], object]:
    """Rows of one person past the service, each with unit, quantity and days of March 2024; the last is one too many.

    Self-study in hours alone, else a course of its own.
    """

    def break_it() -> object:
        person = member()
        for unit, quantity, first, last in records:
            of_unit, days = rule(unit), {"starts_on": date(2024, 3, int(first)), "ends_on": date(2024, 3, int(last))}
            facts = {"rule": of_unit, "quantity": Decimal(quantity), "hours": Decimal(quantity) * of_unit.hours}
            course = {} if unit == Unit.SELF_HOUR else {"way": "course", "occasion": a_course(**days)}
            learnt(person=person, **facts, **days, **course)

    return break_it


def meeting_of(event: LifeEvent) -> StudyOccasion:
    return occasion_of(event, by=UserFactory())


def of_called_off_meeting() -> object:
    person = member()
    event = noticed_event()
    occasion = meeting_of(event)
    call_off(event, by=UserFactory(), reason="改期")
    return learnt(person=person, way="meeting", occasion=occasion)


def of_an_exam_without_result() -> object:
    person = member()
    exam = an_exam(held_on=DAY)
    return learnt(person=person, way="exam", occasion=exam.occasion)


def credited_meeting() -> LifeEvent:
    event = attended(member())
    credit_event(event, by=UserFactory())
    return event


def away_after_all() -> object:
    absent = {"status": "absent", "marked_by": UserFactory(), "marked_at": timezone.now()}
    return credited_meeting().attendance.update(**absent)


def observer_who_taught_withdrawn() -> object:
    member()
    event, teacher = noticed_event(), staff()
    row = an_observer(event, teacher)
    learnt(person=teacher, way="teaching", occasion=meeting_of(event))
    gone = {"withdrawn_by": UserFactory(), "withdrawn_at": timezone.now(), "withdrawal_reason": "x"}
    return Observer.objects.filter(pk=row.pk).update(**gone)


def called_off(make: Callable[[], LifeEvent]) -> Callable[[], object]:
    return lambda: LifeEvent.objects.filter(pk=make().pk).update(state="cancelled", cancelled_reason="x")


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


def two_plans() -> object:
    return a_plan(a_plan().branch)


def two_personal_plans() -> object:
    plan, person = a_plan(), member()
    return [PersonalPlan.objects.create(plan=plan, person=person, made_by=UserFactory()) for _time in (1, 2)]


def the_same_title() -> object:
    return a_material(a_material().branch)


def an_issue(**values: object) -> Callable[[], object]:
    """A line past the service, of a list that is there."""

    def break_it() -> object:
        person, title = member(), bought().material
        issued = handed_out(title, member(name="李四"))
        facts = {"issue_list": issued, "person": person, "material": title, "copies": 1, "recorded_by": UserFactory()}
        return IssueLine.objects.create(**(facts | values))

    return break_it


def issued_twice() -> object:
    title, person = bought().material, member()
    issued = handed_out(title, person)
    line = {"issue_list": issued, "person": person, "material": title, "copies": 1, "recorded_by": UserFactory()}
    return IssueLine.objects.create(**line)


def of_two_branches() -> object:
    person, title = member(), bought().material
    foreign = bought(a_material(a_branch(), title="别处的书")).material
    line = {"person": person, "material": foreign, "copies": 1, "recorded_by": UserFactory()}
    return IssueLine.objects.create(issue_list=handed_out(title, person), **line)


def loan_past_service(**values: object) -> Callable[[], object]:
    def break_it() -> object:
        facts = {"material": bought().material, "person": member(), "lent_on": DAY, "due_on": DAY}
        return MaterialLoan.objects.create(recorded_by=UserFactory(), **(facts | values))

    return break_it


def back_before_lent() -> object:
    loan = lent(bought().material, member())
    return MaterialLoan.objects.filter(pk=loan.pk).update(
        returned_on=DAY - timedelta(days=1), returned_to=UserFactory()
    )


def purchase_withdrawn_while_out() -> object:
    purchase = bought(copies=1)
    handed_out(purchase.material, member())
    gone = {"withdrawn_by": UserFactory(), "withdrawn_at": timezone.now(), "withdrawal_reason": "x"}
    return MaterialPurchase.objects.filter(pk=purchase.pk).update(**gone)


def tomorrow() -> date:
    return dates.today() + timedelta(days=1)


def dated(model: type, **values: object) -> Callable[[], object]:
    facts = {"valid_from": DAY, "hours": 8, "source": "x"} | values
    facts |= (
        {} if "unit" in facts or "duty" in facts else {"unit": Unit.HOUR} if model is HourRule else {"duty": "member"}
    )
    return lambda: model.objects.create(**facts)


def twice_dated(model: type) -> Callable[[], object]:
    return lambda: [dated(model)(), dated(model)()]


CASES: dict[str, tuple[Callable[[], object], str]] = {
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
    "partybranch_self_study_fits_day": (
        of_several(("self_hour", "20", "1", "1"), ("self_hour", "4.5", "1", "1")),
        ROOM,
    ),
    "partybranch_self_study_fits_day: within longer ones": (
        of_several(("self_hour", "40", "1", "2"), ("self_hour", "30", "2", "3"), ("self_hour", "3", "1", "3")),
        ROOM,
    ),
    "partybranch_days_fit_calendar": (of_several(("full_day", "2", "1", "1")), CALENDAR),
    "partybranch_days_fit_calendar: two courses": (
        of_several(("full_day", "2", "1", "3"), ("half_day", "2", "3", "3"), ("half_day", "1", "2", "3")),
        CALENDAR,
    ),
    "partybranch_way_of_occasion": (
        lambda: learnt(way="meeting", person=member(), occasion=a_course(starts_on=DAY, ends_on=DAY)),
        "学时的类别要与这次学习一致：会议、外出培训或考试。",
    ),
    **{
        f"partybranch_hours_of_who_came: {status or 'not on the list'}": (of_meeting(status), CAME)
        for status in ("expected", "leave", "absent", "")
    },
    "partybranch_hours_of_who_came: called off": (of_called_off_meeting, CAME),
    "partybranch_lecture_of_who_came": (of_meeting("absent", way="teaching"), TAUGHT),
    "partybranch_lecture_of_who_came: not there": (of_meeting(way="teaching"), TAUGHT),
    "partybranch_hours_of_examined": (of_an_exam_without_result, "考试的学时只计给有成绩的人。请先登记成绩。"),
    "partybranch_hours_stand": (away_after_all, STAND),
    "partybranch_hours_stand: observer": (observer_who_taught_withdrawn, STAND),
    "partybranch_called_off_bare: attendance": (called_off(lambda: attended(member())), HELD),
    "partybranch_called_off_bare: hours": (called_off(credited_meeting), HELD),
    "partybranch_passed_on_by_learner": (passed_on(), LEARNER),
    "partybranch_passed_on_by_learner: before the course": (
        passed_on(starts_on=DAY, ends_on=DAY + timedelta(days=1)),
        LEARNER,
    ),
    "partybranch_passed_on_by_learner: linked afterwards": (linked_afterwards, LEARNER),
    "study_plan_once_a_year": (two_plans, "本支部已有这一年的计划。请修改原计划。"),
    "study_plan_year_is_one": (lambda: a_plan(year=24), "年度请填四位数字，例如 2024。"),
    "study_plan_item_has_subject": (lambda: an_item(a_plan(), subject=""), "请填写学习内容。"),
    "study_plan_item_months_in_order": (lambda: an_item(a_plan(), first_month=4), MONTHS),
    "study_plan_item_months_in_order: thirteen": (lambda: an_item(a_plan(), last_month=13), MONTHS),
    "personal_plan_once": (two_personal_plans, "此人已有这一年的计划。"),
    "study_material_has_title": (lambda: a_material(title=""), "请填写资料名称。"),
    "study_material_title_once": (the_same_title, "这种资料已登记过。请直接登记购入。"),
    "materialpurchase_withdrawn_has_reason": (lambda: bought(withdrawn_at=timezone.now()), WITHOUT_REASON),
    "material_purchase_has_copies": (lambda: bought(copies=0), "请填写册数，至少一册。"),
    "material_purchase_price_fits": (lambda: bought(unit_price=0), PRICE),
    "material_purchase_price_fits: allotted": (lambda: bought(paid_from="allotted"), PRICE),
    "issue_list_has_title": (lambda: handed_out(bought().material, member(), title=""), "请填写签收表名称。"),
    "issueline_withdrawn_has_reason": (an_issue(withdrawn_at=timezone.now()), WITHOUT_REASON),
    "issue_line_once": (issued_twice, "此人已在签收表上领取这种资料。"),
    "issue_line_has_copies": (lambda: handed_out(bought(copies=100).material, member(), copies=100), COPIES),
    "issue_line_tick_has_person": (an_issue(signed_at=timezone.now()), "签收要写明登记人和时间。"),
    "materialloan_withdrawn_has_reason": (loan_past_service(withdrawn_at=timezone.now()), WITHOUT_REASON),
    "material_loan_is_one_copy": (loan_past_service(copies=2), "借阅每次一册。"),
    "material_loan_due_after_lent": (loan_past_service(due_on=date(2024, 1, 1)), "应还日期早于借出日期。请核对。"),
    "material_loan_back_after_lent": (back_before_lent, "归还日期不能早于借出日期。请核对。"),
    "partybranch_not_in_future: purchase": (lambda: bought(bought_on=tomorrow()), FUTURE),
    "partybranch_not_in_future: list": (lambda: handed_out(bought().material, member(), issued_on=tomorrow()), FUTURE),
    "partybranch_not_in_future: loan": (loan_past_service(lent_on=tomorrow(), due_on=tomorrow()), FUTURE),
    "partybranch_stock_not_negative": (lambda: handed_out(bought(copies=1).material, member(), copies=2), STOCK),
    "partybranch_stock_not_negative: lent": (lambda: lent(a_material(), member()), STOCK),
    "partybranch_stock_not_negative: purchase withdrawn": (purchase_withdrawn_while_out, STOCK),
    "partybranch_issue_of_branch": (of_two_branches, "签收表和资料不属于同一支部。"),
}
