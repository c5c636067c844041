"""Learning records: hours by the conversion of the day, in their calendar year, credited once, confirmed, withdrawn."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from partybranch.hours import by_year
from partybranch.models import HourRule, LearningRecord, PassOnDuty
from partybranch.services import learning, study
from partybranch.services.broken_rules import AlreadyWithdrawn
from partybranch.services.events import HoursStand, call_off, record_attendance
from tests.donations.factories import UserFactory
from tests.partybranch.attend.factories import an_observer
from tests.partybranch.factories import a_branch, an_event, attend, member, noticed_event, staff
from tests.partybranch.study.factories import a_course, a_duty, a_lecture, attended, measure, stated

pytestmark = pytest.mark.django_db
NEW_YEAR = (date(2022, 12, 30), date(2023, 1, 2))


def rows(**which) -> list[tuple]:
    found = LearningRecord.objects.filter(**which).order_by("person", "starts_on")
    return list(found.values_list("person__name", "way", "starts_on", "ends_on", "year", "hours"))


@pytest.mark.parametrize(
    ("days", "quantity", "parts"),
    [
        ("2022-12-30 2023-01-02", "4", ["2022-12-30 2022-12-31 2.00", "2023-01-01 2023-01-02 2.00"]),
        ("2022-12-31 2023-01-02", "2", ["2022-12-31 2022-12-31 0.67", "2023-01-01 2023-01-02 1.33"]),
        ("2024-02-28 2024-03-01", "3", ["2024-02-28 2024-03-01 3"]),
        (
            "2022-12-31 2024-01-01",
            "367",
            ["2022-12-31 2022-12-31 1.00", "2023-01-01 2023-12-31 365.00", "2024-01-01 2024-01-01 1.00"],
        ),
    ],
)
def test_study_falls_into_calendar_years_by_its_days(days, quantity, parts):
    found = by_year(*map(date.fromisoformat, days.split()), Decimal(quantity))

    assert [f"{part.starts_on} {part.ends_on} {part.quantity}" for part in found] == parts
    assert sum(part.quantity for part in found) == Decimal(quantity)


def test_days_that_go_backwards_have_no_years():
    with pytest.raises(ValueError, match="backwards"):
        by_year(date(2024, 1, 2), date(2024, 1, 1), Decimal(1))


def test_course_over_new_year_is_two_records_by_one_act():
    person = member()
    course = a_course(starts_on=NEW_YEAR[0], ends_on=NEW_YEAR[1])

    learning.credit(course, [person], way="course", measure=measure("4", "full_day"), by=UserFactory())

    assert rows() == [
        ("张建国", "course", date(2022, 12, 30), date(2022, 12, 31), 2022, Decimal("16.00")),
        ("张建国", "course", date(2023, 1, 1), date(2023, 1, 2), 2023, Decimal("16.00")),
    ]
    assert Entry.objects.filter(act="party.learning_credited", count=1, side="party").count() == 1
    hours = LearningRecord.objects.confirmed().of_year(2022).hours_by_person()
    assert hours == {person.pk: Decimal("16.00")}


def test_each_year_goes_by_the_conversion_of_its_own_first_day():
    person = member()
    HourRule.objects.create(unit="full_day", valid_from=date(2023, 1, 1), hours=6, source="市委组织部通知")
    course = a_course(starts_on=NEW_YEAR[0], ends_on=NEW_YEAR[1])

    learning.credit(course, [person], way="course", measure=measure("4", "full_day"), by=UserFactory())

    assert [(row[4], row[5]) for row in rows()] == [(2022, Decimal("16.00")), (2023, Decimal("12.00"))]


def test_hours_of_a_meeting_go_to_all_who_came_in_one_act_and_once():
    a_branch()
    here, on_line, away, late = (member(name=name) for name in "甲乙丙丁")
    event = attended(here)
    attend(event, on_line, "online"), attend(event, away, "leave", "住院")
    by = UserFactory()

    assert learning.credit_event(event, by=by, measure=measure("1.5")) == 2
    assert learning.credit_event(event, by=by, measure=measure("1.5")) == 0
    attend(event, late)
    assert learning.credit_event(event, by=by, measure=measure("1.5")) == 1

    day = event.held_on
    assert rows() == [(name, "meeting", day, day, 2024, Decimal("1.50")) for name in "甲乙丁"]
    assert {row.confirmed_by for row in LearningRecord.objects.all()} == {by}
    assert Entry.objects.filter(act="party.learning_credited").count() == 2


@pytest.mark.parametrize(
    ("kind", "hours"), [("theme_day", "4.00"), ("visit", "4.00"), ("training", "4.00"), ("study", "1.00")]
)
def test_meeting_counts_by_its_kind_unless_said_otherwise(kind, hours):
    event = attended(member(), kind=kind)

    learning.credit_event(event, by=UserFactory())

    assert [row[5] for row in rows()] == [Decimal(hours)]


def test_meeting_without_notice_called_off_or_still_to_come_gives_no_hours():
    member()
    off, later = noticed_event(), noticed_event(held_on=dates.today() + timedelta(days=300))
    call_off(off, by=UserFactory(), reason="改期")
    for event in (an_event(), off, later):
        with pytest.raises(learning.NotHeldYet):
            learning.credit_event(event, by=UserFactory())
    with pytest.raises(learning.NobodyCame):
        learning.credit_event(noticed_event(), by=UserFactory())


def test_who_has_hours_of_a_meeting_is_not_recorded_as_away_until_they_are_withdrawn():
    here, other = member(name="甲"), member(name="乙")
    event = attended(here, other)
    learning.credit_event(event, by=UserFactory())
    marks = {row.pk: ("absent", "") for row in event.attendance.all()}
    learning.withdraw_learning(LearningRecord.objects.get(person=other), by=UserFactory(), reason="登记错误")

    with pytest.raises(HoursStand) as caught:
        record_attendance(event, marks, by=UserFactory())

    assert str(caught.value.sentence) == "甲已计入这次活动的学时。请先撤销这些学习记录，再更正到会情况。"
    assert attend(event, here, "online") == 1
    assert attend(event, other, "absent") == 1


def test_who_taught_in_a_meeting_sat_in_on_it_where_the_list_does_not_have_the_name():
    member()
    event, teacher = noticed_event(), staff()
    entry = study.Lecture(event.branch, teacher, "业务辅导", event.held_on, measure(), event=event)
    with pytest.raises(IntegrityError, match="who did not come has not lectured"), transaction.atomic():
        study.record_lecture(entry, by=UserFactory(), form_key=uuid4())

    an_observer(event, teacher)
    row = study.record_lecture(entry, by=UserFactory(), form_key=uuid4())

    assert (row.way, row.occasion.event, row.person) == ("teaching", event, teacher)


def test_two_at_once_cannot_credit_one_person_twice():
    person = member()
    event = attended(person)
    learning.credit_event(event, by=UserFactory())
    row = LearningRecord.objects.get()
    row.pk = None

    with pytest.raises(IntegrityError, match="learning_once_an_occasion"), transaction.atomic():
        row.save(force_insert=True)


def test_what_was_withdrawn_counts_no_more_and_may_be_credited_anew():
    event = attended(member())
    learning.credit_event(event, by=UserFactory(), measure=measure("9"))
    wrong = LearningRecord.objects.get()
    learning.withdraw_learning(wrong, by=UserFactory(), reason="时长填错")
    with pytest.raises(AlreadyWithdrawn):
        learning.withdraw_learning(wrong, by=UserFactory(), reason="再次")

    assert LearningRecord.objects.confirmed().hours_by_person() == {}
    learning.credit_event(event, by=UserFactory(), measure=measure("2"))
    assert list(LearningRecord.objects.confirmed().hours_by_person().values()) == [Decimal("2.00")]


def test_self_study_counts_when_it_is_confirmed_and_not_before():
    row = stated(member())
    secretary = UserFactory()
    assert LearningRecord.objects.confirmed().hours_by_person() == {}

    assert learning.confirm_learning([row], by=secretary) == 1
    with pytest.raises(learning.NothingToConfirm):
        learning.confirm_learning([row], by=secretary)

    row.refresh_from_db()
    assert (row.confirmed_by, row.is_confirmed(), row.is_waiting()) == (secretary, True, False)
    assert list(LearningRecord.objects.confirmed().hours_by_person().values()) == [Decimal("1.00")]


def test_nobody_confirms_what_they_stated_of_themselves():
    own, other = member(name="甲"), member(name="乙")
    own.account = by = UserFactory()
    own.save()
    row, elses, told = stated(own, by=by), stated(other, by=by), stated(own)

    with pytest.raises(learning.OwnStatement):
        learning.confirm_learning([elses, row], by=by)
    assert LearningRecord.objects.to_confirm().count() == 3

    assert learning.confirm_learning([elses, told], by=by) == 2
    assert learning.confirm_learning([row], by=UserFactory()) == 1


@pytest.mark.parametrize(("unit", "most"), [("full_day", "6"), ("half_day", "12"), ("theme_half", "12")])
def test_course_has_no_more_days_than_the_calendar(unit, most):
    person = member()
    course = a_course(starts_on=date(2024, 3, 1), ends_on=date(2024, 3, 6))

    with pytest.raises(learning.MoreThanTheDays):
        too_long = measure(str(Decimal(most) + Decimal("0.5")), unit)
        learning.credit(course, [person], way="course", measure=too_long, by=UserFactory())
    assert not LearningRecord.objects.exists()

    learning.credit(course, [person], way="course", measure=measure(most, unit), by=UserFactory())
    assert LearningRecord.objects.count() == 1


def test_self_study_that_was_withdrawn_is_not_confirmed():
    row = stated(member())
    learning.withdraw_learning(row, by=UserFactory(), reason="填错人")

    with pytest.raises(learning.NothingToConfirm):
        learning.confirm_learning([row], by=UserFactory())


def test_day_without_a_conversion_is_refused_in_a_sentence():
    with pytest.raises(learning.NoConversion):
        measure().rule_on(date(1921, 7, 1))


def test_duty_stays_open_until_a_lecture_of_the_learner_names_it_and_opens_again_without_it():
    person = member()
    duty = a_duty(person)
    assert list(PassOnDuty.objects.open()) == [duty]

    lecture = a_lecture(person, passes_on=duty)
    assert list(PassOnDuty.objects.open()) == []

    learning.withdraw_learning(lecture, by=UserFactory(), reason="未讲成")
    assert list(PassOnDuty.objects.open()) == [duty]


@pytest.mark.parametrize(
    "change",
    [{"hours": 9}, {"subject": "别的"}, {"year": 2023}, {"note": "补写"}, {"confirmed_at": None, "confirmed_by": None}],
)
def test_record_never_changes(change):
    row = a_lecture(member())

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        LearningRecord.objects.filter(pk=row.pk).update(**change)
    assert caught.value.__cause__.diag.constraint_name == "partybranch_learningrecord_guard"


def test_self_study_is_not_inserted_as_confirmed():
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        a_lecture(member(), way="self")
    assert caught.value.__cause__.diag.constraint_name == "partybranch_learningrecord_begins"
