"""Courses outside, lectures given, and the duty to pass on what was learnt."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from hebi_charity.audit.models import Entry
from partybranch.lists import study as lists
from partybranch.models import LearningRecord, PassOnDuty, StudyOccasion
from partybranch.services import learning
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_branch, attend, member
from tests.partybranch.sending import errors
from tests.partybranch.study.factories import a_duty, a_lecture, attended, measure, stated
from tests.partybranch.study.pages import address

pytestmark = pytest.mark.django_db


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
