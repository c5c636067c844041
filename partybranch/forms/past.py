"""One page for a past event: what it was, who came, what came of it, and its pictures."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.forms import DayField, FormKeyMixin
from hebi_charity.core.sentences import sentence_of
from partybranch.forms.life import OF_BODIES, fitting_body
from partybranch.forms.pictures import ChoosesPictures, PicturesField
from partybranch.forms.record import SixFactsForm
from partybranch.forms.twins import AsksOfTwin
from partybranch.forms.usual import BeginsAsUsual
from partybranch.lists.usual import Usual, usual_of
from partybranch.models import Body, Branch, LifeEvent, LifePicture
from partybranch.services.filing import RULES

Kind = LifeEvent.Kind
# The fields for pictures by what these show.
PICTURES = {"sheet": LifePicture.Kind.SHEET, "pages": LifePicture.Kind.PAGE, "photos": LifePicture.Kind.PHOTOGRAPH}


class PastEventForm(FormKeyMixin, AsksOfTwin, ChoosesPictures, BeginsAsUsual, SixFactsForm):
    """A past event whole: it is filed at once, so that nothing may be missing."""

    kind = forms.ChoiceField(label=_("kind of event"), choices=Kind, widget=forms.RadioSelect)
    body = forms.ModelChoiceField(
        label=_("committee or group"),
        required=False,
        queryset=Body.objects.none(),
        empty_label=_("the only one that fits, if there is one"),
    )
    held_on = DayField(label=_("held on"), no_future=True)
    with_others = forms.BooleanField(label=_("applicants, activists and staff came too"), required=False)
    lecturer_kind = forms.ChoiceField(label=_("who lectures"), required=False, choices=LifeEvent.Lecturer)
    lecturer = forms.CharField(label=_("lecturer"), required=False, max_length=60)
    rest_came = forms.BooleanField(label=_("Everybody came"), required=False)
    text = forms.CharField(
        label=_("minutes"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("May stay empty: photographs of the notebook, page by page, are enough."),
    )
    sheet = PicturesField(label=LifePicture.Kind.SHEET.label, required=False)
    pages = PicturesField(label=LifePicture.Kind.PAGE.label, required=False)
    photos = PicturesField(label=LifePicture.Kind.PHOTOGRAPH.label, required=False)
    caption = forms.CharField(
        label=_("caption"), required=False, max_length=200, help_text=_("One for all of them; may stay empty.")
    )

    def __init__(self, *args, branch: Branch, **kwargs) -> None:
        super().__init__(*args, branch=branch, **kwargs)
        self.branch = branch
        self.fields["body"].queryset = Body.objects.live().filter(branch=branch)
        for name, rule in RULES.items():
            if name in self.fields and name != "held_on":
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = sentence_of(rule)
        self.remember_usual()

    def usual(self) -> Usual:
        """What is usual of kind, body and day as far as they hold. Call after `is_valid`."""
        data = self.cleaned_data
        return usual_of(self.branch, kind=data.get("kind"), body=data.get("body"), day=data.get("held_on"))

    def clean(self) -> dict[str, object]:
        data = super().clean()
        data["body"] = fitting_body(self, data) if data.get("kind") in OF_BODIES else None
        if not data.get("lecturer_kind"):
            data["lecturer"] = ""
        return data

    def event(self) -> LifeEvent | None:
        """The event of what holds so far, unsaved; None while kind or day is missing. Call after `is_valid`."""
        data = self.cleaned_data
        if not data.get("held_on") or not data.get("kind"):
            return None
        names = ("kind", "body", "topic", "held_on", "begins_at", "place", "chair", "recorder", "with_others")
        given = {name: data[name] for name in (*names, "lecturer_kind", "lecturer") if data.get(name)}
        return LifeEvent(branch=self.branch, **given)
