"""The room of study: hours against what is asked, statements confirmed, courses passed on, notes kept inside."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from hebi_charity.accounts.role_data import ROLES
from hebi_charity.audit.models import Entry
from hebi_charity.files.models import Attachment
from hebi_charity.files.services import attachments_of
from partybranch.lists import study as lists
from partybranch.models import HourRule, LearningRecord, PassOnDuty, StudyOccasion
from partybranch.services import learning, study
from partybranch.services.people import change_person
from tests.donations.factories import UserFactory
from tests.donations.staff import BACKEND, log_in_as, person
from tests.partybranch.factories import a_body, a_branch, attend, circumstance, member, staff, term
from tests.partybranch.study.factories import DAY, a_course, a_duty, a_lecture, attended, measure, stated

pytestmark = pytest.mark.django_db
PARTY = ("branch_secretary", "organisation_member")
OUTSIDE = [role.code for role in ROLES if role.code not in PARTY]


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def secretary(client):
    return log_in_as(client, "branch_secretary")


def address(name: str, *args: object) -> str:
    return reverse(f"partybranch:{name}", args=args)


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def photograph(name: str = "心得.jpg", colour: str = "white") -> SimpleUploadedFile:
    """A photograph with a place and a camera in its metadata."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    content = BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "JPEG", exif=exif)
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def typed(who, **changes) -> dict[str, object]:
    return {
        "form_key": str(uuid4()),
        "person": who.pk,
        "subject": "《中国共产党简史》第一章",
        "starts_on": "2024-3-20",
        "quantity": "1.5",
    } | changes


# --- Hours of the year -----------------------------------------------------


def test_hours_stand_in_the_order_of_the_roll_against_what_is_asked_of_each():
    branch = a_branch()
    committee = a_body(branch, "committee", "支委会")
    zhou, an, ma = member(name="周小满"), member(name="安明"), member(name="马老")
    term(zhou, "secretary", body=committee)
    circumstance(ma, "exempt", reason="年逾八十")
    staff(branch=branch, name="李学工")
    event = attended(an, zhou)
    learning.credit_event(event, by=UserFactory(), measure=measure("4"))
    learning.confirm_learning([stated(an, measure=measure("2.5", "self_hour"))], by=UserFactory())
    stated(an, measure=measure("3", "self_hour"))

    user = person("branch_secretary")
    lines = lists.hours_lines(branch, 2024, by=user)

    assert [
        (one.person.name, one.hours_said, one.target_said, one.missing_said, one.waiting_said) for one in lines
    ] == [
        ("安明", "6.5", "32", "25.5", "3"),
        ("李学工", "0", "", "", "0"),
        ("马老", "0", "", "", "0"),
        ("周小满", "4", "56", "52", "0"),
    ]
    assert [one.is_exempt for one in lines] == [False, False, True, False]
    assert lists.hours_lines(branch, 2023, by=user)[0].hours == 0


def test_before_the_regulation_nothing_is_asked():
    branch = a_branch()
    member()

    assert [line.target for line in lists.hours_lines(branch, 2018, by=person("branch_secretary"))] == [None]


@pytest.mark.parametrize("count", [1, 5])
def test_room_asks_the_database_as_often_for_five_as_for_one(client, secretary, count, django_assert_num_queries):
    branch = a_branch()
    for number in range(count):
        person = member(name=f"党员{number}")
        stated(person)
        a_duty(person, a_course(title=f"培训{number}"))
        attended(person, topic=f"学习{number}")
    client.get(address("study"))

    with django_assert_num_queries(15):
        page = client.get(address("study"), {"year": 2024}).content.decode()
    assert page.count('study-bar"') == count
    assert branch.name in page


# --- Self-study -------------------------------------------------------------


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


# --- Courses, lectures, duties ----------------------------------------------


def course_typed(*people, **changes) -> dict[str, object]:
    return {
        "form_key": str(uuid4()),
        "title": "慈善业务骨干培训班",
        "organiser": "河南省慈善总会",
        "starts_on": "2022-12-30",
        "ends_on": "2023-1-2",
        "unit": "full_day",
        "quantity": "4",
        "people": [person.pk for person in people],
        "is_passed_on": "on",
    } | changes


def test_course_with_more_full_days_than_calendar_days_is_refused_beside_the_number(client, organizer):
    branch, person = a_branch(), member()

    page = client.post(address("course", branch.pk), course_typed(person, quantity="9"))

    assert page.context["form"].errors == {
        "quantity": ["一天最多算一个整天或两个半天。请核对数量或起止日期。"],
    }
    assert page.context["form"]["quantity"].value() == "9"
    assert not StudyOccasion.objects.exists()


def test_course_is_recorded_for_all_who_went_and_stands_open_until_each_has_taught(client, organizer):
    branch = a_branch()
    first, second = member(name="甲"), member(name="乙")
    client.post(address("course", branch.pk), course_typed(first, second, due_on="2099-3-31"))

    course = StudyOccasion.objects.get()
    assert sorted(LearningRecord.objects.values_list("person__name", "year", "hours")) == sorted(
        (name, year, Decimal("16.00")) for name in "甲乙" for year in (2022, 2023)
    )
    assert PassOnDuty.objects.open().count() == 2
    duty = PassOnDuty.objects.get(person=first)
    form = client.get(address("lecture", branch.pk), {"duty": duty.pk}).context["form"]
    assert (form["person"].value(), form["duty"].value(), form["subject"].value()) == (first.pk, duty.pk, course.title)

    taught = {
        "form_key": str(uuid4()),
        "person": first.pk,
        "duty": duty.pk,
        "subject": "转授",
        "day": "2023-2-1",
        "quantity": "2",
    }
    response = client.post(address("lecture", branch.pk), taught)
    assert response.url == LearningRecord.objects.get(way="teaching").get_absolute_url()
    assert list(PassOnDuty.objects.open()) == [PassOnDuty.objects.get(person=second)]
    page = client.get(course.get_absolute_url()).content.decode()
    assert "2023-02-01 讲课：转授" in page
    assert "尚未转授" in page


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"people": []}, "people"),
        ({"organiser": ""}, "organiser"),
        ({"title": ""}, "title"),
        ({"ends_on": "2022-12-29"}, "ends_on"),
        ({"quantity": ""}, "quantity"),
        ({"quantity": "13"}, "quantity"),
    ],
)
def test_course_that_cannot_be_is_refused_beside_the_field(client, organizer, changes, place):
    branch = a_branch()
    response = client.post(address("course", branch.pk), course_typed(member(), **changes))

    assert list(errors(response)) == [place]
    assert (StudyOccasion.objects.count(), LearningRecord.objects.count()) == (0, 0)


def test_course_without_the_duty_leaves_none(client, organizer):
    branch = a_branch()
    fields = course_typed(member())
    del fields["is_passed_on"]

    client.post(address("course", branch.pk), fields)

    assert PassOnDuty.objects.count() == 0


def test_teacher_and_learners_of_a_meeting_stand_together(client, organizer):
    branch = a_branch()
    teacher, learner = member(name="甲"), member(name="乙")
    event = attended(learner, kind="training", topic="业务辅导")
    learning.credit_event(event, by=UserFactory())
    fields = {"form_key": str(uuid4()), "person": teacher.pk, "event": event.pk, "subject": "业务辅导", "quantity": "2"}

    wrong = client.post(address("lecture", branch.pk), fields | {"day": "2024-3-21"})
    assert errors(wrong) == {"day": ["会议不在这一天。请核对日期或会议。"]}
    away = client.post(address("lecture", branch.pk), fields | {"day": "2024-3-20"})
    sentence = "讲课人没有登记到会。请先登记到会情况（不在名单上的登记为列席），或者不选会议。"
    assert errors(away) == {"event": [sentence]}
    attend(event, teacher)
    client.post(address("lecture", branch.pk), fields | {"day": "2024-3-20"})

    rows = lists.records_of_occasion(event.study_occasion)
    assert [(row.person.name, row.way) for row in rows] == [("甲", "teaching"), ("乙", "meeting")]
    page = client.get(rows[0].get_absolute_url()).content.decode()
    assert "同一次学习" in page
    assert "乙" in page


def test_lecture_that_is_there_already_settles_the_duty(client, organizer):
    person, other = member(), member(name="李四")
    duty = a_duty(person)
    early, foreign, lecture = (
        a_lecture(person, starts_on=date(2022, 1, 1), ends_on=date(2022, 1, 1)),
        a_lecture(other),
        a_lecture(person),
    )

    for wrong in (foreign, stated(person)):
        page = client.post(address("duty_link", duty.pk), {"lecture": wrong.pk}, follow=True)
        assert "请选择此人在培训之后的讲课记录。" in page.content.decode()
    page = client.post(address("duty_link", duty.pk), {"lecture": early.pk}, follow=True)
    assert "外出学习要由本人在培训之后讲课转授。" in page.content.decode()
    client.post(address("duty_link", duty.pk), {"lecture": lecture.pk})

    assert list(duty.lectures.all()) == [lecture]


def test_occasion_is_withdrawn_with_its_records_and_duties(client, secretary):
    person = member()
    duty = a_duty(person)
    learning.credit(duty.occasion, [person], way="course", measure=measure("4", "full_day"), by=UserFactory())

    page = client.post(address("study_occasion_withdraw", duty.occasion_id), {"reason": "未成行"}, follow=True)

    assert page.status_code == 200
    assert (LearningRecord.objects.live().count(), PassOnDuty.objects.live().count()) == (0, 0)
    assert Entry.objects.get(act="party.occasion_withdrawn").reason == "未成行"
    page = client.post(address("study_occasion_withdraw", duty.occasion_id), {"reason": "再次"}, follow=True)
    assert "已经撤销" in page.content.decode()


def test_duty_that_does_not_hold_is_withdrawn(client, secretary):
    duty = a_duty(member())

    client.post(address("duty_withdraw", duty.pk), {"reason": "已调离"})

    assert PassOnDuty.objects.open().count() == 0


# --- Meetings, figures, one's record ------------------------------------------


def test_hours_of_a_meeting_are_credited_on_its_page(client, organizer):
    a_branch()
    here, away = member(name="甲"), member(name="乙")
    event = attended(here)
    attend(event, away, "leave", "住院")
    assert "学习党史" in client.get(address("study"), {"year": 2024}).content.decode()
    form = client.get(address("life_credit", event.pk)).context["form"]
    assert (form["unit"].value(), form["quantity"].value()) == ("hour", Decimal(1))

    page = client.post(
        address("life_credit", event.pk), {"unit": "hour", "quantity": "2"}, follow=True
    ).content.decode()
    assert "已为 1 人计入学时。" in page
    assert list(LearningRecord.objects.values_list("person__name", "hours")) == [("甲", Decimal("2.00"))]
    page = client.post(
        address("life_credit", event.pk), {"unit": "hour", "quantity": "2"}, follow=True
    ).content.decode()
    assert "没有新增" in page


def test_meeting_to_which_nobody_came_gives_no_hours_and_says_so(client, organizer):
    member()
    event = attended()

    response = client.post(address("life_credit", event.pk), {"unit": "hour", "quantity": "2"})

    assert errors(response) == {"__all__": ["还没有人登记为到会。请先登记到会情况。"]}


def test_new_conversion_holds_from_its_day_and_leaves_what_was_computed(client, secretary):
    person = member()
    before = stated(person)
    fields = {
        "form_key": str(uuid4()),
        "unit": "self_hour",
        "hours": "0.5",
        "valid_from": "2024-3-21",
        "source": "市委组织部通知",
    }

    client.post(address("study_hour_rule"), fields)
    after = stated(person, starts_on=date(2024, 3, 21), ends_on=date(2024, 3, 21))

    before.refresh_from_db()
    assert (before.hours, after.hours) == (Decimal("1.00"), Decimal("0.50"))
    again = client.post(address("study_hour_rule"), fields | {"form_key": str(uuid4())})
    assert errors(again) == {"valid_from": ["这个计量单位当天已有折算。请选择以后的日期。"]}
    assert HourRule.objects.filter(unit="self_hour").count() == 2
    assert "市委组织部通知" in client.get(address("study_hours")).content.decode()


def test_target_of_a_year_is_the_one_that_holds_at_its_end(client, secretary):
    branch = a_branch()
    member()
    fields = {"form_key": str(uuid4()), "duty": "member", "hours": "40", "valid_from": "2025-12-1", "source": "新规划"}

    client.post(address("study_hour_target"), fields)

    for year, target in ((2024, 32), (2025, 40)):
        assert [line.target for line in lists.hours_lines(branch, year, by=secretary)] == [target]


def test_study_of_one_person_is_shown_by_year_and_the_own_one_to_who_has_a_log_in(client, secretary):
    account = UserFactory()
    person = change_person(member(), by=UserFactory(), reason="关联", account=account)
    other = member(name="别人")
    stated(other, subject="别人的学习")
    gone = stated(person, subject="撤销的学习")
    learning.withdraw_learning(gone, by=UserFactory(), reason="填错")
    learning.confirm_learning([stated(person)], by=UserFactory())

    page = client.get(address("person_study", person.pk), {"year": 2024}).content.decode()
    assert "撤销的学习" in page
    assert "《中国共产党简史》第一章" in page
    assert address("person_study", person.pk) in client.get(person.get_absolute_url()).content.decode()

    client.force_login(account, backend=BACKEND)
    own = client.get(address("own_study"), {"year": 2024}).content.decode()
    assert "《中国共产党简史》第一章" in own
    assert "撤销的学习" not in own
    assert "别人的学习" not in own
    assert address("own_study") in client.get(address("own")).content.decode()


def test_record_is_withdrawn_by_the_secretary_with_a_reason(client, secretary):
    row = stated(member())

    page = client.post(address("learning_withdraw", row.pk), {"reason": "填错人"}, follow=True).content.decode()

    assert "已撤销" in page
    assert LearningRecord.objects.get().withdrawal_reason == "填错人"


def test_room_without_a_branch_says_what_to_do_first(client, organizer):
    assert "请先登记党支部" in client.get(address("study")).content.decode()
