"""Amounts as people say them: 一百, 壹佰元伍角, 1.5万. Only what has one meaning is read."""

from __future__ import annotations

import re

# What people write -> the capitals the amount is compared in.
_SAME = str.maketrans(
    "一二两貳三參四五六陸七八九〇○十百千萬億圆圓块毛正", "壹贰贰贰叁叁肆伍陆陆柒捌玖零零拾佰仟万亿元元元角整"
)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
_WORDS = re.compile(rf"(?:([{_DIGITS}拾佰仟万亿]+)元)?(?:([{_DIGITS[1:]}])角)?(?:零?([{_DIGITS[1:]}])分)?\Z")
_SCALED = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?(十|百|千)?(万|亿)?\Z", re.ASCII)
_PLACES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


def scaled_figures(text: str) -> tuple[str, str] | None:
    """Figures with a unit, as digits before and after the point: 1.5万 -> ("15000", ""). None for anything else."""
    found = _SCALED.match(text.replace("萬", "万").replace("億", "亿"))
    if not found or not (found[3] or found[4]):
        return None
    places = sum(_PLACES[unit] for unit in (found[3], found[4]) if unit)
    decimals = found[2] or ""
    return found[1].replace(",", "") + decimals[:places].ljust(places, "0"), decimals[places:]


def in_capitals(text: str) -> str:
    """Words in the one way they are compared: 一百一十五 and 一百十五 are both 壹佰壹拾伍."""
    same = text.translate(_SAME).removesuffix("整")
    same = re.sub(rf"(?<![{_DIGITS[1:]}])拾", "壹拾", same)
    # 零 may stand or be left out where a unit says the place anyhow; elsewhere it decides: 一百二 is not 一百零二.
    same = re.sub(rf"零(?=[{_DIGITS[1:]}][拾佰仟])", "", same)
    return re.sub(r"元零(?=.角)", "元", same)


def fen_of(text: str) -> int | None:
    """The fen that words say, perhaps misread: the caller compares with the capitals of that amount. None: no words."""
    same = in_capitals(text)
    if same and not set(same) & set("元角分"):
        same += "元"
    found = _WORDS.match(same)
    if not same or not found:
        return None
    jiao, fen = (_DIGITS.index(digit) if digit else 0 for digit in (found[2], found[3]))
    return _whole(found[1] or "") * 100 + jiao * 10 + fen


def _whole(words: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        before, has, after = words.rpartition(unit)
        if has:
            return _whole(before) * size + _whole(after)
    total, digit = 0, 0
    for word in words:
        if word in _UNITS:
            total, digit = total + digit * _UNITS[word], 0
        else:
            digit = _DIGITS.index(word)
    return total + digit
