"""Coming in, opening a covered page again, going out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from hebi_charity.accounts import sessions
from hebi_charity.accounts.errors import LogInRefused
from hebi_charity.accounts.forms import LogInForm, UnlockForm
from hebi_charity.accounts.models import User
from hebi_charity.accounts.services import check_log_in, demo_accounts
from hebi_charity.accounts.services.first_start import is_open
from hebi_charity.core.acts import record_act

BACKEND = "hebi_charity.accounts.backends.RoleBackend"


def safe_next(request: HttpRequest) -> str:
    """Where the person wanted to go, when that is an address of this product; else the start page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def open_session(request: HttpRequest, user: User) -> None:
    """Log the person in. A locked session of somebody else is emptied by Django, one's own goes on."""
    before = request.user
    try:
        login(request, user, backend=BACKEND)
        sessions.start(request, user)
    except DatabaseError:
        request.user = before  # the session is not kept, and the page that says so must not look as if it were
        raise


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("password")], name="dispatch")
class LogInView(FormView):
    template_name = "accounts/login.html"
    form_class = LogInForm

    def get(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return HttpResponseRedirect(safe_next(request))
        if is_open():
            return redirect("accounts:first_start")
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        locked = self.request.locked_user
        return {"name": locked.username} if locked else {}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **kwargs):
        return super().get_context_data(next=safe_next(self.request), demo_people=demo_accounts(), **kwargs)

    def form_valid(self, form):
        open_session(self.request, form.user)
        record_act(form.user, "accounts.logged_in", form.user)
        return HttpResponseRedirect(safe_next(self.request))


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("password")], name="dispatch")
class UnlockView(View):
    """The log-in that the frame lays over a page whose session ran out: the page itself is not touched.

    200 {"csrf_token"} opens it again; 422 {"sentence"} says why not; 401 {"login"} when the session is gone.
    The token is new, so the script puts it into every form of the page.
    """

    http_method_names = ["post"]

    def post(self, request):
        # A page may cover itself a little before the server locks: the password is asked for all the same.
        user = request.locked_user or (request.user if request.user.is_authenticated else None)
        if user is None:
            return JsonResponse({"login": resolve_url("accounts:login")}, status=401)
        form = UnlockForm(request.POST)
        if not form.is_valid():
            return JsonResponse({"sentence": " ".join(form.errors["password"])}, status=422)
        try:
            user = check_log_in(request, typed=user.username, password=form.cleaned_data["password"])
        except LogInRefused as refusal:
            return JsonResponse({"sentence": str(refusal)}, status=422)
        open_session(request, user)
        record_act(user, "accounts.unlocked", user)
        return JsonResponse({"csrf_token": get_token(request)})


class LogOutView(View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        record_act(request.user, "accounts.logged_out", request.user)
        logout(request)
        messages.success(request, _("You are logged out."))
        return redirect("accounts:login")
