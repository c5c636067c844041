"""The record of an event: the six facts that filing asks for, and the minutes as far as somebody types them."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.forms import FormKeyMixin, TimeOfDayField
from partybranch.forms.presiding import ChoosesFromTheRoll, PersonField
from partybranch.forms.shown_values import RemembersWhatItShowed
from partybranch.models import Branch, LifeEvent, Minutes
from partybranch.services.minutes import FACTS


class SixFactsForm(ChoosesFromTheRoll):
    """Topic, time, place, chair, recorder and outcome. Attendance is counted from the list, never typed."""

    topic = forms.CharField(label=_("topic"), max_length=120, error_messages={"required": _("Say what it is about.")})
    begins_at = TimeOfDayField(label=_("begins at"), required=False)
    place = forms.CharField(label=_("place or link"), required=False, max_length=200)
    chair = PersonField(label=_("chair"))
    recorder = PersonField(label=_("recorder"))
    outcome = forms.CharField(
        label=_("outcome"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What was resolved, or what was done, in a sentence or two."),
    )

    def __init__(self, *args, branch: Branch, day: date | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.offer_people(branch, day)


class RecordForm(RemembersWhatItShowed, SixFactsForm):
    """The six facts and the minutes, against the version that was seen."""

    text = forms.CharField(
        label=_("minutes"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 12}),
        help_text=_("May stay empty: photographs of the notebook, page by page, are enough."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=32_767)

    def __init__(self, *args, branch: Branch, day: date, **kwargs) -> None:
        super().__init__(*args, branch=branch, day=day, **kwargs)
        self.remember(FACTS)

    @staticmethod
    def as_saved(event: LifeEvent, newest: Minutes | None) -> dict[str, object]:
        """What the form begins with."""
        facts = {name: getattr(event, name) for name in FACTS}
        if newest is None:
            return facts | {"version": 0}
        return facts | {"outcome": newest.outcome, "text": newest.text, "version": newest.version}

    def showing(self, version: int, event: LifeEvent) -> None:
        """From now on the form has seen this version and these facts; everything typed stays."""
        self.see({name: getattr(event, name) for name in FACTS})
        self.data["version"] = str(version)


class AddendumForm(FormKeyMixin, forms.Form):
    """What is written beside a filed record; its key goes along to the act."""

    text = forms.CharField(
        label=_("addendum"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write what is to be added.")},
    )

    def clean(self) -> dict[str, object]:
        return super().clean() | {"form_key": self.form_key}
