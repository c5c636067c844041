"""Study fits into its days, over all records of one person together."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hebi_charity.core.sentences import name_of
from partybranch.models import LearningRecord
from partybranch.services import learning
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import member
from tests.partybranch.study.factories import a_course, attended, measure, stated

pytestmark = pytest.mark.django_db
FULL = (
    "%s在这些日期已登记整天或半天的学习，合计超过了天数。请核对日期和数量，或者改按小时登记，或者先撤销登记错的记录。"
)


def alone(person, hours: str, first: int, last: int) -> LearningRecord:
    days = {"starts_on": date(2024, 3, first), "ends_on": date(2024, 3, last)}
    return stated(person, measure=measure(hours, "self_hour"), **days)


def test_days_are_filled_to_the_brim_by_records_that_overlap():
    person = member()
    for hours, first, last in (("24", 1, 1), ("40", 1, 3), ("6", 2, 4), ("24", 4, 4), ("2", 2, 3)):
        alone(person, hours, first, last)
    alone(member(name="李四"), "24", 1, 1)

    assert sum(LearningRecord.objects.filter(person=person).values_list("hours", flat=True)) == Decimal(96)


def test_withdrawn_study_gives_its_hours_free():
    person = member()
    learning.withdraw_learning(alone(person, "20", 1, 1), by=UserFactory(), reason="时长填错")

    assert alone(person, "20", 1, 1).hours == 20


def test_hour_together_takes_nothing_of_the_full_days():
    person = member()
    course = a_course(starts_on=date(2024, 3, 20), ends_on=date(2024, 3, 20))
    learning.credit(course, [person], way="course", measure=measure("1", "full_day"), by=UserFactory())

    assert learning.credit_event(attended(person), by=UserFactory(), measure=measure("2", "hour")) == 1


def test_who_has_no_room_for_a_course_is_named_and_nobody_is_credited():
    free, busy = member(name="甲"), member(name="乙")
    days = {"starts_on": date(2024, 3, 1), "ends_on": date(2024, 3, 2)}
    learning.credit(a_course(**days), [busy], way="course", measure=measure("2", "full_day"), by=UserFactory())

    with pytest.raises(learning.DaysTaken) as caught:
        other = a_course(title="另一期", **days)
        learning.credit(other, [free, busy], way="course", measure=measure("3", "half_day"), by=UserFactory())

    assert str(caught.value.sentence) == FULL % "乙"
    assert LearningRecord.objects.filter(person=free).count() == 0


def test_form_says_beside_the_hours_that_the_day_is_full(client):
    log_in_as(client, "organisation_member")
    person = member()
    alone(person, "23", 20, 20)
    address = reverse("partybranch:self_study", args=[person.memberships.get().branch_id])
    typed = {"form_key": str(uuid4()), "person": person.pk, "subject": "党章", "starts_on": "2024-3-20"}

    page = client.post(address, typed | {"quantity": "1.5"})

    sentence = "连同已登记的自学，每天超过了 24 小时。请核对日期和学习时长，或者先撤销登记错的记录。"
    assert page.context["form"].errors == {"quantity": [sentence]}
    assert client.post(address, typed | {"quantity": "1"}).status_code == 302


def test_month_full_of_study_costs_a_new_record_no_more_statements():
    person = member()
    with CaptureQueriesContext(connection) as first:
        alone(person, "1", 15, 15)
    for number in range(1, 29):
        alone(person, "1", number, number)

    with CaptureQueriesContext(connection) as last:
        alone(person, "22", 15, 15)
    assert len(last) == len(first)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        alone(person, "1", 15, 15)
    assert name_of(caught.value) == "partybranch_self_study_fits_day"
