"""Minutes are kept version by version: who saves second is told, sees both texts and loses nothing."""

import pytest
from django.urls import reverse

from hebi_charity.audit.models import Entry
from partybranch.models import LifeEvent, Minutes
from partybranch.services.events import change_event
from partybranch.services.filing import file_event
from partybranch.services.minutes import MinutesChanged
from tests.donations.staff import log_in_as, person
from tests.partybranch.factories import a_branch, an_event, member, noticed_event
from tests.partybranch.record.factories import OUTCOME, attended, filed_event, ready_event, write
from tests.partybranch.sending import as_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def event(db):
    a_branch()
    member(name="周小满")
    return noticed_event()


def typed(event, **changes):
    chair = event.branch.memberships.first().person_id
    return {
        "topic": event.topic,
        "begins_at": "0900",
        "place": "三楼会议室",
        "chair": chair,
        "recorder": chair,
        "outcome": OUTCOME,
        "text": "全文",
        "version": "0",
    } | changes


def address(event) -> str:
    return reverse("partybranch:life_record", args=[event.pk])


def test_every_saving_is_a_version_and_saving_the_same_is_none(event):
    write(event)
    write(event)
    write(event, text="补充了发言")

    assert list(event.minutes.order_by("version").values_list("version", "text")) == [
        (1, "会议由支部书记主持。"),
        (2, "补充了发言"),
    ]
    assert Entry.objects.filter(act="party.minutes_written").count() == 2


def test_facts_are_saved_with_the_minutes_and_stand_in_the_history(client, organizer, event):
    response = client.post(address(event), typed(event))

    assert response.url == event.get_absolute_url()
    event.refresh_from_db()
    assert (event.place, event.chair.name, event.state) == ("三楼会议室", "周小满", "noticed")
    assert event.minutes.get().outcome == OUTCOME
    assert Entry.objects.filter(act="party.event_changed").count() == 1


def test_second_who_saves_is_told_and_sees_both_texts(client, organizer, event):
    write(event, by=person("branch_secretary"), text="书记写的记录", place="会议室甲")

    response = client.post(address(event), typed(event, text="组织委员写的记录", place="会议室乙"))

    page = response.content.decode()
    assert "别人保存了这份会议记录" in page
    assert "书记写的记录" in page
    assert "组织委员写的记录" in page
    assert [(each.label, each.theirs) for each in response.context["differences"]] == [
        ("地点或链接", "会议室甲"),
        ("会议记录", "书记写的记录"),
    ]
    assert event.minutes.get().text == "书记写的记录"

    assert response.context["form"]["version"].value() == "1"
    client.post(address(event), typed(event, text="两份合在一起", place="会议室乙", version="1"))
    assert list(event.minutes.order_by("version").values_list("text", flat=True)) == ["书记写的记录", "两份合在一起"]
    assert LifeEvent.objects.get().place == "会议室乙"


def opened(client, event) -> dict[str, object]:
    return as_sent(client.get(address(event)).context["form"])


def test_old_minutes_do_not_write_the_old_place_back(client, organizer, event):
    change_event(event, by=person("branch_secretary"), place="会议室甲")
    form = opened(client, event)
    change_event(event, by=person("branch_secretary"), place="会议室乙")

    client.post(address(event), form | {"outcome": OUTCOME})

    assert LifeEvent.objects.get().place == "会议室乙"
    assert event.minutes.get().outcome == OUTCOME


def test_fact_that_both_changed_is_said_beside_it_and_nothing_is_saved(client, organizer, event):
    form = opened(client, event)
    change_event(event, by=person("branch_secretary"), place="会议室乙", chair=event.branch.memberships.get().person)

    response = client.post(address(event), form | {"place": "会议室丙", "outcome": OUTCOME})

    told = "其他同志刚刚在这里保存了“会议室乙”。您填的还在，尚未保存；再次保存即以您的为准。"
    assert list(response.context["form"].errors["place"]) == [told]
    assert (LifeEvent.objects.get().place, event.minutes.count()) == ("会议室乙", 0)
    client.post(address(event), as_sent(response.context["form"]))
    again = LifeEvent.objects.get()
    assert (again.place, again.chair.name, event.minutes.get().outcome) == ("会议室丙", "周小满", OUTCOME)


def test_newer_minutes_bring_the_facts_that_were_not_touched_along(client, organizer, event):
    form = opened(client, event)
    write(event, by=person("branch_secretary"), text="书记写的记录", place="会议室甲")

    response = client.post(address(event), form | {"text": "组织委员写的记录"})

    assert [each.label for each in response.context["differences"]] == ["决议或结果", "会议记录"]
    assert response.context["form"]["place"].value() == "会议室甲"
    client.post(address(event), as_sent(response.context["form"]))
    assert (LifeEvent.objects.get().place, event.minutes.count()) == ("会议室甲", 2)


def test_service_refuses_an_older_version_with_the_newest_one(event):
    write(event, text="第一版")
    with pytest.raises(MinutesChanged) as caught:
        write(event, text="也是第一版", version=0)
    assert caught.value.newest.text == "第一版"


def test_closing_without_a_recorder_says_so_beside_it_and_keeps_what_was_typed(client, organizer, event):
    attended(event)

    response = client.post(address(event), typed(event, recorder="", outcome="", file="1"))

    errors = {name: list(found) for name, found in response.context["form"].errors.items()}
    assert errors == {"recorder": ["请选择记录人。"], "outcome": ["请填写决议或结果：决议了什么，或者做了什么。"]}
    assert response.context["form"]["text"].value() == "全文"
    assert event.minutes.get().text == "全文"
    assert LifeEvent.objects.get().state == "noticed"
    assert response.context["form"]["version"].value() == "1"


def test_saved_and_filed_in_one_click(client, organizer, event):
    attended(event)

    page = client.post(address(event), typed(event, file="1"), follow=True).content.decode()

    assert "已归档。此后内容不再改动" in page
    assert LifeEvent.objects.get().state == "filed"


def test_filing_with_open_names_says_so_at_the_top(client, organizer, event):
    response = client.post(address(event), typed(event, file="1"))

    assert list(response.context["form"].non_field_errors()) == ["名单上还有人没有登记到会情况。请逐人登记。"]


@pytest.mark.parametrize(
    ("make", "words"), [(an_event, "请先发出通知，固定应到名单。"), (filed_event, "这次组织生活已归档，不能再改。")]
)
def test_minutes_of_what_is_not_open_are_not_written(client, organizer, make, words):
    ready_event()
    other = make()

    page = client.get(address(other), follow=True).content.decode()
    response = client.post(address(other), typed(other, version=str(other.minutes.count())))

    assert words in page
    assert words in response.content.decode()
    assert Minutes.objects.filter(event=other, text="全文").count() == 0


def test_time_that_is_none_is_refused_beside_it(client, organizer, event):
    response = client.post(address(event), typed(event, begins_at="上午"))

    assert list(response.context["form"].errors) == ["begins_at"]
    assert response.context["form"]["text"].value() == "全文"


def test_earlier_versions_stay_readable_also_when_filed(client, organizer):
    event = ready_event()
    write(event, by=person("branch_secretary"), outcome="改过的决议", text="补充了发言")
    file_event(event, by=person("branch_secretary"))

    response = client.get(event.get_absolute_url())

    page = response.content.decode()
    assert [(row.version, row.text) for row in response.context["earlier_minutes"]] == [(1, "会议由支部书记主持。")]
    fold = page[page.index("以前的版次") : page.index("</details>", page.index("以前的版次"))]
    assert "会议由支部书记主持。" in fold
    assert event.minutes.get(version=1).written_by.full_name in fold
    assert "补充了发言" not in fold


def test_minutes_of_one_version_have_no_earlier_ones(client, organizer):
    assert "以前的版次" not in client.get(ready_event().get_absolute_url()).content.decode()
