"""Question banks: the list, one bank with its questions, typing, pasting, correcting and withdrawing."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, DetailView, FormView, ListView, UpdateView

from hebi_charity.core.views import ActView
from hebi_charity.office.forms import ReasonForm
from partybranch.forms.questions import BankChangeForm, BankForm, PasteForm, QuestionCorrectForm, QuestionForm
from partybranch.importing import questions as files
from partybranch.lists import questions as lists
from partybranch.models import Question, QuestionBank
from partybranch.services import questions
from partybranch.services.broken_rules import AlreadyWithdrawn, BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.exams import SEES
from partybranch.views.records import RECORDS
from partybranch.views.saving import SavesThroughService

ONCE = {"question_once_in_bank": "text", AlreadyWithdrawn: "text"}


class BankListView(PermissionRequiredMixin, ListView):
    permission_required = SEES
    template_name = "partybranch/exams/bank_list.html"

    def get_queryset(self):
        return QuestionBank.objects.visible_to(self.request.user).counted()


class BankCreateView(PermissionRequiredMixin, SavesThroughService, CreateView):
    permission_required = RECORDS
    form_class = BankForm
    template_name = "partybranch/exams/bank_form.html"
    done = gettext_lazy("The bank is there. Now add questions: type one, paste several, or load a file.")
    places = {"partybranch_questionbank_name_key": "name"}

    def save(self, form):
        return questions.found_bank(form.instance, by=self.request.user, form_key=form.form_key)


class BankUpdateView(PermissionRequiredMixin, SavesThroughService, UpdateView):
    permission_required = RECORDS
    form_class = BankChangeForm
    template_name = "partybranch/exams/bank_form.html"
    context_object_name = "bank"
    done = gettext_lazy("Saved. What was changed stands in the history.")
    places = {"partybranch_questionbank_name_key": "name"}

    def get_queryset(self):
        return QuestionBank.objects.visible_to(self.request.user)

    def save(self, form):
        return questions.change_bank(form.instance, by=self.request.user, **form.cleaned_data)


class BankDetailView(PermissionRequiredMixin, DetailView):
    permission_required = SEES
    template_name = "partybranch/exams/bank_detail.html"
    context_object_name = "bank"

    def get_queryset(self):
        return QuestionBank.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        rows = lists.questions_of(self.object)
        return super().get_context_data(questions=rows, totals=lists.totals_of(rows), file_target=files.KEY, **kwargs)


class OfBankMixin(PermissionRequiredMixin, SavesThroughService):
    """A form that adds questions to a bank."""

    permission_required = RECORDS

    @cached_property
    def bank(self) -> QuestionBank:
        return get_object_or_404(QuestionBank.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(bank=self.bank, **kwargs)

    def next_page(self, row):
        return self.bank


class QuestionCreateView(OfBankMixin, FormView):
    form_class = QuestionForm
    template_name = "partybranch/exams/question_form.html"
    done = gettext_lazy("The question stands in the bank.")
    places = ONCE

    def save(self, form):
        return questions.add_question(self.bank, form.new, by=self.request.user, form_key=form.form_key)


class QuestionPasteView(OfBankMixin, FormView):
    form_class = PasteForm
    template_name = "partybranch/exams/paste.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"bank": self.bank}

    def save(self, form):
        self.count = len(form.questions)
        return questions.add_questions(self.bank, form.questions, by=self.request.user, form_key=form.form_key)

    def said(self, row):
        return _("%(count)s questions stand in the bank.") % {"count": self.count}


class QuestionDetailView(PermissionRequiredMixin, DetailView):
    permission_required = SEES
    template_name = "partybranch/exams/question_detail.html"
    context_object_name = "question"

    def get_queryset(self):
        return Question.objects.visible_to(self.request.user).select_related(
            "bank", "replaces", "replaced_by", "recorded_by"
        )


class QuestionCorrectView(PermissionRequiredMixin, SavesThroughService, FormView):
    permission_required = RECORDS
    form_class = QuestionCorrectForm
    template_name = "partybranch/exams/question_form.html"
    done = gettext_lazy("Saved. This is the question that counts from now on.")
    places = ONCE

    @cached_property
    def question(self) -> Question:
        rows = Question.objects.visible_to(self.request.user).select_related("bank")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"question": self.question}
        del kwargs["initial"]  # the form takes it from the question
        return kwargs

    def get_context_data(self, **kwargs):
        return super().get_context_data(question=self.question, bank=self.question.bank, **kwargs)

    def save(self, form):
        reason = form.cleaned_data["reason"]
        return questions.correct_question(self.question, form.new, by=self.request.user, reason=reason)


class QuestionWithdrawView(ActView):
    permission_required = RECORDS
    model = Question
    form_class = ReasonForm
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)
    done = gettext_lazy("Withdrawn. It is put no more.")

    def act(self, row, data):
        questions.withdraw_question(row, by=self.request.user, reason=data["reason"])
