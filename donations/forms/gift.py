"""The counter form: six fields in sight, the rest folded with defaults."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from donations.forms.money_in import ForeignMixin, SplitMixin
from donations.models import Campaign, Donation, Donor
from donations.services.donors import ANONYMOUS_NAME, NewDonor, guess_kind
from donations.services.registering import GiftEntry
from donations.shipped import CONSENT_SETTING
from hebi_charity.core import dates
from hebi_charity.core.forms import DayField, FormKeyMixin, MoneyField, NameField, PhoneField
from hebi_charity.core.names import name_key
from hebi_charity.office.models import DatedSetting

SIX = ("name", "amount", "channel", "fund", "public_mode", "phone")
PAYER_RELATIONS = [choice for choice in Donation.PayerRelation.choices if choice[0] != Donation.PayerRelation.SENDER]


class GiftForm(FormKeyMixin, SplitMixin, ForeignMixin):
    """One gift at the counter. `entry()` gives what the service registers."""

    donor = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = NameField(
        label=_("name or unit"),
        required=False,
        max_length=120,
        help_text=_("Leave empty for an anonymous gift."),
        widget=forms.TextInput(
            attrs={"autofocus": True, "data-suggest": "donor-list", "data-suggest-clears": "id_donor"}
            | {"hx-trigger": "input changed delay:200ms", "hx-target": "#donor-list", "autocomplete": "off"}
        ),
    )
    amount = MoneyField(label=_("amount (yuan)"))
    channel = forms.ChoiceField(label=_("way of payment"), choices=Donation.Channel.choices, initial="cash")
    public_mode = forms.ChoiceField(
        label=_("how it is published"), choices=Donation.PublicMode.choices[:4], initial=Donation.PublicMode.FULL
    )
    phone = PhoneField(label=_("telephone"), required=False)
    donated_on = DayField(label=_("given on"), no_future=True)
    kind = forms.ChoiceField(
        label=_("kind of donor"), required=False, choices=[("", _("guessed from the name")), *Donor.Kind.choices]
    )
    campaign = forms.ModelChoiceField(
        label=_("campaign"), required=False, queryset=Campaign.objects.none(), empty_label=_("none")
    )
    arrival = forms.ChoiceField(
        label=_("arrival"),
        required=False,
        choices=[("", _("cheques are awaited, other money has arrived")), *Donation.Arrival.choices[:2]],
    )
    voucher_no = forms.CharField(label=_("cheque, bank or order number"), required=False, max_length=64)
    payer_relation = forms.ChoiceField(label=_("payer's part"), required=False, choices=PAYER_RELATIONS)
    payer_name = NameField(label=_("paid by"), required=False, max_length=120)
    public_name = forms.CharField(label=_("public name"), required=False, max_length=60)
    hides_amount = forms.BooleanField(label=_("amount is not published"), required=False)
    receipt_disposition = forms.ChoiceField(
        label=_("donation bill"), required=False, choices=Donation.ReceiptDisposition.choices[:2]
    )
    note = forms.CharField(label=_("note"), required=False, max_length=200)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = Campaign.objects.all()
        self.fields["donated_on"].initial = dates.today
        self.fields["phone"].widget.attrs["data-no-draft"] = True
        # A name never stands in an address, and nothing but the name is sent.
        self.fields["name"].widget.attrs |= {"hx-post": reverse("donations:donor_suggest"), "hx-params": "name"}

    def clean(self) -> dict[str, object]:
        data = super().clean()
        self.forget_other_donor(data)
        if data.get("public_mode") == Donation.PublicMode.CUSTOM and not data.get("public_name"):
            self.add_error("public_name", _("Give the public name the donor wishes, or choose another way."))
        if data.get("public_mode") != Donation.PublicMode.CUSTOM:
            data["public_name"] = ""
        if bool(data.get("payer_relation")) != bool(data.get("payer_name")):
            sentence = _("Say who paid and whether the money was passed on or given on behalf.")
            self.add_error("payer_name", sentence)
        return data

    def clean_donor(self) -> Donor | None:
        pk = self.cleaned_data["donor"]
        return Donor.objects.current().filter(pk=pk).first() if pk else None

    def forget_other_donor(self, data: dict[str, object]) -> None:
        """A donor chosen from the list counts as long as that name stands in the box, with or without a script."""
        donor = data.get("donor")
        if donor and "name" in data and name_key(data["name"])[:120] != donor.name_key:
            data["donor"] = None

    def is_anonymous(self) -> bool:
        data = self.cleaned_data
        kind = data["kind"] or guess_kind(data["name"])
        return not data["donor"] and kind == Donor.Kind.ANONYMOUS

    def is_nameless(self) -> bool:
        """No name was typed, and nobody said that it is an anonymous gift."""
        data = self.cleaned_data
        said = data["kind"] == Donor.Kind.ANONYMOUS or data["public_mode"] == Donation.PublicMode.ANONYMOUS
        return not data["donor"] and not data["name"] and not said

    @staticmethod
    def implied_arrival(channel: str) -> str:
        """A cheque is awaited, other money is here, unless the clerk says otherwise."""
        is_cheque = channel == Donation.Channel.CHEQUE
        return Donation.Arrival.PENDING if is_cheque else Donation.Arrival.ARRIVED

    def entry(self) -> GiftEntry:
        """What was typed, with the defaults of the counter."""
        data = self.cleaned_data
        anonymous = self.is_anonymous()
        arrival = data["arrival"] or self.implied_arrival(data["channel"])
        return GiftEntry(
            amount=data["amount"],
            channel=data["channel"],
            allocations=self.allocations(),
            donated_on=data["donated_on"],
            received_on=data["donated_on"] if arrival == Donation.Arrival.ARRIVED else None,
            arrival=arrival,
            donor=data["donor"] or self._new_donor(anonymous=anonymous),
            campaign=data["campaign"],
            voucher_no=data["voucher_no"],
            payer_relation=data["payer_relation"],
            payer_name=data["payer_name"],
            public_mode=Donation.PublicMode.ANONYMOUS if anonymous else data["public_mode"],
            public_name="" if anonymous else data["public_name"],
            hides_amount=data["hides_amount"],
            consent=DatedSetting.objects.in_force(CONSENT_SETTING, data["donated_on"]),
            receipt_disposition=self._disposition(anonymous=anonymous),
            note=data["note"],
            **self.foreign(),
        )

    def _new_donor(self, *, anonymous: bool) -> NewDonor:
        data = self.cleaned_data
        if anonymous:
            return NewDonor(name=ANONYMOUS_NAME, kind=Donor.Kind.ANONYMOUS)
        return NewDonor(name=data["name"], kind=data["kind"], phone=data["phone"])

    def _disposition(self, *, anonymous: bool) -> str:
        if anonymous:
            return Donation.ReceiptDisposition.ANONYMOUS
        return self.cleaned_data["receipt_disposition"] or Donation.ReceiptDisposition.PENDING
