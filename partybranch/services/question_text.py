"""Several questions pasted as text, as they stand in a document or a chat, taken apart into rows.

一、单选题
1. 慈善法自哪一天起施行？
A. 2016年3月16日  B. 2016年9月1日
答案：B
出处：《慈善法》第一百二十五条
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from partybranch.models import Question
from partybranch.models.question import LETTERS
from partybranch.services.question_rows import FALSE_WORDS, KIND_WORDS, TRUE_WORDS, QuestionRow, clean

_WORDS = "|".join(word for words in KIND_WORDS.values() for word in words)
_HEADING = re.compile(rf"^[一二三四五六七八][、.．]\s*({_WORDS})题?.*$")
_NUMBER = re.compile(r"^(?:第?\d{1,3}\s*(?:[.．、)）]|题[:：、]?)|[(（]\d{1,3}[)）])\s*")
_KIND = re.compile(rf"[【\[（(]\s*({_WORDS})题?\s*[】\])）]")
_CHOICE = re.compile(r"(?:^|(?<=\s))[(（]?([A-Fa-f])\s*[)）.．、:：]\s*")
_LABEL = re.compile(r"^[【\[]?(正确答案|参考答案|答案|解析|说明|出处|依据|来源)[】\]]?\s*[:：]\s*(.*)$")
_INSIDE = re.compile(r"[（(]\s*([A-F]{1,6}|√|×|✓|✗|对|错|正确|错误)\s*[)）]")
_PLACE = {"解析": "reference", "说明": "reference", "出处": "source", "依据": "source", "来源": "source"}


@dataclass
class _Block:
    """One question being put together, line by line."""

    row_no: int
    kind: str
    text: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    right: str = ""
    reference: str = ""
    source: str = ""
    is_told: bool = False  # an answer or what comes after it was read: the next plain line begins another question

    def row(self) -> QuestionRow:
        text = clean(" ".join(self.text))
        right = self.right
        inside = _INSIDE.search(text)
        if not right and inside:
            right = inside.group(1)
            text = text[: inside.start()] + "（ ）" + text[inside.end() :]
        last = max((LETTERS.index(letter) for letter in self.answers), default=-1)
        answers = tuple(self.answers.get(letter, "") for letter in LETTERS[: last + 1])
        kind = self.kind or _guessed(answers, right)
        return QuestionRow(self.row_no, kind, text, answers, right, self.reference, self.source)


def _guessed(answers: tuple[str, ...], right: str) -> str:
    """The kind of a question that does not say it."""
    word = clean(right).upper().strip("。.")
    if answers:
        return Question.Kind.MULTIPLE if len(re.findall(r"[A-F]", word)) > 1 else Question.Kind.SINGLE
    if re.fullmatch(r"[A-E]|[A-F]{2,6}", word):
        # Letters of choices that were not found; reading the row says how to write them.
        return Question.Kind.MULTIPLE if len(word) > 1 else Question.Kind.SINGLE
    return Question.Kind.JUDGE if word in TRUE_WORDS | FALSE_WORDS else Question.Kind.SHORT


def rows_of(text: str) -> list[QuestionRow]:
    """The questions of a pasted text; the number of each row is the line on which it begins."""
    blocks: list[_Block] = []
    kind, after_blank = "", True
    for number, raw in enumerate(text.splitlines(), start=1):
        line = clean(raw)
        if not line:
            after_blank = True
            continue
        heading = _HEADING.match(line)
        if heading:
            kind, after_blank = heading.group(1), True
            if blocks:
                blocks[-1].is_told = True
            continue
        if _begins(line, blocks, after_blank=after_blank):
            blocks.append(_Block(number, kind))
            line = _NUMBER.sub("", line, count=1)
        _add(line, blocks[-1])
        after_blank = False
    return [block.row() for block in blocks]


def _begins(line: str, blocks: list[_Block], *, after_blank: bool) -> bool:
    if not blocks:
        return True
    if _LABEL.match(line) or _CHOICE.match(line):
        return False
    return after_blank or blocks[-1].is_told or bool(_NUMBER.match(line)) or bool(_KIND.match(line))


def _add(line: str, block: _Block) -> None:
    label = _LABEL.match(line)
    if label:
        _tell(label.group(1), label.group(2), block)
        return
    if _CHOICE.match(line) and block.text:
        parts = _CHOICE.split(line)[1:]
        for letter, answer in zip(parts[::2], parts[1::2], strict=True):
            block.answers[letter.upper()] = answer.strip()
        return
    if block.answers and not block.is_told:
        last = max(block.answers)
        block.answers[last] = f"{block.answers[last]} {line}"
        return
    tag = _KIND.search(line)
    if tag and not block.text:
        block.kind = tag.group(1)
        line = (line[: tag.start()] + line[tag.end() :]).strip()
    block.text.append(line)


def _tell(label: str, said: str, block: _Block) -> None:
    block.is_told = True
    place = _PLACE.get(label)
    if place:
        setattr(block, place, said)
    elif label == "参考答案" and not block.answers:
        block.reference = said
    else:
        block.right = said
