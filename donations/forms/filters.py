from django import forms
from django.utils.translation import gettext_lazy as _

from donations.lists.waiting import WAITING
from donations.models import Campaign, Donation, Donor, Fund, IncomeKind
from hebi_charity.core.forms import DayField, MoneyField

ANY = ("", _("all"))


def _amount() -> forms.TextInput:
    return forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})


class DonationFilterForm(forms.Form):
    """What the list of gifts is narrowed to: three usual filters first, the rest folded."""

    q = forms.CharField(label=_("Name, pinyin, number, amount or query code"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("state"), required=False, choices=[ANY, *Donation.State.choices])
    first = DayField(label=_("from the day"), required=False)
    last = DayField(label=_("to the day"), required=False)
    money = forms.ChoiceField(
        label=_("gift or other money"),
        required=False,
        choices=[ANY, ("gifts", _("gifts")), ("other", _("other money in"))],
    )
    kind = forms.ModelChoiceField(
        label=_("kind of receipt"), required=False, queryset=IncomeKind.objects.all(), empty_label=_("all")
    )
    channel = forms.ChoiceField(label=_("way of payment"), required=False, choices=[ANY, *Donation.Channel.choices])
    arrival = forms.ChoiceField(label=_("arrival"), required=False, choices=[ANY, *Donation.Arrival.choices])
    waits = forms.ChoiceField(
        label=_("waiting work"), required=False, choices=[ANY, *((code, work.label) for code, work in WAITING.items())]
    )
    least = MoneyField(label=_("amount from (yuan)"), required=False, widget=_amount())
    most = MoneyField(label=_("amount to (yuan)"), required=False, widget=_amount())
    fund = forms.ModelChoiceField(label=_("fund"), required=False, queryset=Fund.objects.all(), empty_label=_("all"))
    campaign = forms.ModelChoiceField(
        label=_("campaign"), required=False, queryset=Campaign.objects.all(), empty_label=_("all")
    )
    booked_first = DayField(label=_("booked from the day"), required=False)
    booked_last = DayField(label=_("booked to the day"), required=False)
    import_no = forms.CharField(label=_("number of the import record"), required=False, max_length=20)
    person = forms.CharField(label=_("recorded by (name)"), required=False, max_length=40)
    sort = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class DonorFilterForm(forms.Form):
    """What the list of donors is narrowed to."""

    q = forms.CharField(
        label=_("Name, pinyin or last four of the telephone"), required=False, max_length=60, strip=True
    )
    kind = forms.ChoiceField(label=_("kind of donor"), required=False, choices=[ANY, *Donor.Kind.choices])
    use = forms.ChoiceField(
        label=_("in use"), required=False, choices=[ANY, ("yes", _("in use")), ("no", _("not in use"))]
    )


class OrderFilterForm(forms.Form):
    """What the orders of a pool are narrowed to."""

    q = forms.CharField(
        label=_("Order number, its last six places, or nickname"),
        required=False,
        max_length=64,
    )
