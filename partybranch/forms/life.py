"""An event of organisational life, and what the list of events is narrowed to."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hebi_charity.core import dates
from hebi_charity.core.forms import DayField, FormKeyMixin, TimeOfDayField
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.forms.presiding import ChoosesFromTheRoll, PersonField
from partybranch.forms.shown_values import RemembersWhatItShowed
from partybranch.forms.twins import AsksOfTwin
from partybranch.models import Body, Branch, LifeEvent
from partybranch.services.events import FIXED

Kind, State = LifeEvent.Kind, LifeEvent.State
OF_BODIES = (Kind.COMMITTEE_MEETING, Kind.GROUP_MEETING)
# What an event is, or what its record waits for, in the order in which it comes.
STATES = [
    ("", _("all")),
    (State.DRAFT.value, State.DRAFT.label),
    (State.NOTICED.value, State.NOTICED.label),
    ("to_record", pgettext_lazy("state", "record to be made up")),
    ("to_complete", pgettext_lazy("state", "facts missing")),
    ("to_file", pgettext_lazy("state", "to be filed")),
    (State.FILED.value, State.FILED.label),
    (State.CANCELLED.value, State.CANCELLED.label),
    ("to_stage", _("vote carried, stage not recorded")),
]


def fitting_body(form: forms.Form, data: Mapping[str, object]) -> Body | None:
    """The body that was chosen; of a committee or group meeting without one, the only one that fits."""
    if data.get("body") or data.get("kind") not in OF_BODIES:
        return data.get("body")
    fitting = list(form.fields["body"].queryset.filter(kind=data["kind"], dissolved_on__isnull=True)[:2])
    return fitting[0] if len(fitting) == 1 else None


class LifeEventChangeForm(RemembersWhatItShowed, LeftToTheDatabase, ChoosesFromTheRoll, forms.ModelForm):
    """An event. What the notice has fixed cannot be changed any more."""

    held_on = DayField(label=_("held on"))
    begins_at = TimeOfDayField(label=_("begins at"), required=False)

    class Meta:
        model = LifeEvent
        fields = [
            "kind",
            "body",
            "topic",
            "held_on",
            "begins_at",
            "place",
            "chair",
            "recorder",
            "lecturer_kind",
            "lecturer",
            "agenda",
            "with_others",
        ]
        field_classes = {"chair": PersonField, "recorder": PersonField}
        widgets = {"agenda": forms.Textarea({"rows": 4})}
        error_messages = {"topic": {"required": _("Say what it is about.")}}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        branch = self.instance.branch
        self.fields["body"].queryset = Body.objects.live().filter(branch=branch)
        self.fields["body"].empty_label = _("the only one that fits, if there is one")
        self.fields["body"].help_text = _("Only of a committee meeting or a group meeting.")
        self.fields["lecturer"].help_text = _("Name and post, of a lecture or training.")
        if self.instance.pk and not self.instance.is_draft():
            for name in FIXED:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Fixed by the notice.")
        self.offer_people(branch, self.instance.held_on or dates.today())
        if self.instance.pk:
            self.remember(self._meta.fields)

    def clean(self) -> dict[str, object]:
        data = super().clean()
        data["body"] = fitting_body(self, data)
        return data


class LifeEventForm(FormKeyMixin, AsksOfTwin, LifeEventChangeForm):
    """A new event."""


class TogetherForm(FormKeyMixin, forms.Form):
    """What another event held together with this one was; the rest is taken over."""

    kind = forms.ChoiceField(label=_("kind of event"), choices=Kind, widget=forms.RadioSelect)
    body = forms.ModelChoiceField(
        label=_("committee or group"),
        required=False,
        queryset=Body.objects.none(),
        empty_label=_("the only one that fits, if there is one"),
    )
    topic = forms.CharField(label=_("topic"), max_length=120, error_messages={"required": _("Say what it is about.")})
    with_others = forms.BooleanField(label=_("applicants, activists and staff came too"), required=False)

    def __init__(self, *args, branch: Branch, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.live().filter(branch=branch)

    def clean(self) -> dict[str, object]:
        data = super().clean()
        data["body"] = fitting_body(self, data) if data.get("kind") in OF_BODIES else None
        return data


class LifeFilterForm(forms.Form):
    """What the list of events is narrowed to."""

    q = forms.CharField(label=_("Words of topic, agenda or outcome"), required=False, max_length=60)
    year = forms.IntegerField(label=_("year"), required=False, min_value=1921, max_value=2199)
    kind = forms.ChoiceField(label=_("kind of event"), required=False, choices=[("", _("all")), *Kind.choices])
    state = forms.ChoiceField(label=_("state"), required=False, choices=STATES)
    branch = forms.ModelChoiceField(
        label=_("Party branch"), required=False, queryset=Branch.objects.live(), empty_label=_("all")
    )
    body = forms.ModelChoiceField(
        label=_("body of the branch"), required=False, queryset=Body.objects.live(), empty_label=_("all")
    )
    first = DayField(label=_("held from"), required=False)
    last = DayField(label=_("held until"), required=False)
