"""The room of study: the year at its start, one record, one occasion, one person's study, and the acts on them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView, TemplateView, View

from hebi_charity.core import dates
from hebi_charity.core.views import ActView
from hebi_charity.files.services import FileRefused, attachments_of
from hebi_charity.office.forms import ReasonForm
from partybranch.forms.study import LinkForm, NotePicturesForm, StudyYearForm
from partybranch.lists import study as lists
from partybranch.models import Branch, LearningRecord, PassOnDuty, Person, StudyOccasion
from partybranch.services import learning, study
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.records import RECORDS

SEES = "partybranch.view_person"
# Confirming and taking back are the secretary's.
CONFIRMS = (SEES, "partybranch.withdraw_record")


def chosen_branch(request) -> Branch | None:
    """The branch that is asked for, else the first that exists today."""
    form = StudyYearForm(request.GET)
    form.is_valid()
    return form.cleaned_data.get("branch") or Branch.objects.visible_to(request.user).on(dates.today()).first()


class StudyView(PermissionRequiredMixin, TemplateView):
    """The year of study of a branch: hours by person, what waits, open duties, meetings without hours."""

    permission_required = SEES
    template_name = "partybranch/study/start.html"

    def get_context_data(self, **kwargs):
        form = StudyYearForm(self.request.GET)
        branch, year, user = chosen_branch(self.request), form.chosen_year(), self.request.user
        context = super().get_context_data(filter_form=form, branch=branch, year=year, **kwargs)
        if branch is None:
            return context
        return context | {
            "plan": lists.plan_of(branch, year, by=user),
            "lines": lists.hours_lines(branch, year, by=user),
            "waiting": list(lists.waiting_records(branch, by=user)),
            "duties": list(lists.open_duties(branch, by=user)),
            "events": list(lists.uncredited_events(branch, year, by=user)),
        }


class StudyConfirmView(PermissionRequiredMixin, View):
    """Confirm the ticked statements in one act."""

    permission_required = CONFIRMS
    http_method_names = ["post"]

    def post(self, request):
        asked = [int(one) for one in request.POST.getlist("records") if one.isdecimal() and len(one) < 19]
        rows = LearningRecord.objects.visible_to(request.user).to_confirm()
        try:
            count = learning.confirm_learning(rows.in_bulk(asked).values(), by=request.user)
        except BrokenRule as error:
            messages.warning(request, sentence_of(error) if asked else _("Tick at least one statement."))
        else:
            done = ngettext("%(count)s statement is confirmed.", "%(count)s statements are confirmed.", count)
            messages.success(request, done % {"count": count})
        return redirect("partybranch:study")


class LearningDetailView(PermissionRequiredMixin, DetailView):
    permission_required = SEES
    template_name = "partybranch/study/record.html"
    context_object_name = "record"

    def get_queryset(self):
        people = ("person", "branch", "rule", "occasion", "recorded_by", "confirmed_by", "withdrawn_by")
        return LearningRecord.objects.visible_to(self.request.user).select_related(*people)

    def get_context_data(self, **kwargs):
        occasion = self.object.occasion
        together = lists.records_of_occasion(occasion) if occasion else []
        others = [row for row in together if row != self.object and not row.is_withdrawn()]
        return super().get_context_data(
            others=others, attachments=attachments_of(self.object), pictures_form=NotePicturesForm(), **kwargs
        )


class OccasionDetailView(PermissionRequiredMixin, DetailView):
    """Teacher and learners of one occasion together, and whether a course was passed on."""

    permission_required = SEES
    template_name = "partybranch/study/occasion.html"
    context_object_name = "occasion"

    def get_queryset(self):
        return StudyOccasion.objects.visible_to(self.request.user).select_related("branch", "event", "recorded_by")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            records=lists.records_of_occasion(self.object), duties=lists.duties_of(self.object), **kwargs
        )


class LearningActView(ActView):
    permission_required = CONFIRMS
    model = LearningRecord
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)


class LearningConfirmView(LearningActView):
    done = gettext_lazy("Confirmed. The hours count now.")

    def act(self, row, data):
        learning.confirm_learning([row], by=self.request.user)


class LearningWithdrawView(LearningActView):
    form_class = ReasonForm
    done = gettext_lazy("Withdrawn. It stays readable with your reason; record what is right anew.")

    def act(self, row, data):
        learning.withdraw_learning(row, by=self.request.user, reason=data["reason"])


class OccasionWithdrawView(LearningWithdrawView):
    model = StudyOccasion

    def act(self, row, data):
        study.withdraw_occasion(row, by=self.request.user, reason=data["reason"])


class DutyWithdrawView(LearningWithdrawView):
    model = PassOnDuty


class DutyLinkView(LearningActView):
    """A lecture that is there already settles the duty."""

    permission_required = RECORDS
    model = PassOnDuty
    form_class = LinkForm
    done = gettext_lazy("The duty is settled by this lecture.")

    def act(self, row, data):
        study.link_lecture(row, data["lecture"], by=self.request.user)


class NotePicturesView(PermissionRequiredMixin, View):
    """Photographs of a handwritten note that come later than the record."""

    permission_required = RECORDS
    http_method_names = ["post"]

    def post(self, request, pk):
        row = get_object_or_404(LearningRecord.objects.visible_to(request.user), pk=pk)
        form = NotePicturesForm(request.POST, request.FILES)
        if not form.is_valid():
            messages.error(request, " ".join(text for errors in form.errors.values() for text in errors))
            return redirect(row)
        try:
            study.add_note_pictures(row, form.cleaned_data["pictures"], by=request.user)
        except FileRefused as refusal:
            messages.error(request, str(refusal))
        except BrokenRule as error:
            messages.warning(request, sentence_of(error))
        else:
            messages.success(request, _("The pictures are kept."))
        return redirect(row)


class PersonStudyView(PermissionRequiredMixin, TemplateView):
    """What one person studied in a year, with withdrawn records."""

    permission_required = SEES
    template_name = "partybranch/study/person.html"
    is_own = False

    @cached_property
    def person(self) -> Person:
        return get_object_or_404(Person.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        form = StudyYearForm(self.request.GET)
        year, person = form.chosen_year(), self.person
        return super().get_context_data(
            person=person,
            year=year,
            years=lists.years_of(person),
            line=lists.line_of(person, year),
            records=lists.records_of(person, year, with_withdrawn=not self.is_own),
            is_own=self.is_own,
            **kwargs,
        )


class OwnStudyView(PersonStudyView):
    """Who has a log-in sees the own study here, and nothing of others."""

    is_own = True

    def has_permission(self):
        return True  # the row names the account

    @cached_property
    def person(self) -> Person:
        return get_object_or_404(Person.objects.own(self.request.user))


def study_address(branch: Branch, year: int | None = None) -> str:
    """The start of the room for one branch."""
    return reverse("partybranch:study") + f"?branch={branch.pk}" + (f"&year={year}" if year else "")
