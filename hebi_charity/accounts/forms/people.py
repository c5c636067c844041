"""What the administrator types about people and roles."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hebi_charity.accounts.errors import LINK_STAYS
from hebi_charity.accounts.forms.namesakes import NamesakeForm
from hebi_charity.accounts.models import Role, User, WrittenDecision
from hebi_charity.core.forms import DayField, PhoneField


class PersonChoice(forms.ModelChoiceField):
    """A person with the account, because names repeat."""

    def label_from_instance(self, user: User) -> str:
        return f"{user.full_name}（{user.username}）"


class PersonForm(forms.ModelForm):
    """Facts about a person."""

    phone = PhoneField(label=_("Mobile phone"), required=False, help_text=_("Serves to log in. Shown masked."))
    joined_on = DayField(label=_("Works here since"), required=False)
    main_account = PersonChoice(
        label=_("Second account of"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("no, the only account"),
        help_text=_("For one person with two accounts: roles that may not meet are checked over both."),
    )

    class Meta:
        model = User
        fields = ["full_name", "joined_on", "main_account"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["main_account"]
        if self.instance.main_account_id:
            field.queryset = User.objects.filter(pk=self.instance.main_account_id)
            field.disabled, field.help_text = True, LINK_STAYS
        else:
            first_accounts = User.objects.active().filter(main_account__isnull=True)
            field.queryset = first_accounts.exclude(pk=self.instance.pk)

    def _post_clean(self) -> None:
        # The service cleans and saves; a ModelForm would write into the row that the page still shows.
        pass


class AddPersonForm(NamesakeForm, PersonForm):
    """A new account."""

    namesake_question = _(
        "“%(name)s” has an account already. For a second account of that person choose it under “Second account of”;"
        " for another person of the same name, tick the box."
    )

    username = forms.CharField(
        label=_("Log-in account"),
        max_length=40,
        help_text=_("Small letters and digits, for instance the name in pinyin. It stays as it is."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    field_order = ["full_name", "is_namesake", "username", "phone", "joined_on", "main_account"]

    def has_namesake(self, full_name: str) -> bool:
        return not self.cleaned_data.get("main_account") and User.objects.active().filter(full_name=full_name).exists()

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].lower()
        for validator in User._meta.get_field("username").validators:
            validator(username)
        if User.objects.filter(username=username).exists():
            raise ValidationError(User._meta.get_field("username").error_messages["unique"], code="unique")
        return username


class ChangePersonForm(PersonForm):
    """Changed facts. The phone is never shown in full: an empty box leaves it as it is."""

    is_phone_removed = forms.BooleanField(label=_("Remove the phone number"), required=False)
    field_order = ["full_name", "phone", "is_phone_removed", "joined_on", "main_account"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.phone:
            self.fields["phone"].help_text = _("Now %(phone)s. Leave it empty to keep it.") % {
                "phone": self.instance.masked_phone
            }
        else:
            del self.fields["is_phone_removed"]

    def phone(self) -> str | None:
        """The new number, "" to remove it, None to leave it."""
        if self.cleaned_data.get("is_phone_removed"):
            return ""
        return self.cleaned_data["phone"] or None


class GrantRoleForm(forms.Form):
    """A role for a person; for two roles on two accounts also the paper that allows it."""

    role = forms.ModelChoiceField(
        label=_("Role"),
        queryset=Role.objects.all(),
        empty_label=_("choose a role"),
        error_messages={"required": _("Please choose the role.")},
    )
    number = forms.CharField(label=_("Number of the written decision"), max_length=60, required=False)
    decided_on = DayField(label=_("Decided on"), required=False)
    signed_by_name = forms.CharField(label=_("Signed by"), max_length=50, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False, widget=forms.Textarea({"rows": 2}))

    DECISION = ("number", "decided_on", "signed_by_name", "reason")

    def clean(self) -> dict:
        data = super().clean()
        given = [name for name in self.DECISION if data.get(name)]
        if given:
            for name in self.DECISION:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("A written decision has its number, its day, who signed it and the reason."))
        number = data.get("number")
        if number and WrittenDecision.objects.filter(number=number).exists():
            self.add_error("number", _("A decision with this number is recorded already."))
        return data

    def decision(self) -> dict[str, object] | None:
        """The written decision's facts, or None when none was given."""
        if not self.cleaned_data["number"]:
            return None
        return {name: self.cleaned_data[name] for name in self.DECISION}


class ReasonForm(forms.Form):
    """Why something is done to an account."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Please give the reason; it is kept in the log.")},
    )
