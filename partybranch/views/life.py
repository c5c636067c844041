"""Organisational life: the list of events, also as a file, preparing one, its notice, attendance, calling off."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, DetailView, FormView, ListView, UpdateView, View

from hebi_charity.core import dates
from hebi_charity.core.export import export_response
from hebi_charity.core.sentences import REFUSED_BY_DATABASE, add_refusal
from hebi_charity.core.views import ActView, KeysetListMixin
from hebi_charity.office.forms import ReasonForm
from partybranch.forms import (
    AddendumForm,
    AttendanceForm,
    LifeEventChangeForm,
    LifeEventForm,
    LifeFilterForm,
    PicturesForm,
)
from partybranch.lists import exporting_life, life, record
from partybranch.lists.attend import beside_list
from partybranch.lists.namesakes import told_apart
from partybranch.lists.notice import notice_of
from partybranch.lists.roll_changes import changed_roll
from partybranch.lists.votes import votes_of
from partybranch.models import Branch, LifeEvent, LifePicture, Minutes
from partybranch.services import events, filing
from partybranch.services.broken_rules import AlreadyFiled, BrokenRule, CalledOff
from partybranch.services.roll_changes import replaced_by, replacement_of
from partybranch.services.sentences import sentence_of
from partybranch.views.asked import asked_for
from partybranch.views.filed import OpensUntilFiled
from partybranch.views.records import RECORDS
from partybranch.views.saving import SavesOwnChanges, SavesThroughService
from partybranch.views.withdrawn import OpensUntilWithdrawn

PLACES = {
    "partybranch_event_in_body": "body",
    "life_event_body_fits_kind": "body",
    "life_event_lecturer_is_named": "lecturer",
    "partybranch_chair_on_roll": "chair",
    "partybranch_recorder_on_roll": "recorder",
    events.BeforeBranch: "held_on",
    events.TooFarAhead: "held_on",
    CalledOff: "topic",
    AlreadyFiled: "topic",
}


class LifeListView(PermissionRequiredMixin, KeysetListMixin, ListView):
    permission_required = "partybranch.view_person"
    template_name = "partybranch/life_list.html"
    partial_template_name = "partybranch/_life.html"
    page_key = "held_on"

    def get_queryset(self):
        self.filter_form = LifeFilterForm(self.request.GET)
        return life.narrowed_events(self.filter_form, by=self.request.user)

    def get_context_data(self, **kwargs):
        branches = list(Branch.objects.visible_to(self.request.user).on(dates.today())[:2])
        only = branches[0] if len(branches) == 1 else None
        filters = self.request.GET.urlencode()
        return super().get_context_data(
            filter_form=self.filter_form, has_branch=branches, only=only, filters=filters, **kwargs
        )


class LifeExportView(PermissionRequiredMixin, View):
    permission_required = ("partybranch.view_person", "partybranch.export_roll")
    http_method_names = ["get", "head"]

    def get(self, request):
        form = LifeFilterForm(request.GET)
        if not form.is_valid():
            messages.warning(request, _("A filter does not hold, so nothing was downloaded. Correct it first."))
            return HttpResponseRedirect(f"{reverse('partybranch:life_list')}?{request.GET.urlencode()}")
        rows = life.with_outcomes(life.narrowed_events(form, by=request.user))
        table = exporting_life.export_events(rows, by=request.user, form=form)
        return export_response(table, kind="csv" if request.GET.get("format") == "csv" else "xlsx")


class LifeDetailView(PermissionRequiredMixin, DetailView):
    permission_required = "partybranch.view_person"
    template_name = "partybranch/life_detail.html"
    context_object_name = "event"

    def get_queryset(self):
        people = ("branch", "body", "chair", "recorder", "noticed_by", "filed_by", "held_with")
        return LifeEvent.objects.visible_to(self.request.user).select_related(*people)

    def get_context_data(self, **kwargs):
        event = self.object
        rows = life.list_of(event)
        pictures = list(event.pictures.shown())
        minutes, *earlier = list(Minutes.objects.versions(event)) or [None]
        missing = filing.missing_facts(event) if event.is_noticed() else {}
        return super().get_context_data(
            rows=rows,
            notice=notice_of(event, replaces=replaced_by(event)),
            replacement=replacement_of(event),
            changed=changed_roll(event, rows),
            pictures=pictures,
            missing=missing,
            steps=record.steps_of(event, missing, rows, pictures) if event.is_noticed() else [],
            minutes=minutes,
            earlier_minutes=earlier,
            addenda=record.addenda_of(event) if event.is_filed() else [],
            addendum_form=AddendumForm() if event.is_filed() else None,
            together=event.held_together.all(),
            totals=life.attendance_totals(event, rows) if rows else [],
            votes=votes_of(event) if rows else [],
            **beside_list(event),
            expected=events.expected_rows(event) if event.is_draft() else [],
            **({"pictures_form": PicturesForm() if event.is_noticed() else None} | kwargs),
        )


class LifeCreateView(PermissionRequiredMixin, OpensUntilWithdrawn, SavesThroughService, CreateView):
    permission_required = RECORDS
    form_class = LifeEventForm
    template_name = "partybranch/life_form.html"
    done = gettext_lazy("Prepared. Look at the list of who is expected, then give the notice.")
    places = PLACES

    @cached_property
    def branch(self) -> Branch:
        return get_object_or_404(Branch.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": LifeEvent(branch=self.branch)}

    def get_initial(self):
        return asked_for(self.request.GET)

    def get_context_data(self, **kwargs):
        return super().get_context_data(branch=self.branch, **kwargs)

    def form_valid(self, form):
        return self.form_invalid(form) if form.asks_of_twin(form.instance) else super().form_valid(form)

    def save(self, form):
        return events.prepare_event(form.instance, by=self.request.user, form_key=form.form_key)


class LifeUpdateView(PermissionRequiredMixin, OpensUntilFiled, SavesOwnChanges, UpdateView):
    permission_required = RECORDS
    form_class = LifeEventChangeForm
    template_name = "partybranch/life_form.html"
    context_object_name = "event"
    done = gettext_lazy("Saved. What was changed stands in the history.")
    places = PLACES

    def get_queryset(self):
        return LifeEvent.objects.visible_to(self.request.user).select_related("branch")

    @cached_property
    def event(self) -> LifeEvent:
        return self.get_object()

    def save_changes(self, form, changed):
        if "kind" in changed:
            changed["body"] = form.cleaned_data["body"]
        if not changed:
            return form.instance
        return events.change_event(form.instance, by=self.request.user, shown=form.shown(), **changed)


class LifeActView(ActView):
    permission_required = RECORDS
    model = LifeEvent
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)


class LifeNoticeView(LifeActView):
    done = gettext_lazy("The notice is given; the list is fixed.")

    def act(self, row, data):
        events.give_notice(row, by=self.request.user)


class LifeCallOffView(LifeActView):
    form_class = ReasonForm
    done = gettext_lazy("Called off. List and reason stay.")

    def act(self, row, data):
        events.call_off(row, by=self.request.user, reason=data["reason"])


class AttendanceView(PermissionRequiredMixin, OpensUntilFiled, FormView):
    """One tap a name, one to save. Who is not tapped stays unrecorded."""

    permission_required = RECORDS
    form_class = AttendanceForm
    template_name = "partybranch/attendance.html"

    @cached_property
    def event(self) -> LifeEvent:
        return get_object_or_404(LifeEvent.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def has_come(self) -> bool:
        return self.event.has_come(dates.today())

    def get_form_kwargs(self):
        rows = life.list_of(self.event)
        apart = told_apart((row.person for row in rows), branch=self.event.branch_id, day=self.event.held_on)
        return super().get_form_kwargs() | {"rows": rows, "apart": apart, "has_come": self.has_come}

    def get_context_data(self, **kwargs):
        sheets = self.event.pictures.shown().filter(kind=LifePicture.Kind.SHEET)
        changed = changed_roll(self.event, kwargs["form"].rows if "form" in kwargs else life.list_of(self.event))
        facts = {"sheets": sheets, "changed": changed, "has_come": self.has_come}
        return super().get_context_data(event=self.event, **facts, **kwargs)

    def form_valid(self, form):
        try:
            count = events.record_attendance(self.event, form.marks(), by=self.request.user, shown=form.shown())
        except events.AttendanceChanged as error:
            form.add_error(None, sentence_of(error))
            form.say_all_changed(error.rows)
            return self.form_invalid(form)
        except BrokenRule as error:
            form.add_error(None, sentence_of(error))
            return self.form_invalid(form)
        except REFUSED_BY_DATABASE as error:
            add_refusal(form, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Attendance of %(count)s people is recorded.") % {"count": count})
        return redirect(self.event)
