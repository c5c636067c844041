"""导入记录: what waits first, then every import, newest first."""

from __future__ import annotations

from django.views.generic import ListView

from hebi_charity.core.views import KeysetListMixin
from hebi_charity.imports.forms import ImportFilterForm
from hebi_charity.imports.models import Import
from hebi_charity.imports.views.allowed import ForTarget, loadable_by, shows_money

WAITING_SHOWN = 20


class ImportListView(ForTarget, KeysetListMixin, ListView):
    template_name = "imports/list.html"
    partial_template_name = "imports/_table.html"
    page_key = "recorded_on"

    def rows(self):
        return Import.objects.visible_to(self.request.user).select_related("file", "recorded_by")

    def get_queryset(self):
        self.filter_form = ImportFilterForm(self.request.GET)
        return self.rows().in_state(self.request.GET.get("state", ""))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            filter_form=self.filter_form,
            waiting=self.waiting(),
            loadable=loadable_by(self.request.user),
            shows_money=shows_money(self.request.user),
            **kwargs,
        )

    def waiting(self) -> list[Import]:
        """What this person has to do, on the list as it opens; a filtered list shows only what was asked for."""
        if self.request.GET:
            return []
        return list(self.rows().waiting_for(self.request.user)[:WAITING_SHOWN])
