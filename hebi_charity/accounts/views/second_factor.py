"""Setting up and showing the second factor."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView
from django_otp import login as otp_login

from hebi_charity.accounts.errors import CodeRefused
from hebi_charity.accounts.forms import CodeForm
from hebi_charity.accounts.services import second_factor
from hebi_charity.accounts.views.login import safe_next


@method_decorator(sensitive_post_parameters("code"), name="dispatch")
class SecondFactorCheckView(FormView):
    """Asked after the password."""

    template_name = "accounts/second_factor_check.html"
    form_class = CodeForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(next=safe_next(self.request), **kwargs)

    def form_valid(self, form):
        try:
            device = second_factor.check_code(self.request.user, code=form.cleaned_data["code"])
        except CodeRefused as refusal:
            form.add_error("code", str(refusal))
            return self.form_invalid(form)
        otp_login(self.request, device)
        return HttpResponseRedirect(safe_next(self.request))


class MayChangeSecondFactor:
    """Who has a second factor shows it before changing it: a stolen password alone must not replace it."""

    def dispatch(self, request, *args, **kwargs):
        if second_factor.has_second_factor(request.user) and not request.user.is_verified():
            if request.method == "POST":
                raise PermissionDenied(_("Show your second factor first."))
            return HttpResponseRedirect(f"{reverse('accounts:second_factor_check')}?next={request.path}")
        return super().dispatch(request, *args, **kwargs)


@method_decorator(never_cache, name="dispatch")
class SecondFactorView(MayChangeSecondFactor, TemplateView):
    """What is set up, and the two ways to set it up."""

    template_name = "accounts/second_factor.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            app=second_factor.app_of(user),
            sheet=second_factor.sheet_of(user),
            is_needed=second_factor.needs_second_factor(user),
            **kwargs,
        )


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class SecondFactorAppView(MayChangeSecondFactor, FormView):
    """Scan the picture with an authenticator app, then type its first code."""

    template_name = "accounts/second_factor_app.html"
    form_class = CodeForm

    def get_context_data(self, **kwargs):
        device = second_factor.begin_app(self.request.user)
        picture = segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=4, light="#fff")
        return super().get_context_data(picture=picture, key=second_factor.key_to_type(device), **kwargs)

    def form_valid(self, form):
        try:
            device = second_factor.confirm_app(self.request.user, code=form.cleaned_data["code"])
        except CodeRefused as refusal:
            form.add_error("code", str(refusal))
            return self.form_invalid(form)
        otp_login(self.request, device)
        messages.success(self.request, _("The app is your second factor from now on."))
        return redirect("accounts:second_factor")


@method_decorator(never_cache, name="dispatch")
class SecondFactorSheetView(MayChangeSecondFactor, View):
    """Makes a sheet of codes and shows it once, to be printed. The page is the only place where it stands."""

    http_method_names = ["post"]

    def post(self, request):
        device, codes = second_factor.make_sheet(request.user, by=request.user)
        otp_login(request, device)
        return render(request, "accounts/second_factor_sheet.html", {"codes": codes, "made_at": device.created_at})
