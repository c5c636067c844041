"""Passwords: changed by oneself, or made for one use by an administrator."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hebi_charity.accounts.errors import NotOnOneself, PersonInactive
from hebi_charity.accounts.models import User
from hebi_charity.accounts.one_time import one_time_password
from hebi_charity.accounts.services.login import open_log_in
from hebi_charity.accounts.services.roles import end_sessions, lock_person
from hebi_charity.core.acts import record_act

ONE_TIME_HOURS = 72


@transaction.atomic
def change_password(user: User, password: str, *, by: User) -> User:
    """Set the own new password. Other sessions of the account end; a one-time password is used up by it.

    Raises ValidationError with the sentences of the broken rules.
    """
    validate_password(password, user)
    user = lock_person(user)
    user.set_password(password)
    user.must_change_password = False
    user.one_time_password_expires_at = None
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "must_change_password", "one_time_password_expires_at", "password_changed_at"])
    record_act(by, "accounts.password_changed", user)
    return user


@transaction.atomic
def issue_one_time_password(user: User, *, by: User | None, reason: str = "") -> str:
    """Make a password that works until it is used once, at most three days. Gives the plain text, kept nowhere.

    `by` is None for the server's own command. Raises PersonInactive, NotOnOneself.
    """
    user = lock_person(user)
    if not user.is_active:
        raise PersonInactive(_("%(name)s is deactivated. Reactivate the person first.") % {"name": user.full_name})
    if by is not None and by.pk == user.pk:
        raise NotOnOneself(_("Change your own password under “My account”."))
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.one_time_password_expires_at = timezone.now() + timedelta(hours=ONE_TIME_HOURS)
    user.save(update_fields=["password", "must_change_password", "one_time_password_expires_at"])
    end_sessions(user)
    open_log_in(user)
    record_act(by, "accounts.one_time_password_issued", user, reason=reason)
    return password
