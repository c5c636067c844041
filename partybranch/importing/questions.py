"""Question banks as a target of files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.audit.models import Entry
from hebi_charity.core.export import Column, Export
from hebi_charity.imports.entries import Field, Judged, ReadRow
from hebi_charity.imports.entries.rows import KNOWN, NEW, REJECTED
from hebi_charity.imports.exceptions import PlanRefused, UndoRefused
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.targets import Choices, EntryTarget, Merged
from partybranch.forms.importing import BankChoicesForm
from partybranch.importing.roll import PERMISSIONS
from partybranch.importing.roll_payload import form_of
from partybranch.models import LoadedRow, Question, QuestionBank
from partybranch.models.question import LETTERS
from partybranch.services import questions
from partybranch.services.question_rows import NewQuestion, QuestionRow, clean, read_question

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

KEY = "partybranch-questions"
_AT_ONCE = 1_000
# Headings by which a column is recognised; the first is ours, and what sentences call it.
HEADINGS = {
    "text": "题目 题干 试题 题目内容 试题内容 问题",
    "kind": "题型 题目类型 试题类型 类型",
    **{
        f"answer_{letter.lower()}": f"选项{letter} {letter} {letter}选项 答案{letter} 备选{letter}"
        for letter in LETTERS
    },
    "right": "答案 正确答案 标准答案 参考答案",
    "reference": "解析 答案解析 说明 依据",
    "source": "出处 来源 依据文件",
}
FIELDS = tuple(
    Field(key, names.split()[0], tuple(names.split()), required=key == "text", longest=2000)
    for key, names in HEADINGS.items()
)
SENTENCES = {
    "question_wrong": (gettext_lazy("question not right"), gettext_lazy("Line %(row)s: %(sentence)s")),
    "question_twice": (
        gettext_lazy("twice in the table"),
        gettext_lazy("Line %(row)s is the same question as line %(other)s. Delete one of them."),
    ),
}
WORDS = {
    "headings": "题型、题目、选项A、答案",
    "doubts": "",
    "undo": gettext_lazy(
        "The questions of this table are withdrawn and no longer put. They stay readable with your reason; the"
        " corrected table can be loaded afterwards."
    ),
}


def bank_of(choices: Choices) -> QuestionBank | None:
    """The bank that is meant; None for a new one."""
    if choices.get("bank"):
        return QuestionBank.objects.filter(pk=choices["bank"]).first()
    return QuestionBank.objects.filter(name=choices.get("new_bank") or None).first()


def clean_choices(choices: Choices, plan: Plan) -> dict[str, str | int | None]:
    """The bank, or the name of the one that will be made. Raises PlanRefused."""
    bank = bank_of(choices)
    name = clean(str(choices.get("new_bank") or ""))
    if choices.get("bank") and bank is None:
        raise PlanRefused({"bank": _("There is no such question bank. Please choose another one.")})
    if bank is None and not name:
        raise PlanRefused({"new_bank": _("Choose a question bank, or write the name of a new one.")})
    return {"bank": bank.pk if bank else None, "new_bank": "" if bank else name}


def describe(choices: Choices) -> list[tuple[str, str]]:
    bank = bank_of(choices)
    return [(_("question bank"), bank.name if bank else str(choices.get("new_bank") or ""))]


def judge(rows: Sequence[ReadRow], plan: Plan) -> list[Judged]:
    """Each question read as when it is typed; one that stands in the bank already is known."""
    bank = bank_of(plan.choices)
    known = set(bank.questions.live().values_list("text", flat=True)) if bank else set()
    first: dict[str, int] = {}
    return [_judged(row, known, first) for row in rows]


def _judged(row: ReadRow, known: set[str], first: dict[str, int]) -> Judged:
    new, problems = read_question(_typed(row))
    reasons = [*row.reasons, *(Reason("question_wrong", sentence=str(one.sentence)) for one in problems)]
    if reasons or new is None:
        return Judged(row.row, REJECTED, reasons=reasons)
    if earlier := first.get(new.text):
        return Judged(row.row, REJECTED, reasons=[Reason("question_twice", other=earlier)])
    first[new.text] = row.row
    payload = {**new.columns(), "answers": list(new.answers)}
    return Judged(row.row, KNOWN if new.text in known else NEW, payload)


def _typed(row: ReadRow) -> QuestionRow:
    values = row.values
    answers = [str(values[f"answer_{letter.lower()}"]) for letter in LETTERS]
    names = ("kind", "text", "right", "reference", "source")
    return QuestionRow(row.row, answers=answers, **{name: str(values[name]) for name in names})


def shown(row: StagedRow) -> str:
    payload = row.payload
    kind = str(Question.Kind(payload["kind"]).label)
    return " · ".join(filter(None, [kind, payload["text"][:60], payload["right"] or payload["reference"][:40]]))


def open_bank(imported: Import) -> Merged:
    """Make the bank where a new one is wanted and nobody has made it meanwhile."""
    choices, by = Plan.of(imported.plan).choices, imported.confirmed_by
    if bank_of(choices) is None:
        questions.found_bank(QuestionBank(name=str(choices["new_bank"])), by=by, form_key=form_of(imported, 0, "bank"))
    return Merged()


def merge(imported: Import, first: int, last: int, booked: Mapping[date, date]) -> Merged:
    """Add the questions of the rows between two row numbers. What stands in the bank by now is left out."""
    bank = QuestionBank.objects.select_for_update().get(pk=bank_of(Plan.of(imported.plan).choices).pk)
    rows = list(imported.rows.to_take_in(()).between(first, last))
    there = set(bank.questions.live().values_list("text", flat=True))
    taken = [row.row_no for row in rows if row.payload["text"] in there]
    imported.rows.numbered(taken).update(known_at_merge=True)
    new = [_new(row) for row in rows if row.payload["text"] not in there]
    if new:
        questions.add_questions(bank, new, by=imported.confirmed_by)
        added = dict(bank.questions.live().filter(text__in=[one.text for one in new]).values_list("text", "pk"))
        LoadedRow.objects.bulk_create(
            LoadedRow(source_import=imported, row_no=one.row_no, question_id=added[one.text]) for one in new
        )
    return Merged(documents=len(new), rows=len(new), known=len(taken))


def _new(row: StagedRow) -> NewQuestion:
    payload = row.payload
    names = ("kind", "text", "right", "reference", "source")
    return NewQuestion(row.row_no, answers=tuple(payload["answers"]), **{name: payload[name] for name in names})


def undo(imported: Import, by: User, reason: str) -> None:
    """Withdraw the questions. Raises UndoRefused where an exam has put one of them."""
    rows = LoadedRow.objects.of_import(imported).select_related("question")
    loaded = [row.question for row in rows if not row.question.is_withdrawn()]
    for question in loaded:
        if question.is_used():
            sentence = _("The question “%(text)s” was put in an exam. Withdraw single questions on their pages.")
            raise UndoRefused(sentence % {"text": question.text[:40]})
    for question in loaded:
        questions.withdraw_question(question, by=by, reason=reason)


def held() -> dict[int, Merged]:
    rows = LoadedRow.objects.still_there().filter(question__isnull=False).order_by()
    counts = rows.values_list("source_import").annotate(Count("pk"))
    return {imported: Merged(documents=count, rows=count) for imported, count in counts}


def results(imported: Import) -> list[tuple[str, str]]:
    bank = bank_of(Plan.of(imported.plan).choices)
    return [(_("Show the question bank"), bank.get_absolute_url())] if bank else []


def template() -> Export:
    columns = [Column(field.names[0], lambda row: "", 30 if field.key == "text" else 14) for field in FIELDS]
    notes = [
        _("题型: 单选, 多选, 判断 or 简答. The answer is a letter (B), letters (ABD), 对 or 错; of 简答 the text."),
        _("A choice needs at least 选项A and 选项B, and a choice for each letter of the answer."),
    ]
    return Export(_("Question bank, empty table"), columns, [], notes)


TARGET = EntryTarget(
    title=gettext_lazy("Question bank"),
    permissions=PERMISSIONS,
    about="partybranch/files/_about_questions.html",
    choices_form=BankChoicesForm,
    results=results,
    clean=clean_choices,
    describe=describe,
    step=lambda plan: _AT_ONCE,
    open=open_bank,
    merge=merge,
    held=held,
    side=Entry.Side.PARTY,
    series="party_import",
    needs_second_person=False,
    by_link=("bank",),
    fields=FIELDS,
    judge=judge,
    sentences=SENTENCES,
    shown=shown,
    template=template,
    undo=undo,
    words=WORDS,
)
