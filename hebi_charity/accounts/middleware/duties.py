"""What a person must do before work: show the second factor, change a one-time password, set up a second factor."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hebi_charity.accounts.middleware.login_required import is_asked_by_script
from hebi_charity.accounts.public import PUBLIC
from hebi_charity.accounts.services.second_factor import has_second_factor, needs_second_factor

OPEN_WHILE_WAITING = {
    "accounts:second_factor_check": {"accounts:second_factor_check"},
    "accounts:password": {"accounts:password"},
    "accounts:second_factor": {"accounts:second_factor", "accounts:second_factor_app", "accounts:second_factor_sheet"},
}
ALWAYS_OPEN = {*PUBLIC, "accounts:logout", "accounts:large_text"}
# What the frame of every page asks by itself: it waits too, and must not carry the person away from the page.
ASKED_BY_FRAME = {"office:work_count", "office:awake"}


class DutiesMiddleware:
    """Sends a person to the one duty that stands before everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        name = request.resolver_match.view_name
        if not request.user.is_authenticated or name in ALWAYS_OPEN:
            return None
        duty = duty_of(request)
        if duty is None or name in OPEN_WHILE_WAITING[duty]:
            return None
        if name in ASKED_BY_FRAME:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
        where = reverse(duty)
        if request.method == "GET" and not is_asked_by_script(request):
            where = f"{where}?{urlencode({'next': request.get_full_path()})}"
        if is_asked_by_script(request):
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": where})
        return HttpResponseRedirect(where)


def duty_of(request: HttpRequest) -> str | None:
    """The page of the first duty that is open, or None."""
    user = request.user
    is_factor_missing = not user.is_verified() and needs_second_factor(user)
    if is_factor_missing and has_second_factor(user):
        return "accounts:second_factor_check"
    if user.must_change_password:
        return "accounts:password"
    return "accounts:second_factor" if is_factor_missing else None
