"""Names in a line of a pasted text: where each begins and ends, and whom of a list it may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hebi_charity.core.names import name_key, sort_key
from hebi_charity.core.surnames import COMMON_SURNAMES, COMPOUND_SURNAMES
from partybranch.models import Attendance

SIGNS = re.compile(r"[^\w\s]+")
# Who does not come says so before anything else is read: "不能线上参加" is no attendance on line.
LEAVE = re.compile(
    r"请\s*假|不\s*(?:能|来|去|参加|到|方便)(?:\s*(?:参加|参会|到会|出席|来|去))?|来不了|去不了|参加不了|到不了|无法|没法"
)
ABSENT = re.compile(r"缺席|旷会|未到|没来|没到")
ONLINE = re.compile(r"线上|在线|网上|网络|云端|视频|腾讯会议|微信参")
WAYS_SAID = re.compile("|".join(f"(?:{one.pattern})" for one in (LEAVE, ABSENT, ONLINE)))
# What may follow a name without a blank.
_GOES_ON = "请线在网云视腾微因由有要需不无没来到去参能可已准现收住出看生病缺旷未同志"
_AND = "和与及跟"
_HAN = "\u3400-\u9fff"
_WORD = re.compile(r"[^\s、,;/+。.:()\[\]【】]+")
_MAYBE_NAME = re.compile(rf"[{_HAN}]{{2,4}}(?:·[{_HAN}]{{1,6}})?\Z")


def parts_of(said: str, rows: Sequence[Attendance]) -> tuple[str, list[str]]:
    """What stands before the first name of a line, and each name with the words up to the next one.

    A name is one of the list, one that sounds like it, or what looks like a name where no way of coming was said yet.
    """
    # Words of each part, the ones before the first name in front; whether the last part said a way of coming.
    parts, says_way, end = [[]], False, 0
    for start, stop in [*_known(said, rows), (len(said), len(said))]:
        for word in _WORD.findall(said[end:start]):
            if _begins_part(word, says_way, rows):
                parts.append([word])
                says_way = False
            else:
                parts[-1].append(word)
                says_way = says_way or (len(parts) > 1 and bool(WAYS_SAID.search(f"{parts[-1][-2]} {word}")))
        if start < stop:
            parts.append([said[start:stop]])
            says_way = False
        end = stop
    before, *found = (" ".join(words) for words in parts)
    return before, [re.sub(rf"\s+[{_AND}]\Z", "", part) for part in found]


def _known(said: str, rows: Sequence[Attendance]) -> list[tuple[int, int]]:
    """Where names of the list stand by themselves: not in 老张三, 张三丰 or 代张三."""
    names = sorted({row.person.name_key for row in rows}, key=lambda name: (-len(name), name))
    if not names:
        return []
    found: list[tuple[int, int]] = []
    starts = {match.start(): match.end() for match in re.finditer("|".join(map(_spaced, names)), said, re.IGNORECASE)}
    for start, stop in starts.items():
        ahead = said[stop : stop + 1]
        begins = start == 0 or not _is_han(said[start - 1]) or any(_joins(said[last:start]) for _, last in found[-1:])
        if begins and (not _is_han(ahead) or ahead in _GOES_ON + _AND or stop in starts):
            found.append((start, stop))
    return found


def _joins(between: str) -> bool:
    return between == "" or between.strip() in tuple(_AND)


def _is_han(char: str) -> bool:
    return bool(re.match(f"[{_HAN}]", char))


def _begins_part(word: str, says_way: bool, rows: Sequence[Attendance]) -> bool:
    """Whether a word may be a name by itself; after somebody's way of coming was said it is a word of that."""
    if not _MAYBE_NAME.match(word) or word[0] in _GOES_ON or WAYS_SAID.search(word):
        return False
    if _sounding(word, rows):
        return True
    has_surname = word[0] in COMMON_SURNAMES or word[:2] in COMPOUND_SURNAMES
    return has_surname and not says_way


def named(said: str, rows: Sequence[Attendance]) -> tuple[tuple[Attendance, ...], str]:
    """Rows whose names stand in the words, and the rest; else those that sound like the first word.

    Of a name within a longer one only the longer counts.
    """
    key = name_key(SIGNS.sub(" ", said))
    names = {row.person.name_key for row in rows if row.person.name_key in key}
    names = {name for name in names if not any(name != other and name in other for other in names)}
    if names:
        rest = said
        for name in names:
            rest = re.sub(_spaced(name), " ", rest, count=1, flags=re.IGNORECASE)
        return tuple(row for row in rows if row.person.name_key in names), rest
    first, _blank, rest = SIGNS.sub(" ", said).strip().partition(" ")
    alike = _sounding(first, rows) if first else ()
    return alike, rest if alike else said


def _sounding(word: str, rows: Sequence[Attendance]) -> tuple[Attendance, ...]:
    sound = sort_key(word)
    return tuple(row for row in rows if row.person.sort_key == sound)


def is_plain(said: str, name: str) -> bool:
    """Whether the name begins the words and ends there: 王五一 is not 王五, 王五请假 is."""
    before, there, after = name_key(SIGNS.sub(" ", said)).partition(name)
    return bool(there) and not before and (not after or after[0] in _GOES_ON or not _is_han(after[0]))


def _spaced(name: str) -> str:
    """The name however it is spaced."""
    return r"\s*".join(map(re.escape, name))
