"""A year of meetings with a few gaps, the notice for retired branches, and one who stays away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from partybranch.models import Attendance, Body, Branch, LifeEvent, Requirement
from partybranch.services import events
from partybranch.services.invented import announce_in_time
from partybranch.services.requirements import record_requirement

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Kind, Status = LifeEvent.Kind, Attendance.Status
AWAY, AWAY_SINCE_MONTH = "蒋素云", 7
NOTICE = {
    "kind": Kind.GROUP_MEETING,
    "per": Requirement.Per.QUARTER,
    "times": 1,
    "starts_on": date(2022, 1, 1),
    "source": "关于进一步规范离退休干部党支部组织生活的通知（演示虚构）",
    "article": "鹤慈党〔2021〕12号",
    "note": "离退休干部党支部的党小组会每季度至少召开1次。",
}
# Month and day, kind, what it was about. April lacks its committee meeting, July its theme day; 第二党小组 met once.
YEAR = (
    (1, 8, Kind.COMMITTEE_MEETING, "研究全年学习计划"),
    (1, 16, Kind.THEME_DAY, "走访慰问老党员"),
    (1, 20, Kind.GENERAL_MEETING, "通过全年学习计划"),
    (2, 5, Kind.COMMITTEE_MEETING, "准备组织生活会"),
    (2, 12, Kind.LIFE_MEETING, "年度组织生活会"),
    (2, 12, Kind.REVIEW, "民主评议党员"),
    (2, 26, Kind.THEME_DAY, "重温入党誓词"),
    (3, 5, Kind.COMMITTEE_MEETING, "学雷锋志愿服务安排"),
    (3, 12, Kind.LECTURE, "党的纪律处分条例解读"),
    (3, 18, Kind.GROUP_MEETING, "交流学习体会"),
    (3, 19, Kind.THEME_DAY, "义务植树"),
    (4, 16, Kind.THEME_DAY, "祭扫烈士陵园"),
    (4, 22, Kind.GENERAL_MEETING, "讨论一季度工作"),
    (5, 7, Kind.COMMITTEE_MEETING, "研究发展党员工作"),
    (5, 14, Kind.THEME_DAY, "社区敬老志愿服务"),
    (6, 4, Kind.COMMITTEE_MEETING, "筹备七一活动"),
    (6, 11, Kind.LECTURE, "党史上的鹤壁"),
    (6, 17, Kind.GROUP_MEETING, "读书交流"),
    (6, 26, Kind.THEME_DAY, "走访困难老党员"),
    (7, 2, Kind.COMMITTEE_MEETING, "七一总结"),
    (8, 6, Kind.COMMITTEE_MEETING, "准备99公益日"),
    (8, 13, Kind.THEME_DAY, "防汛值守志愿服务"),
    (9, 3, Kind.COMMITTEE_MEETING, "99公益日分工"),
    (9, 10, Kind.THEME_DAY, "慈善一日捐"),
    (9, 17, Kind.GENERAL_MEETING, "99公益日总结"),
    (9, 24, Kind.LECTURE, "中华慈善文化"),
    (10, 9, Kind.COMMITTEE_MEETING, "研究四季度学习"),
    (10, 15, Kind.THEME_DAY, "重阳节慰问"),
    (11, 5, Kind.COMMITTEE_MEETING, "讨论年度考核"),
)


def show(people_by_account: Mapping[str, User], today: date) -> None:
    """Load it once, into the branch of the demonstration."""
    branch = Branch.objects.filter(bodies__kind=Body.Kind.COMMITTEE).first()
    if branch is None or Requirement.objects.filter(branch=branch).exists():
        return
    by = people_by_account["organizer"]
    record_requirement(Requirement(branch=branch, **NOTICE), by=people_by_account["secretary"], form_key=uuid4())
    for month, day, kind, topic in YEAR:
        held_on = date(today.year, month, day)
        if held_on < today:
            hold(branch, kind, topic, held_on, by=by)


def hold(branch: Branch, kind: str, topic: str, held_on: date, *, by: User) -> None:
    """One event, announced and attended by all but who is on leave or stays away."""
    bodies = branch.bodies.filter(kind=kind).order_by("pk")
    body = bodies.first() if kind in {Kind.COMMITTEE_MEETING, Kind.GROUP_MEETING} else None
    row = LifeEvent(branch=branch, body=body, kind=kind, topic=topic, held_on=held_on, place="三楼会议室")
    event = announce_in_time(events.prepare_event(row, by=by, form_key=uuid4()), by=by)
    marks = {}
    for number, line in enumerate(event.attendance.select_related("person").filter(status=Status.EXPECTED)):
        if line.person.name == AWAY and held_on.month >= AWAY_SINCE_MONTH:
            marks[line.pk] = (Status.ABSENT, "")
        elif (number + held_on.day) % 11 == 0:
            marks[line.pk] = (Status.LEAVE, "住院检查")
        else:
            marks[line.pk] = (Status.PRESENT, "")
    events.record_attendance(event, marks, by=by)
