"""The one-time key of a creating form: two clicks, a back button and a repeated POST make one thing."""

from __future__ import annotations

from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

_STALE = _("This page is too old to be saved. Please open it anew and type again what is missing.")


class FormKeyField(forms.UUIDField):
    """A hidden key, new each time the form is opened and kept while it is corrected."""

    widget = forms.HiddenInput
    default_error_messages = {"required": _STALE, "invalid": _STALE}

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"initial": uuid4} | kwargs)

    def has_changed(self, initial: object, data: object) -> bool:
        return False


class FormKeyMixin(forms.Form):
    """A form that creates something. `form.form_key` is the key for the service; `cleaned_data` does not hold it.

        class DonationForm(FormKeyMixin, forms.ModelForm): ...

    The service calls `office.services.form_keys.claim_form_key` first in its transaction.
    """

    form_key: UUID | None = FormKeyField()

    def clean(self) -> dict[str, object]:
        data = super().clean()
        data = self.cleaned_data if data is None else data
        self.form_key = data.pop("form_key", None)
        return data
