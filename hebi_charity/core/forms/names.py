"""A field for names of people and organisations."""

from __future__ import annotations

from django import forms

from hebi_charity.core.names import clean_name


class NameField(forms.CharField):
    """A name trimmed of every kind of blank, invisible characters dropped, otherwise as typed."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: object) -> str:
        return clean_name(super().to_python(value))
