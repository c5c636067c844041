"""The password box: shown on wish, with warnings for Caps Lock and a Chinese input method."""

from __future__ import annotations

from django import forms


class PasswordBox(forms.PasswordInput):
    """Carries the hooks of the frame's script; without script it is an ordinary password box."""

    template_name = "accounts/_password_box.html"

    def __init__(self, *, autocomplete: str = "current-password", **kwargs: object) -> None:
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


class PasswordField(forms.CharField):
    """A password as typed: blanks at its ends belong to it."""

    def __init__(self, *, autocomplete: str = "current-password", **kwargs: object) -> None:
        super().__init__(strip=False, max_length=200, widget=PasswordBox(autocomplete=autocomplete), **kwargs)
