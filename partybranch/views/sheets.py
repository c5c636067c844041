"""Signed sheets come back: photograph or code leads to the meeting, whose names are ticked beside the picture."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from hebi_charity.files.models import Attachment
from hebi_charity.office.services.form_keys import FormKeyReused
from partybranch.forms.sheets import SheetForm
from partybranch.models import LifeEvent, LifePicture
from partybranch.services import pictures, sheet_codes, sheet_reading
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.records import RECORDS

SHEET = LifePicture.Kind.SHEET


class SheetView(PermissionRequiredMixin, FormView):
    """A photograph is kept as soon as it is sent: whose code cannot be read is not taken twice."""

    permission_required = RECORDS
    form_class = SheetForm
    template_name = "partybranch/attend/sheet.html"

    def form_valid(self, form):
        kept = self.keep(form)
        event = None if form.errors else self.find(form, kept)
        if event and kept and not self.give(event, kept, form):
            event = None
        if event:
            return redirect("partybranch:life_attendance", event.pk)
        return self.asked_again(form, kept)

    def keep(self, form: SheetForm) -> list[pictures.Chosen]:
        """The photograph of this sending, else the one that was kept before."""
        user = self.request.user
        if form.cleaned_data["photograph"]:
            stored = pictures.store_pictures(SHEET, [(form.cleaned_data["photograph"], 0)], by=user)
            for refusal in stored.refusals:
                form.add_error("photograph", refusal)
            return stored.kept
        number = form.cleaned_data["kept"]
        return pictures.kept_by(user, [(SHEET, number, 0)]) if number else []

    def find(self, form: SheetForm, kept: list[pictures.Chosen]) -> LifeEvent | None:
        """By the code that was typed, else by the photograph. Says beside the place when neither leads anywhere."""
        code = form.cleaned_data["code"]
        try:
            if code:
                return sheet_codes.event_of(code, by=self.request.user)
            if kept:
                return sheet_reading.event_on(kept[0].attachment, by=self.request.user)
        except sheet_codes.UnknownSheet as error:
            words = _(
                "No code could be read in the photograph. It is kept: type the code below the square, or photograph"
                " the sheet again in better light."
            )
            form.add_error("code", sentence_of(error) if code else words)
        return None

    def give(self, event: LifeEvent, kept: list[pictures.Chosen], form: SheetForm) -> bool:
        """Keep the photograph with the meeting, where the meeting is open."""
        try:
            pictures.add_pictures(event, kept, by=self.request.user, form_key=form.form_key)
        except BrokenRule as error:
            form.add_error("code", sentence_of(error))
        except FormKeyReused:
            form.add_error(None, _("This form was submitted before. Open a new one to record another."))
        else:
            messages.success(self.request, _("The sheet is kept with the meeting. Now tick the names."))
            return True
        return False

    def asked_again(self, form: SheetForm, kept: list[pictures.Chosen]):
        attachment: Attachment | None = kept[0].attachment if kept else None
        form.data = form.data.copy()
        form.data["kept"] = str(attachment.pk) if attachment else ""
        return self.render_to_response(self.get_context_data(form=form, kept=attachment))


class SheetOpenView(SheetView):
    """Where the QR of a sheet leads: to the names of its meeting, or to the place where the code is typed."""

    http_method_names = ("get", "head")

    def get(self, request, *args, **kwargs):
        try:
            event = sheet_codes.event_of(kwargs["code"], by=request.user)
        except sheet_codes.UnknownSheet as error:
            form = SheetForm({"code": kwargs["code"], "form_key": str(uuid4())})
            form.add_error("code", sentence_of(error))
            return self.render_to_response(self.get_context_data(form=form), status=404)
        return redirect("partybranch:life_attendance", event.pk)
