"""What breaks each rule of the record past the services, and the sentence it says: joined to the branch's rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from hebi_charity.core import dates
from partybranch.models import Addendum, LifeEvent, LifePicture, Minutes
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_branch, an_event, attend, member, noticed_event
from tests.partybranch.record.factories import an_attachment, attended, filed_event, ready_event, write
from tests.partybranch.record.test_filing import SENTENCES

FILED = "这次组织生活已归档，不能再改。如有更正，请写补充说明。"
CHANGED = "别人刚保存了这份会议记录。请刷新页面后再改。"


def file_raw(event: LifeEvent, **changes: object) -> int:
    """Filed past the service."""
    values = {"state": "filed", "filed_by": UserFactory(), "filed_at": timezone.now(), "sealed_parts": {}, "seal": "x"}
    return LifeEvent.objects.filter(pk=event.pk).update(**(values | changes))


def with_names_on_an_open_event() -> int:
    return LifeEvent.objects.filter(pk=ready_event().pk).update(filed_names={})


def minutes_of(event: LifeEvent, version: int) -> Minutes:
    return Minutes.objects.create(event=event, version=version, written_by=UserFactory())


def second_of_a_version() -> object:
    return minutes_of(ready_event(), 1)


def picture(event: LifeEvent) -> LifePicture:
    file = an_attachment()
    return LifePicture.objects.create(event=event, kind="photo", given=file, attachment=file, added_by=UserFactory())


def changed_picture(**values: object) -> object:
    row = picture(ready_event())
    return LifePicture.objects.filter(pk=row.pk).update(**values)


def of_tomorrow() -> object:
    a_branch()
    member()
    event = noticed_event(held_on=dates.today() + timedelta(days=1))
    attend(event, event.attendance.get().person, "leave", "住院")
    write(event)
    return file_raw(event)


def with_open_names() -> object:
    a_branch()
    member()
    event = noticed_event()
    write(event)
    return file_raw(event)


def without_outcome() -> object:
    a_branch()
    member()
    event = attended(noticed_event())
    write(event, outcome="")
    return file_raw(event)


def together_on_another_day() -> object:
    return an_event(held_with=ready_event(), held_on=date(2024, 3, 21))


def noticed_late_without_the_mark() -> object:
    notice = {"state": "noticed", "noticed_by": UserFactory(), "noticed_at": timezone.now()}
    return LifeEvent.objects.filter(pk=an_event().pk).update(**notice)


RULES: dict[str, tuple[Callable[[], object], str]] = {
    "life_event_filed_has_time": (lambda: file_raw(ready_event(), begins_at=None), SENTENCES["begins_at"]),
    "life_event_filed_has_place": (lambda: file_raw(ready_event(), place=""), SENTENCES["place"]),
    "life_event_filed_has_chair": (lambda: file_raw(ready_event(), chair=None), SENTENCES["chair"]),
    "life_event_filed_has_recorder": (lambda: file_raw(ready_event(), recorder=None), SENTENCES["recorder"]),
    "life_event_filed_has_person": (
        lambda: file_raw(ready_event(), seal=""),
        "归档要写明归档人、时间，并加封印。",
    ),
    "life_event_names_by_filing": (with_names_on_an_open_event, "姓名和名称在归档时固定下来。"),
    "partybranch_filed_has_names": (
        lambda: file_raw(ready_event()),
        "归档的记录要保留当时的姓名和名称。请重新归档一次。",
    ),
    "minutes_each_version_once": (second_of_a_version, CHANGED),
    "life_picture_turned_by_quarters": (lambda: changed_picture(turns=4), "照片每次转 90 度。"),
    "life_picture_removed_has_person": (
        lambda: changed_picture(removed_at=timezone.now()),
        "移除的照片要写明移除人和时间。",
    ),
    "addendum_has_text": (
        lambda: Addendum.objects.create(event=filed_event(), text="", written_by=UserFactory()),
        "请填写要补充的内容。",
    ),
    "partybranch_event_is_filed": (lambda: picture(filed_event()), FILED),
    "partybranch_event_is_filed: minutes": (lambda: minutes_of(filed_event(), 2), FILED),
    "partybranch_minutes_in_order": (lambda: minutes_of(ready_event(), 3), CHANGED),
    "partybranch_filed_after_the_day": (of_tomorrow, "活动日期还没有到。请在举行之后再归档。"),
    "partybranch_filed_has_attendance": (with_open_names, SENTENCES["attendance"]),
    "partybranch_filed_has_outcome": (without_outcome, SENTENCES["outcome"]),
    "partybranch_held_together": (
        together_on_another_day,
        "只有同一支部、同一天的活动才算同时召开。请从最先登记的那一次开始。",
    ),
    "partybranch_held_together: first is still prepared": (
        lambda: an_event(held_with=an_event()),
        "只有同一支部、同一天的活动才算同时召开。请从最先登记的那一次开始。",
    ),
    "partybranch_late_notice_marked": (
        noticed_late_without_the_mark,
        "活动日期已过，这是补录，必须标明“补录”。",
    ),
    "partybranch_addendum_of_filed": (
        lambda: Addendum.objects.create(event=ready_event(), text="x", written_by=UserFactory()),
        "这次组织生活还没有归档，直接修改记录即可。",
    ),
}
