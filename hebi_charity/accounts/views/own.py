"""My account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from hebi_charity.accounts import services, sessions
from hebi_charity.accounts.forms import NewPasswordForm, OwnPasswordForm
from hebi_charity.accounts.services import second_factor
from hebi_charity.accounts.views.login import safe_next


class OwnAccountView(TemplateView):
    template_name = "accounts/own_account.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            roles=[held.role for held in user.role_assignments.current().select_related("role")],
            idle_minutes=sessions.idle_seconds_for(user) // 60,
            needs_second_factor=second_factor.needs_second_factor(user),
            has_second_factor=second_factor.has_second_factor(user),
            **kwargs,
        )


class LargeTextView(View):
    http_method_names = ["post"]

    def post(self, request):
        services.set_large_text(request.user, is_large_text=request.POST.get("is_large_text") == "yes")
        return HttpResponseRedirect(safe_next(request))


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class PasswordView(FormView):
    """Change the own password; without the present one right after a one-time password was used to log in."""

    template_name = "accounts/password.html"

    def get_form_class(self):
        return NewPasswordForm if self.request.user.must_change_password else OwnPasswordForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        return super().get_context_data(next=safe_next(self.request), **kwargs)

    def form_valid(self, form):
        try:
            user = services.change_password(self.request.user, form.cleaned_data["new_password"], by=self.request.user)
        except ValidationError as error:
            form.add_error("new_password", error)
            return self.form_invalid(form)
        update_session_auth_hash(self.request, user)
        messages.success(self.request, _("Your new password is valid from now on."))
        if self.request.POST.get("next"):
            return HttpResponseRedirect(safe_next(self.request))
        return redirect("accounts:own")
