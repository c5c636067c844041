"""Who may come in: by account, by full name where it is unique, or by phone. A closed door opens by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hebi_charity.accounts.errors import LogInRefused
from hebi_charity.accounts.models import User
from hebi_charity.accounts.one_time import as_printed
from hebi_charity.core.acts import record_act
from hebi_charity.core.encryption import keyed_hash

SHOWN_TRIES = 3


def find_account(typed: str) -> User | None:
    """The account that was meant: account name, phone number, or a full name that only one active person has."""
    typed = typed.strip()
    if not typed:
        return None
    user = User.objects.filter(username=typed.lower()).first() or User.objects.with_phone(typed)
    if user is None:
        named = list(User.objects.active().filter(full_name=typed)[:2])
        user = named[0] if len(named) == 1 else None
    return user


def check_log_in(request: HttpRequest, *, typed: str, password: str) -> User:
    """The person whose password this is. Every failure is logged, without what was typed.

    Raises LogInRefused with the sentence to show: wrong, closed until when, deactivated, one-time password too old.
    """
    user = find_account(typed)
    # What is not an account is counted under a keyed hash: it may be a password typed into the wrong box.
    username = user.username if user else f"?{keyed_hash(typed.strip().lower(), purpose='login')[:24]}"
    credentials = {"username": username}
    if user and user.one_time_password_expires_at:
        password = as_printed(password)
    authenticated = authenticate(request, username=username, password=password)
    if authenticated is not None:
        return authenticated
    if getattr(request, "axes_locked_out", False) or not AxesProxyHandler.is_allowed(request, credentials):
        # Our sentence stands on the log-in page; the lock-out itself stays in the database.
        request.axes_locked_out = False
        record_act(None, "accounts.log_in_closed", user)
        raise LogInRefused(closed_sentence(username, request.axes_ip_address))
    record_act(None, "accounts.log_in_failed", user)
    raise LogInRefused(_refusal(user, password, tries_left(request, credentials)))


def tries_left(request: HttpRequest, credentials: dict[str, str]) -> int:
    return max(settings.AXES_FAILURE_LIMIT - AxesProxyHandler.get_failures(request, credentials), 0)


def opens_at(username: str, ip_address: str) -> datetime:
    """When the closed log-in opens again by itself."""
    last = AccessAttempt.objects.filter(username=username, ip_address=ip_address).order_by("-attempt_time").first()
    return (last.attempt_time if last else timezone.now()) + timedelta(hours=settings.AXES_COOLOFF_TIME)


def closed_sentence(username: str, ip_address: str) -> str:
    # One minute more than the second it opens, so that who comes at the printed minute gets in.
    moment = timezone.localtime(opens_at(username, ip_address) + timedelta(minutes=1))
    return _(
        "Too many failed attempts: this log-in is closed and opens by itself at %(time)s. Try again then, or ask the"
        " administrator for a one-time password."
    ) % {"time": time_format(moment, "H:i")}


def open_log_in(user: User) -> None:
    """Forget the failed attempts of an account: its owner was given a new password."""
    AccessAttempt.objects.filter(username=user.username).delete()


def _refusal(user: User | None, password: str, left: int) -> str:
    is_barred = user is not None and (not user.is_active or user.is_one_time_password_expired)
    if is_barred and user.check_password(password):
        # Only who knows the password learns the state of the account.
        if not user.is_active:
            return _("This account was deactivated. Ask the administrator.")
        return _("This one-time password is too old. Ask the administrator to print a new one.")
    sentence = _("Name or password is not right. Where two people have the same name, use the account.")
    if left <= SHOWN_TRIES:
        sentence += ngettext(
            "After %(count)d more failed attempt this log-in closes for a while.",
            "After %(count)d more failed attempts this log-in closes for a while.",
            left,
        ) % {"count": left}
    return sentence
