"""The honours of a month in the monthly report: organisations by title, people as a number."""

import json
from datetime import date

import pytest

from hebi_charity.reports.facts import plain
from hebi_charity.reports.rendering import render_html
from partybranch.models.dated import ImpreciseDay, Precision
from partybranch.reporting.honours import honour_month
from partybranch.services.registers import withdraw_row
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_branch, member
from tests.partybranch.honours.factories import (
    OCTOBER,
    YEAR_2022,
    a_press_report,
    a_ranking,
    an_honour,
    leader_words,
    some_thanks,
    the_day,
)

pytestmark = pytest.mark.django_db
MONTH = date(2021, 10, 1)


def test_month_without_honours_has_no_section():
    an_honour(when=the_day(2021, 9, 30))
    an_honour(when=ImpreciseDay(date(2021, 1, 1), Precision.YEAR))
    assert honour_month(MONTH) is None
    assert honour_month(date(2021, 1, 1)) is None


def test_honours_of_the_month_with_their_bodies_and_what_is_counted():
    branch = a_branch("离退休干部第九党支部")
    an_honour(title="先进单位", grantors=("省甲厅", "省乙会"), grantor_note="等四家单位")
    an_honour(title="示范党支部", recipient_kind="branch", branch=branch, when=the_day(2021, 10, 31), level="city")
    a_ranking(when=OCTOBER, rank=4, out_of=18)
    a_press_report(when=the_day(2021, 10, 5)), leader_words(when=OCTOBER), some_thanks(when=OCTOBER)
    some_thanks(when=YEAR_2022, about="别年")

    facts = honour_month(MONTH)

    assert [(one.title, one.recipient, one.level, one.bodies, one.when) for one in facts.honours] == [
        ("先进单位", "慈善总会", "省部级", "省甲厅、省乙会等四家单位", "2021年10月"),
        ("示范党支部", "党支部", "市厅级", "省甲厅、省乙会", "2021年10月31日"),
    ]
    assert [(one.rank, one.out_of) for one in facts.rankings] == [(4, 18)]
    assert (facts.of_people, facts.press, facts.words, facts.thanks) == (0, 1, 1, 1)


def test_who_was_honoured_is_counted_and_never_named():
    branch = a_branch("离退休干部第九党支部")
    someone = member(branch=branch, name="慕容雪松")
    an_honour(title="优秀共产党员", recipient_kind="person", person=someone, nature="inner")
    an_honour(title="先进党支部", recipient_kind="branch", branch=branch)

    facts = honour_month(MONTH)

    html = render_html("partybranch/reporting/honours.html", None, section=facts)
    for text in (json.dumps(plain(facts), ensure_ascii=False), html):
        assert [word for word in ("慕容雪松", "优秀共产党员", "第九") if word in text] == []
    assert facts.of_people == 1
    assert "先进党支部" in html


def test_withdrawn_honour_is_none():
    withdraw_row(an_honour(), by=UserFactory(), reason="登记错误")
    assert honour_month(MONTH) is None


@pytest.mark.parametrize("count", [1, 5])
def test_many_honours_are_asked_as_one(count, django_assert_num_queries):
    for number in range(count):
        an_honour(title=f"先进单位{number}")
        a_ranking(when=OCTOBER, activity=f"活动{number}")

    with django_assert_num_queries(6):
        assert len(honour_month(MONTH).honours) == count
