"""What a target asks beside the plan."""

from __future__ import annotations

from typing import ClassVar

from django import forms


class ChoicesForm(forms.Form):
    """The target's own questions: for gifts campaign, fund and kind. A target registers its own child of this.

    `initial` are choices as the plan keeps them; `chosen()` gives them back so once the form is valid. Questions
    `named_only` make sense only where rows become documents of named people.
    """

    named_only: ClassVar[frozenset[str]] = frozenset()

    def chosen(self) -> dict[str, str | int | None]:
        return {}
