"""The idle time-out of each role."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from hebi_charity.accounts import sessions

# Sent by what asks by itself (progress, the count of waiting work): it does not keep an empty chair logged in.
BACKGROUND = "X-Background"


class IdleTimeoutMiddleware:
    """Locks a session that nobody used for as long as its roles allow.

    Afterwards `request.user` is anonymous and `request.locked_user` is the person whose session it is.
    `request.idle_seconds` tells the page when to cover itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.locked_user = None
        request.idle_seconds = 0
        if sessions.has_user(request) and request.user.is_authenticated:
            if sessions.is_new(request):
                sessions.start(request, request.user)
            if sessions.is_idle_too_long(request):
                sessions.lock(request)
                request.locked_user = request.user
                request.user = AnonymousUser()
            else:
                request.idle_seconds = request.session[sessions.IDLE_SECONDS]
                if BACKGROUND not in request.headers:
                    sessions.seen(request)
        return self.get_response(request)
