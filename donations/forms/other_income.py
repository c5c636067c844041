"""Money of a kind other than a gift: interest, an upstream transfer, a settlement. No donor, no person-times."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.forms.money_in import ForeignMixin, SplitMixin
from donations.models import Campaign, Donation, IncomeKind, IncomeKindRule
from donations.services.registering import GiftEntry
from hebi_charity.core import dates
from hebi_charity.core.forms import DayField, FormKeyMixin, MoneyField, NameField


class OtherIncomeForm(FormKeyMixin, SplitMixin, ForeignMixin):
    """One receipt that is no gift. `entry()` gives what the service registers."""

    kind = forms.ModelChoiceField(
        label=_("kind of receipt"), queryset=IncomeKind.objects.none(), empty_label=_("choose the kind")
    )
    payer_name = NameField(
        label=_("from whom"), required=False, max_length=120, help_text=_("Bank, organisation or person; as on paper.")
    )
    amount = MoneyField(label=_("amount (yuan)"))
    channel = forms.ChoiceField(label=_("way of payment"), choices=Donation.Channel.choices, initial="bank")
    received_on = DayField(label=_("received on"), no_future=True)
    campaign = forms.ModelChoiceField(
        label=_("campaign"),
        required=False,
        queryset=Campaign.objects.none(),
        empty_label=_("none"),
        help_text=_("For settlements of a platform and match funds: the campaign they belong to."),
    )
    voucher_no = forms.CharField(label=_("cheque, bank or order number"), required=False, max_length=64)
    note = forms.CharField(label=_("note"), required=False, max_length=200)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = IncomeKind.objects.other_than_gifts()
        self.fields["kind"].widget.attrs["autofocus"] = True
        self.fields["campaign"].queryset = Campaign.objects.all()
        self.fields["received_on"].initial = dates.today
        self.fields["fund"].label = _("fund")

    def entry(self) -> GiftEntry:
        data = self.cleaned_data
        return GiftEntry(
            kind=data["kind"].pk,
            amount=data["amount"],
            channel=data["channel"],
            allocations=self.allocations(),
            donated_on=data["received_on"],
            received_on=data["received_on"],
            donor=None,
            person_times=0,
            payer_name=data["payer_name"],
            payer_relation=Donation.PayerRelation.SENDER if data["payer_name"] else "",
            campaign=data["campaign"],
            voucher_no=data["voucher_no"],
            public_mode=Donation.PublicMode.NONE,
            receipt_disposition=self._disposition(),
            note=data["note"],
            **self.foreign(),
        )

    def _disposition(self) -> str:
        """What the dated table says of this kind on the day of receipt."""
        rule = IncomeKindRule.objects.in_force(self.cleaned_data["received_on"]).get(self.cleaned_data["kind"].pk)
        may = rule is not None and rule.may_be_receipted
        return Donation.ReceiptDisposition.PENDING if may else Donation.ReceiptDisposition.NOT_RECEIPTABLE
