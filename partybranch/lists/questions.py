"""The questions of a bank: those that can be put first, counted by kind."""

from __future__ import annotations

from collections import Counter

from django.db.models import F
from django.utils.translation import gettext as _

from partybranch.models import Question, QuestionBank


def questions_of(bank: QuestionBank) -> list[Question]:
    """Every question, by kind; what was withdrawn stands at the end. One query."""
    return list(bank.questions.order_by(F("withdrawn_at").asc(nulls_first=True), "pk"))


def totals_of(rows: list[Question]) -> list[tuple[str, str]]:
    """How many can be put, and how many of each kind."""
    live = Counter(row.kind for row in rows if not row.is_withdrawn())
    shown = [(_("questions that can be put"), live.total())]
    shown += [(str(kind.label), live[kind]) for kind in Question.Kind if live[kind]]
    return [(label, f"{number:,}") for label, number in shown]
