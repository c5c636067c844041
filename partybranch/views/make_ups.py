"""补学 and 补课: what is still open, recording several at once, withdrawing one."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView

from hebi_charity.core import dates
from hebi_charity.core.views import ActView, KeysetListMixin
from hebi_charity.office.forms import ReasonForm
from partybranch.forms.make_ups import MakeUpFilterForm, MakeUpForm
from partybranch.lists import make_ups as listed
from partybranch.models import LifeEvent, MakeUp
from partybranch.services import make_ups
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.records import RECORDS
from partybranch.views.saving import SavesThroughService
from partybranch.views.votes import WITHDRAWS

YEARS = 6


class MakeUpListView(PermissionRequiredMixin, KeysetListMixin, ListView):
    """Whatever was missed and not made up yet, meeting by meeting, the newest first."""

    permission_required = "partybranch.view_person"
    template_name = "partybranch/attend/make_ups.html"
    partial_template_name = "partybranch/attend/_make_ups.html"
    page_key = "held_on"
    page_size = 20  # of meetings, each with the names of those who missed it

    def get_queryset(self):
        today = dates.today()
        self.filter_form = MakeUpFilterForm(self.request.GET, years=range(today.year, today.year - YEARS, -1))
        return listed.narrowed_open_events(self.filter_form, by=self.request.user, today=today)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filter_form=self.filter_form, **kwargs)
        return context | {"groups": [(event, listed.word_of(event)) for event in context["page"]]}


class MakeUpCreateView(PermissionRequiredMixin, SavesThroughService, FormView):
    """Those who missed one event, with what they made up together."""

    permission_required = RECORDS
    form_class = MakeUpForm
    template_name = "partybranch/attend/make_up.html"
    done = gettext_lazy("Recorded as made up.")
    places = {
        "partybranch_make_up_after_event": "done_on",
        "partybranch_make_up_of_missed": "people",
        "make_up_once": "people",
        "partybranch_not_in_future": "done_on",
    }

    @cached_property
    def event(self) -> LifeEvent:
        return get_object_or_404(LifeEvent.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    @cached_property
    def missed(self) -> list[listed.Missed]:
        return listed.missed_of(self.event)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"missed": self.missed}

    def get_initial(self):
        asked = self.request.GET.get("row", "")
        owed = [one.row.pk for one in self.missed if one.is_owed]
        chosen = [pk for pk in owed if str(pk) == asked] or owed
        return {"people": chosen, "what": self.event.topic, "done_on": dates.today()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(event=self.event, word=listed.word_of(self.event), missed=self.missed, **kwargs)

    def save(self, form):
        facts = {name: form.cleaned_data[name] for name in ("done_on", "way", "what", "helper")}
        self.count = len(form.cleaned_data["people"])
        make_ups.record_make_ups(self.event, form.rows(), by=self.request.user, form_key=form.form_key, **facts)
        return self.event

    def said(self, row):
        return _("%(count)s people have made it up.") % {"count": self.count}


class MakeUpWithdrawView(ActView):
    permission_required = WITHDRAWS
    model = MakeUp
    form_class = ReasonForm
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)
    done = gettext_lazy("Withdrawn; what was missed is open again.")

    def act(self, row, data):
        make_ups.withdraw_make_up(row, by=self.request.user, reason=data["reason"])

    def next_page(self, row):
        return row.attendance.event
