"""What a session remembers about idleness. A session that ran out is locked, not lost: its owner opens it again."""

from __future__ import annotations

import time

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django_otp import DEVICE_ID_SESSION_KEY

from hebi_charity.accounts.models import User

SEEN_AT = "seen_at"
IDLE_SECONDS = "idle_seconds"
LOCKED = "locked"
LOCKED_DEVICE = "locked_device"
DEFAULT_IDLE_MINUTES = 30
# How often an active session is written: often enough for a time-out of 15 minutes, seldom enough for the database.
WRITE_EVERY_SECONDS = 30


def idle_seconds_for(user: User) -> int:
    """The shortest idle time-out of the roles held now."""
    minutes = (
        user.role_assignments.current().order_by("role__idle_minutes").values_list("role__idle_minutes", flat=True)
    )
    return 60 * (minutes.first() or DEFAULT_IDLE_MINUTES)


def start(request: HttpRequest, user: User) -> None:
    """Begin to watch a session that was just opened."""
    request.session[IDLE_SECONDS] = idle_seconds_for(user)
    request.session[SEEN_AT] = int(time.time())
    request.session.pop(LOCKED, None)
    if device := request.session.pop(LOCKED_DEVICE, None):
        request.session[DEVICE_ID_SESSION_KEY] = device


def seen(request: HttpRequest) -> None:
    """The person did something."""
    now = int(time.time())
    if now - request.session.get(SEEN_AT, 0) >= WRITE_EVERY_SECONDS:
        request.session[SEEN_AT] = now


def is_new(request: HttpRequest) -> bool:
    """A session that something else than the log-in page opened, such as a test's client."""
    return SEEN_AT not in request.session


def is_idle_too_long(request: HttpRequest) -> bool:
    idle = time.time() - request.session.get(SEEN_AT, 0)
    return request.session.get(LOCKED, False) or idle > request.session.get(IDLE_SECONDS, 0)


def lock(request: HttpRequest) -> None:
    """Close the session until its owner gives the password. The second factor shown before stays good."""
    if not request.session.get(LOCKED):
        request.session[LOCKED] = True
        if device := request.session.pop(DEVICE_ID_SESSION_KEY, None):
            request.session[LOCKED_DEVICE] = device


def has_user(request: HttpRequest) -> bool:
    return SESSION_KEY in request.session
