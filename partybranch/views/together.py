"""Another event held together with one that is recorded: only what differs is asked for."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from partybranch.forms import TogetherForm
from partybranch.models import LifeEvent
from partybranch.services.together import hold_together
from partybranch.views.life import PLACES
from partybranch.views.records import RECORDS
from partybranch.views.saving import SavesThroughService


class TogetherView(PermissionRequiredMixin, SavesThroughService, FormView):
    permission_required = RECORDS
    form_class = TogetherForm
    template_name = "partybranch/record/together.html"
    done = gettext_lazy("Recorded apart. Its list and who came are taken over; now write its minutes.")
    places = PLACES

    @cached_property
    def event(self) -> LifeEvent:
        events = LifeEvent.objects.visible_to(self.request.user).select_related("branch")
        return get_object_or_404(events, pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"branch": self.event.branch}

    def get_context_data(self, **kwargs):
        return super().get_context_data(event=self.event, **kwargs)

    def save(self, form):
        second = LifeEvent(**form.cleaned_data)
        return hold_together(second, self.event, by=self.request.user, form_key=form.form_key)
