"""Fills a form again with what its owner had typed before the time-out."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hebi_charity.accounts.middleware.login_required import GIVEN_BACK
from hebi_charity.accounts.refill import refill
from hebi_charity.accounts.services.kept_forms import give_back


class GivenBackMiddleware:
    """`?given_back=<token>` on a page: the values kept under the token go back into the page's form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.given_back = None
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        if request.given_back and is_page and response.status_code == 200:
            html = refill(response.content.decode(response.charset), request.given_back, path=request.path)
            response.content = html.encode(response.charset)
            response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        token = _uuid(request.GET.get(GIVEN_BACK, ""))
        if token is None or request.method != "GET" or not request.user.is_authenticated:
            return
        request.given_back = give_back(request.user, token=token, path=request.path)
        if request.given_back:
            messages.info(
                request,
                _("What you typed before the time-out is back in the form. Check it, then save; choose files again."),
            )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
