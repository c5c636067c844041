"""Who sat in on an event: added beside the fixed list, withdrawn when wrong."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView

from hebi_charity.core.views import ActView
from hebi_charity.office.forms import ReasonForm
from partybranch.forms.observers import ObserverForm
from partybranch.models import LifeEvent, Observer
from partybranch.services import observers
from partybranch.services.broken_rules import AlreadyFiled, BrokenRule, CalledOff, NotNoticed
from partybranch.services.sentences import sentence_of
from partybranch.views.filed import OpensUntilFiled
from partybranch.views.records import RECORDS
from partybranch.views.saving import SavesThroughService


class ObserverCreateView(PermissionRequiredMixin, OpensUntilFiled, SavesThroughService, CreateView):
    permission_required = RECORDS
    form_class = ObserverForm
    template_name = "partybranch/attend/observer.html"
    done = gettext_lazy("Recorded as an observer, without a vote and not among those expected.")
    places = {
        "observer_is_named": "person",
        "observer_once": "person",
        "partybranch_observer_not_on_list": "person",
        NotNoticed: "person",
        AlreadyFiled: "person",
        CalledOff: "person",
    }

    @cached_property
    def event(self) -> LifeEvent:
        return get_object_or_404(LifeEvent.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Observer(event=self.event)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(event=self.event, **kwargs)

    def save(self, form):
        return observers.add_observer(form.instance, by=self.request.user, form_key=form.form_key)


class ObserverWithdrawView(ActView):
    permission_required = RECORDS
    model = Observer
    form_class = ReasonForm
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)
    done = gettext_lazy("Withdrawn.")

    def act(self, row, data):
        observers.withdraw_observer(row, by=self.request.user, reason=data["reason"])

    def next_page(self, row):
        return row.event
