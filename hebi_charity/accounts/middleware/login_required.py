"""Every page needs a log-in; who is not logged in loses nothing that was typed."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.contrib.auth import middleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from hebi_charity.accounts.services.kept_forms import keep_form

LOGIN_NEEDED = "X-Login-Required"
GIVEN_BACK = "given_back"


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """Django's own rule, with an answer that fits who asks.

    A script (htmx, fetch) gets 401 with the header X-Login-Required, which makes the frame cover the page with the
    log-in and leave the page as it is. A form that was sent in the ordinary way is kept for its owner.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: object) -> HttpResponse:
        if is_asked_by_script(request):
            return login_needed(request)
        path = request.get_full_path()
        if request.method == "POST":
            path = self._page_of_form(request) if has_page(view_func) else referring_page(request)
        return HttpResponseRedirect(f"{resolve_url('accounts:login')}?{urlencode({'next': path})}")

    def _page_of_form(self, request: HttpRequest) -> str:
        if request.locked_user is None:
            return request.path
        token = keep_form(request.locked_user, path=request.path, data=request.POST)
        return f"{request.path}?{urlencode({GIVEN_BACK: token})}" if token else request.path


def has_page(view_func: object) -> bool:
    """Whether the address of a POST also shows a page; an address that only acts does not."""
    view_class = getattr(view_func, "view_class", None)
    return view_class is None or (hasattr(view_class, "get") and "get" in view_class.http_method_names)


def referring_page(request: HttpRequest) -> str:
    """The page the button stood on, when it is one of ours; else the start page."""
    referer = urlsplit(request.headers.get("Referer", ""))
    return referer.path if referer.netloc == request.get_host() else resolve_url("office:start")


def is_asked_by_script(request: HttpRequest) -> bool:
    """htmx, or a fetch that says so; a boosted link is an ordinary visit of a page."""
    return bool(request.htmx and not request.htmx.boosted) or request.headers.get("X-Requested-With") == "fetch"


def login_needed(request: HttpRequest) -> JsonResponse:
    """The small sign: who the page belongs to, and where its log-in is given."""
    locked = request.locked_user
    return JsonResponse(
        {
            "login": reverse("accounts:unlock") if locked else reverse("accounts:login"),
            "account": locked.username if locked else "",
            "sentence": _("You were away for a while. Log in again; what you typed is still here."),
        },
        status=401,
        headers={LOGIN_NEEDED: "unlock" if locked else "login", "Cache-Control": "no-store"},
    )
