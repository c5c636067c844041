"""Lists leave the house as CSV or Excel files: exactly what is filtered, logged before the first byte."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.generic import View

from donations.forms import DonationFilterForm
from donations.lists import exporting
from donations.lists.narrowing import narrowed
from donations.models import Donation
from hebi_charity.core.export import export_response


class ExportsRows:
    """GET gives the file; `export(kind)` is the table. What Excel cannot take in time goes back with a sentence."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        kind = "csv" if request.GET.get("format") == "csv" else "xlsx"
        try:
            return export_response(self.export(kind), kind=kind)
        except WrongFilter:
            messages.warning(request, _("A filter does not hold, so nothing was downloaded. Correct it first."))
            return HttpResponseRedirect(f"../?{request.GET.urlencode()}")
        except exporting.TooManyForExcel:
            limit = {"limit": f"{exporting.XLSX_ROWS:,}"}
            sentence = _("An Excel file takes %(limit)s rows at most. Download it as CSV, or narrow the list down.")
            messages.warning(request, sentence % limit)
            return HttpResponseRedirect(f"../?{request.GET.urlencode()}")


class WrongFilter(Exception):
    """A filter does not hold: nothing is exported rather than everything."""


class DonationExportView(ExportsRows, PermissionRequiredMixin, View):
    permission_required = ("donations.view_donation", "donations.export_donations")

    def export(self, kind):
        form = DonationFilterForm(self.request.GET)
        if not form.is_valid():
            raise WrongFilter
        rows = narrowed(Donation.objects.visible_to(self.request.user), form, by=self.request.user)
        return exporting.export_gifts(rows, by=self.request.user, kind=kind, form=form)
