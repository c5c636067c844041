"""Pinyin typed without blanks is read in syllables."""

import pytest

from hebi_charity.core.spelling import spellings


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wangdeming", ["wang de ming"]),
        ("wang deming", ["wang de ming"]),
        ("wangdem", ["wang de m"]),
        ("wang", []),
        ("xian", ["xi an"]),
        ("lvbu", ["lv bu"]),
        ("kb", []),
        ("wdm", []),
        ("company", []),
        ("", []),
        ("a" * 41, []),
    ],
)
def test_letters_are_parted_into_syllables(typed, read):
    found = spellings(typed)

    assert set(read) <= set(found)
    assert bool(found) is bool(read)
    assert len(found) <= 8
