from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.forms import DayField
from hebi_charity.core.registry import SettingKind


class SettingForm(forms.Form):
    """A new value of one setting from a day on; which field it gets is the kind's affair."""

    valid_from = DayField(label=_("Valid from"))
    legal_basis = forms.CharField(
        label=_("Legal basis or decision"),
        max_length=200,
        help_text=_("The law with its article, or the decision with its number."),
        error_messages={"required": _("Say what the new value rests on.")},
    )

    def __init__(self, *args, kind: SettingKind, initial_day: date, **kwargs) -> None:
        super().__init__(*args, initial={"valid_from": initial_day}, **kwargs)
        self.fields["value"] = _field_of(kind)
        self.order_fields(["value", "valid_from", "legal_basis"])

    def clean_value(self) -> str | int:
        value = self.cleaned_data["value"]
        return str(value) if isinstance(value, Decimal) else value


def _field_of(kind: SettingKind) -> forms.Field:
    if kind.shape == "number":
        return forms.IntegerField(label=kind.label, help_text=kind.help, min_value=0)
    if kind.shape == "amount":
        return forms.DecimalField(label=kind.label, help_text=kind.help, max_digits=16, decimal_places=2, min_value=0)
    return forms.CharField(
        label=kind.label, help_text=kind.help, max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )
