"""The roll of any past day: who belonged to the branch then, in the stage and with the posts of that day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from partybranch.lists.roll import lines_of
from partybranch.models import Membership
from partybranch.services.belonging import transfer_out
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import (
    a_body,
    a_branch,
    applicant,
    circumstance,
    member,
    staff,
    stage,
    standing,
    term,
    withdraw,
)

pytestmark = pytest.mark.django_db


def on_roll(day: date) -> dict[str, str]:
    return {line.person.name: line.stage for line in lines_of(Membership.objects.roll(day), day)}


def line_of(day: date):
    (row,) = Membership.objects.roll(day)
    return lines_of([row], day)[0]


def test_person_is_on_the_roll_from_the_first_day_to_the_day_before_the_last():
    a_branch()
    person = member(starts_on=date(2015, 3, 2))
    transfer_out(person, by=UserFactory(), day=date(2019, 8, 1), went_to="某社区党支部")

    assert on_roll(date(2015, 3, 1)) == {}
    assert on_roll(date(2015, 3, 2)) == {"张建国": "正式党员"}
    assert on_roll(date(2019, 7, 31)) == {"张建国": "正式党员"}
    assert on_roll(date(2019, 8, 1)) == {}


def test_stage_is_that_of_the_day():
    a_branch()
    person = applicant(date(2015, 3, 1))
    for code, day in (
        ("activist", date(2016, 3, 1)),
        ("candidate", date(2017, 3, 1)),
        ("probationary", date(2018, 6, 1)),
    ):
        stage(person, code, day)
    stage(person, "full", date(2019, 6, 1))
    stage(person, "removed", date(2021, 1, 5), basis="支部党员大会决议")

    found = {day.year: on_roll(day) for day in (date(year, 12, 31) for year in range(2014, 2022))}
    assert found == {
        2014: {},
        2015: {"张建国": "申请人"},
        2016: {"张建国": "积极分子"},
        2017: {"张建国": "发展对象"},
        2018: {"张建国": "预备党员"},
        2019: {"张建国": "正式党员"},
        2020: {"张建国": "正式党员"},
        2021: {},
    }


def test_line_says_days_standing_group_posts_and_circumstances_of_the_day():
    branch = a_branch()
    committee, group = a_body(branch, "committee", "支委会"), a_body(branch)
    person = member(birth_month=date(1950, 2, 1))
    term(person, "secretary", date(2018, 1, 1), committee)
    term(person, "group_member", date(2019, 1, 1), group)
    circumstance(person, "retired", date(2012, 2, 1))
    circumstance(person, "exempt", date(2020, 2, 1), "行动不便")

    line = line_of(date(2018, 6, 30))
    assert (line.admitted_on, line.confirmed_on, line.years, line.age) == (date(1990, 7, 1), date(1991, 7, 1), 26, 68)
    assert (line.posts, line.group, line.circumstances) == ("支部书记", "", "离退休")
    line = line_of(date(2020, 2, 1))
    assert (line.posts, line.group, line.circumstances) == ("支部书记", "第一党小组", "不作硬性要求、离退休")
    assert line.standing == "28 年"


def test_standing_of_one_without_probation_and_of_one_newly_confirmed():
    a_branch()
    member(stage_on=date(1972, 2, 29), admitted_on=None)

    line = line_of(date(2022, 2, 28))
    assert (line.admitted_on, line.confirmed_on, line.standing) == (date(1972, 2, 29), date(1972, 2, 29), "50 年")


def test_probationary_member_has_no_standing_yet_and_the_first_year_is_said_in_words():
    a_branch()
    person = member(stage="probationary", stage_on=date(2019, 6, 1), admitted_on=None, starts_on=date(2019, 6, 1))
    stage(person, "full", date(2020, 6, 1))

    assert line_of(date(2020, 5, 31)).standing == ""
    assert line_of(date(2020, 6, 1)).standing == "不满 1 年"


def test_what_was_withdrawn_counts_no_more():
    a_branch()
    person = member()
    withdraw(circumstance(person, "exempt", reason="行动不便"))
    withdraw(standing(person))
    withdraw(term(person))

    line = line_of(dates.today())
    assert (line.circumstances, line.posts, line.standing_from) == ("", "", date(1991, 7, 1))
    withdraw(person.memberships.get())
    assert on_roll(dates.today()) == {}


def test_roll_of_a_day_takes_one_query(django_assert_num_queries):
    a_branch()
    for name in "甲乙丙":
        circumstance(member(name=name))

    with django_assert_num_queries(1):
        assert len(on_roll(dates.today())) == 3


@pytest.fixture
def secretary(client):
    return log_in_as(client, "branch_secretary")


def shown(client, **query):
    return [line.person.name for line in client.get(reverse("partybranch:roll"), query).context["lines"]]


def test_page_is_the_roll_of_the_chosen_day(client, secretary):
    a_branch()
    transfer_out(member(name="走的"), by=UserFactory(), day=date(2019, 8, 1), went_to="某社区党支部")
    member(name="来的", starts_on=date(2021, 1, 1))

    assert shown(client) == ["来的"]
    assert shown(client, on="20190731") == ["走的"]
    page = client.get(reverse("partybranch:roll"), {"on": "2019-07-31"}).content.decode()
    assert "这是 2019-07-31 的名册" in page


def test_page_is_narrowed_by_stage_group_circumstance_branch_and_name(client, secretary):
    branch = a_branch()
    group = a_body(branch)
    full, other = member(name="周小满", phone="13800009876"), member(name="赵春生", branch=a_branch())
    probationary = member(name="钱新", stage="probationary", stage_on=date(2026, 1, 5), admitted_on=None)
    applicant(name="吴求", branch=branch)
    staff(branch=branch)
    term(full, "group_leader", body=group)
    circumstance(other, "mobile", reason="郑州市")

    assert shown(client, stage="members") == ["钱新", "赵春生", "周小满"]
    assert shown(client, stage="probationary") == [probationary.name]
    assert shown(client, stage="way") == ["吴求"]
    assert shown(client, stage="study") == ["李学工"]
    assert shown(client, group=group.pk) == [full.name]
    assert shown(client, circumstance="mobile") == [other.name]
    assert shown(client, branch=other.memberships.get().branch_id) == [other.name]
    for text in ("小满", "zhou xiao", "zhouxiaoman", "zxm", "9876"):
        assert shown(client, q=text) == [full.name]


def test_totals_say_how_many_by_stage(client, secretary):
    a_branch()
    member(name="甲"), member(name="乙"), applicant(name="丙"), staff()

    page = client.get(reverse("partybranch:roll"))

    assert page.context["totals"] == [("总人数", "4"), ("申请人", "1"), ("正式党员", "2"), ("随学职工", "1")]


def test_roll_of_a_day_to_come_is_refused_with_a_sentence(client, secretary):
    a_branch()
    tomorrow = (dates.today() + timedelta(days=1)).isoformat()

    page = client.get(reverse("partybranch:roll"), {"on": tomorrow})

    assert f"{tomorrow} 晚于今天" in page.content.decode()
    assert page.context["day"] == dates.today()


@pytest.mark.parametrize("count", [1, 5])
def test_list_query_count_does_not_grow(client, secretary, count, django_assert_num_queries):
    a_branch()
    for number in range(count):
        circumstance(member(name=f"甲{number}"))
    client.get(reverse("partybranch:roll"))

    with django_assert_num_queries(9):
        client.get(reverse("partybranch:roll"))


def test_empty_page_says_what_to_do_first(client, secretary):
    assert "请先登记党支部和成立日期" in client.get(reverse("partybranch:roll")).content.decode()
    a_branch()
    assert "请逐人登记入党日期和转正日期" in client.get(reverse("partybranch:roll")).content.decode()


def test_impossible_day_lists_nobody_and_nothing_is_exported(client, secretary):
    a_branch("离退休干部党支部")
    member(name="周小满")
    wrong = {"on": "2024-13-45"}

    page = client.get(reverse("partybranch:roll"), wrong)
    assert page.context["lines"] == []
    assert "on" in page.context["filter_form"].errors
    assert "日历上没有" in page.content.decode()
    answer = client.get(reverse("partybranch:export"), wrong, follow=True)

    assert answer.redirect_chain == [("/party/?on=2024-13-45", 302)]
    assert "筛选条件有误，没有导出。请先改正。" in answer.content.decode()
    assert not Entry.objects.filter(act="party.roll_exported").exists()
