"""Files in: the list of imports, and one import with its report."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.views.generic import DetailView, ListView

from hebi_charity.imports.models import Import


class ImportListView(PermissionRequiredMixin, ListView):
    permission_required = "imports.view_import"
    template_name = "imports/list.html"

    def get_queryset(self):
        rows = Import.objects.visible_to(self.request.user).in_state(self.request.GET.get("state", ""))
        return rows.select_related("file", "recorded_by")[:50]


class ImportDetailView(PermissionRequiredMixin, DetailView):
    permission_required = "imports.view_import"
    template_name = "imports/detail.html"
    context_object_name = "imported"

    def get_queryset(self):
        return Import.objects.visible_to(self.request.user).select_related("file", "recorded_by")
