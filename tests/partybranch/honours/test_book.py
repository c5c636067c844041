"""荣誉册: what stands in it and in which order, with which pictures; nothing more precise than it is known."""

import re
from datetime import date

import pytest

from hebi_charity.core.registry import PaperSubject
from hebi_charity.files import services as files
from partybranch.papers import honour_book
from partybranch.services import honours, registers
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_branch
from tests.partybranch.honours.factories import (
    UNKNOWN,
    a_citation,
    a_picture,
    a_press_report,
    a_ranking,
    an_honour,
    leader_words,
    some_thanks,
    the_day,
)
from tests.partybranch.papers.making import pages_of, printed, worked_off

pytestmark = pytest.mark.django_db
BOOK = "partybranch.honour_book"


@pytest.fixture
def shelf(db):
    """Something of everything: an honour with its picture, one without a date, one revoked, one withdrawn."""
    branch, by = a_branch("离退休干部党支部"), UserFactory()
    model = an_honour(title="示范支部", recipient_kind="branch", branch=branch, document_no="豫组〔2021〕15号")
    registers.add_scans(model, [a_picture(), a_picture("背面.jpg", "red"), a_picture("三.jpg", "blue")], by=by)
    a_citation(model)
    an_honour(title="优秀组织奖", when=UNKNOWN, grantor_note="等四家单位", period_label="书画主题活动")
    revoked = an_honour(title="被撤销的奖", when=the_day(2022, 5, 6))
    honours.revoke_honour(revoked, by=by, day=date(2023, 1, 1), reason="复审未通过")
    registers.withdraw_row(an_honour(title="登记错的奖"), by=by, reason="录入错误")
    a_ranking(rank=6, out_of=18), a_press_report(text="见报原文"), leader_words()
    registers.add_scans(some_thanks(), [a_picture("锦旗.jpg", "green")], by=by)
    return model


def test_book_has_cover_contents_an_honour_a_page_then_the_registers(shelf):
    pages = [re.sub(r"\s", "", page) for page in pages_of(printed(BOOK, None))]
    whole = "".join(pages)

    assert "荣誉册" in pages[0]
    assert "荣誉2项，排名1次，报道1篇" in pages[0]
    assert "目录" in pages[1]
    assert "示范支部" in pages[2]
    assert "2021年10月" in pages[2]
    assert "2021年10月1日" not in whole
    assert "豫组〔2021〕15号" in pages[2]
    assert "年度工作总结（2022年）" in pages[2]
    assert "省甲厅、省乙会等四家单位" in pages[4]
    assert "日期不详" in pages[4]
    assert [word for word in ("被撤销的奖", "登记错的奖") if word in whole] == []
    assert whole.index("第6名（共18家）") < whole.index("见报原文") < whole.index("做得好") < whole.index("受助家长")


def test_two_newest_scans_of_an_honour_are_printed(shelf):
    facts = honour_book.facts(PaperSubject())
    newest = [one.sha256 for one in files.attachments_of(shelf)][:0:-1]

    assert [picture.sha256 for picture in facts.honours[0].scans] == newest
    assert [len(row.pictures) for row in facts.thanks] == [1]
    assert facts.honours[1].scans == ()


def test_without_an_honour_the_progress_page_says_what_to_do(db):
    job = worked_off(BOOK, None)

    assert job.state == "failed"
    assert "还没有有效的荣誉。请先登记荣誉，再印荣誉册。" in job.error


@pytest.mark.parametrize("count", [1, 5])
def test_facts_ask_as_often_for_five_as_for_one(db, count, django_assert_num_queries):
    for number in range(count):
        honour = an_honour(title=f"荣誉{number}")
        registers.add_scans(
            honour, [a_picture(colour=["red", "blue", "green", "gold", "white"][number])], by=UserFactory()
        )
        a_citation(honour)
        a_press_report(title=f"报道{number}"), some_thanks(about=f"事{number}"), a_ranking(rank=number + 1)

    with django_assert_num_queries(11):
        honour_book.facts(PaperSubject())


def test_wall_offers_the_book(client, shelf):
    log_in_as(client, "organisation_member")

    assert "打印荣誉册" in client.get("/party/honours/").content.decode()
