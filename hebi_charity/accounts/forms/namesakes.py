"""Two accounts under one name: perhaps one person twice, whom rules for two people would take for two."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class NamesakeForm(forms.Form):
    """Asks once when `has_namesake(name)`: the box to say so is shown with the question only."""

    is_namesake = forms.BooleanField(
        label=gettext_lazy("Another person of the same name"), required=False, widget=forms.HiddenInput
    )
    namesake_question = ""

    def has_namesake(self, full_name: str) -> bool:
        raise NotImplementedError

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        name = str(data.get("full_name") or "")
        if name and not data.get("is_namesake") and self.has_namesake(name):
            self.add_error("full_name", self.namesake_question % {"name": name})
            self.fields["is_namesake"].widget = forms.CheckboxInput()
        return data
