"""What people type about people."""

from hebi_charity.accounts.forms.login import LogInForm, UnlockForm
from hebi_charity.accounts.forms.own import CodeForm, NewPasswordForm, OwnPasswordForm
from hebi_charity.accounts.forms.people import AddPersonForm, ChangePersonForm, GrantRoleForm, ReasonForm

__all__ = [
    "AddPersonForm",
    "ChangePersonForm",
    "CodeForm",
    "GrantRoleForm",
    "LogInForm",
    "NewPasswordForm",
    "OwnPasswordForm",
    "ReasonForm",
    "UnlockForm",
]
