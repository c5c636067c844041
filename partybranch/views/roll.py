"""The roll of any day, as a page and as a file, and who has been a member for fifty years."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView, View

from hebi_charity.core import dates
from hebi_charity.core.export import export_response
from hebi_charity.core.views import KeysetListMixin
from partybranch.forms import MedalForm, RollFilterForm
from partybranch.lists import exporting, roll
from partybranch.models import Branch


class RollView(PermissionRequiredMixin, KeysetListMixin, ListView):
    permission_required = "partybranch.view_person"
    template_name = "partybranch/roll.html"
    partial_template_name = "partybranch/_roll.html"
    page_key = "sort_key"
    is_newest_first = False

    def get_queryset(self):
        self.filter_form = RollFilterForm(self.request.GET)
        return roll.narrowed_roll(self.filter_form, by=self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filter_form=self.filter_form, **kwargs)
        day = roll.day_of(self.filter_form)
        return context | {
            "day": day,
            "is_today": day == dates.today(),
            "lines": roll.lines_of(context["page"], day),
            "totals": roll.totals_of(self.object_list),
            "has_branch": Branch.objects.live().exists(),
            "filters": self.request.GET.urlencode(),
        }


class RollExportView(PermissionRequiredMixin, View):
    permission_required = ("partybranch.view_person", "partybranch.export_roll")
    http_method_names = ["get", "head"]

    def get(self, request):
        form = RollFilterForm(request.GET)
        if not form.is_valid():
            messages.warning(request, _("A filter does not hold, so nothing was downloaded. Correct it first."))
            return HttpResponseRedirect(f"{reverse('partybranch:roll')}?{request.GET.urlencode()}")
        rows = roll.narrowed_roll(form, by=request.user).order_by("sort_key", "pk")
        day = roll.day_of(form)
        table = exporting.export_roll(roll.lines_of(rows, day), by=request.user, day=day, form=form)
        return export_response(table, kind="csv" if request.GET.get("format") == "csv" else "xlsx")


class MedalView(PermissionRequiredMixin, TemplateView):
    permission_required = "partybranch.view_person"
    template_name = "partybranch/medal.html"

    def get_context_data(self, **kwargs):
        form = MedalForm(self.request.GET)
        form.is_valid()
        year = form.cleaned_data.get("year") or dates.today().year
        return super().get_context_data(
            filter_form=form, year=year, lines=roll.medal_lines(year, by=self.request.user), **kwargs
        )
