"""What of personal data is shown."""

import pytest

from hebi_charity.core.masking import mask_card, mask_identifier, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("张", "*"),
        (" 张三 ", "张*"),
        ("阿依·古丽", "阿****"),
        ("", ""),
        (None, ""),
    ],
)
def test_mask_name_shows_the_surname(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812345678", "138****5678"),
        ("0392-3312345", "0392-***2345"),
        ("010-62345678", "010-****5678"),
        ("3312345", "*****45"),
        ("110", "***"),
        ("", ""),
        (None, ""),
    ],
)
def test_mask_phone_hides_the_middle(phone, masked):
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("identifier", "masked"),
    [
        ("41062119900101001X", "4106************1X"),
        ("410621900101001", "4106*********01"),
        ("E12345678", "*******78"),
        ("123", "***"),
        (None, ""),
    ],
)
def test_mask_identifier_hides_birth_day_and_serial(identifier, masked):
    assert mask_identifier(identifier) == masked


def test_mask_card_shows_the_last_four():
    assert mask_card("6228480012345678901") == "***************8901"
    assert mask_card("1234567") == "*******"
    assert mask_card("") == mask_card(None) == ""
