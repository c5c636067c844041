"""The password box: shown on wish, with warnings for Caps Lock and a Chinese input method."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import get_default_password_validators

from hebi_charity.accounts.password_rules import MINIMUM_LENGTH


class PasswordBox(forms.PasswordInput):
    """Carries the hooks of the frame's script; without script it is an ordinary password box."""

    template_name = "accounts/_password_box.html"

    def __init__(self, *, autocomplete: str = "current-password", shows_rules: bool = False, **kwargs: object) -> None:
        self.shows_rules = shows_rules
        super().__init__(
            attrs={
                "autocomplete": autocomplete,
                "class": "form-control",
                "autocapitalize": "none",
                "spellcheck": "false",
                "data-password": "",
            },
            **kwargs,
        )

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        if self.shows_rules:
            context["widget"]["rules"] = [
                {"code": rule.code, "words": rule.get_help_text()} for rule in get_default_password_validators()
            ]
            context["widget"]["minimum"] = MINIMUM_LENGTH
        return context


class PasswordField(forms.CharField):
    """A password as typed: blanks at its ends belong to it. With `shows_rules` each rule is ticked while one types."""

    def __init__(self, *, autocomplete: str = "current-password", shows_rules: bool = False, **kwargs: object) -> None:
        box = PasswordBox(autocomplete=autocomplete, shows_rules=shows_rules)
        super().__init__(strip=False, max_length=200, widget=box, **kwargs)
