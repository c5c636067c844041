"""What every form for money that came in shares: several funds, and foreign currency with its rate."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from donations.models import Fund
from hebi_charity.core.forms import MoneyField
from hebi_charity.core.money import CENT, format_yuan

YUAN = "CNY"
CURRENCIES = [
    (YUAN, _("renminbi (yuan)")),
    ("HKD", _("Hong Kong dollar")),
    ("MOP", _("Macao pataca")),
    ("TWD", _("new Taiwan dollar")),
    ("USD", _("US dollar")),
    ("EUR", _("euro")),
    ("GBP", _("pound sterling")),
    ("JPY", _("Japanese yen")),
    ("KRW", _("Korean won")),
    ("SGD", _("Singapore dollar")),
    ("AUD", _("Australian dollar")),
    ("CAD", _("Canadian dollar")),
]
_MONEY = {"inputmode": "decimal", "autocomplete": "off", "class": "input-money"}
SPARE_ROWS, MOST_ROWS = 2, 19
Parts = tuple[tuple[Fund, Decimal], ...]


class FundPartForm(forms.Form):
    """A part of the amount for a further fund; an empty row is no part."""

    fund = forms.ModelChoiceField(
        label=_("further fund"), required=False, queryset=Fund.objects.none(), empty_label=_("none")
    )
    amount = MoneyField(
        label=_("of the amount (yuan)"),
        required=False,
        widget=forms.TextInput(
            {"inputmode": "decimal", "autocomplete": "off", "class": "input-money", "data-part": ""}
        ),
    )

    def __init__(self, *args, funds: QuerySet[Fund], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = funds

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if "amount" in data and data.get("fund") and data["amount"] is None:
            self.add_error("amount", _("Say how much of the amount goes to this fund."))
        if data.get("amount") and "fund" in data and data["fund"] is None:
            self.add_error("fund", _("Say which fund this part goes to."))
        return data

    @property
    def part(self) -> tuple[Fund, Decimal] | None:
        data = getattr(self, "cleaned_data", {})
        return (data["fund"], data["amount"]) if data.get("fund") and data.get("amount") else None


FundPartFormSet = forms.formset_factory(
    FundPartForm, extra=SPARE_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)


class SplitMixin(forms.Form):
    """One fund by default; further funds take their parts, and the first keeps the rest."""

    fund = forms.ModelChoiceField(label=_("wish"), queryset=Fund.objects.none(), empty_label=None)

    def __init__(self, *args, named: Parts = (), **kwargs) -> None:
        """`named`: the parts of the record that is changed; their funds stay choosable when retired meanwhile."""
        super().__init__(*args, **kwargs)
        self.named = named
        kept = Fund.objects.filter(pk__in=[fund.pk for fund, amount in named])
        self.fields["fund"].queryset = Fund.objects.in_use() | kept
        self.fields["fund"].initial = Fund.objects.in_use().unrestricted().first

    @cached_property
    def parts(self):
        initial = [{"fund": fund, "amount": amount} for fund, amount in self.named[1:]]
        data = self.data if self.is_bound and "part-TOTAL_FORMS" in self.data else None
        funds = {"funds": self.fields["fund"].queryset}
        return FundPartFormSet(data, prefix="part", initial=initial, form_kwargs=funds)

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.parts.is_bound:
            self.check_parts()

    def check_parts(self) -> None:
        if not self.parts.is_valid():
            self.add_error(None, _("Please look at the further funds: a fund or its amount is missing or wrong."))
            return
        funds = [fund for fund, amount in self.further()]
        if len({*funds, self.cleaned_data.get("fund")}) <= len(funds):
            self.add_error(None, _("Each fund is named once."))
        amount = self.cleaned_data.get("amount")
        if amount and sum((part for fund, part in self.further()), Decimal(0)) >= amount:
            sentence = _("The further funds take %(parts)s yuan of %(amount)s. Something must be left for the first.")
            parts = sum((part for fund, part in self.further()), Decimal(0))
            self.add_error("amount", sentence % {"parts": format_yuan(parts), "amount": format_yuan(amount)})

    def further(self) -> list[tuple[Fund, Decimal]]:
        return [form.part for form in self.parts if form.part] if self.parts.is_bound else []

    def allocations(self) -> Parts:
        """(fund, yuan) of every fund: the first keeps what the further ones leave."""
        further = self.further()
        rest = Decimal(self.cleaned_data["amount"]) - sum((amount for fund, amount in further), Decimal(0))
        return ((self.cleaned_data["fund"], rest), *further)


class ForeignMixin(forms.Form):
    """Foreign money: its amount and rate beside the yuan it was booked at."""

    currency = forms.ChoiceField(label=_("currency"), required=False, choices=CURRENCIES, initial=YUAN)
    foreign_amount = MoneyField(
        label=_("amount in foreign currency"),
        required=False,
        widget=forms.TextInput(_MONEY | {"data-foreign": "amount"}),
    )
    booked_rate = forms.DecimalField(
        label=_("rate"),
        required=False,
        max_digits=18,
        decimal_places=8,
        help_text=_("Yuan for one unit, the central parity of the day of receipt."),
        widget=forms.TextInput(_MONEY | {"data-foreign": "rate"}),
        error_messages={"invalid": _("Write the rate in figures, for example 7.1234.")},
    )

    def clean(self) -> dict[str, object]:
        data = super().clean()
        data["currency"] = data.get("currency") or YUAN
        if data["currency"] == YUAN:
            data["foreign_amount"] = data["booked_rate"] = None
            return data
        if {"foreign_amount", "booked_rate", "amount"} & set(self.errors):
            return data
        for name in ("foreign_amount", "booked_rate"):
            if not data.get(name) or data[name] <= 0:
                self.add_error(name, _("Foreign money needs its amount and its rate."))
        if not {"foreign_amount", "booked_rate"} & set(self.errors):
            self.check_yuan(data)
        return data

    def check_yuan(self, data: dict[str, object]) -> None:
        yuan = (data["foreign_amount"] * data["booked_rate"]).quantize(CENT, ROUND_HALF_UP)
        if data.get("amount") != yuan:
            self.add_error("amount", _("At this rate it is %(yuan)s yuan.") % {"yuan": format_yuan(yuan)})

    def foreign(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in ("currency", "foreign_amount", "booked_rate")}
