"""Questions put on the spot: the telephone draws and marks, the screen shows the question to the room."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, FormView

from hebi_charity.core.sentences import REFUSED_BY_DATABASE, sentence_for
from hebi_charity.core.views import HtmxPartialMixin
from hebi_charity.office.forms import ReasonForm
from partybranch.forms.exams import MarkForm
from partybranch.lists import exams as lists
from partybranch.models import Draw, Exam
from partybranch.services import draws
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.exams import SEES, WITHDRAWS, ExamActView
from partybranch.views.records import RECORDS

ON_SCREEN = "screen"  # the hidden field of the screen's own buttons: they lead back to it


def page_after(request, exam: Exam) -> str:
    """The screen where it was pressed there, else the page from which the telephone draws."""
    name = "exam_screen" if request.POST.get("on") == ON_SCREEN else "exam_oral"
    return reverse(f"partybranch:{name}", args=[exam.pk])


class OralView(PermissionRequiredMixin, DetailView):
    """What the telephone shows between two questions: one large button."""

    permission_required = SEES
    template_name = "partybranch/exams/oral.html"
    context_object_name = "exam"

    def get_queryset(self):
        return Exam.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        lines = lists.people_of(self.object)
        waiting = lists.waiting_in(self.object)
        return super().get_context_data(totals=lists.totals_of(lines), waiting=waiting, **kwargs)


class OralActView(ExamActView):
    """An act of the telephone, or of the screen's own buttons, which lead back to it and need no words."""

    def attempt(self, row, data):
        try:
            self.act(row, data)
        except BrokenRule as error:
            messages.warning(self.request, sentence_of(error))
        except REFUSED_BY_DATABASE as error:
            messages.warning(self.request, sentence_for(error))
        else:
            if self.done and not self.is_on_screen():
                messages.success(self.request, self.done)

    def is_on_screen(self):
        return self.request.POST.get("on") == ON_SCREEN


class ExamDrawView(OralActView):
    """Draw a person and a question; the drawn one opens, on the screen if it was asked for there."""

    drawn: Draw | None = None

    def act(self, row, data):
        self.drawn = draws.draw(row, by=self.request.user)

    def next_page(self, row):
        return page_after(self.request, row) if self.is_on_screen() or not self.drawn else self.drawn


class DrawView(PermissionRequiredMixin, FormView):
    """The drawn question on the telephone, with its answer; one tap marks."""

    permission_required = RECORDS
    form_class = MarkForm
    template_name = "partybranch/exams/draw.html"

    @cached_property
    def row(self) -> Draw:
        rows = Draw.objects.visible_to(self.request.user)
        return get_object_or_404(rows.select_related("exam", "examinee__person", "question"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(draw=self.row, exam=self.row.exam, **kwargs)

    def form_valid(self, form):
        try:
            row = draws.mark(self.row, by=self.request.user, **form.cleaned_data)
        except draws.AwayNeedsReason as error:
            form.add_error("note", sentence_of(error))
            return self.form_invalid(form)
        except BrokenRule as error:
            messages.warning(self.request, sentence_of(error))
        else:
            if self.request.POST.get("on") != ON_SCREEN:
                said = {"name": self.row.examinee.person.name, "outcome": row.get_outcome_display()}
                messages.success(self.request, _("%(name)s: %(outcome)s. Recorded.") % said)
        return redirect(page_after(self.request, self.row.exam))


class DrawRevealView(OralActView):
    """The right answer appears on the screen."""

    model = Draw
    done = gettext_lazy("The screen shows the answer now.")

    def act(self, row, data):
        draws.reveal(row)

    def next_page(self, row):
        return page_after(self.request, row.exam) if self.is_on_screen() else row


class DrawWithdrawView(ExamActView):
    permission_required = WITHDRAWS
    model = Draw
    form_class = ReasonForm
    done = gettext_lazy("Taken back. The person can be drawn and marked anew.")

    def act(self, row, data):
        draws.withdraw_draw(row, by=self.request.user, reason=data["reason"])

    def next_page(self, row):
        return row.exam


class ScreenView(PermissionRequiredMixin, HtmxPartialMixin, DetailView):
    """The question in large letters for the room. It asks by itself what is new; the answer waits until revealed."""

    permission_required = SEES
    template_name = "partybranch/exams/screen.html"
    partial_template_name = "partybranch/exams/_screen.html"
    context_object_name = "exam"

    def get_queryset(self):
        return Exam.objects.visible_to(self.request.user)

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        context = self.get_context_data()
        # Nothing new: the page stays as it is, and with it the button that has the keyboard.
        if request.htmx and request.GET.get("seen") == context["seen"]:
            return HttpResponse(status=204)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs):
        waiting = lists.waiting_in(self.object)
        draw = waiting[0] if waiting else None
        counts = lists.counts_of(self.object)
        seen = f"{self.object.state}-{draw.pk if draw else 0}-{bool(draw and draw.revealed_at):d}-{counts.asked}"
        return super().get_context_data(draw=draw, counts=counts, seen=seen, **kwargs)
