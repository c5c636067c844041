"""Self-study is stated with a note, kept inside the branch, and confirmed by another."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hebi_charity.accounts.role_data import ROLES
from hebi_charity.audit.models import Entry
from hebi_charity.files.models import Attachment
from hebi_charity.files.services import attachments_of
from partybranch.models import LearningRecord
from partybranch.services import study
from partybranch.services.people import change_person
from tests.donations.factories import UserFactory
from tests.donations.staff import BACKEND, log_in_as
from tests.partybranch.factories import member
from tests.partybranch.sending import errors
from tests.partybranch.study.factories import DAY, measure, stated
from tests.partybranch.study.pages import address, photograph, typed

pytestmark = pytest.mark.django_db
PARTY = ("branch_secretary", "organisation_member")
OUTSIDE = [role.code for role in ROLES if role.code not in PARTY]


def test_self_study_is_stated_with_a_note_and_its_photograph_and_waits(client, organizer):
    person = member()
    response = client.post(
        address("self_study", person.memberships.get().branch_id),
        typed(person, note="联系实际谈体会", pictures=[photograph()]),
    )
    record = LearningRecord.objects.get()

    assert response.url == record.get_absolute_url()
    assert (record.hours, record.starts_on, record.ends_on, record.way) == (Decimal("1.50"), DAY, DAY, "self")
    assert (record.note, record.recorded_by, record.is_waiting()) == ("联系实际谈体会", organizer, True)
    (kept,) = attachments_of(record)
    assert kept.name == "心得.jpg"
    assert "待确认" not in client.get(response.url).content.decode()
    page = client.get(response.url).content.decode()
    assert "尚未确认" in page
    assert "1.5 个自学小时，每个 1 学时，计入 2024 年" in page
    assert {
        entry.side for entry in Entry.objects.filter(object_id=record.pk, object_type="partybranch.learningrecord")
    } == {"party"}


def test_photograph_of_a_note_loses_its_metadata(client, organizer):
    person = member()
    client.post(address("self_study", person.memberships.get().branch_id), typed(person, pictures=[photograph()]))

    with Attachment.objects.get().open() as content:
        assert b"SecretCamera" not in content.read()


@pytest.mark.parametrize("role", [*OUTSIDE, None])
def test_note_is_opened_by_nobody_outside_the_branch(client, role):
    person = member()
    entry = study.Statement(person.memberships.get().branch, person, "党章", DAY, DAY, measure(unit="self_hour"))
    row = study.state_self_study(entry, by=UserFactory(), form_key=uuid4(), pictures=[photograph()])
    (kept,) = attachments_of(row)
    if role:
        log_in_as(client, role)
    else:
        client.force_login(UserFactory(), backend=BACKEND)

    for page in (kept.get_absolute_url(), kept.thumbnail_url):
        assert client.get(page).status_code == 404
    assert client.get(row.get_absolute_url()).status_code == 403


def test_note_is_opened_by_the_branch_and_by_who_wrote_it(client, secretary):
    account = UserFactory()
    person = change_person(member(), by=UserFactory(), reason="关联", account=account)
    entry = study.Statement(person.memberships.get().branch, person, "党章", DAY, DAY, measure(unit="self_hour"))
    row = study.state_self_study(entry, by=UserFactory(), form_key=uuid4(), pictures=[photograph()])
    (kept,) = attachments_of(row)

    read = [b"".join(client.get(kept.get_absolute_url()))]
    client.force_login(account, backend=BACKEND)
    read.append(b"".join(client.get(kept.get_absolute_url())))

    assert [content[:2] for content in read] == [b"\xff\xd8", b"\xff\xd8"]


def test_pictures_of_a_note_may_come_later(client, organizer):
    row = stated(member())

    client.post(address("learning_pictures", row.pk), {"pictures": [photograph("一.jpg"), photograph("二.jpg", "red")]})
    assert [one.name for one in attachments_of(row)] == ["一.jpg", "二.jpg"]
    page = client.post(address("learning_pictures", row.pk), {"pictures": [photograph("再.jpg")]}, follow=True)
    assert "这个文件已在本记录的附件中" in page.content.decode() or "“再.jpg”" in page.content.decode()
    page = client.post(address("learning_pictures", row.pk), {}, follow=True)
    assert "请至少选一张照片。" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"subject": " "}, "subject", "请填写学习内容。"),
        ({"quantity": "一个下午"}, "quantity", "时长请填数字，例如 2 或 1.5。"),
        ({"quantity": "0"}, "quantity", "请填写学习时长，要大于 0。"),
        ({"quantity": "25"}, "quantity", "每天超过了 24 小时。请核对学习时长。"),
        ({"ends_on": "2024-3-19"}, "ends_on", "最后一天早于第一天。请核对这两个日期。"),
        ({"starts_on": "2009-12-31"}, "starts_on", "这一天此人不在本支部的名册中。请核对日期。"),
        ({"person": ""}, "person", None),
        ({"starts_on": "2099-1-1"}, "starts_on", None),
    ],
)
def test_statement_that_cannot_be_is_refused_beside_the_field(client, organizer, changes, place, sentence):
    person = member()

    response = client.post(address("self_study", person.memberships.get().branch_id), typed(person, **changes))

    found = errors(response)
    assert list(found) == [place]
    assert sentence is None or found[place] == [sentence]
    assert LearningRecord.objects.count() == 0


def test_file_that_is_no_picture_gets_a_sentence_and_nothing_is_saved(client, organizer):
    person = member()
    page = SimpleUploadedFile("心得.heic", b"not a picture at all", "image/heic")

    response = client.post(address("self_study", person.memberships.get().branch_id), typed(person, pictures=[page]))

    assert "心得.heic" in errors(response)["pictures"][0]
    assert response.context["form"]["subject"].value() == "《中国共产党简史》第一章"
    assert LearningRecord.objects.count() == 0


def test_two_clicks_make_one_statement(client, organizer):
    person = member()
    fields = typed(person)
    for _click in (1, 2):
        client.post(address("self_study", person.memberships.get().branch_id), fields)

    assert LearningRecord.objects.count() == 1


def test_self_study_over_new_year_is_two_records(client, organizer):
    person = member()
    fields = typed(person, starts_on="2023-12-31", ends_on="2024-1-1", quantity="5")

    client.post(address("self_study", person.memberships.get().branch_id), fields)

    assert sorted(LearningRecord.objects.values_list("year", "hours")) == [
        (2023, Decimal("2.50")),
        (2024, Decimal("2.50")),
    ]


def test_secretary_confirms_what_is_ticked_in_one_act(client, secretary):
    people = [member(name=name) for name in "甲乙丙"]
    rows = [stated(person) for person in people]

    page = client.post(address("study_confirm"), {"records": [rows[0].pk, rows[1].pk, "x", "9" * 30]}, follow=True)

    assert "已确认 2 条。" in page.content.decode()
    assert list(LearningRecord.objects.to_confirm()) == [rows[2]]
    page = client.post(address("study_confirm"), {}, follow=True).content.decode()
    assert "请至少勾选一条。" in page


def test_organisation_member_records_and_does_not_confirm(client, organizer):
    row = stated(member())

    for page in (address("study_confirm"), address("learning_confirm", row.pk), address("learning_withdraw", row.pk)):
        assert client.post(page, {"records": row.pk, "reason": "x"}).status_code == 403
    assert "支部书记确认" in client.get(address("study")).content.decode()
