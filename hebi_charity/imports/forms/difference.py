from django import forms
from django.utils.translation import gettext_lazy as _


class DifferenceForm(forms.Form):
    """Why a file is submitted although it does not agree; the service asks for it where it does not."""

    reason = forms.CharField(label=_("Reason of the difference"), required=False, max_length=200)
