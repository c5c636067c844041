"""The text of a WeChat group is understood line by line, shown, and recorded only when it is confirmed."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from hebi_charity.core import dates
from partybranch.lists.life import list_of
from partybranch.models import Attendance
from partybranch.services.relay import most_names, understood
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_branch, an_event, attend, member, noticed_event

pytestmark = pytest.mark.django_db
TEXT = """#接龙
3月20日主题党日，请大家报名

1. 张三
2、李四 线上
3 王五请假 看病
④赵六🌹参加
5） 孙 七【在线】
6.周八因出差不能参加
７．吴九 缺席👍
8. 郑十"""


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def event():
    a_branch()
    for name in ("张三", "李四", "王五", "赵六", "孙七", "周八", "吴九"):
        member(name=name)
    return noticed_event()


def said(event, text: str) -> list[tuple[list[str], str, str, bool]]:
    found = understood(text, list_of(event)).lines
    return [([row.person.name for row in line.rows], line.status, line.reason, line.is_sure) for line in found]


def test_lines_are_understood_with_any_separator_and_emoji(event):
    assert said(event, TEXT) == [
        (["张三"], "present", "", True),
        (["李四"], "online", "", True),
        (["王五"], "leave", "看病", True),
        (["赵六"], "present", "", True),
        (["孙七"], "online", "", True),
        (["周八"], "leave", "出差", True),
        (["吴九"], "absent", "", True),
        ([], "present", "", False),
    ]
    assert understood(TEXT, list_of(event)).aside == ("#接龙", "3月20日主题党日,请大家报名")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("张三", (["张三"], "present", "", True)),
        ("老张-张三 线上", (["张三"], "online", "", False)),
        ("张三丰", (["张三"], "present", "", False)),
        ("1.章三", (["张三"], "present", "", False)),
        ("2 李四 请假", (["李四"], "leave", "", True)),
        ("2 李四 不能线上参加 住院", (["李四"], "leave", "线上参加 住院", True)),
        ("9. 😀", None),
        ("9.", None),
    ],
)
def test_what_is_not_plain_is_asked(event, line, found):
    assert said(event, line) == ([found] if found else [])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("3. 张三 李四", [("张三", "present", "", True), ("李四", "present", "", True)]),
        ("张三、李四", [("张三", "present", "", True), ("李四", "present", "", True)]),
        ("张三，李四；王五", [(name, "present", "", True) for name in ("张三", "李四", "王五")]),
        ("张三李四", [("张三", "present", "", True), ("李四", "present", "", True)]),
        ("张三和李四参加", [("张三", "present", "", True), ("李四", "present", "", True)]),
        ("张 三  李 四", [("张三", "present", "", True), ("李四", "present", "", True)]),
        ("张三线上 李四请假 看病", [("张三", "online", "", True), ("李四", "leave", "看病", True)]),
        ("张三、李四请假看病", [("张三", "leave", "看病", False), ("李四", "leave", "看病", True)]),
        ("线上：张三、李四", [("张三", "online", "", False), ("李四", "online", "", False)]),
        ("张三 请假 陪 李四", [("张三", "leave", "陪", True), ("李四", "present", "", False)]),
        ("张三 李泗", [("张三", "present", "", True), ("李四", "present", "", False)]),
        ("张三、郑十", [("张三", "present", "", True), ("", "present", "", False)]),
        ("郑十 张三", [("", "present", "", False), ("张三", "present", "", True)]),
        ("李四、张三丰", [("李四", "present", "", True), ("张三", "present", "", False)]),
        ("张三 准时参加", [("张三", "present", "", True)]),
        ("张三 请假 高血压", [("张三", "leave", "高血压", True)]),
        ("张三代李四请假", [("李四张三", "leave", "代", False)]),
    ],
)
def test_each_name_of_a_line_is_found(event, line, found):
    seen = [("".join(names), status, reason, is_sure) for names, status, reason, is_sure in said(event, line)]

    assert seen == found


def test_part_of_a_line_is_told_beside_the_whole(event):
    lines = understood("3. 张三 李四 线上", list_of(event)).lines

    assert [(line.text, line.part) for line in lines] == [
        ("3. 张三 李四 线上", "张三"),
        ("3. 张三 李四 线上", "李四 线上"),
    ]


class Counted(list):
    """A list that counts how often somebody goes through it."""

    walks = 0

    def __iter__(self):
        self.walks += 1
        return super().__iter__()


@pytest.mark.parametrize(
    ("text", "names", "walks"),
    [
        ("\n".join(["1. 张三"] * 2500), 200, 2000),
        ("张三、" * 6666, 200, 2000),
        ("张三、" * 6600 + "李四请假", 200, 2000),
        ("王五 线上 " + "何某 " * 6600, 1, 7000),
        ("何某、" * 6600, 200, 8000),
        ("1. 张" + " " * 19_000 + "三", 1, 20),
    ],
)
def test_work_grows_with_the_text_and_no_faster(event, text, names, walks):
    assert len(text) <= 20_000
    rows = Counted(list_of(event))

    read = understood(text, rows)

    assert len(read.lines) == names
    assert rows.walks <= walks
    assert sum(map(len, (*read.aside, *read.beyond))) <= len(text)


def test_what_is_beyond_the_most_names_can_be_read_after_them(event):
    text = "\n".join(f"{number}. 张三 李四" for number in range(1, 100)) + "\n100. 张三 李四 王五请假 赵六\n101. 孙七"

    read = understood(text, list_of(event))

    assert (len(read.lines), read.aside, read.beyond) == (200, (), ("100. 王五 请假、赵六", "101. 孙七"))
    assert [line.status for line in read.lines[-2:]] == ["leave", "leave"]  # it may be said of both
    again = [(["王五"], "leave", "", True), (["赵六"], "present", "", False), (["孙七"], "present", "", True)]
    assert said(event, "\n".join(read.beyond)) == again


def test_a_form_for_a_long_text_can_be_sent_and_the_rest_is_kept(client, organizer, event):
    text = "张三、" + "何某、" * 400
    shown = page(client, event, text=text)
    form = shown.context["form"]
    facts = {"text": text, "confirm": "1"} | {field.name: field.value() for field in form}
    facts |= {name: "out" for name in facts if name.startswith("row_") and name != "row_0"}

    recorded = page(client, event, **facts)

    assert len(form.fields) + 10 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert len(shown.content) < 700_000
    assert "接龙里的姓名太多，一次登记不完。" in shown.content.decode()
    assert recorded.context["text_form"]["text"].value() == "、".join(["何某"] * 201)
    assert "已登记 1 人的到会情况。" in recorded.content.decode()
    assert [row.person.name for row in list_of(event) if row.status == "present"] == ["张三"]


def test_on_a_long_list_fewer_names_are_asked_of_at_once():
    assert [most_names(range(people)) for people in (7, 300, 450, 2000)] == [200, 200, 150, 1]


def test_namesakes_are_asked(event):
    member(name="张三")
    again = noticed_event(topic="另一次")

    assert said(again, "1. 张三") == [(["张三", "张三"], "present", "", False)]


def test_namesakes_are_told_and_told_apart(client, organizer, event):
    member(name="赵六", post="原科长")
    again = noticed_event(topic="另一次")

    form = page(client, again, text="1. 赵六\n2. 郑十\n3. 李泗").context["form"]

    assert form["row_0"].help_text == "名单上有 2 位同名的人，请选是哪一位。"
    assert form["row_1"].help_text == "名单上没有这个名字。请选是谁，或者选“不登记这一行”。"
    assert form["row_2"].help_text == "名单上没有这个名字，有读音相同的。请选是谁。"
    labels = [label for _value, label in form.fields["row_0"].choices]
    assert labels.count("赵六（1）？") + labels.count("赵六？") == 1
    assert labels.count("赵六（原科长）？") == 1


def test_what_was_left_out_is_said_when_the_rest_is_recorded(client, organizer, event):
    text = "大家好\n1. 张三 郑十"
    form = page(client, event, text=text).context["form"]
    facts = {"text": text, "confirm": "1"} | {field.name: field.value() for field in form}

    shown = client.post(
        reverse("partybranch:life_relay", args=[event.pk]), facts | {"row_1": "out"}, follow=True
    ).content.decode()

    assert "没有登记的：“郑十”。需要时请逐个点名字登记。" in shown
    assert [row.person.name for row in list_of(event) if row.status == "present"] == ["张三"]


def test_line_whose_person_another_line_recorded_is_not_said_to_be_left_out(client, organizer, event):
    text = "1 张三\n2 章三 请假 看病"
    form = page(client, event, text=text).context["form"]
    row = next(row.pk for row in list_of(event) if row.person.name == "张三")
    facts = {"text": text, "confirm": "1"} | {field.name: field.value() for field in form}

    shown = client.post(
        reverse("partybranch:life_relay", args=[event.pk]),
        facts | {"row_0": "out", "row_1": row, "status_1": "leave", "reason_1": "看病"},
        follow=True,
    ).content.decode()

    assert "没有登记的" not in shown
    assert "张三已按“2 章三 请假 看病”这一行登记。" in shown


def test_pasted_text_can_be_changed_and_read_again(client, organizer, event):
    response = page(client, event, text="1. 张三\n祝好")

    assert response.context["aside"] == ("祝好",)
    assert "1. 张三\n祝好</textarea>" in response.content.decode()


def page(client, event, **facts):
    return client.post(reverse("partybranch:life_relay", args=[event.pk]), facts)


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_nothing_is_written_before_it_is_confirmed_and_the_unknown_must_be_chosen(client, organizer, event):
    response = page(client, event, text=TEXT)
    assert Attendance.objects.exclude(status="expected").count() == 0
    form = response.context["form"]
    facts = {"text": TEXT, "confirm": "1"}
    for number, (_line, row, status, reason) in enumerate(form.lines()):
        facts |= {f"row_{number}": row.value(), f"status_{number}": status.value(), f"reason_{number}": reason.value()}

    refused = page(client, event, **facts)
    assert errors(refused) == {"row_7": ["“8. 郑十”：请选择这一行是谁，或者选“不登记这一行”。"]}
    assert Attendance.objects.exclude(status="expected").count() == 0
    shown = client.post(
        reverse("partybranch:life_relay", args=[event.pk]), facts | {"row_7": "out"}, follow=True
    ).content.decode()

    assert "已登记 7 人的到会情况。" in shown
    assert {row.person.name: (row.status, row.leave_reason) for row in list_of(event)} == {
        "张三": ("present", ""),
        "李四": ("online", ""),
        "王五": ("leave", "看病"),
        "赵六": ("present", ""),
        "孙七": ("online", ""),
        "周八": ("leave", "出差"),
        "吴九": ("absent", ""),
    }


def test_name_a_colleague_recorded_meanwhile_is_said_beside_the_line(client, organizer, event):
    people = {row.person.name: row.person for row in list_of(event)}
    form = page(client, event, text="1. 张三\n2. 李四").context["form"]
    facts = {"text": "1. 张三\n2. 李四", "confirm": "1"} | {field.name: field.value() for field in form}
    attend(event, people["李四"], "leave", "住院")

    refused = page(client, event, **facts)

    assert list(errors(refused)) == ["__all__", "row_1"]
    assert "“请假：住院”" in errors(refused)["row_1"][0]
    assert Attendance.objects.exclude(status="expected").count() == 1
    again = {field.name: field.value() for field in refused.context["form"]}
    page(client, event, **(facts | again))
    assert [event.attendance.get(person=people[name]).status for name in ("张三", "李四")] == ["present", "present"]


def test_leave_without_reason_and_a_name_twice_are_refused_beside_the_line(client, organizer, event):
    rows = {row.person.name: row.pk for row in list_of(event)}
    facts = {
        "text": "1 李四 请假\n2 李四",
        "confirm": "1",
        "row_0": rows["李四"],
        "status_0": "leave",
        "row_1": rows["李四"],
        "status_1": "exempt",
    }

    response = page(client, event, **facts)

    assert errors(response) == {
        "reason_0": ["李四：请填写请假原因。"],
        "row_1": ["李四在另一行已有。请把其中一行选为“不登记这一行”。"],
        "status_1": ["李四：发出通知时不作硬性要求的人员，才能登记为不作硬性要求。"],
    }


def test_empty_text_and_one_without_names_get_a_sentence(client, organizer, event):
    for text, sentence in ((" ", "请先粘贴群接龙内容。"), ("#接龙", "没有找到姓名。请把名单一起粘贴进来。")):
        response = page(client, event, text=text)
        assert list(response.context["text_form"].errors["text"]) == [sentence]


def test_before_the_day_only_leaves_are_read(client, organizer, event):
    soon = noticed_event(topic="下周", held_on=dates.today() + timedelta(days=5))

    response = page(client, soon, text="1. 张三\n2. 李四请假 住院\n3. 王五 线上")

    form = response.context["form"]
    assert [(line.text, row.value()) for line, row, _status, _reason in form.lines()] == [
        ("2. 李四请假 住院", str(soon.attendance.get(person__name="李四").pk))
    ]
    assert form.fields["status_0"].choices == [("leave", "请假")]
    assert response.context["aside"] == ("1. 张三", "3. 王五 线上")
    assert "这次活动还没到日子，现在只登记请假" in response.content.decode()
    none = page(client, soon, text="1. 张三")
    assert list(none.context["text_form"].errors["text"]) == [
        "这次活动还没到日子，现在只能登记请假；这段接龙里没有人请假。"
    ]
    facts = {"text": "2. 李四请假 住院", "confirm": "1"} | {field.name: field.value() for field in form}
    page(client, soon, **facts)
    assert soon.attendance.get(person__name="李四").status == "leave"


def test_before_the_day_only_a_leave_can_be_tapped(client, organizer, event):
    soon = noticed_event(topic="下周", held_on=dates.today() + timedelta(days=5))

    page_of_names = client.get(reverse("partybranch:life_attendance", args=[soon.pk]))

    ways = [[value for value, _label in name.status.field.choices] for name in page_of_names.context["form"].lines()]
    assert ways == [["leave"]] * 7
    assert "现在先登记请假，到会情况当天再登记" in page_of_names.content.decode()


def test_before_the_notice_there_is_no_list(client, organizer):
    draft = an_event()

    response = page(client, draft, text="1 张三", confirm="1", row_0="out", status_0="present")

    assert errors(response) == {"__all__": ["请先发出通知，固定应到名单。"]}
