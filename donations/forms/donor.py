"""A donor recorded or corrected. What is personal is never filled into the page: an empty box keeps it."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from donations.models import Donor
from donations.services.donors import NewDonor
from hebi_charity.core.forms import FormKeyMixin, NameField, PhoneField, checked_identifier
from hebi_charity.core.masking import mask_identifier, mask_phone

KINDS = [choice for choice in Donor.Kind.choices if choice[0] != Donor.Kind.ANONYMOUS]
_FITTING = {Donor.Kind.PERSON: Donor.IdentifierType.RESIDENT_ID}
PERSONAL = ("phone", "identifier", "address")


class DonorFields(forms.Form):
    """What is known of a donor. Identifiers are checked by their check digits."""

    kind = forms.ChoiceField(label=_("kind of donor"), choices=KINDS)
    name = NameField(
        label=_("name or unit"),
        max_length=120,
        error_messages={"required": _("Give the name of the person, or the full name of the unit.")},
    )
    phone = PhoneField(label=_("telephone"), required=False)
    identifier_type = forms.ChoiceField(
        label=_("kind of paper"),
        required=False,
        choices=[("", _("identity card of a person, credit code of a unit")), *Donor.IdentifierType.choices[1:]],
    )
    identifier = forms.CharField(
        label=_("number on the paper"),
        required=False,
        max_length=40,
        help_text=_("Only when a donation bill or the law needs it."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    address = forms.CharField(label=_("address"), required=False, max_length=200)
    note = forms.CharField(label=_("note"), required=False, max_length=200)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in PERSONAL:
            self.fields[name].widget.attrs |= {"data-no-draft": True}

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if not data.get("identifier"):
            data["identifier_type"] = ""
            return data
        kind = data["identifier_type"] or _FITTING.get(data.get("kind"), Donor.IdentifierType.CREDIT_CODE)
        data["identifier_type"] = kind
        try:
            data["identifier"] = checked_identifier(data["identifier"], kind=kind)
        except ValidationError as error:
            self.add_error("identifier", error)
            return data
        self.check_kind(data)
        return data

    def check_kind(self, data: dict[str, object]) -> None:
        """A person has an identity card and a unit a credit code, never the other way round."""
        is_person = data.get("kind") == Donor.Kind.PERSON
        if is_person and data["identifier_type"] == Donor.IdentifierType.CREDIT_CODE:
            self.add_error("identifier", _("A credit code belongs to a unit. Choose enterprise or organisation above."))
        if not is_person and data["identifier_type"] == Donor.IdentifierType.RESIDENT_ID:
            self.add_error("identifier", _("An identity card belongs to a person. Choose person above."))


class DonorForm(FormKeyMixin, DonorFields):
    """A donor recorded before any gift."""

    not_same = forms.BooleanField(label=_("It is another donor; save it"), required=False)

    def entry(self) -> NewDonor:
        data = self.cleaned_data
        names = ("kind", "name", "phone", "identifier_type", "identifier", "address", "note")
        return NewDonor(**{name: data[name] for name in names})


class DonorChangeForm(DonorFields):
    """A donor corrected: empty personal boxes keep what is there, a ticked box empties it."""

    forget = forms.MultipleChoiceField(
        label=_("Remove"),
        required=False,
        choices=[("phone", _("telephone")), ("identifier", _("number on the paper")), ("address", _("address"))],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For what was recorded wrongly or must not be kept."),
    )
    is_active = forms.BooleanField(
        label=_("in use"), required=False, help_text=_("Without the tick it is no longer suggested at the counter.")
    )
    reason = forms.CharField(
        label=_("Why it is changed"),
        max_length=200,
        error_messages={"required": _("Say in a sentence why it is changed; it stands in the history.")},
    )

    def __init__(self, *args, donor: Donor, **kwargs) -> None:
        names = ("kind", "name", "note", "is_active")
        super().__init__(*args, initial={name: getattr(donor, name) for name in names}, **kwargs)
        self.donor = donor
        shown = {"phone": mask_phone(donor.phone), "identifier": mask_identifier(donor.identifier)}
        shown["address"] = "****" if donor.address else ""
        for name, masked in shown.items():
            if masked:
                self.fields[name].help_text = _("Now %(masked)s. Leave it empty to keep it.") % {"masked": masked}
        self.fields["forget"].choices = [
            choice for choice in self.fields["forget"].choices if getattr(donor, choice[0])
        ]
        if not self.fields["forget"].choices:
            del self.fields["forget"]

    def clean(self) -> dict[str, object]:
        data = super().clean()
        forgotten = data.get("forget") or []
        for name in forgotten:
            if data.get(name):
                self.add_error(name, _("Either type a new one or tick its removal, not both."))
        if self.donor.identifier and not data.get("identifier") and "identifier" not in forgotten:
            self.check_kind(data | {"identifier_type": self.donor.identifier_type})
        return data

    def changes(self) -> dict[str, str | bool]:
        """What differs from the record as it is now."""
        data = self.cleaned_data
        wanted = {name: data[name] for name in ("kind", "name", "note", "is_active")}
        wanted |= {name: data[name] for name in PERSONAL if data[name]}
        wanted |= dict.fromkeys(data.get("forget") or [], "")
        if "identifier" in wanted:
            wanted["identifier_type"] = data["identifier_type"]
        return {name: value for name, value in wanted.items() if getattr(self.donor, name) != value}
