"""补录: a past event on one page and in one act; what is wrong is said beside it, and nothing sent is lost."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from partybranch.lists.life import list_of
from partybranch.models import Branch, LifeEvent, LifePicture
from partybranch.services.belonging import transfer_out
from partybranch.services.past import Past, record_past_event
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_body, a_branch, an_event, circumstance, member, noticed_event, term
from tests.partybranch.record.factories import OUTCOME, a_picture, an_attachment
from tests.partybranch.record.test_filing import SENTENCES
from tests.partybranch.record.test_pictures import HEIC, size_of

pytestmark = pytest.mark.django_db
DAY = date(2019, 6, 28)


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def people(db):
    a_branch("离退休干部党支部")
    return [member(name=name) for name in ("甲", "乙", "丙")]


def address() -> str:
    return reverse("partybranch:life_past", args=[Branch.objects.get().pk])


def photograph(number: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{number}.jpg", a_picture(size=(40 + number, 20)).read())


def typed(people, **changes):
    return {
        "form_key": str(uuid4()),
        "kind": "theme_day",
        "held_on": "2019-6-28",
        "topic": "重温入党誓词",
        "begins_at": "0900",
        "place": "三楼会议室",
        "chair": people[0].pk,
        "recorder": people[1].pk,
        "outcome": OUTCOME,
        "rest_came": "on",
    } | changes


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_past_event_is_filed_in_one_act_with_the_list_of_its_day(client, organizer, people):
    transfer_out(people[2], by=UserFactory(), day=date(2018, 1, 1), went_to="某社区党支部")
    circumstance(member(name="丁"), "exempt", starts_on=date(2019, 1, 1), reason="行动不便")
    pictures = {
        "sheet": photograph(1),
        "sheet_turns": "1",
        "pages": [photograph(2), photograph(3)],
        "photos": [photograph(4)],
    }

    page = client.post(
        address(),
        typed(
            people, caption="合影", **{f"status_{people[1].pk}": "leave", f"reason_{people[1].pk}": "住院"}, **pictures
        ),
        follow=True,
    ).content.decode()

    event = LifeEvent.objects.get()
    assert "已补录并归档" in page
    assert "补录" in page
    assert (event.state, event.is_back_entry, event.begins_at) == ("filed", True, time(9, 0))
    assert {row.person.name: row.status for row in list_of(event)} == {"甲": "present", "乙": "leave", "丁": "exempt"}
    assert list(event.pictures.shown().values_list("kind", "turns", "caption")) == [
        ("sheet", 1, "合影"),
        ("page", 0, "合影"),
        ("page", 0, "合影"),
        ("photo", 0, "合影"),
    ]
    assert size_of(event.pictures.get(kind="sheet").attachment) == (20, 41)
    entry = Entry.objects.get(act="party.past_event_filed")
    assert (entry.object_id, entry.side) == (event.pk, "party")
    assert not Entry.objects.filter(act__in=["party.event_prepared", "party.event_noticed"]).exists()


def test_every_missing_fact_is_said_beside_it_and_the_rest_is_kept(client, organizer, people):
    empty = dict.fromkeys(("begins_at", "place", "chair", "recorder", "outcome"), "")

    response = client.post(address(), typed(people, rest_came="", photos=[photograph(1)], **empty))

    assert errors(response) == {name: [SENTENCES[name]] for name in empty}
    assert response.context["form"]["topic"].value() == "重温入党誓词"
    assert [chosen.attachment.name for chosen in response.context["kept"]] == ["1.jpg"]
    assert LifeEvent.objects.count() == 0


def test_kept_picture_needs_no_second_choosing(client, organizer, people):
    data = typed(people, outcome="", photos=[photograph(1)])
    kept = client.post(address(), data).context["kept"][0]
    word = f"photo:{kept.attachment.pk}:2"

    client.post(address(), typed(people, kept=[word, "photo:99999:0", "photo:x:0", "nonsense"]))

    picture = LifePicture.objects.get()
    assert (picture.given, picture.turns) == (kept.attachment, 2)


def test_picture_of_another_person_or_record_cannot_be_taken_along(client, organizer, people):
    foreign = an_attachment()
    client.post(address(), typed(people, kept=[f"photo:{foreign.pk}:0"], photos=[photograph(5)]))
    used = LifePicture.objects.get().given
    assert used.stored_by == organizer
    client.post(address(), typed(people, topic="另一次", held_on="2019-6-29", kept=[f"photo:{used.pk}:0"]))

    assert LifePicture.objects.count() == 1


def test_heic_and_thirty_megabytes_stop_the_filing_and_keep_the_others(client, organizer, people):
    large = SimpleUploadedFile("大照片.jpg", a_picture().read() + b"\x00" * 30 * 1024 * 1024)

    response = client.post(
        address(), typed(people, pages=[photograph(1), SimpleUploadedFile("a.heic", HEIC)], photos=[large])
    )

    found = errors(response)
    assert list(found) == ["pages", "photos"]
    assert found["photos"] == ["“大照片.jpg”：图片大于 20 MB，请缩小后重新选择。"]
    assert [chosen.attachment.name for chosen in response.context["kept"]] == ["1.jpg"]
    assert LifeEvent.objects.count() == 0


def test_who_came_is_asked_for_and_a_leave_needs_its_reason(client, organizer, people):
    marks = {f"status_{people[0].pk}": "present", f"status_{people[1].pk}": "present"}
    response = client.post(address(), typed(people, rest_came="", **marks))
    assert errors(response) == {"rest_came": ["名单上还有人没有登记到会情况。请逐人登记。"]}
    assert response.context["list_form"][f"status_{people[0].pk}"].value() == "present"

    response = client.post(address(), typed(people, **{f"status_{people[2].pk}": "leave"}))
    assert response.context["list_form"].errors == {f"reason_{people[2].pk}": ["请填写请假原因。"]}
    assert LifeEvent.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"held_on": "2009-1-1"}, "held_on"),
        ({"held_on": "2999-1-1"}, "held_on"),
        ({"held_on": "x"}, "held_on"),
        ({"kind": "committee"}, "body"),
        ({"lecturer_kind": "expert"}, "lecturer"),
        ({"begins_at": "上午"}, "begins_at"),
        ({"topic": ""}, "topic"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(client, organizer, people, changes, place):
    response = client.post(address(), typed(people, **changes))

    assert list(errors(response)) == [place]
    assert LifeEvent.objects.count() == 0


@pytest.mark.parametrize("said", ["15点30分", "下午三点半", "下午3：30", "15：30", "1530"])
def test_beginning_is_read_as_people_type_it(client, organizer, people, said):
    client.post(address(), typed(people, begins_at=said))

    assert LifeEvent.objects.get().begins_at == time(15, 30)


def test_hour_that_may_be_two_is_asked_about_and_kept(client, organizer, people):
    response = client.post(address(), typed(people, begins_at="三点"))

    assert errors(response) == {"begins_at": ["“三点”是下午还是凌晨？请写成 15:00 或 03:00。"]}
    assert 'value="三点"' in str(response.context["form"]["begins_at"])


def test_committee_of_that_day_is_found(client, organizer, people):
    committee = a_body(people[0].memberships.get().branch, "committee", "支委会")
    term(people[0], body=committee, starts_on=date(2018, 1, 1))

    client.post(address(), typed(people, kind="committee"))

    event = LifeEvent.objects.get()
    assert event.body == committee
    assert [row.person.name for row in list_of(event)] == ["甲"]


def test_list_of_the_day_comes_as_soon_as_kind_and_day_are_there(client, organizer, people):
    transfer_out(people[2], by=UserFactory(), day=date(2018, 1, 1), went_to="某社区党支部")
    member(name="后来", starts_on=date(2020, 1, 1))
    part = address() + "list/"

    assert "先填好上面的类别和日期" in client.get(part).content.decode()
    page = client.get(part, {"kind": "theme_day", "held_on": "2019-6-28", f"status_{people[0].pk}": "absent"})
    assert {row.person.name for row in page.context["list_form"].rows} == {"甲", "乙"}
    assert page.context["list_form"][f"status_{people[0].pk}"].value() == "absent"
    assert "没有应到人员" in client.get(part, {"kind": "theme_day", "held_on": "2009-1-1"}).content.decode()


def test_second_click_files_once_and_other_content_is_refused(client, organizer, people):
    data = typed(people)
    client.post(address(), data)
    client.post(address(), data)
    assert LifeEvent.objects.count() == 1

    response = client.post(address(), data | {"topic": "另一个主题"})
    assert list(errors(response)) == ["__all__"]
    assert LifeEvent.objects.count() == 1


def test_refused_past_event_leaves_nothing(people):
    branch = people[0].memberships.get().branch
    event = LifeEvent(branch=branch, kind="theme_day", topic="x", held_on=DAY)

    with pytest.raises(Exception, match="begins_at"):
        record_past_event(Past(event=event, outcome=OUTCOME, rest_came=True), by=UserFactory(), form_key=uuid4())

    assert LifeEvent.objects.count() == 0


def test_list_page_leads_to_the_past(client, organizer, people):
    an_event()
    assert address() in client.get(reverse("partybranch:life_list")).content.decode()


@pytest.mark.parametrize(("days", "is_back_entry"), [(-1, True), (0, False), (1, False)])
def test_notice_after_the_day_of_the_event_makes_a_back_entry(people, days, is_back_entry):
    event = noticed_event(held_on=dates.today() + timedelta(days=days))

    assert LifeEvent.objects.get(pk=event.pk).is_back_entry is is_back_entry


def test_past_meeting_prepared_through_the_ordinary_form_is_marked(client, organizer, people):
    event = an_event()
    client.post(reverse("partybranch:life_notice", args=[event.pk]))

    assert LifeEvent.objects.get().is_back_entry
    assert '<span class="back-entry">补录</span>' in client.get(event.get_absolute_url()).content.decode()


@pytest.mark.parametrize("there", [{"topic": "重温入党誓词"}, {"begins_at": time(9, 0)}])
def test_meeting_that_is_there_is_asked_about_once_and_what_was_typed_stays(client, organizer, people, there):
    first = noticed_event(held_on=DAY, **there)

    response = client.post(address(), data := typed(people))

    assert list(errors(response)) == ["is_another"]
    assert f'<a href="{first.get_absolute_url()}">这次会议好像已经登记过' in response.content.decode()
    assert "仍要登记，这是另一次会议" in response.content.decode()
    assert response.context["form"]["outcome"].value() == OUTCOME
    assert LifeEvent.objects.count() == 1

    client.post(address(), data | {"is_another": "on"})
    assert LifeEvent.objects.filed().count() == 1


def test_meeting_entered_afterwards_is_asked_about_in_the_ordinary_form_too(client, organizer, people):
    client.post(address(), typed(people))
    first = LifeEvent.objects.get()
    new = reverse("partybranch:life_create", args=[first.branch_id])
    data = {"form_key": str(uuid4()), "kind": "theme_day", "topic": "重温入党誓词", "held_on": "2019-6-28"}
    assert "仍要登记" not in client.get(new).content.decode()

    response = client.post(new, data)

    assert list(errors(response)) == ["is_another"]
    assert 'type="checkbox" name="is_another"' in response.content.decode()
    assert response.context["form"]["topic"].value() == "重温入党誓词"
    client.post(new, data | {"is_another": "on"})
    client.post(new, data | {"is_another": "on"})
    assert LifeEvent.objects.count() == 2


@pytest.mark.parametrize(
    "changes", [{"held_on": "2019-6-29"}, {"kind": "visit"}, {"topic": "另一个主题", "begins_at": "1400"}]
)
def test_another_meeting_is_not_asked_about(client, organizer, people, changes):
    noticed_event(held_on=DAY, topic="重温入党誓词", begins_at=time(9, 0))

    client.post(address(), typed(people, **changes))

    assert LifeEvent.objects.filed().count() == 1
