"""What breaks the rules of what hours rest on, and of the days they fit into. `rules` takes them in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from partybranch.models import (
    ExamResult,
    HourRule,
    LearningRecord,
    LifeEvent,
    Observer,
    StudyOccasion,
)
from partybranch.services.events import call_off
from partybranch.services.learning import credit_event, occasion_of
from partybranch.services.people import change_person
from tests.donations.factories import UserFactory
from tests.partybranch.attend.factories import an_observer
from tests.partybranch.exams.factories import a_written_exam, an_exam, result
from tests.partybranch.factories import a_branch, an_event, attend, member, noticed_event, staff
from tests.partybranch.study.factories import (
    DAY,
    a_course,
    attended,
    learnt,
    rule,
    stated,
    tomorrow,
)

Unit = HourRule.Unit
FUTURE = "这个日期还没有到。请到当天以后再登记。"
ITS_DAY = "学习的支部和日期要与会议或考试一致。"
OWN = "这是您本人登记的本人自学，须由他人确认。请不要勾选这一条。"
ROOM = "连同已登记的自学，每天超过了 24 小时。请核对日期和学习时长，或者先撤销登记错的记录。"
CALENDAR = (
    "同一个人在这些日期的整天、半天学习，合计超过了天数。请核对日期和数量，或者改按小时登记，或者先撤销登记错的记录。"
)
CAME = "会议的学时只计给到会的人。请先登记到会情况；没有到会的登记补学补课。"
TAUGHT = "讲课人没有登记到会。请先登记到会情况（不在名单上的登记为列席），或者不选会议。"
STAND = "此人已计入这次活动的学时。请先撤销那条学习记录。"
HELD = "这次活动已有到会情况或者学时，说明已经举行。请先撤销，再取消活动。"


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


def occasion_past_service(**changes: object) -> Callable[[], object]:
    """The occasion of a meeting of 20 March 2024, otherwise than the meeting."""

    def break_it() -> object:
        event = attended(member())
        values = {"branch": event.branch, "starts_on": event.held_on, "ends_on": event.held_on} | changes
        values = {name: value() if callable(value) else value for name, value in values.items()}
        return StudyOccasion.objects.create(kind="event", event=event, title="x", recorded_by=UserFactory(), **values)

    return break_it


def of_a_draft() -> object:
    event = an_event()
    return StudyOccasion.objects.create(
        branch=event.branch,
        kind="event",
        event=event,
        title="x",
        starts_on=DAY,
        ends_on=DAY,
        recorded_by=UserFactory(),
    )


def exam_of_another_day() -> object:
    member()
    exam = an_exam(held_on=DAY)
    other = a_course(kind="exam", starts_on=DAY, ends_on=DAY + timedelta(days=1))
    exam.pk, exam.occasion = None, other
    return exam.save(force_insert=True)


def confirmed_by_oneself() -> object:
    person, by = member(), UserFactory()
    change_person(person, by=UserFactory(), reason="关联", account=by)
    row = stated(person, by=by)
    return LearningRecord.objects.filter(pk=row.pk).update(confirmed_by=by, confirmed_at=timezone.now())


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


def result_of_credited_exam_withdrawn() -> object:
    member()
    row = result(a_written_exam(held_on=DAY), score=Decimal(90))
    gone = {"withdrawn_by": UserFactory(), "withdrawn_at": timezone.now(), "withdrawal_reason": "x"}
    return ExamResult.objects.filter(pk=row.pk).update(**gone)


def called_off(make: Callable[[], LifeEvent]) -> Callable[[], object]:
    return lambda: LifeEvent.objects.filter(pk=make().pk).update(state="cancelled", cancelled_reason="x")


CASES: dict[str, tuple[Callable[[], object], str]] = {
    "partybranch_not_in_future: course": (lambda: a_course(branch=a_branch(), ends_on=tomorrow()), FUTURE),
    "partybranch_occasion_days: a day longer": (occasion_past_service(ends_on=DAY + timedelta(days=1)), ITS_DAY),
    "partybranch_occasion_days: another branch": (occasion_past_service(branch=a_branch), ITS_DAY),
    "partybranch_occasion_days: in preparation": (of_a_draft, ITS_DAY),
    "partybranch_occasion_days: exam": (exam_of_another_day, ITS_DAY),
    "partybranch_own_study_confirmed": (confirmed_by_oneself, OWN),
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
    "partybranch_exam_hours_stand": (
        result_of_credited_exam_withdrawn,
        "此人已计入这次考试的学时。请先撤销那条学习记录。",
    ),
    "partybranch_hours_stand": (away_after_all, STAND),
    "partybranch_hours_stand: observer": (observer_who_taught_withdrawn, STAND),
    "partybranch_called_off_bare: attendance": (called_off(lambda: attended(member())), HELD),
    "partybranch_called_off_bare: hours": (called_off(credited_meeting), HELD),
}
