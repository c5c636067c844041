"""What a person changes about the own account."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hebi_charity.accounts.forms.fields import PasswordField
from hebi_charity.accounts.models import User


class NewPasswordForm(forms.Form):
    """A new password, typed twice, for who has just come in with a one-time password."""

    new_password = PasswordField(label=_("New password"), autocomplete="new-password", shows_rules=True)
    new_password_again = PasswordField(label=_("New password again"), autocomplete="new-password")

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self) -> str:
        password = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        if self.user.check_password(password):
            raise ValidationError(_("This is the password you have now. Please choose another one."), code="same")
        return password

    def clean(self) -> dict:
        data = super().clean()
        first, second = data.get("new_password"), data.get("new_password_again")
        if first and second and first != second:
            self.add_error("new_password_again", _("The two passwords differ. Please type the new one twice alike."))
        return data


class OwnPasswordForm(NewPasswordForm):
    """The same, with the present password first."""

    old_password = PasswordField(label=_("Present password"))
    field_order = ["old_password", "new_password", "new_password_again"]

    def clean_old_password(self) -> str:
        password = self.cleaned_data["old_password"]
        if not self.user.check_password(password):
            raise ValidationError(_("The present password is not right."), code="wrong")
        return password


class CodeForm(forms.Form):
    """A code of the second factor."""

    code = forms.CharField(
        label=_("Second-factor code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "spellcheck": "false"}
        ),
        error_messages={"required": _("Please type the code.")},
    )
