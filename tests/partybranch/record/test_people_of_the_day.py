"""Chair and recorder were in the branch on the day of the event: offered, refused, held by the database."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partybranch.lists.finding_life import to_complete, to_file
from partybranch.models import Branch, LifeEvent, Person
from partybranch.services.belonging import transfer_out
from partybranch.services.events import change_event
from partybranch.services.filing import FactsMissing, file_event, missing_facts
from partybranch.services.records import withdraw
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_branch, an_event, applicant, member, noticed_event, staff, stage
from tests.partybranch.record.factories import OUTCOME, attended, write
from tests.partybranch.sending import as_sent

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 20)  # of the event
EVE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)
CHAIR = "主持人须是活动当天在本支部名册上的人。请另选，或先核对那一天的名册。"
RECORDER = "记录人须是活动当天在本支部名册上的人。请另选，或先核对那一天的名册。"


@pytest.fixture(autouse=True)
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def people(db) -> dict[str, Person]:
    """Of the branch: who is there, who studies only, who left before or on the day, who came after it, a stranger."""
    a_branch("第一党支部")
    found = {
        "在册": member(name="在册"),
        "学习": staff(name="学习"),
        "申请": applicant(name="申请", on=date(2023, 1, 1)),
        "先走": member(name="先走"),
        "当天走": member(name="当天走"),
        "后走": member(name="后走"),
        "后来": member(name="后来", starts_on=NEXT),
        "去世": member(name="去世"),
        "外人": member(name="外人", branch=a_branch("别的支部")),
    }
    for name, day in (("先走", EVE), ("当天走", DAY), ("后走", NEXT)):
        transfer_out(found[name], by=UserFactory(), day=day, went_to="某社区党支部")
    stage(found["去世"], "deceased", DAY)
    return found


THERE = {"在册", "学习", "申请", "后走", "去世"}  # the last one: the day of an end by a stage still counts
OFF = ("先走", "当天走", "后来", "外人")


def names(form, field: str) -> set[str]:
    return {str(label) for value, label in form.fields[field].choices if value}


@pytest.mark.parametrize("address", ["life_update", "life_record"])
def test_offered_are_those_of_the_day(client, people, address):
    event = noticed_event(chair=people["在册"])
    form = client.get(reverse(f"partybranch:{address}", args=[event.pk])).context["form"]

    assert (names(form, "chair"), names(form, "recorder")) == (THERE, THERE)
    assert "领导登记为列席人员" in form.fields["chair"].help_text


def test_new_event_offers_who_is_there_today_and_after_a_day_was_typed_those_of_that_day(client, people):
    address = reverse("partybranch:life_create", args=[Branch.objects.first().pk])
    page = client.get(address)
    assert names(page.context["form"], "chair") == {"在册", "学习", "申请", "后来"}
    facts = {"form_key": str(uuid4()), "kind": "theme_day", "topic": "主题党日", "held_on": "20240320"}

    response = client.post(address, facts | {"chair": people["后来"].pk, "recorder": people["学习"].pk})

    form = response.context["form"]
    assert dict(form.errors) == {"chair": [CHAIR]}
    assert (form["topic"].value(), form["chair"].value()) == ("主题党日", str(people["后来"].pk))
    assert names(form, "chair") == THERE | {"后来"}
    assert LifeEvent.objects.count() == 0
    client.post(address, facts | {"chair": people["后走"].pk, "recorder": people["学习"].pk})
    event = LifeEvent.objects.get()
    assert (event.chair, event.recorder) == (people["后走"], people["学习"])


def test_past_event_whose_day_is_not_typed_yet_tells_who_left_and_when(client, people):
    address = reverse("partybranch:life_past", args=[Branch.objects.first().pk])

    assert names(client.get(address).context["form"], "chair") == {
        "在册",
        "学习",
        "申请",
        "先走（2024-03-19 离开）",
        "当天走（2024-03-20 离开）",
        "后走（2024-03-21 离开）",
        "后来",
        "去世（2024-03-20 离开）",
    }


def test_day_that_is_none_says_nothing_of_people(client, people):
    address = reverse("partybranch:life_create", args=[Branch.objects.first().pk])
    facts = {"form_key": str(uuid4()), "kind": "theme_day", "topic": "主题党日", "held_on": "三月"}

    form = client.post(address, facts | {"chair": people["先走"].pk}).context["form"]

    assert list(form.errors) == ["held_on"]
    assert form["chair"].value() == str(people["先走"].pk)


@pytest.mark.parametrize("name", ["先走", "当天走", "后来"])
@pytest.mark.parametrize(("fact", "sentence"), [("chair", CHAIR), ("recorder", RECORDER)])
def test_minutes_and_past_events_refuse_beside_the_field_and_keep_what_was_typed(client, people, name, fact, sentence):
    event = noticed_event()
    address = reverse("partybranch:life_record", args=[event.pk])
    sent = as_sent(client.get(address).context["form"]) | {fact: people[name].pk, "text": "逐字记录"}

    form = client.post(address, sent).context["form"]
    assert dict(form.errors) == {fact: [sentence]}
    assert (form["text"].value(), form[fact].value()) == ("逐字记录", str(people[name].pk))
    assert event.minutes.count() == 0

    both = {"chair": people["在册"].pk, "recorder": people["在册"].pk} | {fact: people[name].pk}
    facts = {"form_key": str(uuid4()), "kind": "study", "held_on": "20240320", "topic": "集中学习", "begins_at": "0900"}
    typed = facts | both | {"place": "会议室", "outcome": OUTCOME, "rest_came": "on"}
    response = client.post(reverse("partybranch:life_past", args=[event.branch_id]), typed)
    assert dict(response.context["form"].errors) == {fact: [sentence]}
    assert LifeEvent.objects.count() == 1


@pytest.mark.parametrize("name", OFF)
@pytest.mark.parametrize("fact", ["chair", "recorder"])
def test_database_refuses_who_was_not_there(people, name, fact):
    event = noticed_event()
    for broken in (
        lambda: an_event(**{fact: people[name]}),
        lambda: change_event(event, by=UserFactory(), **{fact: people[name]}),
        lambda: LifeEvent.objects.filter(pk=event.pk).update(**{fact: people[name]}),
    ):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            broken()
        assert caught.value.__cause__.diag.constraint_name == f"partybranch_{fact}_on_roll"


@pytest.mark.parametrize("name", sorted(THERE))
def test_database_takes_who_was_there(people, name):
    event = noticed_event(chair=people[name], recorder=people[name])

    assert (event.chair, event.recorder) == (people[name], people[name])


def test_day_of_an_event_in_preparation_moves_only_with_people_who_are_there_then(people):
    event = an_event(chair=people["后走"])

    with pytest.raises(IntegrityError), transaction.atomic():
        change_event(event, by=UserFactory(), held_on=NEXT)
    assert change_event(event, by=UserFactory(), held_on=NEXT, chair=people["后来"]).held_on == NEXT


def left_after_being_named(people) -> LifeEvent:
    """The chair was there, and the transfer, dated before the day, was recorded afterwards; all else is ready."""
    event = attended(noticed_event())
    write(event, chair=people["在册"], recorder=people["学习"])
    transfer_out(people["在册"], by=UserFactory(), day=EVE, went_to="某社区党支部")
    return LifeEvent.objects.get(pk=event.pk)


def test_chair_whose_leaving_was_recorded_later_is_told_by_the_filing(client, people):
    event = left_after_being_named(people)
    today = date(2026, 11, 1)
    rows = LifeEvent.objects.filter(pk=event.pk)

    assert missing_facts(event) == {"chair": CHAIR}
    assert (to_file(rows, today).exists(), to_complete(rows, today).exists()) == (False, True)
    with pytest.raises(FactsMissing, match="主持人"):
        file_event(event, by=UserFactory())
    page = client.get(event.get_absolute_url()).content.decode()
    assert CHAIR in page
    change_event(event, by=UserFactory(), chair=people["申请"])
    event.refresh_from_db()
    assert missing_facts(event) == {}
    assert to_file(rows, today).exists()
    assert file_event(event, by=UserFactory()).is_filed()


def test_past_the_service_nothing_is_filed_with_a_chair_who_was_not_there(people):
    event = left_after_being_named(people)
    facts = {"filed_by": UserFactory(), "filed_at": event.recorded_at, "sealed_parts": {}, "seal": "x"}

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        LifeEvent.objects.filter(pk=event.pk).update(state="filed", **facts, filed_names={})
    assert caught.value.__cause__.diag.constraint_name == "partybranch_chair_on_roll"


def test_stay_that_was_withdrawn_counts_for_nothing(people):
    event = noticed_event()
    withdraw(people["学习"].memberships.get(), by=UserFactory(), reason="登记错误")

    with pytest.raises(IntegrityError), transaction.atomic():
        change_event(event, by=UserFactory(), recorder=people["学习"])


def test_event_is_called_off_whoever_was_in_the_chair(people):
    event = noticed_event(chair=people["在册"])
    transfer_out(people["在册"], by=UserFactory(), day=EVE, went_to="某社区党支部")

    LifeEvent.objects.filter(pk=event.pk).update(state="cancelled", cancelled_reason="改期")
    assert LifeEvent.objects.get(pk=event.pk).is_cancelled()
