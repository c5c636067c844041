"""Filing: what is missing is said, what is filed stays as it is, and what comes later stands beside it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from partybranch.models import Addendum, LifeEvent, LifePicture, Minutes
from partybranch.services import events, filing
from partybranch.services.broken_rules import AlreadyFiled, NotNoticed
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_branch, an_event, attend, member, noticed_event
from tests.partybranch.record.factories import an_attachment, filed_event, ready_event, write

pytestmark = pytest.mark.django_db
SENTENCES = {
    "begins_at": "请填写开始时间，例如 09:00。",
    "place": "请填写地点；线上会议请填写会议链接或会议号。",
    "chair": "请选择主持人。",
    "recorder": "请选择记录人。",
    "outcome": "请填写决议或结果：决议了什么，或者做了什么。",
    "attendance": "名单上还有人没有登记到会情况。请逐人登记。",
}


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


def refused_by(act) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return caught.value.__cause__.diag.constraint_name


def test_filing_names_person_time_and_seal():
    user = UserFactory()

    event = filed_event(by=user)

    event.refresh_from_db()
    assert (event.state, event.filed_by, len(event.seal)) == ("filed", user, 64)
    assert sorted(event.sealed_parts) == ["attendance", "facts", "minutes", "names", "pictures"]
    entry = Entry.objects.get(act="party.event_filed")
    assert (entry.object_id, entry.side, entry.actor) == (event.pk, "party", user)


def test_bare_notice_lacks_every_fact_and_says_which():
    a_branch()
    member()
    event = noticed_event()

    assert filing.missing_facts(event) == SENTENCES
    with pytest.raises(filing.FactsMissing) as caught:
        filing.file_event(event, by=UserFactory())
    assert caught.value.missing == SENTENCES


@pytest.mark.parametrize(
    ("lacks", "fact"),
    [
        ({"begins_at": None}, "begins_at"),
        ({"place": ""}, "place"),
        ({"chair": None}, "chair"),
        ({"recorder": None}, "recorder"),
        ({"outcome": ""}, "outcome"),
    ],
)
def test_each_missing_fact_alone_keeps_it_open(lacks, fact):
    event = ready_event()
    write(event, **lacks)

    with pytest.raises(filing.FactsMissing) as caught:
        filing.file_event(event, by=UserFactory())

    assert caught.value.missing == {fact: SENTENCES[fact]}


def test_meeting_of_tomorrow_is_not_filed_today():
    a_branch()
    member()
    event = noticed_event(held_on=dates.today() + timedelta(days=1))
    attend(event, event.attendance.get().person, "leave", "住院")
    write(event)
    event.refresh_from_db()

    assert filing.missing_facts(event) == {"held_on": "活动日期还没有到。请在举行之后再归档。"}


def test_draft_and_what_is_filed_are_not_filed():
    a_branch()
    member()
    with pytest.raises(NotNoticed):
        filing.file_event(an_event(), by=UserFactory())
    with pytest.raises(AlreadyFiled):
        filing.file_event(filed_event(), by=UserFactory())


def test_services_leave_what_is_filed_alone():
    event = filed_event()
    row = event.attendance.get()

    for act in (
        lambda: events.change_event(event, by=UserFactory(), topic="新主题"),
        lambda: events.call_off(event, by=UserFactory(), reason="改期"),
        lambda: events.record_attendance(event, {row.pk: ("absent", "")}, by=UserFactory()),
        lambda: write(event, outcome="另一个结果"),
    ):
        with pytest.raises(AlreadyFiled):
            act()


def test_database_leaves_what_is_filed_alone():
    event = filed_event()
    rows = LifeEvent.objects.filter(pk=event.pk)
    minutes = {"event": event, "version": 2, "written_by": UserFactory()}

    assert refused_by(lambda: rows.update(topic="新主题")) == "partybranch_lifeevent_guard"
    assert refused_by(lambda: rows.update(state="noticed")) == "partybranch_lifeevent_guard"
    assert refused_by(lambda: event.attendance.update(status="absent")) == "partybranch_attendance_guard"
    assert refused_by(lambda: Minutes.objects.create(**minutes)) == "partybranch_event_is_filed"


def test_draft_cannot_become_filed_in_one_step():
    event = ready_event()
    draft = an_event()
    values = LifeEvent.objects.filter(pk=event.pk).values("begins_at", "place", "chair", "recorder").get()
    sealed = {"filed_by": UserFactory(), "filed_at": event.noticed_at, "sealed_parts": {}, "seal": "x"}
    notice = {"noticed_by": UserFactory(), "noticed_at": event.noticed_at}
    rows = LifeEvent.objects.filter(pk=draft.pk)

    assert refused_by(lambda: rows.update(state="filed", **values, **sealed, **notice)) == "partybranch_lifeevent_guard"


def test_addendum_stands_beside_with_author_and_time(client, organizer):
    event = filed_event()
    address = reverse("partybranch:life_addendum", args=[event.pk])

    typed = {"text": "当天到会人数以签到表为准。", "form_key": str(uuid4())}
    page = client.post(address, typed, follow=True).content.decode()
    client.post(address, typed)  # a second click

    row = Addendum.objects.get()
    assert (row.text, row.written_by) == ("当天到会人数以签到表为准。", organizer)
    assert "补充说明已写入" in page
    assert f"{organizer.full_name}，{dates.today().isoformat()}" in page
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Addendum.objects.update(text="x")


def test_addendum_needs_words_and_a_filed_event(client, organizer):
    event = ready_event()
    with pytest.raises(filing.NotFiled):
        filing.add_addendum(event, by=UserFactory(), text="x", form_key=uuid4())
    filing.file_event(event, by=UserFactory())
    page = client.post(reverse("partybranch:life_addendum", args=[event.pk]), {"text": " "}, follow=True)
    key = str(uuid4())
    for words in ("甲", "乙"):
        other = client.post(
            reverse("partybranch:life_addendum", args=[event.pk]), {"text": words, "form_key": key}, follow=True
        )

    assert "请填写要补充的内容。" in page.content.decode()
    assert "此表单已提交过" in other.content.decode()
    assert Addendum.objects.get().text == "甲"


def test_detail_page_leads_step_by_step_to_the_filing(client, organizer):
    a_branch()
    person = member()
    event = noticed_event()
    page = client.get(event.get_absolute_url()).content.decode()
    assert "还有 1 人没有登记。" in page
    assert "请填写开始时间，例如 09:00。" in page
    assert reverse("partybranch:life_file", args=[event.pk]) not in page

    attend(event, person)
    write(event)
    page = client.get(event.get_absolute_url()).content.decode()
    assert "归档后，活动情况、到会名单、会议记录和照片都不能再改" in page
    page = client.post(reverse("partybranch:life_file", args=[event.pk]), follow=True).content.decode()

    assert "已归档。此后内容不再改动" in page
    assert reverse("partybranch:life_attendance", args=[event.pk]) not in page
    assert LifeEvent.objects.get().state == "filed"


def test_pictures_of_what_is_filed_neither_come_nor_go():
    event = filed_event()

    assert not LifePicture.objects.exists()
    row = {"kind": "photo", "added_by": UserFactory()}
    file = an_attachment()
    assert (
        refused_by(lambda: LifePicture.objects.create(event=event, given=file, attachment=file, **row))
        == "partybranch_event_is_filed"
    )


@pytest.mark.parametrize(
    ("page", "more"),
    [
        ("life_attendance", []),
        ("life_update", []),
        ("life_relay", []),
        ("observer_create", []),
        ("vote_choose", []),
        ("vote_create", ["resolution"]),
    ],
)
def test_form_of_a_filed_event_does_not_open_and_says_that_an_addendum_can_be_written(client, page, more):
    log_in_as(client, "organisation_member")
    event = filed_event()

    response = client.get(reverse(f"partybranch:{page}", args=[event.pk, *more]), follow=True)

    assert response.redirect_chain == [(event.get_absolute_url(), 302)]
    assert "这次组织生活已归档，不能再改。" in response.content.decode()
