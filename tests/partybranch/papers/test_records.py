"""会议记录 and the yearly ledger: what stands on them, in which order, with which pictures, and how many questions."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from hebi_charity.core import dates
from hebi_charity.core.registry import PaperSubject
from hebi_charity.reports.models import Paper
from partybranch.lists.rates import rate_of_branch
from partybranch.models import LifeEvent, LifePicture
from partybranch.papers.ledger import facts
from partybranch.papers.records import read
from partybranch.services import pictures
from partybranch.services.events import call_off
from partybranch.services.filing import add_addendum, file_event
from partybranch.services.make_ups import record_make_ups, withdraw_make_up
from partybranch.services.observers import withdraw_observer
from partybranch.services.votes import withdraw_vote
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as, person
from tests.partybranch.attend.factories import a_make_up, a_missed_event, an_observer
from tests.partybranch.factories import a_branch, an_event, attend, circumstance, member, noticed_event
from tests.partybranch.papers.making import pages_of, printed, reader_of, stored_picture, worked_off
from tests.partybranch.record.factories import OUTCOME, attended, ready_event, write
from tests.partybranch.votes.factories import a_meeting, a_vote, voters

pytestmark = pytest.mark.django_db
RECORD, LEDGER = "partybranch.meeting_record", "partybranch.ledger"
KINDS = LifePicture.Kind


def with_picture(event: LifeEvent, kind: str, colour: str, caption: str = "") -> None:
    chosen = [pictures.Chosen(kind, stored_picture(colour))]
    pictures.add_pictures(event, chosen, by=UserFactory(), form_key=uuid4(), caption=caption)


@pytest.fixture
def branch(db):
    return a_branch("离退休干部党支部", superior="机关委员会")


@pytest.fixture
def meeting(branch):
    """A meeting with everything: who came, on line, on leave, absent, not required; pages, photographs, a sheet."""
    people = {name: member(name=name) for name in ("孙德厚", "叶春梅", "彭立新", "常少辉", "郭长青", "䶮𬭼𠮷㛃")}
    circumstance(people["郭长青"], "exempt", reason="行动不便")
    event = noticed_event(topic="学习二十大精神", agenda="一、学习文件\n二、交流发言", held_on=date(2022, 10, 16))
    for name, status, reason in (
        ("孙德厚", "present", ""),
        ("䶮𬭼𠮷㛃", "present", ""),
        ("叶春梅", "online", ""),
        ("彭立新", "leave", "随子女居住郑州市"),
        ("常少辉", "absent", ""),
    ):
        attend(event, people[name], status, reason)
    write(event, chair=people["孙德厚"], recorder=people["叶春梅"], text="孙德厚主持。\n第二段。")
    with_picture(event, KINDS.PHOTOGRAPH, "red", "会场")
    with_picture(event, KINDS.PAGE, "white", "记录本第一页")
    with_picture(event, KINDS.SHEET, "blue")
    file_event(event, by=UserFactory(full_name="叶春梅"))
    add_addendum(
        LifeEvent.objects.get(pk=event.pk),
        by=UserFactory(full_name="归档后的人"),
        text="第二段有误。",
        form_key=uuid4(),
    )
    return LifeEvent.objects.get(pk=event.pk)


def test_record_says_what_the_usual_form_asks_for(meeting):
    paper = printed(RECORD, meeting)

    record = paper.facts["record"]
    assert (record["expected"], record["came"]) == (5, 3)
    assert record["present"] == ["孙德厚", "䶮𬭼𠮷㛃"] or record["present"] == ["䶮𬭼𠮷㛃", "孙德厚"]
    assert (record["online"], record["exempt"]) == (["叶春梅"], ["郭长青"])
    assert {one["name"]: one["why"] for one in record["away"]} == {
        "彭立新": "请假：随子女居住郑州市",
        "常少辉": "缺席",
    }
    assert record["seal"] == meeting.seal != ""
    first = pages_of(paper)[0]
    for words in (
        "会议记录",
        "离退休干部党支部",
        "2022年10月16日 09:00",
        "三楼会议室",
        "应到 5 人，实到 3 人，请假 1 人，缺席 1 人，不作硬性要求 1 人",
        "彭立新（请假：随子女居住郑州市）",
        "䶮𬭼𠮷㛃",
        "二、交流发言",
        "第二段。",
        OUTCOME,
        "第二段有误。",
        "归档后的人",
        "叶春梅 归档",
    ):
        assert words in first, words
    assert meeting.seal in first.replace("\n", "")


def test_pictures_stand_behind_the_record_each_kind_on_its_pages(meeting):
    paper = printed(RECORD, meeting)

    heads = [page.replace("演 示\n", "").splitlines()[0] for page in pages_of(paper)[1:]]
    # Every page names all pictures of the paper.
    sizes = sorted(image.image.size for image in reader_of(paper).pages[1].images)
    assert heads == ["会议记录本", "活动照片", "签到表（照片）"]
    assert sizes == [(720, 540), (1000, 750), (1000, 750)]


def test_leave_alone_is_no_absence_and_who_is_open_is_said(branch):
    people = [member(name=name) for name in ("甲", "乙", "丙")]
    event = noticed_event()
    attend(event, people[0])
    attend(event, people[1], "leave", "住院")

    (page,) = pages_of(printed(RECORD, event))

    assert "应到 3 人，实到 1 人，请假 1 人，缺席 0 人，未登记 1 人" in page


def test_resolution_that_nobody_wrote_is_not_said_to_be_none(branch):
    people = [member(name=name) for name in ("甲", "乙")]
    held = noticed_event()
    attend(held, people[0])
    bare = noticed_event(topic="没有记录的会")

    (page,) = pages_of(printed(RECORD, held))
    assert page[page.index("决议") :].split()[1] == "未记"
    (page,) = pages_of(printed(RECORD, bare))
    assert page[page.index("决议") :].split()[1] == "（待补记录）"
    assert "没有文字记录" not in page


def test_picture_that_was_taken_away_is_not_printed(branch):
    event = ready_event()
    with_picture(event, KINDS.PHOTOGRAPH, "red")
    with_picture(event, KINDS.PHOTOGRAPH, "green")
    pictures.remove_picture(event.pictures.first(), by=UserFactory())

    facts = printed(RECORD, event).facts["record"]

    assert [one["sha256"] for one in facts["photographs"]] == [event.pictures.last().attachment.sha256]


def test_what_is_not_filed_says_so_and_carries_no_seal(branch):
    event = ready_event()

    paper = printed(RECORD, event)

    assert paper.facts["record"]["seal"] == ""
    assert "尚未归档" in pages_of(paper)[0]


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_what_was_not_held_has_no_record(branch, state):
    member()
    event = an_event() if state == "draft" else call_off(noticed_event(), by=UserFactory(), reason="改期")

    job = worked_off(RECORD, event)

    assert (job.state, job.error) == ("failed", "没有开展的活动不能打印会议记录。请先发出通知。")


def test_long_minutes_break_over_pages_and_the_signatures_are_never_alone(branch):
    for length in (900, 1000, 1050, 1100, 1150, 1200):
        event = attended(noticed_event(topic=f"长记录{length}") if length > 900 else (member(), noticed_event())[1])
        write(event, text="会议学习了文件并作交流发言。" * (length // 14))

        pages = [page.replace("\n", "") for page in pages_of(printed(RECORD, event))]

        (signed,) = [page for page in pages if "主持人（签字）" in page]
        assert "一致同意本月学习计划" in signed


@pytest.mark.parametrize("lines", [1, 4])
def test_no_heading_of_the_book_stands_without_the_picture_it_announces(branch, lines):
    """Notebook pages and sheets are as high as a page; a caption may have more than four lines."""
    caption = "会" * (47 * lines)
    for month in (3, 4):
        event = ready_event(topic=f"{month}月的会", held_on=date(2022, month, 10))
        for number, kind in enumerate((KINDS.PAGE, KINDS.PAGE, KINDS.SHEET)):
            colour = f"rgb({month * 20},{number * 50},{lines * 9})"
            given = pictures.Chosen(kind, stored_picture(colour, size=(900, 1400)))
            words = f"{month}月{kind}{number}{caption}"
            pictures.add_pictures(event, [given], by=UserFactory(), form_key=uuid4(), caption=words)

    pages = [page.replace("\n", "") for page in pages_of(printed(LEDGER, branch, "2022"))]

    assert ["3月page0" in page for page in pages if "会议记录本" in page and "4月page0" not in page] == [True]
    assert ["4月page0" in page for page in pages if "会议记录本" in page and "3月page0" not in page] == [True]
    sheets = [page for page in pages if "月sheet2" in page]
    assert [("3月10日" in page, "4月10日" in page) for page in sheets] == [(True, False), (False, True)]
    assert "签到表" in sheets[0]
    assert sum("会议记录本" in page or "月page1" in page for page in pages) == 4


def test_ledger_binds_the_year_in_order_with_survey_and_contents(meeting, branch):
    held = (("党课", "lecture", date(2022, 3, 1)), ("一月的会", "general", date(2022, 1, 10)))
    for topic, kind, day in held:
        event = ready_event(topic=topic, kind=kind, held_on=day)
        with_picture(event, KINDS.PHOTOGRAPH, "green")
    call_off(noticed_event(topic="取消的会", held_on=date(2022, 5, 1)), by=UserFactory(), reason="改期")
    ready_event(topic="别年的会", held_on=date(2023, 1, 1))
    noticed_event(topic="还没开的会", held_on=dates.today() + timedelta(days=1))

    paper = printed(LEDGER, branch, "2022")

    assert paper.title == "年度台账 2022 离退休干部党支部"
    assert [one["topic"] for one in paper.facts["records"]] == ["一月的会", "党课", "学习二十大精神"]
    assert [(one["kind"], one["held"]) for one in paper.facts["kinds"]] == [
        ("支部党员大会", 1),
        ("党课", 1),
        ("主题党日", 1),
    ]
    pages = [page.replace("演 示\n", "") for page in pages_of(paper)]
    cover, survey, contents = pages[:3]
    assert "2022 年度" in cover
    assert "3 次，其中已归档 1 次" in cover
    assert "机关委员会" in cover
    assert "60.00%" in survey
    for entry in ("1月10日", "3月1日", "10月16日"):
        (number,) = re.findall(rf"{entry}　[^\n]*?：[^\n.]*[^\d]*(\d+)$", contents, re.MULTILINE)
        assert f"2022年{entry}" in pages[int(number) - 1]
    assert "取消的会" not in "".join(pages)
    parts = [
        next(i for i, page in enumerate(pages) if page.startswith(head))
        for head in ("会议和活动记录", "活动照片", "签到表")
    ]
    assert parts == sorted(parts)


def test_ledger_and_glance_have_one_rate_of_attendance(branch):
    """Of whom attendance is not required is counted only when there, and nobody whose attendance is not recorded."""
    people = [member(name=f"党员{number}") for number in range(6)]
    for someone in people[4:]:
        circumstance(someone, "exempt", reason="卧床")
    event = noticed_event(held_on=date(2022, 10, 16))
    for someone, status in zip(people[:5], ("present", "online", "absent", "present", "present"), strict=True):
        attend(event, someone, status)
    other = noticed_event(held_on=date(2022, 11, 16))
    attend(other, people[0])

    total = facts(PaperSubject(branch, "2022")).total

    rate = rate_of_branch(branch, date(2022, 1, 1), date(2022, 12, 31), today=date(2023, 1, 1))
    assert (total.expected, total.came) == (rate.expected, rate.came) == (6, 5)
    assert (rate.unrecorded, rate.exempt) == (3, 3)


def test_ledger_of_an_empty_year_says_what_to_do(branch):
    job = worked_off(LEDGER, branch, "2021")

    assert (job.state, job.error) == ("failed", "2021 年没有组织生活的记录。请先登记，再装订台账。")


@pytest.mark.parametrize("count", [1, 5])
def test_many_records_are_read_with_as_few_questions_as_one(branch, count, django_assert_num_queries):
    for number in range(count):
        event = ready_event(topic=f"会{number}", kind="general")
        with_picture(event, KINDS.PHOTOGRAPH, "red")
        a_vote(event)
        an_observer(event)
        a_make_up(a_missed_event(topic=f"缺席的会{number}"))

    with django_assert_num_queries(9):
        records = read(LifeEvent.objects.all())
    assert sorted(len(one.made_up) for one in records) == [0] * count + [1] * count


def test_buttons_stand_on_the_pages_of_meeting_and_branch_for_the_branch_alone(meeting, branch, client):
    log_in_as(client, "organisation_member")

    event = client.get(meeting.get_absolute_url()).content.decode()
    page = client.get(branch.get_absolute_url()).content.decode()

    assert "打印签到表" in event
    assert "打印会议记录" in event
    assert "打印年度台账" in page
    assert '<option value="2022">2022</option>' in page


def test_votes_stand_in_the_record_with_what_was_counted_and_what_came_of_it(branch):
    event = a_meeting(entitled=10, present=8)
    a_vote(event, matter="通过年度计划", yes=5, no=3)
    wrong = a_vote(event, matter="登记错的表决", yes=8)
    withdraw_vote(wrong, by=UserFactory(), reason="登记错误")
    first, second = voters(event)[:2]
    a_vote(event, [(first, 8, 0, 0), (second, 3, 4, 1)], kind="election", seats=2, matter="选举支委")

    paper = printed(RECORD, event)

    resolution, election = paper.facts["record"]["votes"]
    assert (resolution["matter"], resolution["result"]) == ("通过年度计划", "未通过")
    names = ("entitled", "present", "issued", "returned", "valid", "yes", "no")
    assert [resolution[name] for name in names] == [10, 8, 8, 8, 8, 5, 3]
    assert [(one["name"], one["yes"], one["outcome"]) for one in election["candidates"]] == [
        (first.name, 8, "当选"),
        (second.name, 3, "未当选"),
    ]
    page = "".join(pages_of(paper)).replace("\n", "")
    for words in ("表决情况", "通过年度计划", "应到会有表决权", "未通过", "选举支委", "赞成 3，反对 4，弃权 1"):
        assert words in page, words
    assert "登记错的表决" not in page


def test_who_sat_in_and_what_was_made_up_stand_in_record_and_ledger(meeting, branch):
    """Make-ups are recorded after the filing too; what was withdrawn is not printed."""
    rows = {row.person.name: row for row in meeting.attendance.select_related("person")}
    for names, done_on, way, helper in (
        (["彭立新", "常少辉"], date(2022, 10, 20), "recording", ""),
        (["郭长青"], date(2022, 10, 21), "home", "孙德厚"),
    ):
        facts = {"done_on": done_on, "way": way, "what": f"学习材料{done_on.day}", "helper": helper}
        made = record_make_ups(meeting, [rows[name] for name in names], by=UserFactory(), form_key=uuid4(), **facts)
        if way == "recording":
            withdraw_make_up(made[1], by=UserFactory(), reason="登记错误")
    open_event = noticed_event(topic="下半年的会", held_on=date(2022, 11, 16))
    an_observer(open_event, member(name="邵广田", stage="applicant", admitted_on=None))
    an_observer(open_event)
    withdraw_observer(an_observer(open_event, guest="没有来的人"), by=UserFactory(), reason="没有来")

    record = printed(RECORD, meeting).facts["record"]
    ledger = printed(LEDGER, branch, "2022")

    made_up = [
        {"name": "郭长青", "on": "2022-10-21", "how": "送学上门，学习材料21（孙德厚）"},
        {"name": "彭立新", "on": "2022-10-20", "how": "收看收听录像录音，学习材料20"},
    ]
    assert sorted(record["made_up"], key=lambda one: one["on"], reverse=True) == made_up
    assert [(len(one["made_up"]), one["observers"]) for one in ledger.facts["records"]] == [
        (2, []),
        (0, ["邵广田", "何督导（市直机关工委）"]),
    ]
    page = "".join(pages_of(ledger)).replace("\n", "")
    assert page.index("请假、缺席及原因") < page.index("补学补课") < page.index("列席人员")
    for words in ("郭长青：2022年10月21日　送学上门，学习材料21（孙德厚）", "何督导（市直机关工委）"):
        assert words in page, words
    assert "没有来的人" not in page
    assert "学习材料20" in page


def test_printing_again_after_an_addendum_is_the_next_printing(meeting):
    secretary = person("branch_secretary")
    first = printed(RECORD, meeting, by=secretary)
    again = printed(RECORD, meeting, by=secretary)
    add_addendum(meeting, by=UserFactory(), text="又有一处更正。", form_key=uuid4())
    later = printed(RECORD, meeting, by=secretary)

    assert again == first
    assert later.version == 2
    assert Paper.objects.count() == 2
