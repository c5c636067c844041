"""A day as far as it is known: whoever writes 2021年10月 keeps the month, and nobody invents the day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.dates import DayError, parse_day, parse_month, today
from partybranch.models.dated import ImpreciseDay, Precision

_YEAR = re.compile(r"((?:19|20|21)\d{2})年?\Z")
EARLIEST = 1911


class ImpreciseDayField(forms.CharField):
    """2021, 2021年10月, 2021-10-15: kept as precisely as it was written; empty means that it is not known."""

    default_error_messages = {"required": _("Give at least the year, for example 2021, 2021-10 or 2021-10-15.")}

    def __init__(self, **kwargs: object) -> None:
        help_text = _("As far as it is known: 2021, 2021-10 or 2021-10-15.")
        super().__init__(**{"help_text": help_text, "max_length": 30} | kwargs)
        self.widget.attrs |= {"autocomplete": "off", "placeholder": "2021-10"}

    def clean(self, value: object) -> ImpreciseDay:
        text = unicodedata.normalize("NFKC", super().clean(value)).strip()
        text = re.sub(r"\s+", "", text)
        if not text:
            return ImpreciseDay(None, Precision.UNKNOWN)
        found = _read(text)
        if found.day.year < EARLIEST:
            raise ValidationError(
                gettext("The year %(year)d cannot be right. Please check the date.") % {"year": found.day.year}
            )
        if found.day > today():
            raise ValidationError(
                gettext("%(day)s lies in the future. Please check the year and the month.") % {"day": found},
                code="future",
            )
        return found


def _read(text: str) -> ImpreciseDay:
    if year := _YEAR.match(text):
        return ImpreciseDay(date(int(year[1]), 1, 1), Precision.YEAR)
    # Six figures are a year and a month, eight a whole day.
    if month := parse_month(text):
        return ImpreciseDay(month, Precision.MONTH)
    try:
        return ImpreciseDay(parse_day(text, today=today()), Precision.DAY)
    except DayError as error:
        raise ValidationError(
            gettext("“%(text)s” is not a date. Write as much as is known: 2021, 2021-10 or 2021-10-15.")
            % {"text": text[:30]},
            code="invalid",
        ) from error
