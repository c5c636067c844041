"""Times of day, read as people type and say them: 1500, 15点30分, 下午三点半."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

from django.utils.translation import gettext as _

_DIGITS = "零一二三四五六七八九十"
_SAME = str.maketrans("〇两點時兩", "零二点时二")
_NUMBER = rf"\d{{1,2}}|[{_DIGITS}]{{1,3}}"
# The hours each part of the day may mean.
_PARTS = {
    "凌晨": range(6),
    "am": range(12),
    **dict.fromkeys(("清晨", "早晨", "早上", "早"), range(4, 11)),
    "上午": range(5, 13),
    "中午": range(10, 15),
    "下午": range(12, 20),
    "傍晚": range(16, 21),
    **dict.fromkeys(("晚上", "晚"), range(17, 24)),
    "pm": range(12, 24),
}
_PART = re.compile(f"({'|'.join(_PARTS)})")
_FIGURES = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?::00)?)?\Z")
_COMPACT = re.compile(r"(\d{1,2})(\d{2})\Z")
_WORDS = re.compile(rf"({_NUMBER})[点时](?:钟|(半)|([一三])刻|(\d{{2}}|[{_DIGITS}]{{2,3}})|({_NUMBER})分)?\Z")
_LAST_HOUR, _LAST_EARLY = 23, 6


class TimeError(ValueError):
    """What was typed is no time of day; `sentence` says what is wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def parse_time(text: str) -> time:
    """Read a time of day: 09:00, 9:30, 0900, 15：00, 15.30, 15点, 15点30分, 九点半, 下午3点, 上午9:00, 3pm.

    An hour from one to six without a part of the day, and not written like 03:00, may be the early or the late one
    and is asked about. Raises TimeError (a ValueError) with a sentence.
    """
    cleaned = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower().translate(_SAME)
    cleaned = re.sub(r"(?:左右|整|正|许)\Z", "", cleaned.replace("。", ".")).replace(".m.", "m")
    parts = _PART.findall(cleaned)
    found = _figures(_PART.sub("", cleaned, count=1)) if len(parts) < 2 else None
    if found is None or found[0] > _LAST_HOUR or found[1] > 59:
        raise _unread(text)
    hour, minute = found
    if parts:
        hours = {hour, hour + 12, 0 if hour == 12 else hour} & set(_PARTS[parts[0]])
        if not hours:
            raise _unread(text)
        return time(hours.pop(), minute)
    if 0 < hour <= _LAST_EARLY and not cleaned.startswith("0"):
        late, early = (f"{time(each, minute):%H:%M}" for each in (hour + 12, hour))
        raise TimeError(
            _("“%(text)s”: in the afternoon or before dawn? Please write %(late)s or %(early)s.")
            % {"text": text.strip()[:30], "late": late, "early": early}
        )
    return time(hour, minute)


def _unread(text: str) -> TimeError:
    return TimeError(
        _("“%(text)s” is not a time. Please write it like 09:00, 1530, 下午3点 or 上午9点半.")
        % {"text": text.strip()[:30]}
    )


def _figures(text: str) -> tuple[int, int] | None:
    """Hour and minute as they were written, whatever their size; None for anything else."""
    if found := _FIGURES.match(text) or _COMPACT.match(text):
        return int(found[1]), int(found[2] or 0)
    if not (found := _WORDS.match(text)):
        return None
    hour, half, quarters, bare, minutes = found.groups()
    minute = 30 if half else 15 * _number(quarters) if quarters else _number(bare or minutes or "0")
    return _number(hour), minute


def _number(word: str) -> int:
    """12, 十二, 二十三, 零五. What is no number below a hundred is larger than any of them."""
    if word.isdecimal():
        return int(word)
    tens, has_tens, ones = word.rpartition("十")
    if has_tens:
        return 10 * _digit(tens or "一") + _digit(ones or "零")
    return _digit(word if word == "零" else word.removeprefix("零"))


def _digit(word: str) -> int:
    return _DIGITS.index(word) if len(word) == 1 and word in _DIGITS[:10] else 100
