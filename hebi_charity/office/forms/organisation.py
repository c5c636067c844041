from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.identifiers import is_credit_code
from hebi_charity.office.models import Organisation


class OrganisationForm(forms.ModelForm):
    """Who the office is. Papers carry the name; the credit code is checked by its check digit (GB 32100-2015)."""

    class Meta:
        model = Organisation
        fields = ["name", "credit_code", "phone", "address", "public_fundraising_since"]
        widgets = {"public_fundraising_since": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {"name": {"required": _("Give the full name as it stands on the seal.")}}

    def clean_credit_code(self) -> str:
        code = self.cleaned_data["credit_code"].strip().upper()
        if code and not is_credit_code(code):
            raise forms.ValidationError(
                _("This is not a unified social credit code: 18 characters with a check digit. Compare it again.")
            )
        return code
