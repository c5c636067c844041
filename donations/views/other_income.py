"""Money that is no gift: recorded and changed by the accountant or the cashier, reviewed like every document."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from donations.forms import OtherIncomeForm
from donations.models import Donation
from donations.views.money_forms import ChangeView, RegisterView


class OtherIncomeMixin:
    permission_required = "donations.record_income"
    form_class = OtherIncomeForm
    template_name = "donations/income_form.html"
    day_field = "received_on"


class OtherIncomeCreateView(OtherIncomeMixin, RegisterView):
    def save(self, form):
        donation = super().save(form)
        self.remember(form, donation)
        return donation


class OtherIncomeUpdateView(OtherIncomeMixin, ChangeView):
    rows = staticmethod(Donation.objects.other_income)
    fields = ("kind", "payer_name", "amount", "channel", "received_on", "campaign", "voucher_no", "note")
    fields += ("currency", "foreign_amount", "booked_rate")
    done = gettext_lazy("Changed. It waits for review.")
