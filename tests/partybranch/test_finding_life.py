"""The list of meetings is found by words, year, kind and what its record waits for; the file follows the filter."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from partybranch.lists.finding_life import found_events, to_complete, to_file, to_record
from partybranch.models import LifeEvent
from partybranch.services import filing
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_branch, an_event, attend, held_event, member, noticed_event
from tests.partybranch.record.factories import filed_event, ready_event, write

pytestmark = pytest.mark.django_db
LIST, FILE = "partybranch:life_list", "partybranch:life_export"


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


def shown(client, **query) -> list[str]:
    return [event.topic for event in client.get(reverse(LIST), query).context["object_list"]]


def found(text: str) -> list[str]:
    return [event.topic for event in found_events(LifeEvent.objects.order_by("pk"), text)]


def test_words_stand_in_topic_agenda_or_outcome():
    a_branch(), member()
    an_event(topic="收看二十大开幕会")
    an_event(topic="集中学习", agenda="一、学习二十大报告\n二、讨论")
    write(noticed_event(topic="支部大会"), outcome="决定学习二十大报告")
    an_event(topic="参观")

    assert found("二十大") == ["收看二十大开幕会", "集中学习", "支部大会"]
    assert found("二十大　学习") == ["集中学习", "支部大会"]
    assert found("学习 参观") == []
    assert found("") == ["收看二十大开幕会", "集中学习", "支部大会", "参观"]


def test_what_was_corrected_away_in_the_minutes_is_not_found():
    a_branch(), member()
    event = noticed_event(topic="支部大会")
    write(event, outcome="同意购书十本")
    write(event, outcome="同意购书二十册")

    assert found("十本") == []
    assert found("二十册") == ["支部大会"]


def test_signs_of_a_pattern_are_read_as_they_stand():
    an_event(topic="完成率100%")
    an_event(topic="完成率100分")
    assert found("100%") == ["完成率100%"]
    assert found("_") == []


@pytest.mark.parametrize(
    "fact", ["nothing", "begins_at", "place", "chair", "recorder", "outcome", "attendance", "held_on"]
)
def test_state_of_the_record_says_what_the_filing_says(fact):
    a_branch(), member()
    today = dates.today()
    if fact == "attendance":
        event = noticed_event()
        write(event)
    elif fact == "held_on":
        event = noticed_event(held_on=today + timedelta(days=1))
        write(event)
    else:
        event = ready_event()
        empty = {"begins_at": None, "place": "", "chair": None, "recorder": None, "outcome": ""}
        if fact in empty:
            write(event, **{fact: empty[fact]})
    event = LifeEvent.objects.get()

    missing = filing.missing_facts(event)
    assert ({fact} if fact != "nothing" else set()) <= set(missing)
    rows = LifeEvent.objects.all()
    assert to_file(rows, today).exists() == (not missing)
    is_over, has_come = event.held_on < today, event.came > 0
    assert to_complete(rows, today).exists() == bool(missing and is_over and has_come)
    assert to_record(rows, today).exists() == (is_over and not has_come)


def test_what_is_filed_prepared_or_called_off_waits_for_nothing():
    filed_event()
    an_event(topic="准备中")
    today = dates.today()
    assert not to_file(LifeEvent.objects.all(), today).exists()
    assert not to_record(LifeEvent.objects.all(), today).exists()
    assert not to_complete(LifeEvent.objects.all(), today).exists()


def test_list_says_of_each_meeting_what_its_record_waits_for_as_the_filter_does(client, organizer):
    ready_event(topic="齐了")
    held_event(topic="缺决议", held_on=date(2024, 2, 1))
    noticed_event(topic="没人登记", held_on=date(2024, 1, 5))
    nobody = noticed_event(topic="都请了假", held_on=date(2024, 1, 4))
    for row in nobody.attendance.all():
        attend(nobody, row.person, "leave", "住院")
    noticed_event(topic="还没开", held_on=dates.today() + timedelta(days=3))
    filed_event(topic="归档了", held_on=date(2022, 5, 1))
    words = {
        "还没开": ("noticed", "已通知"),
        "齐了": ("to_file", "待归档"),
        "缺决议": ("to_complete", "资料未齐"),
        "没人登记": ("to_record", "待补记录"),
        "都请了假": ("to_record", "待补记录"),
        "归档了": ("filed", "已归档"),
    }

    page = client.get(reverse(LIST)).content.decode().split("<tbody>")[1]
    said = {line.split("</a>")[0].split(">")[-1]: line.split('state-word">')[1] for line in page.split("<tr ")[1:]}
    assert {topic: word.split("<")[0] for topic, word in said.items()} == {
        topic: word for topic, (_code, word) in words.items()
    }
    for code in ("to_file", "to_complete", "to_record", "filed"):
        assert shown(client, state=code) == [topic for topic, (its, _word) in words.items() if its == code]
    assert {line.split(",")[5]: line.rsplit(",", 1)[1].removesuffix("（补录）") for line in csv_lines(client)[2:]} == {
        topic: word for topic, (_code, word) in words.items()
    }


def test_list_is_narrowed_by_words_year_kind_and_state(client, organizer):
    ready_event(topic="学习准则", kind="study")
    noticed_event(topic="学习条例", kind="study", held_on=date(2023, 3, 1))
    an_event(topic="参观展览", kind="visit", held_on=date(2023, 4, 1))
    filed_event(topic="学习纪要", kind="lecture", held_on=date(2022, 5, 1))

    assert shown(client, q="学习") == ["学习准则", "学习条例", "学习纪要"]
    assert shown(client, q="学习", year="2023") == ["学习条例"]
    assert shown(client, q="学习", kind="lecture") == ["学习纪要"]
    assert shown(client, state="to_file") == ["学习准则"]
    assert shown(client, state="to_record") == ["学习条例"]
    assert shown(client, state="noticed") == ["学习准则", "学习条例"]
    assert shown(client, year="2021") == []
    assert "没有找到" in client.get(reverse(LIST), {"year": "2021"}).content.decode()
    assert shown(client, year="21") == []
    page = client.get(reverse(LIST), {"q": "学习", "state": "to_file"}).content.decode()
    assert "主题、议程或决议中的字词：学习" in page
    assert "状态：待归档" in page


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("query", [{"q": "主题"}, {"state": "to_record"}, {"year": "2024", "kind": "theme_day"}])
def test_filtered_list_query_count_does_not_grow(client, organizer, count, query, django_assert_num_queries):
    a_branch()
    for number in range(count):
        member(name=f"甲{number}")
        noticed_event(topic=f"主题{number}")
    client.get(reverse(LIST))

    with django_assert_num_queries(8):
        assert len(shown(client, **query)) == count


@pytest.mark.parametrize("count", [1, 5])
def test_file_query_count_does_not_grow(client, organizer, count, django_assert_num_queries):
    a_branch()
    for number in range(count):
        member(name=f"甲{number}")
        write(held_event(topic=f"主题{number}"))
    csv_lines(client)

    with django_assert_num_queries(5):
        assert len(csv_lines(client)) == 2 + count


def csv_lines(client, **query) -> list[str]:
    response = client.get(reverse(FILE), {"format": "csv"} | query)
    return b"".join(response.streaming_content).decode("utf-8-sig").strip().splitlines()


def test_file_follows_the_filter_carries_person_and_time_and_is_logged(client, organizer):
    ready_event(topic="学习准则", kind="study", begins_at=time(9, 0))
    an_event(topic="参观展览", kind="visit")
    lines = csv_lines(client, q="学习", year="2024")

    assert f"{organizer.full_name}（{organizer.username}）于 20" in lines[0]
    assert lines[1].startswith("日期,")
    assert len(lines) == 3
    assert lines[2].split(",")[0] == "2024-03-20"
    assert lines[2].split(",")[5] == "学习准则"
    assert "全体党员一致同意本月学习计划。,1,1,待归档" in lines[2]
    entry = Entry.objects.get(act="party.events_exported")
    assert (entry.actor, entry.side, entry.count) == (organizer, "party", 1)
    assert entry.reason == "主题、议程或决议中的字词：学*；年份：2024"


def test_file_of_a_filter_that_does_not_hold_is_not_made(client, organizer):
    an_event()
    response = client.get(reverse(FILE), {"year": "21"}, follow=True)
    assert "筛选条件有误" in response.content.decode()
    assert not Entry.objects.filter(act="party.events_exported").exists()


def test_names_of_words_stay_out_of_the_search_over_everything(client, organizer):
    an_event(topic="收看二十大开幕会")
    assert "收看二十大开幕会" not in client.get(reverse("office:search"), {"q": "二十大"}).content.decode()
