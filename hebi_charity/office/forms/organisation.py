from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.forms import CreditCodeField, DayField, NameField, PhoneField
from hebi_charity.office.models import Organisation

YES, NO = "yes", "no"


class OrganisationForm(forms.ModelForm):
    """Who the office is. Papers carry the name; the credit code is checked by its check digit (GB 32100-2015)."""

    name = NameField(
        label=_("full name"),
        max_length=80,
        help_text=_("As it stands on the seal; papers carry it."),
        error_messages={"required": _("Give the full name as it stands on the seal.")},
    )
    credit_code = CreditCodeField(label=_("unified social credit code"), required=False)
    phone = PhoneField(label=_("telephone"), required=False, max_length=30)
    public_fundraising_since = DayField(
        label=_("public fundraising status since"),
        required=False,
        no_future=True,
        help_text=_("Leave empty when the organisation does not hold the status."),
    )
    field_order = ["name", "credit_code", "phone", "address", "public_fundraising_since"]

    class Meta:
        model = Organisation
        fields = ["name", "credit_code", "phone", "address", "public_fundraising_since"]


class FirstOrganisationForm(OrganisationForm):
    """The same at the first start, where the code is needed and the status is asked for in words."""

    credit_code = CreditCodeField(
        label=_("unified social credit code"),
        help_text=_("18 characters, as on the registration certificate. It is checked at once."),
        error_messages={"required": _("Give the unified social credit code from the registration certificate.")},
    )
    holds_status = forms.ChoiceField(
        label=_("Does the organisation hold the public fundraising status?"),
        choices=[(YES, _("yes")), (NO, _("no"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the organisation holds the status.")},
    )
    public_fundraising_since = DayField(
        label=_("public fundraising status since"),
        required=False,
        no_future=True,
        help_text=_("The day on the certificate, for example 20170301."),
    )
    field_order = ["name", "credit_code", "phone", "address", "holds_status", "public_fundraising_since"]

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if data.get("holds_status") == NO:
            data["public_fundraising_since"] = None
        elif data.get("holds_status") == YES and data.get("public_fundraising_since", "wrong") is None:
            self.add_error("public_fundraising_since", _("Give the day since when the status is held."))
        return data
