"""Coming in, and opening a covered page again."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hebi_charity.accounts.errors import LogInRefused
from hebi_charity.accounts.forms.fields import PasswordField
from hebi_charity.accounts.models import User
from hebi_charity.accounts.services import check_log_in


class LogInForm(forms.Form):
    """Name and password. `user` is the person after a valid form."""

    name = forms.CharField(
        label=_("Account, name or phone number"),
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
        error_messages={"required": _("Please type your account, your name or your phone number.")},
    )
    password = PasswordField(label=_("Password"), error_messages={"required": _("Please type your password.")})

    def __init__(self, *args: object, request: HttpRequest, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict:
        data = super().clean()
        if "name" in data and "password" in data:
            try:
                self.user = check_log_in(self.request, typed=data["name"], password=data["password"])
            except LogInRefused as refusal:
                raise ValidationError(str(refusal), code="refused") from refusal
        return data


class UnlockForm(forms.Form):
    """The password of the person whose page is covered."""

    password = PasswordField(label=_("Password"), error_messages={"required": _("Please type your password.")})
