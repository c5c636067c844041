"""The page of the year: cells open what was held or prepare what is missing; a wrong filter shows nothing."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from hebi_charity.core import dates
from partybranch.lists.year import year_of
from partybranch.services.events import record_attendance
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_body, a_branch, circumstance, held_event, member, noticed_event, term

pytestmark = pytest.mark.django_db
GLANCE = reverse("partybranch:glance")


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


def ways(page, kind: str) -> list[str]:
    """The addresses behind the cells of a line, in order."""
    text = page.content.decode().split('<div class="glance-narrow">')[0].split("<tbody>")[1]
    row = next(part for part in text.split("<tr>") if f"{kind}</" in part or f"{kind}<small" in part)
    return [part.split('"')[0].replace("&amp;", "&") for part in row.split('<a href="')[1:]]


def test_cell_with_one_event_opens_it_and_an_empty_one_prepares_it(client, organizer):
    branch = a_branch()
    member()
    event = held_event(kind="general", held_on=date(2024, 3, 20))

    found = ways(client.get(GLANCE, {"year": 2024}), "支部党员大会")

    assert found[0] == event.get_absolute_url()
    assert found[1] == f"{reverse('partybranch:life_past', args=[branch.pk])}?kind=general"
    assert len(found) == 4
    form = client.get(found[1]).context["form"]
    assert form["kind"].value() == "general"


def test_ledger_is_printed_from_the_year_and_the_list_of_papers_leads_there(client, organizer):
    a_branch()

    year = client.get(GLANCE, {"year": 2024}).content.decode()
    papers = client.get(reverse("reports:papers")).content.decode()

    assert "打印年度台账" in year
    assert reverse("reports:paper_create", args=["partybranch.ledger"]) in year
    assert f'href="{GLANCE}">打印年度台账</a>' in papers


def test_what_is_due_is_prepared_with_its_kind_chosen(client, organizer):
    branch = a_branch()

    found = ways(client.get(GLANCE, {"year": dates.today().year + 1}), "支部党员大会")

    assert found == [f"{reverse('partybranch:life_create', args=[branch.pk])}?kind=general"] * 4
    assert client.get(found[0]).context["form"]["kind"].value() == "general"


def test_prepared_meeting_of_a_group_has_its_group_chosen(client, organizer):
    branch = a_branch()
    group = a_body(branch)

    way = ways(client.get(GLANCE, {"year": 2024}), "党小组会（第一党小组）")[0]

    form = client.get(way).context["form"]
    assert (form["kind"].value(), form["body"].value()) == ("group", str(group.pk))


def test_cell_with_several_events_opens_the_list_of_just_these(client, organizer):
    branch = a_branch()
    group = a_body(branch)
    term(member(), "group_leader", body=group)
    inside = [held_event(kind="group", body=group, held_on=date(2024, 3, day)) for day in (5, 20)]
    held_event(kind="group", body=group, held_on=date(2024, 4, 1))
    held_event(held_on=date(2024, 3, 6))

    way = ways(client.get(GLANCE, {"year": 2024}), "党小组会（第一党小组）")[2]

    assert parse_qs(urlsplit(way).query) == {
        "kind": ["group"],
        "body": [str(group.pk)],
        "branch": [str(branch.pk)],
        "first": ["2024-03-05"],
        "last": ["2024-03-20"],
    }
    assert sorted(row.pk for row in client.get(way).context["object_list"]) == [event.pk for event in inside]


def test_totals_count_periods_and_the_rate_counts_the_bedridden_only_when_there(client, organizer):
    a_branch()
    people = [member(name=name) for name in "甲乙丙丁戊"]
    circumstance(people[3], "exempt", reason="卧床")
    circumstance(people[4], "exempt", reason="卧床")
    event = noticed_event(held_on=date(2024, 3, 20))
    rows = {row.person.name: row.pk for row in event.attendance.select_related("person")}
    marks = {"甲": ("present", ""), "乙": ("leave", "住院"), "戊": ("present", "")}
    record_attendance(event, {rows[name]: mark for name, mark in marks.items()}, by=UserFactory())

    totals = client.get(GLANCE, {"year": 2024}).context["totals"]

    assert totals == [("已开（期）", "1"), ("缺", "21"), ("本年应开（期）", "0"), ("到会率", "66.7 %")]


@pytest.mark.parametrize("query", [{"year": "二零二四"}, {"year": "99999"}, {"branch": "999999"}])
def test_wrong_filter_shows_no_year_and_says_why(client, organizer, query):
    a_branch("离退休干部党支部")

    page = client.get(GLANCE, query)

    assert page.context["glance"] is None
    assert page.context["filter_form"].errors
    assert "已开（期）" not in page.content.decode()


def test_without_an_answer_it_is_this_year_of_the_branch_that_exists(client, organizer):
    a_branch("早已撤销", dissolved_on=date(2015, 1, 1))
    branch = a_branch("现在的支部")

    glance = client.get(GLANCE).context["glance"]

    assert (glance.branch, glance.year) == (branch, dates.today().year)


def test_empty_page_says_what_to_do_first(client, organizer):
    assert "请先登记党支部和成立日期" in client.get(GLANCE).content.decode()
    a_branch(founded_on=date(2010, 1, 1))
    assert "这一年没有要求" in client.get(GLANCE, {"year": 2009}).content.decode()


def test_list_of_events_shows_none_while_a_day_is_impossible(client, organizer):
    a_branch()
    member()
    noticed_event()

    page = client.get(reverse("partybranch:life_list"), {"first": "2024-13-45"})

    assert list(page.context["object_list"]) == []
    assert "first" in page.context["filter_form"].errors


@pytest.mark.parametrize("count", [1, 5])
def test_page_query_count_does_not_grow(client, organizer, count, django_assert_num_queries):
    branch = a_branch()
    for number in range(count):
        group = a_body(branch, "group", f"第{number}党小组")
        term(member(name=f"甲{number}"), "group_leader", body=group)
        noticed_event(kind="group", body=group, held_on=date(2024, 1, 1 + number))
        noticed_event(held_on=date(2024, 2, 1 + number))
    client.get(GLANCE, {"year": 2024})

    with django_assert_num_queries(12):
        client.get(GLANCE, {"year": 2024})


def test_period_that_was_met_says_when_and_not_what_is_set_for_later(organizer):
    branch = a_branch()
    member()
    held_event(kind="general", held_on=date(2024, 10, 31))
    noticed_event(kind="general", held_on=date(2024, 12, 8))
    glance = year_of(branch, 2024, today=date(2024, 11, 26))
    line = next(line for line in glance.lines if line.subject.kind == "general")

    for part in ("_cell", "_pair"):
        facts = {"glance": glance, "line": line, "cell": line.cells[-1], "words": ""}
        words = render_to_string(f"partybranch/glance/{part}.html", facts)
        assert "<small>10-31</small>" in words
        assert "定于" not in words


def test_record_to_be_made_up_stands_in_the_panels_below_too(client, organizer):
    a_branch()
    member()
    event = noticed_event(kind="general", held_on=date(2024, 3, 20))

    page = client.get(GLANCE, {"year": 2024}).content.decode()
    panels, narrow = page.split('<div class="glance-todo">')[1].split('<div class="glance-narrow">')
    panel = panels.split('id="glance-make-up">')[1].split("</section>")[0]
    for part in (panel, narrow):
        assert f'href="{event.get_absolute_url()}"' in part
        assert "3-20 请登记到会情况" in part
        assert "待补记录" in part
