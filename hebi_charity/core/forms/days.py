"""Fields for days and months."""

from __future__ import annotations

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.dates import DayError, day_of, month_start, parse_day, parse_month, today


class DayInput(forms.DateInput):
    """A box for a day; typed freely, shown as 2026-03-01."""

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__({"autocomplete": "off", "data-day": ""} | (attrs or {}), format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day as people type it (20260301, 3.1, 今天); None when empty. With `no_future` not after today."""

    widget = DayInput
    default_error_messages = {"required": _("Please give the date, for example 2026-03-01, 3.1 or 今天.")}

    def __init__(self, *, no_future: bool = False, **kwargs: object) -> None:
        self.no_future = no_future
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        return super().widget_attrs(widget) | ({"data-no-future": ""} if self.no_future else {})

    def to_python(self, value: object) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return day_of(value)
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value), today=today())
        except DayError as error:
            raise ValidationError(error.sentence, code="invalid") from error

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if self.no_future and value and value > today():
            raise ValidationError(
                gettext("%(day)s lies in the future. Please check the year and the month.")
                % {"day": value.isoformat()},
                code="future",
            )


class MonthField(forms.DateField):
    """A month as people type it (2026-03, 202603, 2026.3, 2026年3月), as its first day; None when empty."""

    widget = forms.TextInput({"autocomplete": "off", "inputmode": "decimal", "data-month": ""})
    default_error_messages = {"required": _("Please give the month, for example 2026-03.")}

    def to_python(self, value: object) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return month_start(value)
        if month := parse_month(str(value)):
            return month
        raise ValidationError(
            gettext("“%(text)s” is not a month. Please write it like 2026-03.") % {"text": str(value)[:30]},
            code="invalid",
        )

    def prepare_value(self, value: object) -> object:
        return f"{value:%Y-%m}" if isinstance(value, date) else value
