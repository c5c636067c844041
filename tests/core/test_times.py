"""Times of day as people type and say them."""

from datetime import time

import pytest

from hebi_charity.core.times import TimeError, parse_time

UNREAD = "“%s”看不出是几点。请写成 09:00、1530、下午3点 或 上午9点半。"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("09:00", time(9, 0)),
        ("9:00", time(9, 0)),
        ("9：30", time(9, 30)),
        ("15：00", time(15, 0)),
        ("１５：００", time(15, 0)),
        ("15:00:00", time(15, 0)),
        ("1500", time(15, 0)),
        ("0900", time(9, 0)),
        ("930", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9。30", time(9, 30)),
        ("15", time(15, 0)),
        ("9", time(9, 0)),
        ("15点", time(15, 0)),
        ("15點", time(15, 0)),
        ("15时30分", time(15, 30)),
        ("15点30分", time(15, 30)),
        ("15 点 30", time(15, 30)),
        ("9点5分", time(9, 5)),
        ("9点05", time(9, 5)),
        ("9点半", time(9, 30)),
        ("九点", time(9, 0)),
        ("十点一刻", time(10, 15)),
        ("十二点三刻", time(12, 45)),
        ("二十点四十五分", time(20, 45)),
        ("十五点零五分", time(15, 5)),
        ("十五点〇五", time(15, 5)),
        ("上午9:00", time(9, 0)),
        ("上午九点钟", time(9, 0)),
        ("早上8点", time(8, 0)),
        ("中午12点", time(12, 0)),
        ("中午一点", time(13, 0)),
        ("下午三点", time(15, 0)),
        ("下午3点半", time(15, 30)),
        ("下午3:15", time(15, 15)),
        ("下午3", time(15, 0)),
        ("下午两点半", time(14, 30)),
        ("下午15点", time(15, 0)),
        ("晚上7点", time(19, 0)),
        ("凌晨3点", time(3, 0)),
        ("3pm", time(15, 0)),
        ("3:30 PM", time(15, 30)),
        ("9 a.m.", time(9, 0)),
        ("12am", time(0, 0)),
        ("03:00", time(3, 0)),
        ("0300", time(3, 0)),
        ("0:30", time(0, 30)),
        ("零点", time(0, 0)),
        ("下午3点左右", time(15, 0)),
        ("9点整", time(9, 0)),
    ],
)
def test_time_is_read(text, read):
    assert parse_time(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "一会儿",
        "上午",
        "9:5",
        "24:00",
        "9:60",
        "25点",
        "上午15点",
        "晚上12点",
        "下午9点",
        "上午9点下午3点",
        "9:00-11:00",
        "15000",
        "十十点",
        "三五点",
        "点",
        "二十十点",
        "一二十点",
        "九点六十分",
    ],
)
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(TimeError) as refused:
        parse_time(text)
    assert refused.value.sentence == UNREAD % text.strip()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("3点", "“3点”是下午还是凌晨？请写成 15:00 或 03:00。"),
        ("三点半", "“三点半”是下午还是凌晨？请写成 15:30 或 03:30。"),
        ("2:30", "“2:30”是下午还是凌晨？请写成 14:30 或 02:30。"),
        ("230", "“230”是下午还是凌晨？请写成 14:30 或 02:30。"),
    ],
)
def test_hour_that_may_be_two_is_asked_about(text, sentence):
    with pytest.raises(TimeError) as refused:
        parse_time(text)
    assert refused.value.sentence == sentence
