"""What breaks each rule of observers and make-ups, and the sentence it says; `test_rules.py` walks them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from hebi_charity.core import dates
from partybranch.models import Attendance, LifeEvent, MakeUp, Observer
from partybranch.services import events
from tests.donations.factories import UserFactory
from tests.partybranch.attend.factories import DAY, a_missed_event, an_observer
from tests.partybranch.factories import a_branch, an_event, attend, member, noticed_event, staff

WITHOUT_REASON = "撤销的记录要写明撤销人、时间和原因。"
NAMED = "请选择本支部人员，或者填写外来人员的姓名和单位，两者只填一项。"


def an_open_event() -> LifeEvent:
    a_branch()
    member()
    return noticed_event()


def observed(**values: object) -> Observer:
    """A row past the service."""
    return Observer.objects.create(event=an_open_event(), recorded_by=UserFactory(), **values)


def twice_an_observer() -> None:
    event = an_open_event()
    person = staff()
    an_observer(event, person), an_observer(event, person)


def who_stands_on_the_list() -> None:
    event = an_open_event()
    Observer.objects.create(event=event, person=event.attendance.get().person, recorded_by=UserFactory())


def of_an_event_in_preparation() -> None:
    an_open_event()
    Observer.objects.create(event=an_event(), guest="何督导", unit="市直机关工委", recorded_by=UserFactory())


def withdrawn_after_calling_off() -> None:
    event = an_open_event()
    row = an_observer(event)
    events.call_off(event, by=UserFactory(), reason="改期")
    Observer.objects.filter(pk=row.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=UserFactory(), withdrawal_reason="x"
    )


def made_up(**values: object) -> MakeUp:
    """A row past the service."""
    if "attendance" not in values:
        a_branch()
        member()
    facts = {"done_on": DAY, "way": "reading", "what": "学习材料", "recorded_by": UserFactory()} | values
    if "attendance" not in facts:
        facts["attendance"] = a_missed_event().attendance.get()
    return MakeUp.objects.create(**facts)


def made_up_twice() -> None:
    made_up(attendance=made_up().attendance)


def by_who_came() -> None:
    event = an_open_event()
    attend(event, event.attendance.get().person)
    made_up(attendance=event.attendance.get())


def of_a_meeting_called_off() -> None:
    event = an_open_event()
    attend(event, event.attendance.get().person, "leave", "住院")
    events.call_off(event, by=UserFactory(), reason="改期")
    made_up(attendance=event.attendance.get())


def came_after_all() -> None:
    row = made_up().attendance
    Attendance.objects.filter(pk=row.pk).update(status="present", leave_reason="")


def not_required_after_all() -> None:
    row = an_open_event().attendance.get()
    Attendance.objects.filter(pk=row.pk).update(status="exempt")


MISSED = "只有请假、缺席或者不作硬性要求的人员需要补学补课。"
OPEN = "发出通知以后、会议归档或取消以前，才能登记列席人员。"
CASES: dict[str, tuple[Callable[[], object], str]] = {
    "observer_withdrawn_has_reason": (
        lambda: observed(guest="何督导", unit="x", withdrawn_at=timezone.now(), withdrawn_by=UserFactory()),
        WITHOUT_REASON,
    ),
    "observer_is_named": (lambda: observed(guest="何督导"), NAMED),
    "observer_is_named: nobody": (lambda: observed(), NAMED),
    "observer_once": (twice_an_observer, "此人已登记为列席。"),
    "partybranch_observer_of_open_event": (of_an_event_in_preparation, OPEN),
    "partybranch_observer_of_open_event: withdrawn": (withdrawn_after_calling_off, OPEN),
    "partybranch_observer_not_on_list": (who_stands_on_the_list, "此人在会议名单上，请在名单上登记到会情况。"),
    "makeup_withdrawn_has_reason": (
        lambda: made_up(withdrawn_at=timezone.now(), withdrawn_by=UserFactory()),
        WITHOUT_REASON,
    ),
    "make_up_once": (made_up_twice, "已登记补学补课。如有错误，请先撤销原来的记录。"),
    "make_up_says_what": (lambda: made_up(what=""), "请填写补学补课的内容。"),
    "partybranch_make_up_of_missed": (by_who_came, MISSED),
    "partybranch_make_up_of_missed: called off": (of_a_meeting_called_off, MISSED),
    "partybranch_make_up_after_event": (
        lambda: made_up(done_on=date(2024, 3, 19)),
        "补学补课不能早于会议日期。请核对日期。",
    ),
    "partybranch_not_in_future: make-up": (
        lambda: made_up(done_on=dates.today() + timedelta(days=1)),
        "这个日期还没有到。请到当天以后再登记。",
    ),
    "partybranch_missed_was_made_up": (
        came_after_all,
        "这次缺席已登记补学补课。请先撤销那条记录，再更正到会情况。",
    ),
    "attendance_exempt_by_notice": (not_required_after_all, "发出通知时不作硬性要求的人员，才能登记为不作硬性要求。"),
}
