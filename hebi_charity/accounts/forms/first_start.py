"""What is typed at the first start, before anybody has an account."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.accounts import setup_code
from hebi_charity.accounts.forms.fields import PasswordField
from hebi_charity.accounts.forms.namesakes import NamesakeForm
from hebi_charity.accounts.models import IncompatibleRoles, Role, User
from hebi_charity.core import dates
from hebi_charity.core.forms import MonthField, NameField
from hebi_charity.core.names import sort_key

ACCOUNT_HELP = gettext_lazy("Small letters and digits. Leave it empty: then it is the name in pinyin.")
OLDEST_YEARS = 10


class SetupCodeForm(forms.Form):
    """The code that bin/run printed."""

    code = forms.CharField(
        label=gettext_lazy("Set-up code"),
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
        help_text=gettext_lazy("Eight characters, printed in the window where bin/run --real was started."),
        error_messages={"required": gettext_lazy("Please type the set-up code.")},
    )

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not setup_code.fits(code):
            raise ValidationError(
                _("This is not the set-up code of this office. Read it again in the window where bin/run --real runs.")
            )
        return code


class AccountForm(forms.Form):
    """A name and an account that none of `taken` has; the account is made from the name when it is left empty."""

    full_name = NameField(
        label=gettext_lazy("Full name"),
        max_length=50,
        error_messages={"required": gettext_lazy("Please give the person's full name.")},
    )
    username = forms.CharField(
        label=gettext_lazy("Log-in account"),
        max_length=40,
        required=False,
        help_text=ACCOUNT_HELP,
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: object, taken: set[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken

    def clean(self) -> dict[str, object]:
        data = super().clean() or self.cleaned_data
        if "full_name" in data and "username" in data:
            data["username"] = data["username"].lower() or self.account_for(data["full_name"])
            self._refuse_account(data["username"])
        return data

    def account_for(self, full_name: str) -> str:
        """The name in pinyin, with a number where a colleague has the same; "" for a name that has none."""
        plain = "".join(letter for letter in sort_key(full_name) if letter.isascii() and letter.isalnum())[:36]
        numbered = [plain, *(f"{plain}{number}" for number in range(2, 100))]
        return next((account for account in numbered if account not in self.taken), "") if plain else ""

    def _refuse_account(self, username: str) -> None:
        if username in self.taken:
            self.add_error("username", User._meta.get_field("username").error_messages["unique"])
            return
        for validator in User._meta.get_field("username").validators:
            try:
                validator(username)
            except ValidationError as error:
                self.add_error("username", error)


class FirstAdministratorForm(AccountForm):
    """The first administrator, with a password of the own choice."""

    password = PasswordField(
        label=gettext_lazy("Password"),
        autocomplete="new-password",
        shows_rules=True,
        error_messages={"required": gettext_lazy("Please choose a password.")},
    )
    password_again = PasswordField(
        label=gettext_lazy("Password again"),
        autocomplete="new-password",
        error_messages={"required": gettext_lazy("Please type the password a second time.")},
    )

    def __init__(self, *args: object, has_password: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.has_password = has_password
        if has_password:
            for name in ("password", "password_again"):
                self.fields[name].required = False
            self.fields["password"].help_text = _("You have chosen one already. Leave both boxes empty to keep it.")

    def clean(self) -> dict[str, object]:
        data = super().clean()
        password = data.get("password")
        if password or not self.has_password:
            self._check_password(password or "", data)
        return data

    def _check_password(self, password: str, data: dict[str, object]) -> None:
        name = str(data.get("full_name", ""))
        person = User(username=data.get("username", ""), full_name=name, sort_key=sort_key(name))
        if password:
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        if password and "password_again" in data and password != data["password_again"]:
            self.add_error("password_again", _("The two passwords differ. Please type the same one twice."))

    def encoded_password(self) -> str:
        """The chosen password as it is kept; "" when the earlier one stays."""
        password = self.cleaned_data.get("password")
        return make_password(password) if password else ""


class FirstPersonForm(NamesakeForm, AccountForm):
    """Somebody else who works here, with any number of roles that may meet."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Several are possible. Which ones may not meet in one person is said when you add them."
        ),
        error_messages={"required": gettext_lazy("Please choose at least one role.")},
    )

    namesake_question = gettext_lazy(
        "“%(name)s” is on the list already. For one person with several roles take that line off and choose the roles"
        " together; for another person of the same name, tick the box."
    )
    field_order = ["full_name", "is_namesake", "username", "roles"]

    def __init__(self, *args: object, names: set[str] = frozenset(), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        offered = Role.objects.exclude(code="administrator")
        self.fields["roles"].choices = [(role.code, role.title) for role in offered]

    def has_namesake(self, full_name: str) -> bool:
        return full_name in self.names

    def clean_roles(self) -> list[str]:
        codes = self.cleaned_data["roles"]
        refusals = [
            _("“%(first)s” and “%(second)s” may not meet in one person: %(reason)s")
            % {"first": pair.first.title, "second": pair.second.title, "reason": pair.reason_text}
            + pair.legal_basis_in_brackets
            for pair in IncompatibleRoles.objects.among(codes)
        ]
        if refusals:
            raise ValidationError(refusals)
        return codes


class FirstMonthForm(forms.Form):
    """The month in which the books begin."""

    books_from = MonthField(
        label=gettext_lazy("The books begin in the month of"),
        help_text=gettext_lazy(
            "Gifts of this month and later are recorded one by one. What came before is told later as opening figures;"
            " an earlier month cannot be added afterwards."
        ),
    )

    def clean_books_from(self) -> date:
        month, this_month = self.cleaned_data["books_from"], dates.month_start(dates.today())
        if month > this_month:
            raise ValidationError(_("The books cannot begin in the future. Choose this month or an earlier one."))
        if month.year < this_month.year - OLDEST_YEARS:
            raise ValidationError(
                _("The books can begin at most %(years)d years back. Please check the year.") % {"years": OLDEST_YEARS}
            )
        return month
