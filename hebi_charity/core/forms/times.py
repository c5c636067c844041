"""A field for a time of day."""

from __future__ import annotations

from datetime import datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.times import TimeError, parse_time


class TimeOfDayField(forms.TimeField):
    """A time of day as people type it (0900, 15：00, 下午3点半), shown as 15:30; None when empty."""

    widget = forms.TimeInput({"autocomplete": "off", "placeholder": "09:00"}, format="%H:%M")

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**({"help_text": _("For example 9:00, 1530 or 下午3点.")} | kwargs))

    def to_python(self, value: object) -> time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.time()
        if isinstance(value, time):
            return value
        try:
            return parse_time(str(value))
        except TimeError as error:
            raise ValidationError(error.sentence, code="invalid") from error
