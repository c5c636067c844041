"""What is usual stands in the fields as a suggestion: it follows kind, body and day until somebody types otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _

from partybranch.forms.shown_values import RemembersWhatItShowed
from partybranch.lists.usual import USUAL


class BeginsAsUsual(RemembersWhatItShowed):
    """A form with time, place, chair and recorder; hidden fields keep what was suggested for each."""

    def remember_usual(self) -> None:
        """Call once, when the form is made: what it begins with is the suggestion."""
        self.remember(USUAL)

    def suggested(self) -> list[forms.BoundField]:
        """The hidden fields."""
        return [self[f"shown_{name}"] for name in USUAL]

    def follow(self, facts: Mapping[str, object]) -> bool:
        """Put what is usual of what was chosen where only a suggestion for something else stands, and say so.

        Gives whether there was something to put. Call after `is_valid`. What was typed stays.
        """
        texts = {name: self._as_text(name, facts.get(name)) for name in USUAL}
        sent = {name: self.data.get(f"shown_{name}") for name in USUAL}
        untouched = [name for name in USUAL if self.data.get(name, "").strip() == sent[name]]
        moved = [name for name in untouched if texts[name] != sent[name]]
        if not moved:
            return False
        self.data = self.data.copy()
        for name in moved:
            self.data[name] = self.data[f"shown_{name}"] = texts[name]
            self.errors.pop(name, None)
        labels = "、".join(str(self.fields[name].label) for name in moved)
        words = _("Filled in anew for the kind and day that you chose: %(fields)s. Look at them, then file.")
        self.add_error(None, words % {"fields": labels})
        return True
