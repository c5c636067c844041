"""Printed sign-in sheets come back: the code leads to the meeting, whose names are ticked."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import redirect
from django.views.generic import FormView

from partybranch.forms.sheets import SheetForm
from partybranch.services import sheet_codes
from partybranch.services.sentences import sentence_of
from partybranch.views.records import RECORDS


class SheetView(PermissionRequiredMixin, FormView):
    """The code of a sheet is typed."""

    permission_required = RECORDS
    form_class = SheetForm
    template_name = "partybranch/attend/sheet.html"

    def form_valid(self, form):
        try:
            event = sheet_codes.event_of(form.cleaned_data["code"], by=self.request.user)
        except sheet_codes.UnknownSheet as error:
            form.add_error("code", sentence_of(error))
            return self.form_invalid(form)
        return redirect("partybranch:life_attendance", event.pk)


class SheetOpenView(SheetView):
    """Where the QR of a sheet leads: to the names of its meeting, or to the place where the code is typed."""

    http_method_names = ("get", "head")

    def get(self, request, *args, **kwargs):
        try:
            event = sheet_codes.event_of(kwargs["code"], by=request.user)
        except sheet_codes.UnknownSheet as error:
            form = SheetForm({"code": kwargs["code"]})
            form.add_error("code", sentence_of(error))
            return self.render_to_response(self.get_context_data(form=form), status=404)
        return redirect("partybranch:life_attendance", event.pk)
