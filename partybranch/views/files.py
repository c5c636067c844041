"""What the branch can load from tables, and what was loaded."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.views.generic import TemplateView

from hebi_charity.imports.models import Import
from partybranch.importing import questions, roll

SHOWN = 20


class FilesView(PermissionRequiredMixin, TemplateView):
    permission_required = "partybranch.view_person"
    template_name = "partybranch/files/files.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        targets = ((roll.KEY, roll.TARGET), (questions.KEY, questions.TARGET))
        rows = Import.objects.visible_to(user).of_targets([key for key, _target in targets])
        loaded = list(rows.select_related("file", "recorded_by")[:SHOWN])
        loads = [(key, target) for key, target in targets if user.has_perm(target.permissions.load)]
        return super().get_context_data(loads=loads, loaded=loaded, shown=SHOWN, **kwargs)
