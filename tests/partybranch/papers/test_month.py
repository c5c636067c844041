"""The Party section of the monthly report: right numbers, and nothing that says of anybody that they belong."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from hebi_charity.core.dates import month_end
from hebi_charity.core.registry import monthly_sections
from hebi_charity.reports import services as reports
from hebi_charity.reports.building import build
from hebi_charity.reports.facts import plain
from hebi_charity.reports.rendering import render_html
from partybranch.lists.study import hours_lines
from partybranch.lists.year import HELD, MISSING, year_of, years_of
from partybranch.models import HourTarget, Requirement
from partybranch.reporting.month import _reached, party_month
from partybranch.services import learning
from partybranch.services.exams import close_exam
from tests.donations.factories import UserFactory, set_up_office
from tests.donations.staff import person
from tests.partybranch.exams.factories import an_exam
from tests.partybranch.factories import (
    a_body,
    a_branch,
    applicant,
    attend,
    circumstance,
    held_event,
    member,
    noticed_event,
    staff,
    stage,
    term,
    withdraw,
)
from tests.partybranch.study.factories import measure, stated

pytestmark = pytest.mark.django_db
MARCH = date(2024, 3, 1)
TARGETS = {HourTarget.Duty.MEMBER: Decimal(32), HourTarget.Duty.COMMITTEE: Decimal(56)}


def section(month: date = MARCH):
    return party_month(month)


def line(kind: str, month: date = MARCH):
    (found,) = [each for each in section(month).lines if each.kind == kind]
    return (found.required, found.met, found.held, found.held_so_far)


def test_without_a_branch_there_is_no_section():
    set_up_office(date(2024, 1, 1))

    assert section() is None
    assert [one.key for one in build("monthly", date(2024, 1, 1)).facts.sections] == ["gifts"]


def test_branch_founded_later_is_not_there_yet():
    a_branch(founded_on=date(2024, 4, 1))
    assert section() is None


def test_what_is_asked_for_ends_with_its_period():
    a_branch()
    member()
    for held_on in (date(2024, 1, 5), date(2024, 1, 20), date(2024, 3, 20)):
        held_event(held_on=held_on)
    held_event(kind="general", held_on=date(2024, 2, 7))

    assert line("主题党日") == (1, 1, 1, 3)
    assert line("主题党日", date(2024, 1, 1)) == (1, 1, 2, 2)
    assert line("主题党日", date(2024, 2, 1)) == (1, 0, 0, 2)
    # Asked for once a quarter: in March, and met by what was held in February.
    assert line("支部党员大会") == (1, 1, 0, 1)
    assert line("支部党员大会", date(2024, 2, 1)) == (0, 0, 1, 1)
    assert [each.kind for each in section().lines] == ["支部党员大会", "党课", "主题党日"]
    assert section().decisions() == ["按规定到本月底应开展的组织生活，有 1 次没有开展。"]


def test_months_of_a_year_agree_with_the_year_at_a_glance():
    branch = a_branch()
    a_body(branch, "committee", "支委会", date(2024, 6, 1))
    group = a_body(branch)
    someone = member()
    term(someone, "group_member", body=group)
    for month in (1, 2, 5, 6, 9, 12):
        held_event(held_on=date(2024, month, 15))
    held_event(kind="group", body=group, held_on=date(2024, 4, 2))

    year = year_of(branch, 2024, today=date(2025, 1, 1))
    months = [section(date(2024, month, 1)) for month in range(1, 13)]

    assert sum(one.required for one in months) == sum(cell.times for _line, cell in year.cells_in(HELD, MISSING))
    assert sum(one.met for one in months) == sum(
        min(cell.times, len(cell.held)) for _line, cell in year.cells_in(HELD, MISSING)
    )


def test_rule_of_one_branch_is_its_own():
    one, _other = a_branch(), a_branch()
    Requirement.objects.create(
        branch=one, kind="theme_day", per="quarter", times=1, starts_on=date(2020, 1, 1), source="通知"
    )

    assert line("主题党日")[:2] == (2, 0)
    assert line("主题党日", date(2024, 2, 1))[:2] == (1, 0)


def test_branches_that_differ_are_each_asked_as_their_year_at_a_glance_says():
    """Founded and dissolved within the year, with groups that come and go, with rules of their own, one ended."""
    plain_branch, own, founded, dissolved = (
        a_branch(),
        a_branch(),
        a_branch(founded_on=date(2024, 5, 17)),
        a_branch(dissolved_on=date(2024, 9, 30)),
    )
    for number, branch in enumerate((plain_branch, own, founded, dissolved), start=1):
        first = max(branch.founded_on, date(2024, 2, 14))
        group = a_body(branch, "group", "第一党小组", first)
        someone = member(branch=branch, name=f"党员{number}", starts_on=branch.founded_on)
        term(someone, "group_member", starts_on=first, body=group)
        a_body(branch, "group", "第二党小组", date(2024, 6, 16))
        a_body(branch, "committee", "支委会", date(2024, 6, 17))
        for month in range(number, 13, number):
            day = date(2024, month, 28)
            if branch.founded_on <= day and (branch.dissolved_on is None or day < branch.dissolved_on):
                held_event(branch=branch, held_on=day)
                if day >= first:
                    held_event(branch=branch, kind="group", body=group, held_on=day)
    for facts in (
        {"kind": "theme_day", "per": "quarter", "times": 2, "starts_on": date(2024, 3, 10)},
        {"kind": "group", "per": "month", "times": 0, "starts_on": date(2024, 7, 1)},
        {"kind": "general", "per": "month", "times": 1, "starts_on": date(2024, 8, 20)},
    ):
        Requirement.objects.create(branch=own, source="通知", **facts)

    years = years_of([plain_branch, own, founded, dissolved], 2024, today=date(2025, 1, 1))
    cells = [cell for year in years for _line, cell in year.cells_in(HELD, MISSING) if cell.rule]
    for month in range(1, 13):
        ending = [cell for cell in cells if cell.days.last == month_end(date(2024, month, 1))]
        asked = [(cell.times, min(cell.times, len(cell.held))) for cell in ending if not cell.reason]
        found = section(date(2024, month, 1))
        assert (found.required, found.met) == (sum(times for times, _met in asked), sum(met for _times, met in asked))


@pytest.mark.parametrize(("first", "asked"), [(date(2024, 3, 16), 1), (date(2024, 3, 17), 0)])
def test_group_is_asked_when_it_was_there_for_half_of_the_month(first, asked):
    a_body(a_branch(), founded_on=first)

    assert sum(each.required for each in section().lines if each.kind == "党小组会") == asked


@pytest.mark.parametrize(("until", "asked"), [(date(2024, 4, 1), 1), (date(2024, 3, 31), 0)])
def test_branch_dissolved_on_the_last_day_is_not_asked(until, asked):
    a_branch(dissolved_on=until)

    assert sum(each.required for each in section().lines if each.kind == "主题党日") == asked


def test_attendance_counts_of_whom_it_is_not_required_only_when_there():
    a_branch()
    people = [member(name=f"党员{number}") for number in range(8)]
    for someone in people[6:]:
        circumstance(someone, "exempt", reason="卧床")
    attended_so(people, "present", "online", "absent", "leave", "absent", "absent", "present", "exempt")

    attended = section().attended

    assert (attended.expected, attended.came, attended.rate) == (7, 3, Decimal("42.86"))


def attended_so(people, *statuses: str, **facts: object):
    event = noticed_event(**facts)
    for someone, status in zip(people, statuses, strict=True):
        attend(event, someone, status, "住院" if status == "leave" else "")


CAME, MISSED = "present", "absent"


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        ([CAME] * 3 + [MISSED] * 3, (6, 3)),
        ([CAME] * 4 + [MISSED] * 2, (6, None)),
        ([CAME] * 2 + [MISSED] * 4, (6, None)),
        ([CAME] * 6, (6, None)),
        ([CAME] + [MISSED] * 6, (7, None)),
        ([MISSED] * 6, (0, 0)),  # to which nobody came was not held
        ([CAME, MISSED], (None, None)),
    ],
)
def test_who_came_and_who_missed_are_told_of_three_people_at_least(statuses, told):
    a_branch()
    attended_so([member(name=f"党员{number}") for number in range(len(statuses))], *statuses)

    attended = section().attended

    assert (attended.expected, attended.came) == told


def test_attendance_compares_people_not_person_times():
    """Two people at three meetings are six person-times, and still two people; so is one who missed all three."""
    a_branch()
    people = [member(name=f"党员{number}") for number in range(2)]
    for day in (5, 6, 7):
        attended_so(people, CAME, MISSED, held_on=date(2024, 3, day))
    assert (section().attended.expected, section().attended.came) == (None, None)

    others = [member(name=f"同志{number}") for number in range(3)]
    for day in (8, 9, 10):
        attended_so([*people, *others], CAME, MISSED, CAME, CAME, CAME, held_on=date(2024, 3, day))
    assert (section().attended.expected, section().attended.came) == (21, None)


def test_hours_count_how_many_reached_what_is_asked_of_them():
    branch = a_branch()
    people = [member(name=f"党员{number}") for number in range(7)]
    for someone, post in zip(people[:3], ("secretary", "organisation", "publicity"), strict=True):
        term(someone, post)
    circumstance(people[6], "exempt", reason="卧床")
    for someone, hours in zip(people, ("56", "40", "32", "32", "31.5", "60", "40"), strict=True):
        confirmed(someone, hours)
    confirmed(staff(), "40")
    confirmed(people[4], "10", starts_on=date(2024, 4, 1))
    confirmed(people[4], "10", starts_on=date(2023, 3, 1))

    lines = {str(one.target): (one.asked, one.reached) for one in section().hours}
    now = {str(one.target): (one.asked, one.reached) for one in section(date(2024, 12, 1)).hours}

    # Two of three have them, then all three; of the committee one. Each of these would say who lacks them.
    assert lines == {"32.00": (3, None), "56.00": (3, None)}
    assert now == lines
    assert _reached(date(2024, 3, 31), TARGETS) == {False: (3, 2), True: (3, 1)}
    assert _reached(date(2024, 12, 31), TARGETS) == {False: (3, 3), True: (3, 1)}
    own = [one for one in hours_lines(branch, 2024, by=person("branch_secretary")) if one.target]
    assert sum(one.hours >= one.target for one in own) == 4


@pytest.mark.parametrize(("enough", "told"), [(0, None), (2, None), (3, 3), (4, None), (6, None)])
def test_hours_are_told_when_three_have_them_and_three_lack_them(enough, told):
    a_branch()
    for number in range(6):
        confirmed(member(name=f"党员{number}"), "32" if number < enough else "8")

    (line,) = [one for one in section().hours if one.asked]

    assert (line.asked, line.reached, line.rate) == (6, told, Decimal("50.00") if told else None)


def test_hours_are_asked_of_who_is_a_member_on_the_last_day():
    """Left before and after it, suspended for a while or by mistake, not yet a member."""
    a_branch()
    people = [member(name=f"党员{number}") for number in range(6)]
    applicant(name="申请人")
    stage(people[0], "expelled", date(2024, 3, 31))
    stage(people[1], "expelled", date(2024, 4, 1))
    withdraw(stage(people[2], "suspended", date(2024, 3, 1)))
    stage(people[3], "suspended", date(2024, 2, 10))
    stage(people[3], "full", date(2024, 4, 2))

    asked = {month: [one.asked for one in section(date(2024, month, 1)).hours] for month in (2, 3, 4)}

    assert asked == {2: [5, 0], 3: [4, 0], 4: [4, 0]}


def confirmed(someone, hours, **facts):
    day = facts.get("starts_on", date(2024, 3, 1))
    row = stated(someone, starts_on=day - timedelta(days=2), ends_on=day, measure=measure(hours))
    learning.confirm_learning([row], by=UserFactory())


def test_figures_about_fewer_than_three_are_not_printed():
    a_branch()
    people = [member(name="甲"), member(name="乙")]
    term(people[0])
    event = noticed_event()
    for someone in people:
        attend(event, someone)

    facts = section()

    assert (facts.attended.expected, facts.attended.rate) == (None, None)
    assert {(one.asked, one.reached) for one in facts.hours} == {(None, None)}


def test_below_a_table_with_a_dash_stands_why_and_below_no_other():
    a_branch()
    people = [member(name=f"党员{number}") for number in range(6)]
    attended_so(people, CAME, CAME, CAME, MISSED, MISSED, MISSED)
    attended, hours = (
        "到会的或者没有到会的不足 3 人，为保护隐私不列出",
        "达到的或者没有达到的不足 3 人，为保护隐私不列出",
    )

    def page():
        return render_html("partybranch/reporting/month.html", None, section=section())

    assert (page().count(attended), page().count(hours)) == (0, 1)
    for someone in people[:3]:
        confirmed(someone, "32")
    assert (page().count(attended), page().count(hours)) == (0, 0)
    attended_so(people, CAME, CAME, CAME, CAME, CAME, CAME, held_on=date(2024, 2, 20))
    assert render_html("partybranch/reporting/month.html", None, section=section(date(2024, 2, 1))).count(attended) == 1


def test_exams_of_the_month_that_are_closed():
    a_branch()
    for number in range(3):
        member(name=f"党员{number}")
    closed = an_exam(held_on=date(2024, 3, 5))
    close_exam(closed, by=UserFactory())
    an_exam(held_on=date(2024, 3, 6))

    (exam,) = section().exams

    assert (exam.mode, exam.held, exam.taking_part, exam.passed) == ("现场提问", 1, 3, None)


@pytest.mark.parametrize("count", [1, 5])
def test_many_branches_are_asked_as_one(count, django_assert_num_queries):
    for number in range(count):
        branch = a_branch()
        a_body(branch)
        member(branch=branch, name=f"党员{number}")
        held_event(branch=branch)

    with django_assert_num_queries(7):
        assert section().held == count


# What may not leave the branch: names, its own name, topics, places, reasons.
PLANTED = ("慕容雪松", "欧阳春晓", "离退休干部第九党支部", "讨论接收欧阳春晓", "郭亮村", "住院手术", "行动不便", "补考")


def test_nothing_in_facts_and_pages_says_that_anybody_belongs():
    """Whoever reads the report learns how many, never who: planted are names, topics, places and reasons."""
    set_up_office(date(2024, 1, 1))
    a_branch("离退休干部第九党支部")
    secretary, other = member(name="慕容雪松"), member(name="欧阳春晓", stage="probationary", stage_on=date(2024, 3, 1))
    third = member(name="第三人")
    term(secretary)
    circumstance(third, "exempt", reason="行动不便")
    event = noticed_event(kind="general", topic="讨论接收欧阳春晓", place="郭亮村", chair=secretary)
    attend(event, secretary)
    attend(event, other, "leave", "住院手术")
    confirmed(secretary, "56")

    report = reports.make_report("monthly", MARCH, by=person("accountant"))

    sections = {one.key: one for one in build("monthly", MARCH).facts.sections}
    html = render_html("partybranch/reporting/month.html", None, section=sections["party"])
    for text in (json.dumps(report.facts, ensure_ascii=False), html):
        assert [word for word in PLANTED if word in text] == []
    assert "党建工作" in "".join(str(one.title()) for one in sections.values())
    # Every value is a number, or one of the words of the product itself.
    words = set(_texts(plain(sections["party"])))
    assert words <= {"2024-03-01", "支部党员大会", "党课", "主题党日", "普通党员", "书记和支委", "32.00", "56.00"}


def _texts(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def test_sections_stand_in_their_order():
    assert [key for key, _section in monthly_sections.items()] == ["donations", "party", "honours"]
