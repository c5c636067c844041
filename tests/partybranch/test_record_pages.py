"""The record of one person as it is read."""

from datetime import date

import pytest

from partybranch.services.honours import revoke_honour
from partybranch.services.registers import withdraw_row
from tests.donations.factories import UserFactory
from tests.partybranch.factories import (
    circumstance,
    member,
    withdraw,
)
from tests.partybranch.honours.factories import an_honour, the_day

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 5])
def test_record_page_query_count_does_not_grow(client, secretary, count, django_assert_num_queries):
    person = member()
    for number in range(count):
        row = circumstance(person, "exempt", date(2012 + number, 1, 1), "患病")
        withdraw(row)
        an_honour(title=f"优秀共产党员{number}", recipient_kind="person", person=person)
    client.get(person.get_absolute_url())

    with django_assert_num_queries(15):
        client.get(person.get_absolute_url())


def test_page_of_a_person_lists_the_honours_of_this_person_alone(client, organizer):
    person = member(name="申屠建国")
    facts = {"recipient_kind": "person", "nature": "inner"}
    older = an_honour(title="优秀共产党员", person=person, when=the_day(2019, 7, 1), **facts)
    newer = an_honour(title="优秀党务工作者", person=person, period_label="2021年度", **facts)
    withdraw_row(an_honour(title="登记错的", person=person, **facts), by=UserFactory(), reason="登记错误")
    an_honour(title="别人的", person=member(name="乙"), **facts), an_honour(title="总会的")
    revoke_honour(older, by=UserFactory(), day=date(2020, 1, 1), reason="查实不符")

    response = client.get(person.get_absolute_url())

    page = response.content.decode()
    assert [one.pk for one in response.context["honours"]] == [newer.pk, older.pk]
    assert f'href="{newer.get_absolute_url()}">2021年度 优秀党务工作者</a>' in page
    assert f'href="{older.get_absolute_url()}">优秀共产党员</a>（已被撤销）' in page
    assert "省甲厅、省乙会" in page
    assert 'id="person-honours"' not in client.get(member(name="丙").get_absolute_url()).content.decode()
