"""A signed sheet comes back: photographed, or by the code that is typed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.forms import FormKeyMixin
from partybranch.forms.pictures import TAKEN


class SheetForm(FormKeyMixin, forms.Form):
    """Which meeting a sheet belongs to. `kept` is a photograph that was sent before and whose code was not read."""

    kept = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    photograph = forms.FileField(
        label=gettext_lazy("take or choose a photograph"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": TAKEN, "capture": "environment"}),
        help_text=gettext_lazy("Photograph the whole sheet with the square in its corner; it may lie turned."),
    )
    code = forms.CharField(
        label=gettext_lazy("code on the sheet"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "placeholder": "ABCD-EFGH"}),
        help_text=gettext_lazy("Eight letters and figures below the square in the corner of the sheet."),
    )

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if not (data.get("photograph") or data.get("code") or self.errors):
            self.add_error("photograph", _("Photograph the sheet, or type the code below the square."))
        return data
