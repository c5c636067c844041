"""Values that change by law or decision: what holds today, what held before, a new one from a day on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, UpdateView

from hebi_charity.core import dates
from hebi_charity.core.acts import record_act
from hebi_charity.core.registry import SettingKind, setting_kinds
from hebi_charity.office.forms import OrganisationForm, SettingForm
from hebi_charity.office.models import DatedSetting, Organisation
from hebi_charity.office.services.dated_settings import record_setting


class SettingListView(PermissionRequiredMixin, TemplateView):
    permission_required = "office.manage_settings"
    template_name = "office/setting_list.html"

    def get_context_data(self, **kwargs):
        today = dates.today()
        lines = [(key, kind, DatedSetting.objects.in_force(key, today)) for key, kind in setting_kinds.items()]
        return super().get_context_data(lines=lines, organisation=Organisation.objects.first(), **kwargs)


class SettingDetailView(PermissionRequiredMixin, FormView):
    permission_required = "office.manage_settings"
    template_name = "office/setting_detail.html"
    form_class = SettingForm

    @cached_property
    def kind(self) -> SettingKind:
        kind = setting_kinds.get(self.kwargs["key"])
        if kind is None:
            raise Http404
        return kind

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"kind": self.kind, "initial_day": dates.today()}
        del kwargs["initial"]
        return kwargs

    def get_context_data(self, **kwargs):
        rows = DatedSetting.objects.filter(key=self.kwargs["key"]).order_by("-valid_from", "-pk")
        rows = rows.select_related("recorded_by")
        return super().get_context_data(kind=self.kind, key=self.kwargs["key"], rows=rows, **kwargs)

    def form_valid(self, form):
        record_setting(self.kwargs["key"], by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Recorded. It holds from the day you gave."))
        return redirect("office:setting", key=self.kwargs["key"])


class OrganisationView(PermissionRequiredMixin, UpdateView):
    permission_required = "office.manage_settings"
    template_name = "office/organisation.html"
    form_class = OrganisationForm

    def get_object(self, queryset=None):
        organisation = Organisation.objects.first()
        if organisation is None:
            raise Http404
        return organisation

    def form_valid(self, form):
        changes = {name: (form.initial.get(name), form.cleaned_data[name]) for name in form.changed_data}
        form.save()
        record_act(self.request.user, "organisation.changed", self.object, changes=changes)
        messages.success(self.request, _("Saved."))
        return redirect("office:organisation")
