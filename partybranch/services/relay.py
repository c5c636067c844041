"""接龙: the text that a WeChat group writes by itself, line by line, understood as names and how they attend.

Only understood: nothing is kept here. What is not sure is left to a person to choose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from hebi_charity.core.names import name_key, sort_key
from partybranch.models import Attendance

Status = Attendance.Status
MOST_LINES = 300
# "1. 张三", "2、李四", "③王五", "4) 赵六", "5 孙七": the number and whatever stands between it and the name.
_NUMBER = re.compile(r"\(?\d{1,3}(?!\d|\s*[月日年时点人]|:\d)\)?\s*(?:号|[.、,:)\-_·。]|\s)*")
_SIGNS = re.compile(r"[^\w\s]+")
_APART = " ,.;:!?、，。；：！？()（）[]【】-—_+~/\\|"
# Who does not come says so before anything else is read: "不能线上参加" is no attendance on line.
_LEAVE = re.compile(
    r"请\s*假|不\s*(?:能|来|去|参加|到|方便)(?:\s*(?:参加|参会|到会|出席|来|去))?|来不了|去不了|参加不了|到不了|无法|没法"
)
_ABSENT = re.compile(r"缺席|旷会|未到|没来|没到")
_ONLINE = re.compile(r"线上|在线|网上|网络|云端|视频|腾讯会议|微信参")
# What may follow a name without a blank.
_GOES_ON = "请线在网云视腾微因由有要需不无没来到去参能可已准现收住出看生病缺旷未同志"
_WORDS_OF_LEAVE = re.compile(r"请\s*假|因|因为|由于|需要?|要|原因")


@dataclass(frozen=True)
class Line:
    """One line as it was pasted, and what was understood of it.

    `rows` are the rows of the list it may mean: one when the name is plain, several for namesakes or for names that
    only sound alike, none when it is unknown. `is_sure` asks nobody.
    """

    text: str
    rows: tuple[Attendance, ...]
    status: str
    reason: str
    is_sure: bool


@dataclass(frozen=True)
class Relay:
    """What a pasted text says: lines that carry names, and lines that were left aside (title, date, an example)."""

    lines: tuple[Line, ...]
    aside: tuple[str, ...]


def understood(text: str, rows: Sequence[Attendance]) -> Relay:
    """Read a pasted text against the list of one event. Lines of a numbered text that have no number are titles."""
    plain = [unicodedata.normalize("NFKC", line).strip() for line in text.splitlines()][:MOST_LINES]
    plain = [line for line in plain if line]
    has_numbers = any(_NUMBER.match(line) for line in plain)
    lines, aside = [], []
    for line in plain:
        number = _NUMBER.match(line)
        if (has_numbers and not number) or re.match(r"#?接龙|例\s", line):
            aside.append(line)
        elif name_key(_SIGNS.sub("", said := line[number.end() if number else 0 :].strip(_APART))):
            lines.append(_line(line, said, rows))
    return Relay(tuple(lines), tuple(aside))


def _line(text: str, said: str, rows: Sequence[Attendance]) -> Line:
    found, rest = _named(said, rows)
    status, reason = _status(rest)
    is_sure = len(found) == 1 and _is_plain(said, found[0].person.name_key)
    return Line(text, found, status, reason, is_sure=is_sure)


def _is_plain(said: str, name: str) -> bool:
    """Whether the name begins the line and ends there: 王五一 is not 王五, 王五请假 is."""
    before, there, after = name_key(_SIGNS.sub(" ", said)).partition(name)
    return bool(there) and not before and (not after or after[0] in _GOES_ON or not "\u3400" <= after[0] <= "\u9fff")


def _named(said: str, rows: Sequence[Attendance]) -> tuple[tuple[Attendance, ...], str]:
    """Rows whose name stands in the line, the longest name first; else those that sound like its first word."""
    key = name_key(_SIGNS.sub(" ", said))
    names = sorted({row.person.name_key for row in rows if row.person.name_key in key}, key=len, reverse=True)
    if names:
        best = names[0]
        return tuple(row for row in rows if row.person.name_key == best), _without(said, best)
    first, _blank, rest = _SIGNS.sub(" ", said).strip().partition(" ")
    alike = tuple(row for row in rows if first and row.person.sort_key == sort_key(first))
    return alike, rest if alike else said


def _without(said: str, name: str) -> str:
    """What the line says beside the name, however it is spaced."""
    spaced = r"\s*".join(map(re.escape, name))
    return re.sub(spaced, " ", said, count=1, flags=re.IGNORECASE)


def _status(rest: str) -> tuple[str, str]:
    """How somebody attends, from the words beside the name, and the reason of a leave. A bare name comes."""
    words = _SIGNS.sub(" ", rest)
    if _LEAVE.search(words):
        reason = _LEAVE.sub(" ", _WORDS_OF_LEAVE.sub(" ", words))
        return Status.LEAVE, " ".join(reason.split()).strip(_APART)[:100]
    if _ABSENT.search(words):
        return Status.ABSENT, ""
    if _ONLINE.search(words):
        return Status.ONLINE, ""
    return Status.PRESENT, ""
