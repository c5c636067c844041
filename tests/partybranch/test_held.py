"""One notion of "held": of what is over and has no record nothing counts it, and the ledger lists it as such."""

import re
from datetime import date

import pytest

from hebi_charity.core.registry import PaperSubject
from partybranch.lists.rates import Rate, rate_of_branch, rate_of_person
from partybranch.lists.warnings import warnings_of
from partybranch.lists.year import UNRECORDED, year_of
from partybranch.models import LifeEvent, Requirement
from partybranch.papers.ledger import facts
from partybranch.reporting.month import party_month
from tests.donations.staff import log_in_as, person
from tests.partybranch.factories import a_branch, attend, circumstance, member, noticed_event
from tests.partybranch.papers.making import pages_of, printed
from tests.partybranch.record.factories import ready_event

pytestmark = pytest.mark.django_db
DAY, TODAY = date(2024, 3, 20), date(2024, 8, 20)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture
def branch(db):
    return a_branch("离退休干部党支部")


@pytest.fixture
def people(branch):
    """One of four needs not come; so of those on a list three are expected."""
    found = [member(name=name) for name in ("孙德厚", "叶春梅", "彭立新", "郭长青")]
    circumstance(found[3], "exempt", reason="行动不便")
    return found


@pytest.fixture
def bare(people):
    """A notice whose day is over. One asked for leave; who came nobody recorded."""
    event = noticed_event(held_on=DAY, topic="没有记录的会")
    attend(event, people[0], "leave", "住院")
    return event


def held(day: date = TODAY) -> list[LifeEvent]:
    return list(LifeEvent.objects.held_by(day))


def test_bare_notice_is_over_and_not_held_until_somebody_s_coming_is_recorded(bare, people):
    assert list(LifeEvent.objects.over_by(TODAY)) == [bare]
    assert held() == []
    attend(bare, people[1], "absent")
    assert held() == []
    attend(bare, people[2], "online")
    assert held() == [bare]
    assert held(DAY) == []


def test_year_at_a_glance_says_that_the_record_is_to_be_made_up(bare, branch):
    Requirement.objects.create(
        branch=branch, kind="theme_day", per="month", times=1, starts_on=date(2020, 1, 1), source="通知"
    )
    year = year_of(branch, 2024, today=TODAY)

    assert [(cell.unrecorded, cell.held) for _line, cell in year.cells_in(UNRECORDED)] == [((bare,), ())]


def test_no_rate_of_attendance_counts_it(bare, branch, people):
    nothing = Rate(came=0, leave=0, absent=0, unrecorded=0, exempt=0)

    assert rate_of_person(people[0], *YEAR, today=TODAY) == nothing
    assert rate_of_branch(branch, *YEAR, today=TODAY) == nothing
    attend(bare, people[1])
    assert rate_of_branch(branch, *YEAR, today=TODAY) == Rate(came=1, leave=1, absent=0, unrecorded=1, exempt=1)


def test_it_makes_nobody_absent(bare, people):
    secretary = person("branch_secretary")
    attend(bare, people[1], "absent")

    assert warnings_of(TODAY, by=secretary) == []
    attend(bare, people[2])
    assert [line.person for line in warnings_of(TODAY, by=secretary)] == [people[1]]


def test_month_counts_it_neither_as_held_nor_in_attendance(bare, people):
    def told():
        month = party_month(date(2024, 3, 1))
        return month.held, month.held_so_far, month.attended.expected

    attend(bare, people[1], "absent")
    assert told() == (0, 0, 0)
    attend(bare, people[2])
    assert told() == (1, 1, 3)


def test_ledger_lists_it_as_to_be_made_up_and_counts_it_nowhere(bare, branch, people):
    ready_event(held_on=date(2024, 4, 10), topic="有记录的会", kind="general")

    book = facts(PaperSubject(branch, "2024"))
    pages = [page.replace("演 示\n", "") for page in pages_of(printed("partybranch.ledger", branch, "2024"))]

    assert [(one.topic, one.is_recorded) for one in book.records] == [("没有记录的会", False), ("有记录的会", True)]
    assert [(one.kind, one.held) for one in book.kinds] == [("支部党员大会", 1)]
    assert (book.total.held, book.total.expected, book.total.came, book.unrecorded) == (1, 3, 3, 1)
    cover, survey, contents, *records = (re.sub(r"\s", "", page) for page in pages)
    assert "1次，其中已归档0次；另有1次待补记录" in cover
    assert "另有1次日期已过、没有登记到会，注明“待补记录”，不计入本表。" in survey
    assert "没有记录的会（待补记录）" in contents
    assert "有记录的会（未归档）" in contents
    (record,) = [page for page in records if "没有记录的会" in page]
    assert "应到3人，到会情况待补记录" in record
    assert "孙德厚（请假：住院）" in record
    assert [name for name in ("缺席3人", "叶春梅（", "彭立新（") if name in record] == []


def test_year_with_nothing_but_bare_notices_has_no_ledger(bare, branch, people, client):
    log_in_as(client, "organisation_member")
    assert "打印年度台账" not in client.get(branch.get_absolute_url()).content.decode()

    attend(bare, people[2])
    assert '<option value="2024">2024</option>' in client.get(branch.get_absolute_url()).content.decode()
