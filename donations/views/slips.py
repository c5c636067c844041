"""The slip a donor leaves with, printed by the browser at once: no worker takes part."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, View

from donations.models import Donation
from donations.services import registering
from donations.services.broken_rules import HasNoSlip
from donations.services.sentences import sentence_of
from hebi_charity.office.models import Organisation

SLIP_FORMATS = {
    "a4": gettext_lazy("A4, three copies"),
    "wide": gettext_lazy("241 mm continuous"),
    "narrow": gettext_lazy("80 mm thermal"),
}


def no_slip(request, donation: Donation) -> HttpResponse:
    """The record instead of a slip, with the reason."""
    messages.warning(request, sentence_of(HasNoSlip()))
    return redirect(donation)


class SlipView(PermissionRequiredMixin, DetailView):
    """The slip a donor leaves with, printed by the browser at once: no worker takes part."""

    permission_required = "donations.view_donation"
    template_name = "donations/slip.html"
    context_object_name = "donation"

    def get_queryset(self):
        slips = Donation.objects.visible_to(self.request.user).printable()
        return slips.select_related("donor", "recorded_by")

    def render_to_response(self, context, **kwargs):
        if not self.object.has_slip():
            return no_slip(self.request, self.object)
        return super().render_to_response(context, **kwargs)

    def get_context_data(self, **kwargs):
        asked = self.request.GET.get("format", "")
        chosen = asked if asked in SLIP_FORMATS else self.request.session.get("slip_format", "a4")
        self.request.session["slip_format"] = chosen
        copies = (_("donor's copy"), _("bookkeeping copy"), _("counterfoil")) if chosen == "a4" else ("",)
        return super().get_context_data(
            slip_format=chosen,
            formats=SLIP_FORMATS.items(),
            copies=copies,
            again=self.object.printed_times,
            parts=list(self.object.allocations.select_related("fund")),
            organisation=Organisation.objects.first(),
            **kwargs,
        )


class SlipPrintedView(PermissionRequiredMixin, View):
    """Count a print; then the slip opens with the print dialogue. For those who hand slips out: who record gifts."""

    permission_required = ("donations.view_donation", "donations.add_donation")
    http_method_names = ["post"]

    def post(self, request, pk):
        donation = get_object_or_404(Donation.objects.visible_to(request.user).printable(), pk=pk)
        try:
            registering.count_print(donation, by=request.user)
        except HasNoSlip:
            return no_slip(request, donation)
        return redirect(f"{reverse('donations:slip', args=[pk])}?print=1")
