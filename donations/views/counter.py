"""The counter: a gift recorded, perhaps printed at once, or changed before review."""

from __future__ import annotations

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from donations.forms import GiftForm
from donations.models import Donation
from donations.services import donors, registering
from donations.shipped import CONSENT_SETTING
from donations.views.money_forms import ChangeView, RegisterView
from hebi_charity.core import dates
from hebi_charity.office.models import DatedSetting
from hebi_charity.office.services.form_keys import was_saved_with


class GiftFormMixin:
    """The counter form with the sentence that is read to the donor."""

    form_class = GiftForm
    template_name = "donations/form.html"

    def get_context_data(self, **kwargs):
        sentence = DatedSetting.objects.in_force(CONSENT_SETTING, dates.today())
        return super().get_context_data(sentence=sentence, **kwargs)


class DonationCreateView(GiftFormMixin, RegisterView):
    permission_required = "donations.add_donation"
    duplicates = ()

    def get_context_data(self, **kwargs):
        return super().get_context_data(duplicates=self.duplicates, last_saved=self.last_saved, **kwargs)

    def form_valid(self, form):
        if self.looks_known(form):
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def looks_known(self, form: GiftForm) -> bool:
        """Whether gifts that may be this one stand there already and the clerk has not said it is another."""
        data = form.cleaned_data
        if form.is_anonymous() or data["not_duplicate"] or was_saved_with(form.form_key):
            return False
        self.duplicates = donors.possible_duplicates(name=data["name"], amount=data["amount"], on=data["donated_on"])
        return bool(self.duplicates)

    def save(self, form):
        donation = super().save(form)
        self.remember(form, donation)
        donor, phone = form.cleaned_data["donor"], form.cleaned_data["phone"]
        if donor and phone and not donors.keep_phone(donor, phone, by=self.request.user):
            messages.warning(self.request, _("The telephone differs from the one on record, which was kept."))
        if "print" in self.request.POST:
            registering.print_first(donation, by=self.request.user)
        return donation

    def next_page(self, row):
        if "print" in self.request.POST:
            return f"{reverse('donations:slip', args=[row.pk])}?print=1"
        return "donations:create"


class DonationUpdateView(GiftFormMixin, ChangeView):
    permission_required = "donations.change_donation"
    rows = staticmethod(Donation.objects.gifts)
    fields = (
        *("amount", "channel", "public_mode", "donated_on", "campaign", "arrival", "voucher_no", "payer_relation"),
        *("payer_name", "public_name", "hides_amount", "receipt_disposition", "note"),
        *("currency", "foreign_amount", "booked_rate"),
    )

    def get_initial(self):
        donor = self.donation.donor
        named = {"name": donor.name, "donor": donor.pk} if donor.is_identified() else {}
        # What follows from the way of payment is left to it, so that a corrected way corrects the arrival too.
        implied = self.donation.arrival == GiftForm.implied_arrival(self.donation.channel)
        return super().get_initial() | named | ({"arrival": ""} if implied else {})
