from decimal import Decimal

import pytest

from hebi_charity.reports.figures import count, in_words, percent, quoted, scaled, yuan
from hebi_charity.reports.templatetags.report_figures import capitals, negative


def test_yuan_has_two_decimals_and_a_dash_for_nothing():
    assert yuan(Decimal("77536700.00")) == "77,536,700.00"
    assert yuan(Decimal("0.00")) == "0.00"
    assert yuan(None) == "—"
    assert count(554_300) == "554,300"
    assert count(None) == "—"


def test_percent_with_and_without_sign():
    assert percent(Decimal("103.14"), signed=True) == "+103.14%"
    assert percent(Decimal("-2.50"), signed=True) == "-2.50%"
    assert percent(Decimal("0.00"), signed=True) == "0.00%"
    assert percent(Decimal("62.00")) == "62.00%"
    assert percent(None, signed=True) == "—"


@pytest.mark.parametrize(
    ("amount", "figure", "unit"),
    [
        ("77536700.00", "7,753.67", "万元"),
        ("12922783.33", "1,292.28", "万元"),
        ("99999999.99", "10,000.00", "万元"),
        ("518000000.00", "5.18", "亿元"),
        ("49.99", "0.00", "万元"),
    ],
)
def test_headline_is_rounded_once_from_yuan(amount, figure, unit):
    assert scaled(Decimal(amount)) == (figure, unit)


def test_small_sum_in_a_sentence_stays_in_yuan():
    assert in_words(Decimal("9999.99")) == "9,999.99元"
    assert in_words(Decimal("10000.00")) == "1.00万元"


def test_marks_within_a_name_become_the_inner_ones():
    assert quoted("2022年“99公益日”") == "“2022年‘99公益日’”"


def test_capitals_say_a_negative_sum_in_words():
    assert capitals(Decimal("1409.50")) == "人民币壹仟肆佰零玖元伍角"
    assert capitals(Decimal("-325.04")) == "人民币负叁佰贰拾伍元零肆分"


def test_what_is_taken_off_carries_its_sign():
    assert negative(Decimal("10.00")) == "-10.00"
    assert negative(Decimal("0.00")) == "0.00"
