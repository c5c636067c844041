from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.forms import DayField


class ReasonForm(forms.Form):
    """Why a gift is returned, voided, bounced or to be reversed."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        error_messages={"required": _("Say in a sentence why, so that the colleague knows what to do.")},
    )


class ArrivalForm(forms.Form):
    """The day the money came into the account."""

    received_on = DayField(label=_("received on"), no_future=True)
