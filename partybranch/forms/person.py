"""A person of the branch recorded or corrected. What is personal is never filled into the page: empty keeps it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.accounts.models import User
from hebi_charity.core import dates
from hebi_charity.core.forms import DayField, FormKeyMixin, IdentifierField, MonthField, NameField, PhoneField
from hebi_charity.core.masking import mask_identifier, mask_phone
from partybranch.forms.shown_values import RemembersWhatItShowed
from partybranch.models import Branch, Membership, Person, StageChange
from partybranch.services.people import NewPerson

PERSONAL = ("phone", "identifier")
OPEN = ("name", "sex", "birth_month", "post", "note", "account")
Stage, Arrival = StageChange.Stage, Membership.Arrival
STAGES = [
    (Stage.FULL, Stage.FULL.label),
    (Stage.PROBATIONARY, Stage.PROBATIONARY.label),
    (Stage.CANDIDATE, Stage.CANDIDATE.label),
    (Stage.ACTIVIST, Stage.ACTIVIST.label),
    (Stage.APPLICANT, Stage.APPLICANT.label),
    ("", _("none: staff who study with the branch")),
]
ARRIVALS = [(value, value.label) for value in (Arrival.FOUNDED, Arrival.TRANSFER, Arrival.HERE)]


class PersonFields(forms.Form):
    """What is known of a person."""

    name = NameField(
        label=_("name of the person"), max_length=60, error_messages={"required": _("Give the name of the person.")}
    )
    sex = forms.ChoiceField(label=_("sex"), required=False, choices=[("", _("not given")), *Person.Sex.choices])
    birth_month = MonthField(label=_("month of birth"), required=False, help_text=_("For example 1952-06."))
    post = forms.CharField(
        label=_("post or former post"), required=False, max_length=80, help_text=_("Of a retired person the last one.")
    )
    phone = PhoneField(label=_("telephone"), required=False)
    identifier = IdentifierField(
        label=_("resident identity card"), required=False, help_text=_("Only when a paper needs it.")
    )
    note = forms.CharField(
        label=_("note"),
        required=False,
        max_length=200,
        help_text=_("For the branch's work only: the person does not see it on the own page."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in PERSONAL:
            self.fields[name].widget.attrs |= {"data-no-draft": True}

    def clean_birth_month(self):
        month = self.cleaned_data["birth_month"]
        if month and not 1900 <= month.year <= dates.today().year:
            raise forms.ValidationError(_("This month of birth cannot be right. Please check the year."))
        return month


class NewPersonForm(FormKeyMixin, PersonFields):
    """A person recorded with the way into the branch and the stage."""

    branch = forms.ModelChoiceField(label=_("Party branch"), queryset=Branch.objects.live(), empty_label=None)
    stage = forms.ChoiceField(label=_("stage"), required=False, choices=STAGES, initial=Stage.FULL)
    admitted_on = DayField(
        label=_("admitted on"),
        required=False,
        no_future=True,
        help_text=_("Of a full member. From 1969 to 1977 there was no probation: then leave it empty."),
    )
    stage_on = DayField(
        label=_("in this stage since"),
        required=False,
        no_future=True,
        help_text=_(
            "Of a full member the day of confirmation, of a probationary member that of admission, of others that of"
            " the application or decision."
        ),
    )
    arrival = forms.ChoiceField(label=_("how the person came"), choices=ARRIVALS)
    starts_on = DayField(
        label=_("in the branch since"),
        no_future=True,
        help_text=_("From this day on the roll has the name."),
    )
    came_from = forms.CharField(label=_("transferred from"), required=False, max_length=80)
    letter_no = forms.CharField(label=_("number of the letter of introduction"), required=False, max_length=40)
    retired_on = DayField(label=_("retired since"), required=False, no_future=True)
    not_same = forms.BooleanField(label=_("It is another person of the same name; save it"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "branch" not in self.initial:
            self.initial["branch"] = Branch.objects.on(dates.today()).first()

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if data.get("stage") and not data.get("stage_on") and "stage_on" not in self.errors:
            self.add_error("stage_on", _("Give the day since when the person is in this stage."))
        if data.get("arrival") == Arrival.TRANSFER and data.get("stage") and not data.get("came_from"):
            self.add_error("came_from", _("Say from which branch the person was transferred."))
        admitted, confirmed = data.get("admitted_on"), data.get("stage_on")
        if data.get("stage") == Stage.FULL and admitted and confirmed and confirmed < admitted:
            self.add_error("stage_on", _("The confirmation cannot lie before the admission. Please check both days."))
        return data

    def entry(self) -> NewPerson:
        data = self.cleaned_data
        return NewPerson(**{name: value for name, value in data.items() if name != "not_same"})


class PersonChangeForm(RemembersWhatItShowed, PersonFields):
    """A person corrected: empty personal boxes keep what is there, a ticked box empties it."""

    account = forms.ModelChoiceField(
        label=_("log-in of the person"),
        required=False,
        queryset=User.objects.filter(is_active=True).order_by("full_name"),
        empty_label=_("none"),
        help_text=_("With it the person sees the own record, and nothing of others."),
    )
    forget = forms.MultipleChoiceField(
        label=_("Remove"),
        required=False,
        choices=[("phone", _("telephone")), ("identifier", _("resident identity card"))],
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Why it is changed"),
        max_length=200,
        error_messages={"required": _("Say in a sentence why it is changed; it stands in the history.")},
    )

    def __init__(self, *args, person: Person, **kwargs) -> None:
        super().__init__(*args, initial={name: getattr(person, name) for name in OPEN}, **kwargs)
        self.person = person
        self.remember(OPEN)
        shown = {"phone": mask_phone(person.phone), "identifier": mask_identifier(person.identifier)}
        for name, masked in shown.items():
            if masked:
                self.fields[name].help_text = _("Now %(masked)s. Leave it empty to keep it.") % {"masked": masked}
        kept = [choice for choice in self.fields["forget"].choices if getattr(person, choice[0])]
        self.fields["forget"].choices = kept
        if not kept:
            del self.fields["forget"]

    def clean(self) -> dict[str, object]:
        data = super().clean()
        for name in data.get("forget") or []:
            if data.get(name):
                self.add_error(name, _("Either type a new one or tick its removal, not both."))
        return data

    def changes(self) -> dict[str, object]:
        """What differs from the page as it was opened; of what is personal, what was typed or ticked."""
        data = self.cleaned_data
        wanted = {name: data[name] for name in PERSONAL if data[name]}
        wanted |= dict.fromkeys(data.get("forget") or [], "")
        changed = {name: value for name, value in wanted.items() if getattr(self.person, name) != value}
        return super().changes() | changed
