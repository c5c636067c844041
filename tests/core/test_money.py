"""Amounts in capitals, as typed and as shown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hebi_charity.core.money import AmountError, amount_in_words, format_wan, format_yuan, parse_amount

WORDS = {
    "1409.50": "壹仟肆佰零玖元伍角",
    "6007.14": "陆仟零柒元壹角肆分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "107000.53": "壹拾万柒仟元零伍角叁分",
    "518000000": "伍亿壹仟捌佰万元整",
    "38169900": "叁仟捌佰壹拾陆万玖仟玖佰元整",
    "100000001": "壹亿零壹元整",
    "100001000": "壹亿零壹仟元整",
    "9800005000": "玖拾捌亿零伍仟元整",
    "100010000": "壹亿零壹万元整",
    "0.05": "伍分",
    "0.50": "伍角",
    "0.55": "伍角伍分",
    "0": "零元整",
    "0.00": "零元整",
    "10": "壹拾元整",
    "10.05": "壹拾元零伍分",
    "10.50": "壹拾元零伍角",
    "110000": "壹拾壹万元整",
    "1000000000000": "壹万亿元整",
    "1000100000000": "壹万零壹亿元整",
    "1000000010000": "壹万亿零壹万元整",
    "99999999999999.99": "玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
}


@pytest.mark.parametrize(("amount", "words"), WORDS.items())
def test_amount_in_words_when_exact(amount, words):
    assert amount_in_words(Decimal(amount)) == words


def test_amount_in_words_takes_trailing_zeros_and_whole_numbers():
    assert amount_in_words(Decimal("7.100000")) == "柒元壹角"
    assert amount_in_words(325) == "叁佰贰拾伍元整"


@pytest.mark.parametrize(
    "amount",
    [
        1.0,
        True,
        "1",
        None,
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal("-Infinity"),
        Decimal("-0.01"),
        -1,
        Decimal("0.001"),
        Decimal("1.005"),
        Decimal("1E-40"),
        Decimal(10) ** 14,
        Decimal("1E+80"),
    ],
)
def test_amount_in_words_refuses(amount):
    with pytest.raises(ValueError, match="an amount"):
        amount_in_words(amount)


def read_integer(words):
    """Read capitals by looking for the largest unit: another way than the one that writes them."""
    for unit, size in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        before, found, after = words.rpartition(unit)
        if found:
            return read_integer(before) * size + read_integer(after)
    return int("".join(str("零壹贰叁肆伍陆柒捌玖".index(word)) for word in words) or "0")


def read_amount(words):
    fen = 0
    yuan, found, rest = words.rpartition("元")
    rest = rest.removesuffix("整") if found else words
    for unit, size in (("角", 10), ("分", 1)):
        before, has, after = rest.partition(unit)
        if has:
            fen += read_integer(before) * size
            rest = after
    assert rest == ""
    return Decimal(read_integer(yuan)) + Decimal(fen) / 100


@given(st.integers(0, 10**16 - 1) | st.builds(lambda a, b: a * 10**b, st.integers(0, 99), st.integers(0, 14)))
def test_amount_in_words_says_the_amount(fen):
    amount = Decimal(fen) / 100
    words = amount_in_words(amount)
    assert read_amount(words) == amount
    assert "零零" not in words
    assert not words.startswith("零") or words == "零元整"
    assert words.endswith("整") == words.endswith("元整")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("100", "100.00"),
        (" 1,234.5 ", "1234.50"),
        ("￥３００", "300.00"),
        ("¥300元", "300.00"),
        ("人民币300元整", "300.00"),
        ("12。5", "12.50"),
        ("１，０００．０１", "1000.01"),
        ("0", "0.00"),
        ("007", "7.00"),
        ("1.500", "1.50"),
        ("99999999999999.99", "99999999999999.99"),
        ("壹佰元整", "100.00"),
        ("人民币壹佰元", "100.00"),
        ("一百", "100.00"),
        ("一百元正", "100.00"),
        ("两百块", "200.00"),
        ("一百十五", "115.00"),
        ("十", "10.00"),
        ("一百零二元", "102.00"),
        ("一万零五百", "10500.00"),
        ("一万五百", "10500.00"),
        ("贰拾万零伍仟元", "205000.00"),
        ("一千二百三十四元五角六分", "1234.56"),
        ("壹拾元零伍分", "10.05"),
        ("壹拾元伍角", "10.50"),
        ("五毛", "0.50"),
        ("三億贰仟萬元整", "320000000.00"),
        ("九十九万九千九百九十九亿九千九百九十九万九千九百九十九元九角九分", "99999999999999.99"),
        ("零元整", "0.00"),
        ("3万", "30000.00"),
        ("3万元", "30000.00"),
        ("１.５万元整", "15000.00"),
        ("1.234567万", "12345.67"),
        ("1,200万", "12000000.00"),
        ("2百万", "2000000.00"),
        ("5百", "500.00"),
        ("0.5亿", "50000000.00"),
    ],
)
def test_parse_amount_reads(text, amount):
    parsed = parse_amount(text)
    assert str(parsed) == amount


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "请用数字填写金额，例如 100 或 100.50。"),
        ("　", "请用数字填写金额，例如 100 或 100.50。"),
        ("一百二", "金额“一百二”无法确定是多少。请改为数字，例如 100。"),
        ("三万五", "金额“三万五”无法确定是多少。请改为数字，例如 100。"),
        ("3万5", "金额“3万5”无法确定是多少。请改为数字，例如 100。"),
        ("一二三", "金额“一二三”无法确定是多少。请改为数字，例如 100。"),
        ("十百", "金额“十百”无法确定是多少。请改为数字，例如 100。"),
        ("元", "金额“元”无法确定是多少。请改为数字，例如 100。"),
        ("万", "金额“万”无法确定是多少。请改为数字，例如 100。"),
        ("一百元五", "金额“一百元五”无法确定是多少。请改为数字，例如 100。"),
        ("一百来块", "金额“一百来块”无法确定是多少。请改为数字，例如 100。"),
        ("1.2345678万", "金额“1.2345678万”的小数超过两位。请精确到分。"),
        ("1000000亿", "金额“1000000亿”过大。请核对数字。"),
        ("一百万亿", "金额“一百万亿”无法确定是多少。请改为数字，例如 100。"),
        ("-5", "金额“-5”是负数。请填写不带负号的金额。"),
        ("1,23", "金额“1,23”无法确定是多少。请改为数字，例如 100。"),
        ("1.005", "金额“1.005”的小数超过两位。请精确到分。"),
        ("100000000000000", "金额“100000000000000”过大。请核对数字。"),
        ("1e5", "金额“1e5”无法确定是多少。请改为数字，例如 100。"),
        ("NaN", "金额“NaN”无法确定是多少。请改为数字，例如 100。"),
        ("٣", "金额“٣”无法确定是多少。请改为数字，例如 100。"),
    ],
)
def test_parse_amount_refuses_with_a_sentence(text, sentence):
    with pytest.raises(AmountError) as refused:
        parse_amount(text)
    assert refused.value.sentence == sentence


@given(st.integers(0, 10**16 - 1))
def test_parse_amount_reads_what_format_yuan_writes(fen):
    amount = Decimal(fen) / 100
    assert parse_amount(format_yuan(amount)) == amount


@given(st.integers(0, 10**16 - 1))
def test_parse_amount_reads_its_own_capitals(fen):
    amount = Decimal(fen) / 100
    assert parse_amount(amount_in_words(amount)) == amount


def test_format_yuan_groups_and_has_two_decimals():
    assert format_yuan(Decimal("1234567.5")) == "1,234,567.50"
    assert format_yuan(Decimal("-3")) == "-3.00"
    assert format_yuan(None) == ""


def test_format_wan_rounds_the_sum():
    assert format_wan(Decimal("38169900")) == "3,816.99"
    assert format_wan(Decimal("518000000")) == "51,800.00"
    assert format_wan(Decimal("50")) == "0.01"
    assert format_wan(None) == ""
