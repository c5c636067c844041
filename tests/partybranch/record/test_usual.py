"""What stands in the form of a past event as a suggestion: what was usual at the last one of its kind and body."""

from datetime import date, time
from uuid import uuid4

import pytest
from django.urls import reverse

from partybranch.lists.usual import is_link
from partybranch.models import LifeEvent
from partybranch.services import events
from partybranch.services.belonging import transfer_out
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_body, a_branch, an_event, member, term
from tests.partybranch.record.factories import OUTCOME, filed_event

pytestmark = pytest.mark.django_db
USUAL = ("begins_at", "place", "chair", "recorder")


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def branch(db):
    return a_branch("离退休干部党支部")


@pytest.fixture
def people(branch):
    return [member(name=name) for name in ("甲", "乙", "丙")]


def prepared(people, **facts) -> LifeEvent:
    """An event with all of the four facts, of the people's branch."""
    known = {"begins_at": time(9, 0), "place": "三楼会议室", "chair": people[0], "recorder": people[-1]}
    return an_event(branch=people[0].memberships.get().branch, **known | facts)


def address(branch) -> str:
    return reverse("partybranch:life_past", args=[branch.pk])


def begun(client, branch, **asked) -> dict[str, object]:
    """What the page begins with of the four facts."""
    initial = client.get(address(branch), asked).context["form"].initial
    return {name: initial[name] for name in USUAL if name in initial}


def suggested(client, branch, **chosen) -> dict[str, object]:
    """What the page is told of the four facts once kind and day are chosen."""
    return client.get(address(branch) + "list/", chosen).context["usual"].facts


def sent(page, **typed) -> dict[str, object]:
    """What a browser without scripts sends of this page."""
    form = page.context["form"]
    fields = [form[name] for name in ("kind", *USUAL)] + form.suggested()
    whole = {field.html_name: form[field.name].value() for field in fields}
    whole["begins_at"] = form.fields["begins_at"].widget.format_value(whole["begins_at"]) or ""
    told = {name: "" if value is None else getattr(value, "pk", value) for name, value in whole.items()}
    return told | {"form_key": str(uuid4()), "topic": "一次", "outcome": OUTCOME, "rest_came": "on"} | typed


def test_page_begins_as_the_last_one_of_its_kind_and_never_as_one_of_another(client, organizer, branch, people):
    prepared(people)
    prepared(people, kind="lecture", begins_at=time(15, 0), place="二楼大厅")
    other = a_branch("别的支部")
    prepared([member(name="丁", branch=other)], kind="lecture", begins_at=time(8, 0), place="别处")

    assert client.get(address(branch)).context["form"].initial["kind"] == "lecture"
    assert begun(client, branch) == {"begins_at": time(15, 0), "place": "二楼大厅"}
    assert begun(client, branch, kind="theme_day") == {"begins_at": time(9, 0), "place": "三楼会议室"}
    assert begun(client, branch, kind="visit") == {}
    assert begun(client, branch, kind="nonsense", body="x") == {}


def test_page_says_what_is_a_suggestion_and_from_where(client, organizer, branch, people):
    prepared(people, kind="lecture", topic="解读条例")

    page = client.get(address(branch)).content.decode()
    assert "开始时间、地点或链接已照上一次（2024-03-20 “解读条例”）填好，这次不同的请改。" in page
    assert "已照上一次" not in client.get(address(branch), {"kind": "visit"}).content.decode()


def test_group_begins_as_the_last_meeting_of_its_own(client, organizer, branch, people):
    first, second = (a_body(branch, name=name) for name in ("第一党小组", "第二党小组"))
    for body in (first, second):
        term(people[0], "group_leader" if body == first else "secretary", body=body if body == first else None)
    prepared(people, kind="group", body=first, place="甲家")
    prepared(people, kind="group", body=second, place="乙家")
    day = {"kind": "group", "held_on": "2021-3-4"}

    assert suggested(client, branch, body=first.pk, **day)["place"] == "甲家"
    assert suggested(client, branch, body=second.pk, **day)["place"] == "乙家"
    assert suggested(client, branch, **day) == {}
    assert begun(client, branch, kind="group", body=str(first.pk))["place"] == "甲家"


def test_chair_and_recorder_are_suggested_only_for_a_day_on_whose_roll_they_are(client, organizer, branch, people):
    transfer_out(people[2], by=UserFactory(), day=date(2024, 6, 1), went_to="某社区党支部")
    prepared(people)

    before = suggested(client, branch, kind="theme_day", held_on="2024-5-31")
    after = suggested(client, branch, kind="theme_day", held_on="2024-6-1")
    assert (before["chair"], before["recorder"]) == (people[0], people[2])
    assert (after["chair"], after.get("recorder")) == (people[0], None)
    assert set(suggested(client, branch, kind="theme_day")) == {"begins_at", "place"}
    assert set(suggested(client, branch, kind="theme_day", held_on="1999-1-1")) == {"begins_at", "place"}


def test_what_was_called_off_or_lacks_a_fact_is_no_model(client, organizer, branch, people):
    prepared(people, place="第一处")
    events.call_off(prepared(people, place="第二处"), by=UserFactory(), reason="停电")
    prepared(people, place="第三处", chair=None)

    assert begun(client, branch)["place"] == "第一处"


@pytest.mark.parametrize(
    "place",
    [
        "https://meeting.tencent.com/dm/abc",
        "腾讯会议 123-456-789",
        "腾讯会议：123456789",
        "www.zoom.us/j/1",
        "会议号 12345",
        "meeting.tencent.com/dm/1",
    ],
)
def test_link_of_a_meeting_on_line_is_never_suggested(client, organizer, branch, people, place):
    prepared(people, place=place)

    assert set(begun(client, branch)) == {"begins_at"}


@pytest.mark.parametrize(
    "place", ["三楼会议室", "市民政局302室", "淇滨区毛连洞村", "支部微信群", "淇滨大道123号3号楼", ""]
)
def test_room_is_no_link(place):
    assert not is_link(place)


def test_without_scripts_another_kind_is_not_filed_with_what_was_usual_of_the_first(client, organizer, branch, people):
    prepared(people, kind="lecture", begins_at=time(15, 0), place="二楼大厅", chair=people[1], recorder=people[2])
    prepared(people)
    page = client.get(address(branch))

    response = client.post(address(branch), sent(page, kind="lecture", held_on="2019-6-28"))

    form = response.context["form"]
    assert list(form.errors) == ["__all__"]
    assert form.errors["__all__"] == [
        "您选的类别或日期变了，开始时间、地点或链接、主持人、记录人已照上一次同类活动重新填好。请核对后再归档。"
    ]
    shown = sent(response)
    assert {name: str(shown[name]) for name in USUAL} == {
        "begins_at": "15:00",
        "place": "二楼大厅",
        "chair": str(people[1].pk),
        "recorder": str(people[2].pk),
    }
    assert LifeEvent.objects.filed().count() == 0

    client.post(address(branch), sent(response, held_on="2019-6-28"))
    event = LifeEvent.objects.filed().get()
    assert (event.kind, event.begins_at, event.place, event.chair) == ("lecture", time(15, 0), "二楼大厅", people[1])


def test_what_was_typed_stays_when_the_kind_changes(client, organizer, branch, people):
    prepared(people, kind="lecture", begins_at=time(15, 0), place="二楼大厅")
    prepared(people)
    page = client.get(address(branch))
    typed = {"place": "党员活动室", "begins_at": "0830", "chair": people[2].pk, "recorder": people[2].pk}

    client.post(address(branch), sent(page, kind="lecture", held_on="2019-6-28", **typed))

    event = LifeEvent.objects.filed().get()
    assert (event.begins_at, event.place, event.chair) == (time(8, 30), "党员活动室", people[2])


def test_what_is_wrong_stays_beside_what_followed(client, organizer, branch, people):
    prepared(people, kind="lecture", place="二楼大厅")
    prepared(people)
    page = client.get(address(branch))

    response = client.post(address(branch), sent(page, kind="lecture", held_on="2019-6-28", begins_at="一会儿"))

    form = response.context["form"]
    assert sorted(form.errors) == ["__all__", "begins_at"]
    assert (form["begins_at"].value(), form["place"].value()) == ("一会儿", "二楼大厅")


def test_filed_event_of_the_same_kind_is_the_model_too(client, organizer, branch, people):
    last = filed_event(kind="lecture")

    assert begun(client, branch) == {"begins_at": time(9, 0), "place": "三楼会议室"}
    there = suggested(client, branch, kind="lecture", held_on="2024-3-21")
    assert (there["chair"], there["recorder"]) == (last.chair, last.recorder)
