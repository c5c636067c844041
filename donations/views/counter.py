"""The counter: a gift recorded, perhaps printed at once, or changed before review."""

from __future__ import annotations

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from donations.forms import GiftForm
from donations.models import Donation
from donations.services import donors, registering
from donations.shipped import CONSENT_SETTING
from donations.views.asking import about_known, about_name
from donations.views.money_forms import ChangeView, RegisterView
from hebi_charity.core import dates
from hebi_charity.core.sentences import REFUSED_BY_DATABASE
from hebi_charity.office.models import DatedSetting


class GiftFormMixin:
    """The counter form with the sentence that is read to the donor."""

    form_class = GiftForm
    template_name = "donations/form.html"

    def get_context_data(self, **kwargs):
        sentence = DatedSetting.objects.in_force(CONSENT_SETTING, dates.today())
        return super().get_context_data(sentence=sentence, **kwargs)


class DonationCreateView(GiftFormMixin, RegisterView):
    permission_required = "donations.add_donation"

    def get_context_data(self, **kwargs):
        return super().get_context_data(last_saved=self.last_saved, **kwargs)

    def questions(self, form):
        return (*about_known(form), *about_name(form), *super().questions(form))

    def save(self, form):
        donation = super().save(form)
        self.remember(form, donation)
        self.keep_phone(form.cleaned_data["donor"], form.cleaned_data["phone"])
        self.is_printing = self.wants_print and self.count_print(donation)
        return donation

    # The gift is saved by then: what goes wrong with the rest must not be said of the gift.
    def keep_phone(self, donor, phone):
        if not (donor and phone):
            return
        try:
            is_kept = donors.keep_phone(donor, phone, by=self.request.user)
        except REFUSED_BY_DATABASE:
            sentence = _("The gift is saved, its telephone is not: please add it on the donor's page in a while.")
            messages.warning(self.request, sentence)
            return
        if not is_kept:
            messages.warning(self.request, _("The telephone differs from the one on record, which was kept."))

    def count_print(self, donation) -> bool:
        try:
            registering.print_first(donation, by=self.request.user)
        except REFUSED_BY_DATABASE:
            messages.warning(self.request, _("The gift is saved, its slip is not printed: please print it from here."))
            return False
        return True

    def next_page(self, row):
        if self.is_printing:
            return f"{reverse('donations:slip', args=[row.pk])}?print=1"
        return row if self.wants_print else "donations:create"


class DonationUpdateView(GiftFormMixin, ChangeView):
    permission_required = "donations.change_donation"
    rows = staticmethod(Donation.objects.gifts)
    fields = (
        *("amount", "channel", "public_mode", "donated_on", "campaign", "arrival", "voucher_no", "payer_relation"),
        *("payer_name", "public_name", "hides_amount", "receipt_disposition", "note"),
        *("currency", "foreign_amount", "booked_rate"),
    )

    def questions(self, form):
        named = about_name(form) if self.donation.donor.is_identified() else ()
        return (*named, *super().questions(form))

    def get_initial(self):
        donor = self.donation.donor
        named = {"name": donor.name, "donor": donor.pk} if donor.is_identified() else {}
        # What follows from the way of payment is left to it, so that a corrected way corrects the arrival too.
        implied = self.donation.arrival == GiftForm.implied_arrival(self.donation.channel)
        return super().get_initial() | named | ({"arrival": ""} if implied else {})
