"""Who has long taken part in nothing or is out of contact: for the secretary alone."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from hebi_charity.core import dates
from partybranch.forms import WarningMonthsForm
from partybranch.lists.warnings import warnings_of
from partybranch.services.warning_months import record_warning_months, warning_months


class WarningListView(PermissionRequiredMixin, FormView):
    """The list, and below it after how many months it tells; other months are recorded with their day."""

    permission_required = ("partybranch.view_person", "partybranch.view_warnings")
    template_name = "partybranch/glance/warnings.html"
    form_class = WarningMonthsForm

    def get_context_data(self, **kwargs):
        today = dates.today()
        return super().get_context_data(
            lines=warnings_of(today, by=self.request.user), months=warning_months(today), **kwargs
        )

    def form_valid(self, form):
        record_warning_months(by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Recorded. It holds from the day you gave."))
        return redirect("partybranch:warning_list")
