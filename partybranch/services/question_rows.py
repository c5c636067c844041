"""Questions as people type them, in a file, a pasted text or a form: read with exact sentences about what is wrong."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybranch.models import Question
from partybranch.models.question import LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Kind = Question.Kind
KIND_WORDS = {
    Kind.SINGLE: ("单选", "单项选择", "单选择", "选择"),
    Kind.MULTIPLE: ("多选", "多项选择", "不定项选择"),
    Kind.JUDGE: ("判断", "是非", "对错"),
    Kind.SHORT: ("简答", "问答", "简述", "论述"),
}
TRUE_WORDS = {"A", "对", "正确", "是", "√", "✓", "✔", "T", "TRUE", "Y", "YES"}
FALSE_WORDS = {"B", "错", "错误", "否", "不对", "不正确", "×", "✗", "✘", "X", "F", "FALSE", "N", "NO"}
JUDGE_ANSWERS = ("正确", "错误")
LONGEST = {"text": 500, "answer": 200, "reference": 1000, "source": 120}
HOW_MANY = (
    "",
    gettext_lazy("one choice"),
    gettext_lazy("two choices"),
    gettext_lazy("three choices"),
    gettext_lazy("four choices"),
    gettext_lazy("five choices"),
    gettext_lazy("six choices"),
)


@dataclass(frozen=True)
class QuestionRow:
    """One question as typed. `row_no` is the line of the file or the place in a pasted text, for the sentences."""

    row_no: int
    kind: str
    text: str
    answers: Sequence[str] = ()
    right: str = ""
    reference: str = ""
    source: str = ""


@dataclass(frozen=True)
class NewQuestion:
    """A question that can be kept: `answers` in their order, `right` letters in the order of the alphabet."""

    row_no: int
    kind: str
    text: str
    answers: tuple[str, ...] = ()
    right: str = ""
    reference: str = ""
    source: str = ""

    def columns(self) -> dict[str, str]:
        """The columns of a Question, unused answers empty."""
        given = [*self.answers, *[""] * (len(LETTERS) - len(self.answers))]
        answers = {f"answer_{letter.lower()}": answer for letter, answer in zip(LETTERS, given, strict=True)}
        names = ("kind", "text", "right", "reference", "source")
        return {name: getattr(self, name) for name in names} | answers


@dataclass(frozen=True)
class Problem:
    """What is wrong with one row: `place` is a name of QuestionRow, of one answer "answer_e"."""

    row_no: int
    place: str
    sentence: str

    def line(self) -> str:
        return _("Question in row %(row)s: %(sentence)s") % {"row": self.row_no, "sentence": self.sentence}


@dataclass
class Reading:
    """One row being read: the problems found so far."""

    row: QuestionRow
    problems: list[Problem] = field(default_factory=list)

    def complain(self, place: str, sentence: str) -> None:
        self.problems.append(Problem(self.row.row_no, place, sentence))


def clean(text: str) -> str:
    """Blanks of every kind at the ends and doubled ones dropped, invisible characters too."""
    kept = "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cf"})
    return re.sub(r"[ \t\u3000\xa0]+", " ", kept).strip()


def read_question(row: QuestionRow) -> tuple[NewQuestion | None, list[Problem]]:
    """The question of a row, or None with what is wrong in it and what to do."""
    reading = Reading(row)
    kind, text = _kind_of(reading), clean(row.text)
    if not text:
        reading.complain("text", _("The question is missing. Please write it, or delete the row."))
    answers = _READ_ANSWERS[kind](reading) if kind else ()
    right = _READ_RIGHT[kind](reading, answers) if kind and not reading.problems else ""
    reference, source = clean(row.reference), clean(row.source)
    if kind == Kind.SHORT and not reference:
        reference = clean(row.right)
        if not reference:
            reading.complain("reference", _("A short answer needs its reference answer. Please write it."))
    if kind == Kind.SHORT and _is_letters(reference):
        reading.complain("reference", _no_choices())
    for place, value in _measured(text, answers, reference, source):
        most = LONGEST["answer" if place.startswith("answer") else place]
        if len(value) > most:
            reading.complain(
                place,
                _("This is %(length)s characters long; at most %(most)s can be kept. Please shorten it.")
                % {"length": len(value), "most": most},
            )
    if reading.problems:
        return None, reading.problems
    return NewQuestion(row.row_no, kind, text, answers, right, reference, source), []


def _is_letters(typed: str) -> bool:
    """Whether an answer is nothing but letters of choices: ABD, A、B."""
    letters = re.sub(r"[\s,、;；/|.。和]", "", unicodedata.normalize("NFKC", clean(typed)).upper())
    return bool(re.fullmatch(r"[A-F]{1,6}", letters))


def _no_choices() -> str:
    return _(
        "The answer is given in letters, but no choices were found. Please write each with its letter and a dot, like"
        " “A. …  B. …”."
    )


def _measured(text: str, answers: Sequence[str], reference: str, source: str) -> Iterator[tuple[str, str]]:
    yield "text", text
    for letter, answer in zip(LETTERS, answers, strict=False):
        yield f"answer_{letter.lower()}", answer
    yield "reference", reference
    yield "source", source


def _kind_of(reading: Reading) -> str:
    typed = clean(reading.row.kind)
    if typed in Kind.values:
        return typed
    word = typed.strip("【】[]()（）题型：: ")
    for kind, words in KIND_WORDS.items():
        if word in words:
            return kind.value
    if word:
        sentence = _("“%(typed)s” is no kind of question. Please write 单选, 多选, 判断 or 简答.") % {"typed": typed}
    else:
        sentence = _("The kind of question is missing. Please write 单选, 多选, 判断 or 简答.")
    reading.complain("kind", sentence)
    return ""


def _choices(reading: Reading) -> tuple[str, ...]:
    """The answers to choose from, in their order and without a gap, at least A and B."""
    answers = [clean(answer) for answer in reading.row.answers]
    while answers and not answers[-1]:
        answers.pop()
    if len(answers) > len(LETTERS):
        reading.complain("answers", _("There are more than six choices. Only A–F can be kept."))
        return ()
    for letter, answer in zip(LETTERS, answers, strict=False):
        if not answer:
            reading.complain(
                f"answer_{letter.lower()}",
                _("Choice %(letter)s is empty, but a later one is filled in. Please move the choices up.")
                % {"letter": letter},
            )
            return ()
    if not answers and _is_letters(reading.row.right):
        reading.complain("answer_a", _no_choices())
        return ()
    if len(answers) < 2:
        reading.complain("answer_b", _("A choice needs at least the choices A and B. Please fill them in."))
    return tuple(answers)


def _true_or_false(reading: Reading) -> tuple[str, ...]:
    return JUDGE_ANSWERS


def _none(reading: Reading) -> tuple[str, ...]:
    return ()


def _letters(reading: Reading, answers: Sequence[str]) -> str:
    """The right letters, each once and in order. Each must have its answer."""
    typed = unicodedata.normalize("NFKC", clean(reading.row.right)).upper()
    letters = re.sub(r"[\s,、;；/|.和]", "", typed)
    if not letters:
        reading.complain("right", _("The right answer is missing. Please write its letter, like B or ABD."))
        return ""
    if not re.fullmatch(r"[A-Z]+", letters):
        reading.complain(
            "right",
            _("The answer “%(typed)s” is not a letter of a choice. Please write letters like B or ABD.")
            % {"typed": clean(reading.row.right)[:40]},
        )
        return ""
    found = "".join(sorted(set(letters)))
    last = LETTERS[len(answers) - 1]
    beyond = [letter for letter in found if letter > last]
    if beyond:
        facts = {"letter": "、".join(beyond), "last": last, "how_many": HOW_MANY[len(answers)]}
        reading.complain(
            "right",
            _(
                "The answer is %(letter)s, but this question has only the %(how_many)s A–%(last)s. Please add choice"
                " %(letter)s or correct the answer."
            )
            % facts,
        )
        return ""
    return found


def _one_letter(reading: Reading, answers: Sequence[str]) -> str:
    found = _letters(reading, answers)
    if len(found) > 1:
        reading.complain(
            "right",
            _("A question with one right answer has %(letters)s. Keep one letter, or change the kind to 多选.")
            % {"letters": "、".join(found)},
        )
    return found


def _several_letters(reading: Reading, answers: Sequence[str]) -> str:
    found = _letters(reading, answers)
    if len(found) == 1:
        reading.complain(
            "right",
            _("A question with several right answers has only %(letter)s. Add the others, or change the kind to 单选.")
            % {"letter": found},
        )
    return found


def _verdict(reading: Reading, answers: Sequence[str]) -> str:
    typed = clean(reading.row.right)
    word = unicodedata.normalize("NFKC", typed).upper().strip("。. ")
    if word in TRUE_WORDS:
        return "A"
    if word in FALSE_WORDS:
        return "B"
    reading.complain(
        "right", _("The answer of a judgement is 对 or 错; here it is “%(typed)s”.") % {"typed": typed[:40]}
    )
    return ""


def _no_letter(reading: Reading, answers: Sequence[str]) -> str:
    return ""


_READ_ANSWERS: dict[str, Callable[[Reading], tuple[str, ...]]] = {
    Kind.SINGLE: _choices,
    Kind.MULTIPLE: _choices,
    Kind.JUDGE: _true_or_false,
    Kind.SHORT: _none,
}
_READ_RIGHT: dict[str, Callable[[Reading, Sequence[str]], str]] = {
    Kind.SINGLE: _one_letter,
    Kind.MULTIPLE: _several_letters,
    Kind.JUDGE: _verdict,
    Kind.SHORT: _no_letter,
}
