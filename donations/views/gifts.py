"""Gifts: the list, one record, the counter form, the slip."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, FormView, ListView, TemplateView, View

from donations.forms import ArrivalForm, DonationFilterForm, GiftForm, ReasonForm
from donations.lists.narrowing import narrowed, totals
from donations.lists.timeline import timeline_of
from donations.models import Donation
from donations.services import donors, registering
from donations.shipped import CONSENT_SETTING
from hebi_charity.core import dates
from hebi_charity.core.sentences import add_refusal
from hebi_charity.core.views import KeysetListMixin
from hebi_charity.office.models import DatedSetting, Organisation
from hebi_charity.office.services.form_keys import FormKeyReused, was_saved_with

LAST_USED = "donations.last_used"
SLIP_FORMATS = ("a4", "wide", "narrow")


class DonationListView(PermissionRequiredMixin, KeysetListMixin, ListView):
    permission_required = "donations.view_donation"
    template_name = "donations/list.html"
    partial_template_name = "donations/_table.html"
    page_key = "donated_on"

    def get_queryset(self):
        self.filter_form = DonationFilterForm(self.request.GET)
        rows = Donation.objects.visible_to(self.request.user).select_related("donor", "kind")
        return narrowed(rows, self.filter_form)

    def get_context_data(self, **kwargs):
        can_review = self.request.user.has_perm("donations.review_donation")
        return super().get_context_data(filter_form=self.filter_form, can_review=can_review, **kwargs)


class DonationTotalsView(PermissionRequiredMixin, TemplateView):
    """The totals of the filtered set, asked for apart so that the list never waits for them."""

    permission_required = "donations.view_donation"
    template_name = "donations/_totals.html"

    def get_context_data(self, **kwargs):
        rows = narrowed(Donation.objects.visible_to(self.request.user), DonationFilterForm(self.request.GET))
        return super().get_context_data(totals=totals(rows), **kwargs)


class DonationDetailView(PermissionRequiredMixin, DetailView):
    permission_required = "donations.view_donation"
    template_name = "donations/detail.html"
    context_object_name = "donation"

    def get_queryset(self):
        people = ("recorded_by", "reviewed_by", "voided_by", "arrival_by")
        related = ("donor", "kind", "campaign", "reversal", "consent", *people)
        return Donation.objects.visible_to(self.request.user).select_related(*related)

    def get_context_data(self, **kwargs):
        donation = self.object
        reversals = list(donation.reversals.select_related("recorded_by", "approved_by").order_by("pk"))
        return super().get_context_data(
            allocations=donation.allocations.select_related("fund"),
            reversals=reversals,
            orders=donation.orders.order_by("row_no")[:50],
            is_own=donation.recorded_by_id == self.request.user.pk,
            can_change=donation.state in {"registered", "returned"},
            can_arrive=donation.is_awaited,
            can_reverse=donation.state == "reviewed" and not any(each.is_live() for each in reversals),
            entries=timeline_of(donation, reversals),
            reason_form=ReasonForm(),
            arrival_form=ArrivalForm(initial={"received_on": dates.today()}),
            **kwargs,
        )


class GiftFormMixin(PermissionRequiredMixin):
    """What the counter form shows besides its fields."""

    form_class = GiftForm
    template_name = "donations/form.html"
    duplicates = ()

    def get_context_data(self, **kwargs):
        sentence = DatedSetting.objects.in_force(CONSENT_SETTING, dates.today())
        return super().get_context_data(sentence=sentence, duplicates=self.duplicates, **kwargs)


class DonationCreateView(GiftFormMixin, FormView):
    permission_required = "donations.add_donation"

    def get_initial(self):
        return super().get_initial() | self.request.session.get(LAST_USED, {})

    def form_valid(self, form):
        entry = form.entry()
        if self.looks_known(form, entry):
            return self.render_to_response(self.get_context_data(form=form))
        try:
            donation = registering.register_donation(entry, by=self.request.user, form_key=form.form_key)
        except FormKeyReused:
            form.add_error(None, _("This form was submitted before. Open a new one for another gift."))
            return self.form_invalid(form)
        except IntegrityError as error:
            add_refusal(form, error)
            return self.form_invalid(form)
        self.request.session[LAST_USED] = {"channel": entry.channel, "fund": entry.allocations[0][0].pk}
        messages.success(self.request, _("Saved: %(number)s") % {"number": donation.donation_no})
        if "print" in self.request.POST:
            return redirect("donations:slip", pk=donation.pk)
        return redirect("donations:create")

    def looks_known(self, form: GiftForm, entry: registering.GiftEntry) -> bool:
        """Whether gifts that may be this one stand there already and the clerk has not said it is another."""
        if form.is_anonymous() or form.cleaned_data["not_duplicate"]:
            return False
        if was_saved_with(form.form_key):
            return False
        self.duplicates = donors.possible_duplicates(
            name=form.cleaned_data["name"], amount=entry.amount, on=entry.donated_on, channel=entry.channel
        )
        return bool(self.duplicates)


class DonationUpdateView(GiftFormMixin, FormView):
    permission_required = "donations.change_donation"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.donation = None

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and self.has_permission():
            open_gifts = Donation.objects.visible_to(request.user).filter(state__in=["registered", "returned"])
            self.donation = get_object_or_404(open_gifts, pk=kwargs["pk"], shape="single", kind="donation")
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        gift = self.donation
        names = (
            "amount channel public_mode donated_on campaign arrival voucher_no payer_relation payer_name public_name"
            " hides_amount receipt_disposition note"
        ).split()
        initial = {name: getattr(gift, name) for name in names}
        return initial | {"name": gift.donor.name, "donor": gift.donor_id, "fund": gift.allocations.first().fund}

    def get_context_data(self, **kwargs):
        read_at = self.request.POST.get("read_at") or registering.fingerprint(self.donation)
        return super().get_context_data(donation=self.donation, read_at=read_at, **kwargs)

    def form_valid(self, form):
        try:
            read_at = self.request.POST.get("read_at", "")
            registering.change_donation(self.donation, form.entry(), by=self.request.user, read_at=read_at)
        except registering.ChangedMeanwhile:
            form.add_error(None, _("A colleague changed this gift while you were typing. Open it again and compare."))
            return self.form_invalid(form)
        except registering.NotAwaitingReview:
            form.add_error(None, _("This gift was reviewed or voided meanwhile and cannot be changed any more."))
            return self.form_invalid(form)
        messages.success(self.request, _("Changed. The gift waits for review."))
        return redirect(self.donation)


class SlipView(PermissionRequiredMixin, DetailView):
    """The slip a donor leaves with, printed by the browser at once: no worker takes part."""

    permission_required = "donations.view_donation"
    template_name = "donations/slip.html"
    context_object_name = "donation"

    def get_queryset(self):
        slips = Donation.objects.visible_to(self.request.user).filter(kind="donation", shape="single")
        return slips.select_related("donor", "recorded_by").exclude(state=Donation.State.VOIDED)

    def get_context_data(self, **kwargs):
        asked = self.request.GET.get("format", "")
        chosen = asked if asked in SLIP_FORMATS else self.request.session.get("slip_format", SLIP_FORMATS[0])
        self.request.session["slip_format"] = chosen
        copies = (_("donor's copy"), _("bookkeeping copy"), _("counterfoil")) if chosen == "a4" else ("",)
        return super().get_context_data(
            slip_format=chosen,
            copies=copies,
            again=self.object.printed_times,
            parts=self.object.allocations.select_related("fund"),
            organisation=Organisation.objects.first(),
            **kwargs,
        )


class SlipPrintedView(PermissionRequiredMixin, View):
    """Count a print; then the slip opens with the print dialogue."""

    permission_required = "donations.view_donation"
    http_method_names = ["post"]

    def post(self, request, pk):
        donation = get_object_or_404(Donation.objects.visible_to(request.user), pk=pk)
        registering.count_print(donation, by=request.user)
        return redirect(f"{reverse('donations:slip', args=[pk])}?print=1")
