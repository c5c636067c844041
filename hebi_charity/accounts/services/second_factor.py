"""The second factor: an authenticator app, or a printed sheet of codes for who has no smartphone."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from hebi_charity.accounts.errors import CodeRefused, NotOnOneself
from hebi_charity.accounts.models import User
from hebi_charity.accounts.services.roles import end_sessions
from hebi_charity.core.acts import record_act

CODES_ON_A_SHEET = 20
CODE_DIGITS = 8


def needs_second_factor(user: User) -> bool:
    """Whether a role held now asks for it. The demonstration never does: its passwords are printed anyway."""
    return (
        settings.HEBI_MODE == "real" and user.role_assignments.current().filter(role__needs_second_factor=True).exists()
    )


def has_second_factor(user: User) -> bool:
    return bool(app_of(user) or sheet_of(user))


def app_of(user: User) -> TOTPDevice | None:
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def sheet_of(user: User) -> StaticDevice | None:
    """The printed sheet that still has codes."""
    return StaticDevice.objects.filter(user=user, confirmed=True, token_set__isnull=False).first()


@transaction.atomic
def begin_app(user: User) -> TOTPDevice:
    """The unconfirmed authenticator of this person; made once, so that a reloaded page shows the same picture."""
    User.objects.select_for_update().get(pk=user.pk)
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def key_to_type(device: TOTPDevice) -> str:
    """The app's key in groups of four, for a device that cannot scan."""
    key = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


@transaction.atomic
def confirm_app(user: User, *, code: str) -> TOTPDevice:
    """Take the authenticator into use with a first code; it replaces an older one. Raises CodeRefused."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None or not device.verify_token(_digits(code)):
        raise CodeRefused(_("This code is not right. Type the six digits that the app shows now."))
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    record_act(user, "accounts.second_factor_app_set_up", user)
    return device


@transaction.atomic
def make_sheet(user: User, *, by: User) -> tuple[StaticDevice, list[str]]:
    """A new sheet of codes, each good for one log-in; the old sheet is void. Gives the codes to print once."""
    User.objects.select_for_update().get(pk=user.pk)
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="sheet", confirmed=True)
    codes: set[str] = set()
    while len(codes) < CODES_ON_A_SHEET:
        codes.add(f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}")
    printed = sorted(codes)
    for code in printed:
        device.token_set.create(token=code)
    record_act(by, "accounts.second_factor_sheet_made", user)
    return device, printed


def check_code(user: User, *, code: str) -> Device:
    """The device whose code this is; a code of the sheet is used up by it. Raises CodeRefused with when to try again.

    A failed attempt is counted although it raises: the refusal is raised after the count was saved.
    """
    typed = _digits(code)
    with transaction.atomic():
        # The lock lets a code of the sheet be used by one of two log-ins at once.
        devices = [
            *TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True),
            *StaticDevice.objects.select_for_update().filter(user=user, confirmed=True),
        ]
        fitting = [device for device in devices if _may_be_of(device, typed)]
        closed = [until for device in fitting if (until := _closed_until(device))]
        accepted = next((device for device in fitting if device.verify_token(typed)), None)
    if accepted is not None:
        return accepted
    if closed and len(closed) == len(fitting):
        moment = timezone.localtime(max(closed))
        raise CodeRefused(_("Too many wrong codes. Try again after %(time)s.") % {"time": time_format(moment, "H:i:s")})
    record_act(None, "accounts.second_factor_failed", user)
    raise CodeRefused(
        _("This code is not right or was used before. Type the app's six digits, or the next code of the sheet.")
    )


@transaction.atomic
def reset_second_factor(user: User, *, by: User | None, reason: str) -> None:
    """Take away the app and the sheet of a person who lost them. Raises NotOnOneself."""
    if by is not None and by.pk == user.pk:
        raise NotOnOneself(_("Another administrator resets your second factor."))
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    end_sessions(user)
    record_act(by, "accounts.second_factor_reset", user, reason=reason)


def _digits(code: str) -> str:
    return "".join(character for character in code if character.isdecimal() and character.isascii())


def _may_be_of(device: Device, typed: str) -> bool:
    """Told apart by length, so that a mistyped code of the app does not close the sheet too."""
    wanted = CODE_DIGITS if isinstance(device, StaticDevice) else 6
    return len(typed) == wanted


def _closed_until(device: Device) -> datetime | None:
    allowed, details = device.verify_is_allowed()
    return None if allowed else (details or {}).get("locked_until")
