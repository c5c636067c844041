"""接龙: the text that a WeChat group writes by itself, line by line, understood as names and how they attend.

Only understood: nothing is kept here. What is not sure is left to a person to choose, and nothing that was pasted is
passed over in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from hebi_charity.core.names import name_key
from partybranch.models import Attendance
from partybranch.services import relay_names
from partybranch.services.relay_names import SIGNS, WAYS_SAID, parts_of

Status = Attendance.Status
# A form has a thousand fields at most: three for each name that was read, one for each name of the list, some more.
MOST_NAMES, _MOST_FIELDS = 200, 900
_MOST_WORDS = 100  # characters before the first name of a line that are said of all its names
# "1. 张三", "2、李四", "③王五", "4) 赵六", "5 孙七": the number and whatever stands between it and the name.
_NUMBER = re.compile(r"\(?\d{1,3}(?!\d|\s*[月日年时点人]|:\d)\)?\s*(?:号|[.、,:)\-_·。]|\s)*")
_APART = " ,.;:!?、，。；：！？()（）[]【】-—_+~/\\|"
_WORDS_OF_LEAVE = re.compile(r"请\s*假|因|因为|由于|需要?|要|原因")
# Who is named after such a word is spoken of, and may not be the one who comes.
_OF_ANOTHER = re.compile(r"(?:陪|代|替|帮|给|送|接|看望|照顾)\s*\Z")


@dataclass(frozen=True)
class Line:
    """One line as it was pasted, or one name of it, and what was understood.

    `rows` are the rows of the list it may mean: one when the name is plain, several for namesakes, for names that
    only sound alike or that stand together, none when it is unknown. `is_sure` asks nobody. `part` is the name with
    its words where the line has several.
    """

    text: str
    rows: tuple[Attendance, ...]
    status: str
    reason: str
    is_sure: bool
    part: str = ""

    def has_namesakes(self) -> bool:
        return len(self.rows) > 1 and len({row.person.name_key for row in self.rows}) == 1 and not self.is_by_sound

    @property
    def is_by_sound(self) -> bool:
        """Whether nobody of the list has this very name."""
        key = name_key(SIGNS.sub(" ", self.part or self.text))
        return bool(self.rows) and not any(row.person.name_key in key for row in self.rows)


@dataclass(frozen=True)
class Relay:
    """What a pasted text says: lines that carry names, and lines that were left aside (title, date, an example).

    `beyond` are the lines, or ends of lines, with more names than are read at once; they can be pasted as they are.
    """

    lines: tuple[Line, ...]
    aside: tuple[str, ...]
    beyond: tuple[str, ...] = ()


def understood(text: str, rows: Sequence[Attendance]) -> Relay:
    """Read a pasted text against the list of one event. Lines of a numbered text that have no number are titles.

    What names more than can be asked of in one form stands beyond: the work grows with the text, not faster.
    """
    plain = [" ".join(unicodedata.normalize("NFKC", line).split()) for line in text.splitlines()]
    plain = [line for line in plain if line]
    has_numbers = any(_NUMBER.match(line) for line in plain)
    lines, aside, beyond = [], [], []
    room = most_names(rows)
    for line in plain:
        number = _NUMBER.match(line)
        start = number.end() if number else 0
        said = line[start:].strip(_APART)
        if (has_numbers and not number) or re.match(r"#?接龙|例\s", line):
            aside.append(line)
        elif not name_key(SIGNS.sub("", said)):
            aside += [line] if said else []
        elif len(lines) >= room:
            beyond.append(line)
        else:
            found, rest = _lines(line, said, rows, room - len(lines))
            lines += found
            beyond += [line[:start] + "、".join(rest)] if rest else []
    return Relay(tuple(lines), tuple(aside), tuple(beyond))


def most_names(rows: Sequence[Attendance]) -> int:
    """How many names of a text are read at once against this list, so that the form that asks of them can be sent."""
    return max(1, min(MOST_NAMES, (_MOST_FIELDS - len(rows)) // 3))


def leaves_alone(read: Relay) -> Relay:
    """What can be recorded of it before the day of the event; the other lines stand aside."""
    leaves = tuple(line for line in read.lines if line.status == Status.LEAVE)
    others = dict.fromkeys(line.part or line.text for line in read.lines if line.status != Status.LEAVE)
    return Relay(leaves, (*read.aside, *others), read.beyond)


def _lines(text: str, said: str, rows: Sequence[Attendance], room: int) -> tuple[list[Line], list[str]]:
    """One for each name of a line while there is room, and the names beyond. Words before the first are said of all."""
    before, parts = parts_of(said, rows)
    if len(parts) < 2:
        return [_line(text, said, rows)], []
    before, parts, beyond = before[:_MOST_WORDS], parts[:room], parts[room:]
    lines, words_before = [], before
    for part, (says_way, later) in zip(parts, _ways_said(parts, beyond, rows), strict=True):
        one = _line(text, f"{part} {before}".strip(), rows, part=part)
        if not says_way and later:
            # 张三、李四请假: it may be said of both.
            status, reason = _status(relay_names.named(later, rows)[1])
            one = Line(text, one.rows, status, reason, is_sure=False, part=part)
        elif before or _leaves_open(words_before, says_way):
            one = Line(text, one.rows, one.status, one.reason, is_sure=False, part=part)
        lines.append(one)
        words_before = part
    return lines, beyond


def _ways_said(parts: Sequence[str], beyond: Sequence[str], rows: Sequence[Attendance]) -> list[tuple[bool, str]]:
    """Of each part whether it says how somebody comes, and the next part that does ("": none). From the last one."""
    later = next((each for each in beyond if WAYS_SAID.search(each)), "")
    found = []
    for part in reversed(parts):
        says_way = _says_way(part, rows)
        found.append((says_way, later))
        later = part if says_way else later
    return found[::-1]


def _says_way(part: str, rows: Sequence[Attendance]) -> bool:
    return bool(WAYS_SAID.search(relay_names.named(part, rows)[1]))


def _leaves_open(previous: str, says_way: bool) -> bool:
    """Whether what stands before a name may be about it: 请假 陪 李四, 代 张三."""
    if _OF_ANOTHER.search(previous):
        return True
    return not says_way and bool(relay_names.LEAVE.search(previous))


def _line(text: str, said: str, rows: Sequence[Attendance], part: str = "") -> Line:
    found, rest = relay_names.named(said, rows)
    status, reason = _status(rest)
    is_sure = len(found) == 1 and relay_names.is_plain(said, found[0].person.name_key)
    return Line(text, found, status, reason, is_sure=is_sure, part=part)


def _status(rest: str) -> tuple[str, str]:
    """How somebody attends, from the words beside the name, and the reason of a leave. A bare name comes."""
    words = SIGNS.sub(" ", rest)
    if relay_names.LEAVE.search(words):
        reason = relay_names.LEAVE.sub(" ", _WORDS_OF_LEAVE.sub(" ", words))
        return Status.LEAVE, " ".join(reason.split()).strip(_APART)[:100]
    if relay_names.ABSENT.search(words):
        return Status.ABSENT, ""
    if relay_names.ONLINE.search(words):
        return Status.ONLINE, ""
    return Status.PRESENT, ""
