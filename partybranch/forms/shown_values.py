"""What a page showed of a record, kept in hidden fields: only what the person changed on the page is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from partybranch.services.meanwhile import is_same

CHANGED = "changed"


class RemembersWhatItShowed:
    """A form of what exists already, which remembers what its fields said when the page was opened."""

    def remember(self, names: Iterable[str]) -> None:
        """Add a hidden field for each of these fields that can be changed. Call once, when the form is made."""
        self.remembered = [name for name in names if not self.fields[name].disabled]
        for name in self.remembered:
            text = self._as_text(name, self.get_initial_for_field(self.fields[name], name))
            field = forms.CharField(required=False, strip=False, widget=forms.HiddenInput, initial=text)
            self.fields[f"shown_{name}"] = field

    def shown(self) -> dict[str, object]:
        """What the page showed of each field; as it stands now where the page did not say."""
        return {name: self._shown(name) for name in self.remembered}

    def changes(self) -> dict[str, object]:
        """What the person wrote otherwise than the page showed it."""
        shown, data = self.shown(), self.cleaned_data
        return {name: data[name] for name in shown if name in data and not is_same(data[name], shown[name])}

    def say_changed(self, now: Mapping[str, object]) -> None:
        """Say beside each field what a colleague saved in it. What was typed stays, and may be saved the next time."""
        words = _(
            "A colleague saved “%(now)s” here meanwhile. Yours stands here, not saved yet: save again to keep it."
        )
        for name, value in now.items():
            self.add_error(name, ValidationError(words, CHANGED, {"now": self._in_words(name, value)}))
        self.see(now)

    def see(self, now: Mapping[str, object]) -> None:
        """From now on the form has seen these values; what the person did not change becomes what is saved."""
        shown = self.shown()
        self.data = self.data.copy()
        for name in [name for name in now if name in shown]:
            text = self._as_text(name, now[name])
            if is_same(self.fields[name].to_python(self[name].data), shown[name]):
                self.data[self.add_prefix(name)] = text
            self.data[self.add_prefix(f"shown_{name}")] = text

    def _shown(self, name: str) -> object:
        field = self.fields[name]
        sent = self.data.get(self.add_prefix(f"shown_{name}"))
        if sent is None:
            sent = field.prepare_value(self.get_initial_for_field(field, name))
        try:
            return field.to_python(sent)
        except ValidationError:
            return None

    def _as_text(self, name: str, value: object) -> str:
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return str(bool(value))
        if isinstance(field.widget, forms.Select):
            prepared = field.prepare_value(value)
            return "" if prepared is None else str(prepared)
        return field.widget.format_value(field.prepare_value(value)) or ""

    def _in_words(self, name: str, value: object) -> str:
        field = self.fields[name]
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, Model):
            return str(field.label_from_instance(value))
        is_listed = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
        return str(dict(field.choices).get(value) if is_listed else self._as_text(name, value)) or "—"
