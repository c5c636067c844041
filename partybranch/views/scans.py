"""Scans and photographs of an honour or a row of a register: shown on its page, and added there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import ngettext

from hebi_charity.files import services as files
from hebi_charity.files.forms import PapersForm
from partybranch.models import Honour
from partybranch.models.register_row import RegisterRow
from partybranch.services.registers import add_scans
from partybranch.views.records import RECORDS


def scans_of(row: Honour | RegisterRow) -> dict[str, object]:
    """What the page of a row shows of its scans, the last picture large, and the form that adds more."""
    scans = files.attachments_of(row)
    pictures = [scan for scan in scans if scan.is_picture]
    return {"scans": scans, "picture": pictures[-1] if pictures else None, "papers_form": PapersForm()}


class AddsScans:
    """Adds scans to the row of a page; a refusal stands beside the choice on that page."""

    permission_required = RECORDS
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = PapersForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                added = add_scans(self.object, form.cleaned_data["papers"], by=request.user)
            except files.FileRefused as refusal:
                form.add_error("papers", str(refusal))
            else:
                words = ngettext(
                    "%(count)d picture or paper was added.", "%(count)d pictures or papers were added.", len(added)
                )
                messages.success(request, words % {"count": len(added)})
                return HttpResponseRedirect(f"{self.object.get_absolute_url()}#scans")
        return self.render_to_response(self.get_context_data(papers_form=form), status=422)
