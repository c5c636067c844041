from datetime import date
from decimal import Decimal

import pytest

from hebi_charity.reports.facts import Compared, DoesNotFoot, Line, Table, change, plain, share
from tests.reports.factories import compared, gift_month, monthly_facts, table


def test_change_of_the_articles_campaigns():
    assert change(Decimal("77536700.00"), Decimal("38169900.00")) == Decimal("103.14")
    assert change(554_300, 410_500) == Decimal("35.03")


@pytest.mark.parametrize("base", [None, Decimal(0), Decimal(-5)])
def test_change_is_none_without_a_positive_base(base):
    assert change(Decimal("100.00"), base) is None


def test_change_rounds_half_up_once():
    assert change(Decimal("1000.05"), Decimal("1000.00")) == Decimal("0.01")


def test_share_of_nothing_is_none():
    assert share(Decimal(0), Decimal(0)) is None
    assert share(Decimal(1), Decimal(3)) == Decimal("33.33")


def test_sum_of_compared_is_unknown_where_one_part_is():
    one = Compared(Decimal(1), Decimal(2), None, Decimal(4))

    assert one + one == Compared(Decimal(2), Decimal(4), None, Decimal(8))


def test_table_that_does_not_foot_is_refused():
    line = Line("现金", compared("100.00", "50.00", "0.00"))

    with pytest.raises(DoesNotFoot):
        Table((line,), compared("100.01", "50.00", "0.00"))


def test_table_that_foots_in_this_month_but_not_in_the_year_is_refused():
    line = Line("现金", compared("100.00", so_far="500.00"))

    with pytest.raises(DoesNotFoot):
        Table((line,), compared("100.00", so_far="400.00"))


def test_empty_table_has_no_total():
    assert Table((), compared("0.00", "0.00", "0.00")).lines == ()
    with pytest.raises(DoesNotFoot):
        Table((), compared("1.00"))


def test_gift_month_whose_funds_differ_from_the_money_is_refused():
    with pytest.raises(DoesNotFoot, match="funds"):
        gift_month(by_fund=table(Line("非限定资金", compared("1.00", "1235000.00", "21769900.00", "44524350.55"))))


def test_campaigns_of_different_length_are_compared_by_the_day():
    (campaign,) = gift_month().campaigns

    assert campaign.raised.amount == Decimal("77536700.00")
    assert campaign.raised.person_times == 554_300
    assert campaign.amount_change == Decimal("103.14")
    assert campaign.person_times_change == Decimal("35.03")
    assert campaign.per_day_change == Decimal("1.57")


def test_first_page_says_four_figures_and_three_sentences():
    facts = monthly_facts()

    assert [headline.label for headline in facts.headlines()] == ["捐赠收入", "捐赠人次", "捐赠笔数", "收款合计"]
    first, *others = facts.sentences()
    assert first == (
        "2022年9月捐赠收入3,463.67万元，共1,227笔、16,360人次，环比+2,835.31%，同比+63.61%。"
        "另有其他收入30.00万元，收款合计3,493.67万元。"
    )
    assert others == [
        "捐赠收入最多的渠道是“网络平台”，3,220.00万元，占92.96%；捐赠收入中有3.00万元系以前期间收到、本期入账。",
        "收款合计中限定用途的资金3,400.00万元，占97.32%；本年累计捐赠收入4,201.24万元、560,112人次。",
    ]
    assert facts.decisions() == [
        "待到账2笔，共250,000.00元，请明确催收责任人。",
        "尚有4笔已登记、待复核，共3,600.00元，请督促复核。",
        "“2022年乡村振兴河南专场暨‘99公益日’”尚有募集款46,536,700.00元未到账，请与平台办理结算。",
    ]


def test_plain_facts_are_text_and_whole_numbers():
    stored = plain(monthly_facts())

    assert stored["month"] == "2022-09-01"
    assert stored["is_closed"] is True
    assert stored["sections"][0]["gift_income"] == {
        "this_month": "34636700.00",
        "last_month": "1180000.00",
        "last_year": "21169900.00",
        "year_to_date": "42012350.55",
    }


def test_float_has_no_place_in_facts():
    with pytest.raises(TypeError, match="float"):
        plain({"amount": 0.1})


def test_days_of_the_month_stand_in_two_halves():
    rows = gift_month().day_rows()

    assert rows[0][0].on == date(2022, 9, 1)
    assert rows[0][1].on == date(2022, 9, 16)
    assert len(rows) == 13
