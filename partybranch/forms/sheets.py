"""A printed sign-in sheet comes back: its code is typed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SheetForm(forms.Form):
    """Which meeting a sheet belongs to."""

    code = forms.CharField(
        label=_("code on the sheet"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "placeholder": "ABCD-EFGH"}),
        help_text=_("Eight letters and figures below the square in the corner of the sheet."),
        error_messages={"required": _("Type the code that stands below the square in the corner of the sheet.")},
    )
