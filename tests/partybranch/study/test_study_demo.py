"""The demonstration's study of 2022: plan, the four books, notes, a course whose learners taught, hours."""

from datetime import date
from decimal import Decimal

import pytest

from partybranch.demo import branch as members
from partybranch.demo import study as demo
from partybranch.lists.materials import signed_list
from partybranch.models import (
    IssueList,
    LearningRecord,
    MaterialPurchase,
    PassOnDuty,
    PersonalPlan,
    StudyMaterial,
    StudyPlan,
)
from tests.donations.factories import UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def test_study_of_the_demonstration_is_loaded_once_and_shows_each_part():
    people = {"secretary": UserFactory(), "organizer": UserFactory()}
    members.show(people, TODAY)
    for _time in (1, 2):
        demo.show(people, TODAY)

    assert sorted(StudyPlan.objects.values_list("year", flat=True)) == [2022, 2026]
    assert PersonalPlan.objects.filter(plan__year=2022).count() == 21
    assert set(StudyMaterial.objects.values_list("title", flat=True)) == {
        "《习近平新时代中国特色社会主义思想学习问答》",
        "《中国共产党简史》",
        "《毛泽东、邓小平、江泽民、胡锦涛关于中国共产党历史论述摘要》",
        "《做合格的共产党员》",
    }
    assert sum(row.total() for row in MaterialPurchase.objects.all()) == Decimal("2820.00")
    assert signed_list(IssueList.objects.get()).waiting == 1
    assert LearningRecord.objects.to_confirm().count() == 3
    open_duty = PassOnDuty.objects.open().get()
    assert (open_duty.person.name, open_duty.occasion.title) == ("段晓莉", "全省慈善信息化培训班")
    taught = LearningRecord.objects.lectures().order_by("starts_on")
    assert [row.person.name for row in taught] == ["沈志远", "段晓莉"]
    over_new_year = LearningRecord.objects.filter(occasion=open_duty.occasion).order_by("year")
    assert list(over_new_year.values_list("year", "hours")) == [(2025, Decimal("16.00")), (2026, Decimal("16.00"))]
