"""A field for money."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.money import CENT, AmountError, parse_amount


class MoneyInput(forms.TextInput):
    """A box for yuan; the script writes the capitals below it while typing."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        own = {"inputmode": "decimal", "autocomplete": "off", "data-money": "capitals"}
        super().__init__(own | (attrs or {}))


class MoneyField(forms.DecimalField):
    """Yuan as people type them (1,234.5 · ￥200 · ３００元 · 1.5万 · 壹佰元); greater than 0 unless `allow_zero`.

    Gives a Decimal with two decimals, or None when empty and not required.
    """

    widget = MoneyInput
    default_error_messages = {"required": _("Please give the amount in figures, for example 100 or 100.50.")}

    def __init__(self, *, allow_zero: bool = False, **kwargs: object) -> None:
        self.allow_zero = allow_zero
        super().__init__(**{"max_digits": 16, "decimal_places": 2} | kwargs)
        if not allow_zero:
            self.validators.append(MinValueValidator(CENT, _("The amount must be greater than 0.")))

    def to_python(self, value: object) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            return parse_amount(str(value))
        except AmountError as error:
            raise ValidationError(error.sentence, code="invalid") from error

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        return super().widget_attrs(widget) | ({"data-allows-zero": ""} if self.allow_zero else {})

    def prepare_value(self, value: object) -> object:
        return f"{value:.2f}" if isinstance(value, Decimal) and value.is_finite() else value
