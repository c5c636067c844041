"""Exams: the list, preparing one, its page, closing and calling off, and the table of results of a written one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, DetailView, FormView, ListView, UpdateView

from hebi_charity.core import dates
from hebi_charity.core.sentences import REFUSED_BY_DATABASE, sentence_for
from hebi_charity.core.views import ActView, KeysetListMixin
from hebi_charity.office.forms import ReasonForm
from partybranch.forms.exams import ExamChangeForm, ExamFilterForm, ExamForm, ResultsForm
from partybranch.lists import exams as lists
from partybranch.models import Branch, Exam, ExamResult, QuestionBank
from partybranch.services import exam_results, exams
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.records import RECORDS
from partybranch.views.saving import SavesThroughService
from partybranch.views.withdrawn import OpensUntilWithdrawn

SEES = "partybranch.view_person"
WITHDRAWS = (SEES, "partybranch.withdraw_record")


class ExamListView(PermissionRequiredMixin, KeysetListMixin, ListView):
    permission_required = SEES
    template_name = "partybranch/exams/exam_list.html"
    partial_template_name = "partybranch/exams/_exams.html"
    page_key = "held_on"

    def get_queryset(self):
        self.filter_form = ExamFilterForm(self.request.GET)
        return lists.narrowed_exams(self.filter_form, by=self.request.user)

    def get_context_data(self, **kwargs):
        branches = list(Branch.objects.visible_to(self.request.user).on(dates.today())[:2])
        return super().get_context_data(
            filter_form=self.filter_form,
            only=branches[0] if len(branches) == 1 else None,
            has_branch=branches,
            has_bank=QuestionBank.objects.visible_to(self.request.user).exists(),
            **kwargs,
        )


class ExamCreateView(PermissionRequiredMixin, OpensUntilWithdrawn, SavesThroughService, CreateView):
    permission_required = RECORDS
    form_class = ExamForm
    template_name = "partybranch/exams/exam_form.html"
    done = gettext_lazy("Prepared. The list of who takes part is fixed.")
    places = {
        "exam_event_is_named": "event",
        "exam_resit_names_earlier": "resit_of",
        "exam_points_of_written": "points_to_pass",
        "exam_hours_within_a_day": "hours",
        "study_occasion_has_title": "title",
        exams.NobodyTakesPart: "takes_part",
    }

    @cached_property
    def branch(self) -> Branch:
        return get_object_or_404(Branch.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def banks(self):
        return QuestionBank.objects.visible_to(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Exam(branch=self.branch), "banks": self.banks}

    def get_context_data(self, **kwargs):
        return super().get_context_data(branch=self.branch, has_bank=self.banks.exists(), **kwargs)

    def save(self, form):
        facts = {"banks": list(form.cleaned_data["banks"]), "parts": form.parts()}
        return exams.prepare_exam(form.instance, by=self.request.user, form_key=form.form_key, **facts)


class ExamUpdateView(PermissionRequiredMixin, SavesThroughService, UpdateView):
    permission_required = RECORDS
    form_class = ExamChangeForm
    template_name = "partybranch/exams/exam_change.html"
    context_object_name = "exam"
    done = gettext_lazy("Saved. What was changed stands in the history.")
    places = {"exam_has_title": "title", exams.NotOpen: "title"}

    def get_queryset(self):
        return Exam.objects.visible_to(self.request.user)

    def save(self, form):
        return exams.change_exam(form.instance, by=self.request.user, **form.cleaned_data)


class ExamDetailView(PermissionRequiredMixin, DetailView):
    permission_required = SEES
    template_name = "partybranch/exams/exam_detail.html"
    context_object_name = "exam"

    def get_queryset(self):
        people = ("branch", "event", "resit_of", "closed_by")
        return Exam.objects.visible_to(self.request.user).select_related(*people).prefetch_related("sources__bank")

    def get_context_data(self, **kwargs):
        exam = self.object
        lines = lists.people_of(exam)
        return super().get_context_data(
            lines=lines,
            totals=lists.totals_of(lines),
            wrong=lists.often_wrong(exam),
            answers=lists.answers_of(exam) if exam.is_oral() else [],
            points=None if exam.is_oral() else lists.points_of(exam),
            **kwargs,
        )


class ExamActView(ActView):
    permission_required = RECORDS
    model = Exam
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)


class ExamCloseView(ExamActView):
    done = gettext_lazy("The exam is closed; its results are fixed.")

    def act(self, row, data):
        exams.close_exam(row, by=self.request.user)


class ExamCallOffView(ExamActView):
    form_class = ReasonForm
    done = gettext_lazy("The exam is called off. List and reason stay.")

    def act(self, row, data):
        exams.call_off_exam(row, by=self.request.user, reason=data["reason"])


class ExamResultWithdrawView(ExamActView):
    permission_required = WITHDRAWS
    model = ExamResult
    form_class = ReasonForm
    done = gettext_lazy("Withdrawn. The result can be recorded anew.")

    def act(self, row, data):
        exam_results.withdraw_result(row, by=self.request.user, reason=data["reason"])

    def next_page(self, row):
        return row.exam


class ExamResultsView(PermissionRequiredMixin, FormView):
    """The table in roll order. Who has a result already stands there with it and is not typed again."""

    permission_required = RECORDS
    form_class = ResultsForm
    template_name = "partybranch/exams/results.html"

    @cached_property
    def exam(self) -> Exam:
        return get_object_or_404(Exam.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def lines(self) -> list[lists.PersonLine]:
        return lists.people_of(self.exam)

    def get_form_kwargs(self):
        can_be_typed = self.exam.is_open() and not self.exam.is_oral()
        examinees = [line.examinee for line in self.lines if not line.result] if can_be_typed else []
        most = lists.points_of(self.exam)
        return super().get_form_kwargs() | {"exam": self.exam, "examinees": examinees, "most": most}

    def get_context_data(self, **kwargs):
        kept = [line for line in self.lines if line.result]
        return super().get_context_data(exam=self.exam, kept=kept, **kwargs)

    def form_valid(self, form):
        try:
            count = exam_results.record_results(self.exam, form.typed(), by=self.request.user)
        except BrokenRule as error:
            form.add_error(None, sentence_of(error))
            return self.form_invalid(form)
        except REFUSED_BY_DATABASE as error:
            form.add_error(None, sentence_for(error))
            return self.form_invalid(form)
        messages.success(self.request, _("Results of %(count)s people are recorded.") % {"count": count})
        return redirect(self.exam)
