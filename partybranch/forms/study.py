"""Study as people report it: self-study, courses outside, lectures given, the hours of a meeting, and the figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates
from hebi_charity.core.forms import DayField, FormKeyMixin
from hebi_charity.files.forms import TAKEN, ManyFilesField, ManyFilesInput
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.lists.study import STUDIED
from partybranch.models import (
    Branch,
    HourRule,
    HourTarget,
    LearningRecord,
    LifeEvent,
    Membership,
    PassOnDuty,
    Person,
)
from partybranch.services.learning import Measure
from partybranch.services.study import Course, Lecture, Statement

Unit = HourRule.Unit
FIRST_YEAR, LAST_YEAR = 1949, 2199


def people_of(branch: Branch) -> forms.ModelChoiceField:
    """Everybody on today's roll, in its order."""
    today = Membership.objects.on(dates.today()).filter(branch=branch)
    return Person.objects.filter(pk__in=today.values("person")).order_by("sort_key", "pk")


def quantity_field(label: str, **kwargs: object) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=6,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=9999,
        error_messages={
            "invalid": _("Write how long as a number, for example 2 or 1.5."),
            "required": _("Say how long was studied: more than 0."),
            "min_value": _("Say how long was studied: more than 0."),
        },
        **kwargs,
    )


class StudyYearForm(forms.Form):
    """Which branch and year the room of study shows."""

    year = forms.IntegerField(label=_("calendar year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    branch = forms.ModelChoiceField(
        label=_("Party branch"), required=False, queryset=Branch.objects.live(), empty_label=_("the first branch")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].widget.attrs["placeholder"] = str(dates.today().year)

    def chosen_year(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("year") or dates.today().year


class OfBranchForm(FormKeyMixin, forms.Form):
    """A form about people of one branch."""

    def __init__(self, *args, branch: Branch, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.branch = branch
        for name in ("person", "people"):
            if name in self.fields:
                self.fields[name].queryset = people_of(branch)

    def clean(self) -> dict[str, object]:
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first. Please check the two days."))
        return data

    def days(self) -> dict[str, date]:
        """The first and the last day; one day where only one was given."""
        data = self.cleaned_data
        return {"starts_on": data["starts_on"], "ends_on": data.get("ends_on") or data["starts_on"]}


class SelfStudyForm(OfBranchForm):
    """Self-study as somebody states it, with a note or its photograph."""

    person = forms.ModelChoiceField(
        label=_("who studied"), queryset=Person.objects.none(), empty_label=_("choose a person")
    )
    subject = forms.CharField(
        label=_("what was studied"),
        max_length=200,
        help_text=_("Book and chapter, or the paper."),
        error_messages={"required": _("Say what was studied.")},
    )
    starts_on = DayField(label=_("first day of study"), no_future=True)
    ends_on = DayField(label=_("last day of study"), required=False, no_future=True, help_text=_("Empty: one day."))
    quantity = quantity_field(_("hours of self-study"))
    note = forms.CharField(
        label=_("note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4}), help_text=_("As told.")
    )
    pictures = ManyFilesField(
        label=_("photographs of the handwritten note"),
        required=False,
        widget=ManyFilesInput({"accept": TAKEN}),
        help_text=_("Up to nine at once. Only the branch's roles and the person can open them."),
    )

    def entry(self) -> Statement:
        data = self.cleaned_data
        named = {name: data[name] for name in ("person", "subject", "note")}
        return Statement(self.branch, measure=Measure(Unit.SELF_HOUR, data["quantity"]), **self.days(), **named)

    def chosen_pictures(self) -> list:
        return [each for each in self.cleaned_data["pictures"] or [] if each]


class CourseForm(OfBranchForm):
    """A course outside: what, by whom, when, how long, and who went."""

    title = forms.CharField(
        label=_("what was studied"), max_length=200, error_messages={"required": _("Say what was studied.")}
    )
    organiser = forms.CharField(
        label=_("held by"), max_length=80, error_messages={"required": _("Say who held the course.")}
    )
    place = forms.CharField(label=_("place of study"), max_length=80, required=False)
    starts_on = DayField(label=_("first day of study"), no_future=True)
    ends_on = DayField(label=_("last day of study"), required=False, no_future=True, help_text=_("Empty: one day."))
    unit = forms.ChoiceField(
        label=_("unit of study"),
        choices=[(one.value, one.label) for one in (Unit.FULL_DAY, Unit.HALF_DAY, Unit.HOUR)],
    )
    quantity = quantity_field(
        _("how many"), help_text=_("For each who went. Over New Year it is divided by the days of each year.")
    )
    people = forms.ModelMultipleChoiceField(
        label=_("who went"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )
    is_passed_on = forms.BooleanField(
        label=_("They teach the others afterwards what they learnt"), required=False, initial=True
    )
    due_on = DayField(label=_("to be passed on by"), required=False)

    def entry(self) -> Course:
        data = self.cleaned_data
        named = {name: data[name] for name in ("title", "organiser", "place", "is_passed_on")}
        return Course(
            self.branch,
            measure=Measure(data["unit"], data["quantity"]),
            people=tuple(data["people"]),
            due_on=data["due_on"] if data["is_passed_on"] else None,
            **self.days(),
            **named,
        )


class LectureForm(OfBranchForm):
    """A lecture that somebody of the branch gave."""

    person = forms.ModelChoiceField(
        label=_("who taught"), queryset=Person.objects.none(), empty_label=_("choose a person")
    )
    subject = forms.CharField(
        label=_("what was taught"), max_length=200, error_messages={"required": _("Say what was taught.")}
    )
    day = DayField(label=_("day of the lecture"), no_future=True)
    event = forms.ModelChoiceField(
        label=_("in the meeting"),
        required=False,
        queryset=LifeEvent.objects.none(),
        empty_label=_("none of these"),
        help_text=_("Then teacher and learners stand together."),
    )
    duty = forms.ModelChoiceField(
        label=_("passes on the course"),
        required=False,
        queryset=PassOnDuty.objects.none(),
        empty_label=_("none"),
        help_text=_("The duty of this person is settled with it."),
    )
    quantity = quantity_field(_("hours taught"), initial=1)
    note = forms.CharField(label=_("note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        events = LifeEvent.objects.filter(branch=self.branch, kind__in=STUDIED, held_on__lte=dates.today())
        events = events.exclude(state__in=[LifeEvent.State.DRAFT, LifeEvent.State.CANCELLED])
        self.fields["event"].queryset = events.order_by("-held_on", "-pk")
        self.fields["event"].label_from_instance = lambda one: f"{one.held_on} {one.topic}"
        duties = PassOnDuty.objects.open().filter(occasion__branch=self.branch).select_related("person", "occasion")
        self.fields["duty"].queryset = duties
        self.fields["duty"].label_from_instance = lambda one: f"{one.person.name}：{one.occasion.title}"

    def clean(self) -> dict[str, object]:
        data = super().clean()
        event, duty, person = data.get("event"), data.get("duty"), data.get("person")
        if event and data.get("day") and data["day"] != event.held_on:
            self.add_error("day", _("The meeting was on another day. Please check the day or the meeting."))
        if duty and person and duty.person_id != person.pk:
            self.add_error("duty", _("This course was attended by somebody else."))
        return data

    def entry(self) -> Lecture:
        data = self.cleaned_data
        named = {name: data[name] for name in ("person", "subject", "day", "event", "duty", "note")}
        return Lecture(self.branch, measure=Measure(Unit.HOUR, data["quantity"]), **named)


class CreditForm(forms.Form):
    """How long a meeting was, for all who came."""

    unit = forms.ChoiceField(
        label=_("unit of study"),
        choices=[(one.value, one.label) for one in (Unit.HOUR, Unit.HALF_DAY, Unit.FULL_DAY, Unit.THEME_HALF_DAY)],
    )
    quantity = quantity_field(_("how many"))

    def measure(self) -> Measure:
        return Measure(self.cleaned_data["unit"], self.cleaned_data["quantity"])


class NotePicturesForm(forms.Form):
    pictures = ManyFilesField(
        label=_("photographs of the handwritten note"),
        widget=ManyFilesInput({"accept": TAKEN}),
        error_messages={"required": _("Please choose at least one picture.")},
    )


class LinkForm(forms.Form):
    """Which lecture passes a course on."""

    lecture = forms.ModelChoiceField(
        label=_("lecture that was given"),
        queryset=LearningRecord.objects.all(),
        error_messages={
            "required": _("Choose a lecture that this person gave after the course."),
            "invalid_choice": _("Choose a lecture that this person gave after the course."),
        },
    )


class HourRuleForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """Another conversion, from a day on."""

    valid_from = DayField(label=_("valid from"))

    class Meta:
        model = HourRule
        fields = ["unit", "hours", "valid_from", "source"]


class HourTargetForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """Another target, from a day on."""

    valid_from = DayField(label=_("valid from"))

    class Meta:
        model = HourTarget
        fields = ["duty", "hours", "valid_from", "source"]
