"""The stages of a membership, those that cannot be, and their withdrawal."""

from datetime import date

import pytest
from django.urls import reverse

from hebi_charity.core import dates
from partybranch.services.belonging import transfer_out
from tests.partybranch.factories import (
    FOUNDED,
    a_branch,
    applicant,
    member,
    stage,
    standing,
)
from tests.partybranch.sending import errors, post

pytestmark = pytest.mark.django_db


def test_stage_is_recorded_on_its_page(client, organizer):
    person = applicant(date(2024, 1, 5))

    response = post(client, "person_stage", person.pk, stage="activist", on="2024-9-1", basis="支委会研究决定")

    assert response.url == person.get_absolute_url()
    assert "支委会研究决定" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("data", "place", "sentence"),
    [
        ({"stage": "full", "on": "2024-6-1"}, "on", "转正不能早于入党"),
        ({"stage": "activist", "on": "2020-1-1"}, "on", "这个阶段与前后已登记的阶段不衔接"),
        ({"stage": "applicant", "on": "2024-1-5"}, "on", "这一天已登记过这个阶段。"),
        ({"stage": "removed", "on": "2024-6-1"}, "basis", "请填写所依据的决议或文件。"),
        ({"stage": "deceased", "on": "2024-1-5", "basis": "因病"}, "on", "结束日期必须晚于开始日期"),
    ],
)
def test_stage_that_cannot_be_is_refused_beside_the_field(client, organizer, data, place, sentence):
    person = applicant(date(2024, 1, 5))

    response = post(client, "person_stage", person.pk, **data)

    assert list(errors(response)) == [place]
    assert sentence in errors(response)[place][0]
    assert person.stage_changes.count() == 1


def test_person_in_no_branch_gets_a_sentence_instead_of_a_stage(client, organizer):
    person = member()
    transfer_out(person, by=organizer, day=date(2024, 1, 1), went_to="某社区党支部")

    response = post(client, "person_stage", person.pk, stage="removed", on="2024-6-1", basis="决议")

    assert errors(response) == {"stage": ["此人目前不在任何党支部。请先登记转入。"]}


def test_earlier_stage_is_not_withdrawn_before_the_later_one(client, secretary):
    person = member()
    first = person.stage_changes.get(stage="probationary")

    page = client.post(reverse("partybranch:row_withdraw", args=["stages", first.pk]), {"reason": "x"}, follow=True)

    assert "后面的阶段以这一条为前提。请先撤销后面的阶段。" in page.content.decode()


def test_withdrawal_of_what_ended_the_membership_says_that_the_stay_is_to_be_withdrawn_too(client, secretary):
    a_branch()
    person = member()
    row, plain = stage(person, "removed", date(2024, 1, 1)), person.stage_changes.get(stage="full")
    hint = "请把这段在支部的记录也撤销，再重新登记"

    pages = [
        client.post(reverse("partybranch:row_withdraw", args=["stages", one.pk]), {"reason": "登记错误"}, follow=True)
        for one in (row, plain)
    ]

    assert [hint in page.content.decode() for page in pages] == [True, False]


def test_medal_page_says_whose_year_it_is(client, secretary):
    a_branch()
    member(name="冯守义", stage_on=date(1976, 6, 30), admitted_on=None)
    member(name="雷国栋", stage_on=date(1974, 6, 30), admitted_on=None)

    page = client.get(reverse("partybranch:medal"), {"year": "2026"}).content.decode()
    assert page.index("冯守义") < page.index("今年满 50 年，应申报") < page.index("雷国栋")
    assert "这一天没有党龄满 50 年的党员" in client.get(reverse("partybranch:medal"), {"year": "1990"}).content.decode()
    assert client.get(reverse("partybranch:medal"), {"year": "x"}).context["year"] == dates.today().year


def test_stage_that_ends_everything_stays_readable_on_the_record(client, organizer):
    person = member()
    standing(person)
    stage(person, "deceased", date(2024, 12, 3), basis="因病去世")

    page = client.get(person.get_absolute_url()).content.decode()

    assert "2010-01-01 至 2024-12-03" in page
    assert "因病去世" in page
    assert FOUNDED.isoformat() in page
