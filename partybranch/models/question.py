from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybranch.models.binding import NOT_WITHDRAWN, Binding, BindingQuerySet

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

LETTERS = "ABCDEF"


def _has(letter: str) -> Q:
    return ~Q(**{f"answer_{letter.lower()}": ""})


def _only(*letters: str) -> Q:
    """These answers are given, and no others."""
    found = Q()
    for letter in LETTERS:
        found &= _has(letter) if letter in letters else ~_has(letter)
    return found


def _right_ones_are_given() -> Q:
    found = Q()
    for letter in LETTERS:
        found &= ~Q(right__contains=letter) | _has(letter)
    return found


def _without_gap() -> Q:
    """Nothing stands after an empty place: C is given only where B is."""
    found = Q()
    for before, letter in pairwise(LETTERS):
        found &= ~_has(letter) | _has(before)
    return found


_LIVE_QUESTION = Q(questions__withdrawn_at__isnull=True)


class QuestionBankQuerySet(models.QuerySet["QuestionBank"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def counted(self) -> Self:
        """Each with how many of its questions can be put."""
        return self.annotate(questions_live=Count("questions", filter=_LIVE_QUESTION))

    def by_kind(self) -> dict[int, Counter[str]]:
        """How many questions of each kind every bank could put. One query."""
        there: dict[int, Counter[str]] = {}
        live = self.annotate(kind=F("questions__kind"), there=Count("questions", filter=_LIVE_QUESTION)).order_by()
        for bank, kind, number in live.values_list("pk", "kind", "there"):
            there.setdefault(bank, Counter())[kind or ""] += number
        return there


class QuestionBank(models.Model):
    """A collection of questions on one topic (题库), from which exams draw."""

    name = models.CharField(_("name of the question bank"), max_length=60, unique=True)
    topic = models.CharField(_("what the bank is about"), max_length=120, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = QuestionBankQuerySet.as_manager()

    class Meta:
        verbose_name = _("question bank")
        default_permissions = ()
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="question_bank_has_name",
                violation_error_message=_("A question bank needs its name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partybranch:bank_detail", args=[self.pk])


class Question(Binding):
    """One question with its answers. One that an exam has put is no longer edited: it is withdrawn and replaced.

    Judgements have the answers A 正确 and B 错误, so that a right letter always has its answer.
    """

    class Kind(models.TextChoices):
        SINGLE = "single", _("one right answer")
        MULTIPLE = "multiple", _("several right answers")
        JUDGE = "judge", _("true or false")
        SHORT = "short", _("short answer")

    bank = models.ForeignKey(
        QuestionBank, verbose_name=_("question bank"), on_delete=models.PROTECT, related_name="questions"
    )
    kind = models.CharField(_("kind of question"), max_length=8, choices=Kind)
    text = models.CharField(_("question"), max_length=500)
    answer_a = models.CharField(_("answer A"), max_length=200, blank=True)
    answer_b = models.CharField(_("answer B"), max_length=200, blank=True)
    answer_c = models.CharField(_("answer C"), max_length=200, blank=True)
    answer_d = models.CharField(_("answer D"), max_length=200, blank=True)
    answer_e = models.CharField(_("answer E"), max_length=200, blank=True)
    answer_f = models.CharField(_("answer F"), max_length=200, blank=True)
    right = models.CharField(_("right answer"), max_length=6, blank=True)
    reference = models.TextField(_("reference answer or explanation"), max_length=1000, blank=True)
    source = models.CharField(_("source of the question"), max_length=120, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="replaced_by", null=True, editable=False
    )

    objects = BindingQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = _("question")
        default_permissions = ()
        ordering = ["bank_id", "id"]
        constraints = [
            *Binding.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text=""),
                name="question_has_text",
                violation_error_message=_("Write the question."),
            ),
            models.UniqueConstraint(
                fields=["bank", "text"],
                condition=NOT_WITHDRAWN,
                name="question_once_in_bank",
                violation_error_message=_("This question stands in the bank already."),
            ),
            models.CheckConstraint(
                condition=_right_ones_are_given(),
                name="question_right_has_answer",
                violation_error_message=_(
                    "A right letter has no answer. Please fill in this answer, or correct the letter."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="single", right__regex="^[A-F]$")
                | Q(kind="multiple", right__regex="^(?=..)A?B?C?D?E?F?$")
                | Q(kind="judge", right__in=["A", "B"])
                | Q(kind="short", right=""),
                name="question_right_fits_kind",
                violation_error_message=_(
                    "The right answer does not fit the kind: one letter, several in the order of the alphabet, true or"
                    " false, none of a short answer."
                ),
            ),
            models.CheckConstraint(
                condition=_without_gap(),
                name="question_answers_without_gap",
                violation_error_message=_("Fill in the answers in their order, without an empty one between."),
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=["single", "multiple"]) & _has("A") & _has("B"))
                | (Q(kind="judge") & _only("A", "B"))
                | (Q(kind="short") & _only()),
                name="question_answers_fit_kind",
                violation_error_message=_(
                    "A choice needs at least the answers A and B; a short answer has none to choose from."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind="short") | ~Q(reference=""),
                name="question_short_has_reference",
                violation_error_message=_("A short answer needs its reference answer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:question_detail", args=[self.pk])

    def is_used(self) -> bool:
        """Whether an exam has put it: then it is replaced, not edited."""
        return self.draws.exists() or self.sheets.exists()

    def choices(self) -> list[tuple[str, str]]:
        """Letters with their answers, as they are read out."""
        if self.kind == self.Kind.JUDGE:
            return []
        given = [(letter, getattr(self, f"answer_{letter.lower()}")) for letter in LETTERS]
        return [(letter, answer) for letter, answer in given if answer]

    def right_words(self) -> str:
        """The right answer as it is said: letters, true or false, else the reference."""
        if self.kind == self.Kind.JUDGE:
            return self.answer_a if self.right == "A" else self.answer_b
        return self.right or self.reference

    def explanation(self) -> str:
        """What is said beside the right answer."""
        return "" if self.kind == self.Kind.SHORT else self.reference
