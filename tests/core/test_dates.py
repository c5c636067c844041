"""Days as people type them, and their months."""

from datetime import UTC, date, datetime

import pytest

from hebi_charity.core import dates
from hebi_charity.core.dates import DayError, parse_day

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20260301", date(2026, 3, 1)),
        ("2026-03-01", date(2026, 3, 1)),
        ("2026/3/1", date(2026, 3, 1)),
        ("2026.3.1", date(2026, 3, 1)),
        ("2026年3月1日", date(2026, 3, 1)),
        ("２０２６年３月１日", date(2026, 3, 1)),
        ("2026 年 3 月 1 日", date(2026, 3, 1)),
        ("3.1", date(2026, 3, 1)),
        ("3。1", date(2026, 3, 1)),
        ("3-1", date(2026, 3, 1)),
        ("0301", date(2026, 3, 1)),
        ("3/1", date(2026, 3, 1)),
        ("3月1日", date(2026, 3, 1)),
        ("3月1号", date(2026, 3, 1)),
        ("2026年3月1号 8:30", date(2026, 3, 1)),
        ("2026、3、1", date(2026, 3, 1)),
        ("2026.3.1.", date(2026, 3, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        (" 今天 ", TODAY),
        ("昨天", date(2026, 11, 23)),
        ("前天", date(2026, 11, 22)),
        ("2026-03-01 08:30", date(2026, 3, 1)),
        ("2026-03-01T08:30:00.000", date(2026, 3, 1)),
        ("2026年3月1日 8:30:00", date(2026, 3, 1)),
    ],
)
def test_parse_day_reads(text, day):
    assert parse_day(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "“”不是日期。请写成 2026-03-01、20260301、3.1 或 今天。"),
        ("下周", "“下周”不是日期。请写成 2026-03-01、20260301、3.1 或 今天。"),
        ("26.3.1", "“26.3.1”不是日期。请写成 2026-03-01、20260301、3.1 或 今天。"),
        ("2026-02-30", "日历上没有“2026-02-30”这一天。请核对月和日。"),
        ("2026", "日历上没有“2026”这一天。请核对月和日。"),
        ("301", "“301”不是日期。请写成 2026-03-01、20260301、3.1 或 今天。"),
        ("20261301", "日历上没有“20261301”这一天。请核对月和日。"),
        ("1985.7", "“1985.7”缺少哪一日。请写完整，例如 1985-07-01。"),
        ("1985年7月", "“1985年7月”缺少哪一日。请写完整，例如 1985-07-01。"),
        ("198507", "“198507”缺少哪一日。请写完整，例如 1985-07-01。"),
        ("0206-03-01", "年份 206 有误。请核对日期。"),
    ],
)
def test_parse_day_refuses_with_a_sentence(text, sentence):
    with pytest.raises(DayError) as refused:
        parse_day(text, today=TODAY)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    "text",
    [
        "1985.7",
        "1985年7月",
        "1985-07",
        "1985/7",
        "198507",
        "１９８５．７",
        "1985 年 7 月",
        "1985。7",
        "1985、07",
        "1985年7月份",
    ],
)
def test_parse_month_gives_the_first_day(text):
    assert dates.parse_month(text) == date(1985, 7, 1)


@pytest.mark.parametrize("text", ["", "1985", "1985.13", "1985.0", "19857", "1785.7", "85.7", "1985.7.1", "七月"])
def test_parse_month_gives_nothing_for_anything_else(text):
    assert dates.parse_month(text) is None


def test_day_of_is_the_day_in_shanghai():
    assert dates.day_of(datetime(2026, 8, 31, 16, 0, tzinfo=UTC)) == date(2026, 9, 1)
    assert dates.day_of(datetime(2026, 8, 31, 15, 59, tzinfo=UTC)) == date(2026, 8, 31)
    with pytest.raises(ValueError, match="time zone"):
        dates.day_of(datetime(2026, 8, 31))


def test_day_bounds_are_moments_in_utc():
    assert dates.day_bounds(date(2026, 9, 1)) == (
        datetime(2026, 8, 31, 16, 0, tzinfo=UTC),
        datetime(2026, 9, 1, 16, 0, tzinfo=UTC),
    )


def test_months_over_the_turn_of_the_year():
    assert dates.month_start(date(2026, 12, 31)) == date(2026, 12, 1)
    assert dates.next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert dates.previous_month(date(2026, 1, 31)) == date(2025, 12, 1)
    assert dates.month_end(date(2024, 2, 1)) == date(2024, 2, 29)
    assert dates.month_end(date(2026, 12, 1)) == date(2026, 12, 31)


def test_day_is_shown_short_and_in_full():
    assert dates.format_day(date(2026, 3, 1)) == "2026-03-01"
    assert dates.format_day_in_full(date(2026, 3, 1)) == "2026年3月1日"
    assert dates.format_day(None) == dates.format_day_in_full(None) == ""
