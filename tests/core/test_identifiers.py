"""Check digits and normal forms."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hebi_charity.core.identifiers import (
    birth_day,
    credit_check_character,
    is_bank_card,
    is_credit_code,
    is_phone,
    is_resident_id,
    normal_identifier,
    normal_phone,
    resident_check_digit,
)

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("text", ["360426199101010071", "11010519491231002X", "11010519491231002x"])
def test_resident_id_is_right(text):
    assert is_resident_id(text) is True


@pytest.mark.parametrize("sequence", range(11))
def test_resident_id_takes_one_check_digit_of_eleven(sequence):
    first = f"41062119600229{sequence:03d}"
    right = [check for check in "0123456789X" if is_resident_id(first + check)]
    assert right == [resident_check_digit(first)]


def test_resident_id_reaches_every_check_digit():
    assert {resident_check_digit(f"41062119600229{n:03d}") for n in range(100)} == set("0123456789X")


@pytest.mark.parametrize(
    "first",
    ["81000019900101001", "83000019900101001", "41052419500101001", "41212419300101001", "99999919900101001"],
)
def test_resident_id_is_never_refused_for_its_division(first):
    assert is_resident_id(first + resident_check_digit(first))


@pytest.mark.parametrize(
    "first",
    ["41062119900230001", "41062119901301001", "41062119900100001", "41062199990101001", "41062117990101001"],
)
def test_resident_id_needs_a_real_day_of_birth(first):
    assert is_resident_id(first + resident_check_digit(first)) is False


@pytest.mark.parametrize(
    "text",
    [
        "",
        "360426199101010072",
        "36042619910101007",
        "3604261991010100711",
        "３６０４２６１９９１０１０１００７１",
        None,
        36,
    ],
)
def test_resident_id_refuses(text):
    assert is_resident_id(text) is False


def test_birth_day_comes_out_of_the_id():
    assert birth_day("360426199101010071") == date(1991, 1, 1)
    with pytest.raises(ValueError, match="not a resident ID"):
        birth_day("360426199101010072")


def test_credit_code_is_right():
    assert is_credit_code("91110000600037341L") is True
    assert is_credit_code("91110000600037341M") is False


@given(st.text(CREDIT_ALPHABET, min_size=9, max_size=9))
def test_credit_code_takes_one_check_character_of_31(body):
    first = f"51410600{body}"
    right = [check for check in CREDIT_ALPHABET if is_credit_code(first + check)]
    assert right == [credit_check_character(first)]


def test_credit_code_of_a_village_collective_begins_with_a_letter():
    first = "N2410621MF0123456"
    assert is_credit_code(first + credit_check_character(first))


@pytest.mark.parametrize(
    "text", ["", "91110000600037341l", "9111000060003734IL", "91110000600037341", "9111OOOO600037341L", None]
)
def test_credit_code_refuses(text):
    assert is_credit_code(text) is False


def test_bank_card_follows_luhn():
    assert is_bank_card("6222021001116245702") is True
    assert is_bank_card("6222021001116245703") is False
    assert is_bank_card("4111111111111111") is True
    assert is_bank_card("411111111111111") is False
    assert is_bank_card("0") is False


@pytest.mark.parametrize("text", ["13812345678", "19912345678", "0392-3312345", "03923312345", "010-62345678"])
def test_phone_is_right(text):
    assert is_phone(text) is True


@pytest.mark.parametrize("text", ["12812345678", "1381234567", "138123456789", "3312345", "0392-331234", "", "１38"])
def test_phone_refuses(text):
    assert is_phone(text) is False


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("1381234 5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("(0392)3312345", "0392-3312345"),
        ("0392—3312345", "0392-3312345"),
        ("010 62345678", "010-62345678"),
        ("3312345", "3312345"),
    ],
)
def test_normal_phone_is_one_form(typed, normal):
    assert normal_phone(typed) == normal


def test_normal_identifier_is_one_form():
    assert normal_identifier(" 410621 19900101\u200b001x\t") == "41062119900101001X"
    assert normal_identifier("４１０６\u00a0２１－x") == "410621X"
