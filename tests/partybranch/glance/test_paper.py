"""The year at a glance as a paper: one sheet across, each period in one word and shape, nothing of members."""

from datetime import date

import pytest
from django.urls import reverse

from hebi_charity.core.registry import PaperSubject
from hebi_charity.reports.papers import PaperRefused
from partybranch.papers import year
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_body, a_branch, attend, member, noticed_event
from tests.partybranch.papers.making import printed, reader_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch(db):
    branch = a_branch("离退休干部党支部")
    a_body(branch)
    someone = member(name="慕容雪松")
    for day in (date(2023, 2, 14), date(2023, 2, 20)):
        attend(noticed_event(topic="讨论慕容雪松转正", held_on=day), someone)
    return branch


def test_facts_say_each_period_in_words_and_shapes(branch):
    found = year.facts(PaperSubject(branch, "2023"))

    lines = {line.title: line for line in found.lines}
    assert (found.year, found.as_of) == (2023, date(2023, 12, 31))
    assert lines["主题党日"].rules == ("每月至少 1 次",)
    assert [(cell.shape, cell.word, cell.days) for cell in lines["主题党日"].cells][:3] == [
        ("×", "缺", ""),
        ("√", "已开", "2.14、2.20"),
        ("×", "缺", ""),
    ]
    assert [(cell.months, cell.shape, cell.word) for cell in lines["支委会会议"].cells] == [(12, "—", "不要求")]
    assert found.sources[0] == "支部党员大会：《中国共产党支部工作条例（试行）》第十一条"
    assert dict(found.totals)["到会率"] == "100.0 %"


def test_it_is_printed_on_one_page_across_and_names_nobody(branch):
    paper = printed("partybranch.year", branch, "2023")
    pages = reader_of(paper).pages
    text = "".join(page.extract_text() for page in pages)

    assert len(pages) == 1
    assert pages[0].mediabox.width > pages[0].mediabox.height
    assert "2023 年组织生活一览表" in text
    assert "党小组会（第一党小组）" in text.replace("\n", "")
    assert "慕容" not in text
    assert "转正" not in text


def test_year_without_anything_is_refused_with_a_sentence(branch):
    with pytest.raises(PaperRefused, match="这一年没有制度要求"):
        year.facts(PaperSubject(branch, "2009"))


def test_button_stands_on_the_page_of_the_year(client, branch):
    log_in_as(client, "organisation_member")

    page = client.get(reverse("partybranch:glance"), {"year": 2023}).content.decode()

    assert reverse("reports:paper_create", args=["partybranch.year"]) in page
    assert 'name="key" value="2023"' in page
