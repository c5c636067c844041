"""Donors: the list, one donor with gifts and history, recording, correcting, and seeing personal data in full."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, FormView, ListView, TemplateView

from donations.forms import DonorChangeForm, DonorFilterForm, DonorForm
from donations.lists.donors import donor_totals, narrowed_donors, order_of_donors, with_gifts
from donations.models import Donation, Donor
from donations.services import donors
from donations.views.saving import SavesThroughService
from hebi_charity.audit import services as audit
from hebi_charity.audit.forms import RevealForm
from hebi_charity.core.paging import KeysetPage
from hebi_charity.core.views import KeysetListMixin
from hebi_charity.office.services.form_keys import was_saved_with

SHOWN_SAME = 10


class DonorListView(PermissionRequiredMixin, KeysetListMixin, ListView):
    permission_required = "donations.view_donor"
    template_name = "donations/donor_list.html"
    partial_template_name = "donations/_donors.html"

    def get_queryset(self):
        self.filter_form = DonorFilterForm(self.request.GET)
        rows = narrowed_donors(Donor.objects.visible_to(self.request.user).not_merged(), self.filter_form)
        self.page_key, self.is_newest_first = order_of_donors(self.filter_form)
        return rows

    def get_context_data(self, **kwargs):
        return super().get_context_data(filter_form=self.filter_form, **kwargs)


class DonorDetailView(PermissionRequiredMixin, DetailView):
    """One donor. Personal data is masked; `revealed` is set only by the view that logs the reason."""

    permission_required = "donations.view_donor"
    template_name = "donations/donor_detail.html"
    context_object_name = "donor"
    revealed = False

    def get_queryset(self):
        return Donor.objects.visible_to(self.request.user).select_related("merged_into")

    def gifts(self):
        return Donation.objects.visible_to(self.request.user).of_donor(self.object)

    def get_context_data(self, **kwargs):
        rows = self.gifts().select_related("donor", "kind")
        same = self.object.perhaps_same()[:SHOWN_SAME] if self.object.is_identified() else []
        defaults = {
            "page": KeysetPage.of(rows, query=self.request.GET, key="donated_on"),
            "perhaps_same": same,
            "revealed": self.revealed,
            "reveal_form": RevealForm(),
        }
        return super().get_context_data(**(defaults | kwargs))


class DonorTotalsView(DonorDetailView):
    """What the donor gave in all, asked for apart: 爱心人士 gave very often."""

    template_name = "donations/_totals.html"

    def get_context_data(self, **kwargs):
        return {"totals": donor_totals(self.gifts())}


@method_decorator(never_cache, name="dispatch")
class DonorRevealView(DonorDetailView):
    """The same page with the personal data in full, once, after a reason that is logged."""

    permission_required = ("donations.view_donor", "donations.view_personal_data")
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = RevealForm(request.POST)
        if form.is_valid():
            audit.record_view(request.user, self.object, reason=form.cleaned_data["reason"])
            self.revealed = True
        return self.render_to_response(self.get_context_data(reveal_form=form))


class DonorCreateView(PermissionRequiredMixin, SavesThroughService, FormView):
    permission_required = "donations.add_donor"
    form_class = DonorForm
    template_name = "donations/donor_form.html"
    done = gettext_lazy("The donor is recorded.")
    same = ()

    def get_initial(self):
        return {"kind": Donor.Kind.PERSON}

    def get_context_data(self, **kwargs):
        return super().get_context_data(perhaps_same=self.same, **kwargs)

    def form_valid(self, form):
        entry = form.entry()
        if not form.cleaned_data["not_same"] and not was_saved_with(form.form_key):
            self.same = donors.perhaps_same(entry)[:SHOWN_SAME]
            if self.same:
                return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def save(self, form):
        return donors.register_donor(form.entry(), by=self.request.user, form_key=form.form_key)


class DonorUpdateView(PermissionRequiredMixin, SavesThroughService, FormView):
    permission_required = "donations.change_donor"
    form_class = DonorChangeForm
    template_name = "donations/donor_form.html"
    done = gettext_lazy("Saved. What was changed stands in the history.")

    @cached_property
    def donor(self) -> Donor:
        rows = Donor.objects.visible_to(self.request.user).identified().not_merged()
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"donor": self.donor}
        del kwargs["initial"]  # the form takes it from the donor
        return kwargs

    def get_context_data(self, **kwargs):
        return super().get_context_data(donor=self.donor, **kwargs)

    def save(self, form):
        changes, reason = form.changes(), form.cleaned_data["reason"]
        if not changes:
            return self.donor
        return donors.change_donor(self.donor, by=self.request.user, reason=reason, **changes)


class DonorSuggestView(PermissionRequiredMixin, TemplateView):
    """Asked by POST, so that names stand in no address."""

    permission_required = "donations.view_donor"
    http_method_names = ["post"]
    template_name = "donations/_suggestions.html"

    def post(self, request, *args, **kwargs):
        found = donors.suggestions(request.POST.get("name", "")[:60])
        return self.render_to_response(self.get_context_data(suggested=with_gifts(found)))
