"""The notice as words for the group: whole, and without anybody's name."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from hebi_charity.core import dates
from partybranch.lists.notice import notice_of
from partybranch.models import LifeEvent
from partybranch.services import events
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_body, a_branch, an_event, member, noticed_event, term

pytestmark = pytest.mark.django_db
FUTURE = dates.today() + timedelta(days=200)
DAY = f"{FUTURE.year}年{FUTURE.month}月{FUTURE.day}日（星期{'一二三四五六日'[FUTURE.weekday()]}）"


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


def day_in_full(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def line(event: LifeEvent, label: str) -> str:
    return next(line for line in notice_of(event).splitlines() if line.startswith(f"{label}："))


def test_notice_says_everything_line_by_line():
    branch = a_branch("离退休干部党支部")
    event = an_event(
        branch=branch,
        kind="lecture",
        topic="学习党的二十大精神",
        held_on=FUTURE,
        begins_at=time(9, 0),
        place="三楼会议室",
        agenda="一、听党课\r\n\r\n二、讨论",
        lecturer_kind="expert",
        lecturer="市委党校李教授",
    )
    assert notice_of(event).splitlines() == [
        "【通知】党课",
        "主题：学习党的二十大精神",
        f"时间：{DAY}09:00",
        "地点：三楼会议室",
        "议程：",
        "一、听党课",
        "二、讨论",
        "主讲：市委党校李教授",
        "参加人员：全体党员",
        "请准时参加。不能参加的，请提前请假并说明原因。收到请回复。",
        "离退休干部党支部",
        day_in_full(dates.today()),
    ]


def test_what_is_not_settled_is_told_later_and_a_link_is_called_one():
    a_branch()
    event = an_event(held_on=FUTURE)
    assert line(event, "时间") == f"时间：{DAY}，具体时间另行通知"
    assert line(event, "地点") == "地点：另行通知"
    assert "议程" not in notice_of(event)
    assert "主讲" not in notice_of(event)
    event.place, event.agenda = "https://meeting.example/1", "讨论"
    assert line(event, "线上参加") == "线上参加：https://meeting.example/1"
    assert line(event, "议程") == "议程：讨论"


def test_who_is_expected_is_said_by_groups_as_the_roll_is_read():
    branch = a_branch()
    committee, group = a_body(branch, "committee", "支委会"), a_body(branch, "group", "第二党小组")
    asked = {"branch": branch, "held_on": FUTURE}
    assert line(an_event(**asked, kind="committee", body=committee), "参加人员") == "参加人员：支部委员会全体委员"
    assert line(an_event(**asked, kind="group", body=group), "参加人员") == "参加人员：“第二党小组”全体党员"
    assert line(an_event(**asked, with_others=True), "参加人员") == ("参加人员：全体党员、申请人、积极分子和随学职工")


def test_nobody_is_called_to_what_is_over_called_off_or_filed():
    a_branch(), member()
    today = dates.today()
    event = noticed_event(held_on=today)
    assert notice_of(event)
    assert not notice_of(an_event(held_on=today - timedelta(days=1)))
    assert not notice_of(events.call_off(event, by=UserFactory(), reason="大雨"))
    assert not notice_of(LifeEvent(held_on=FUTURE, state="filed"))


def test_page_shows_a_preview_then_the_notice_to_be_copied_and_no_name_in_it(client, organizer):
    branch = a_branch()
    term(member(name="欧阳清风"), body=a_body(branch, "committee", "支委会"))
    event = an_event(kind="committee", body=branch.bodies.get(), held_on=FUTURE, begins_at=time(15, 30))
    address = reverse("partybranch:life_detail", args=[event.pk])

    page = client.get(address)
    assert "群通知预览" in page.content.decode()
    assert "复制通知" not in page.content.decode()
    client.post(reverse("partybranch:life_notice", args=[event.pk]))
    page = client.get(address)
    assert (
        '<button class="btn btn-primary needs-script" type="button" data-copy="#notice-words">' in page.content.decode()
    )
    assert f'<pre class="notice-words" id="notice-words">{page.context["notice"]}</pre>' in page.content.decode()
    assert "15:30" in page.context["notice"]
    assert "欧阳清风" not in page.context["notice"]
