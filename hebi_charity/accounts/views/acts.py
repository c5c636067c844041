"""What the administrator does to one account: each act says on its page what will happen."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from hebi_charity.accounts import services
from hebi_charity.accounts.errors import PeopleError
from hebi_charity.accounts.forms import GrantRoleForm, ReasonForm
from hebi_charity.accounts.models import RoleAssignment, User
from hebi_charity.accounts.services.passwords import ONE_TIME_HOURS
from hebi_charity.accounts.views.people import PeopleRequiredMixin, PersonDetailView


class ActOnPersonView(PeopleRequiredMixin, FormView):
    """A page with the consequence of an act, its reason, and one button that says it."""

    template_name = "accounts/person_act.html"
    form_class = ReasonForm
    consequence = ""
    button = ""
    is_danger = False

    @cached_property
    def person(self) -> User:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            person=self.person,
            consequence=self.consequence,
            button=self.button,
            is_danger=self.is_danger,
            **kwargs,
        )

    def form_valid(self, form):
        try:
            return self.act(form.cleaned_data["reason"])
        except PeopleError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)


class DeactivateView(ActOnPersonView):
    consequence = gettext_lazy(
        "The person is logged out at once and cannot log in any more; every role ends today. What the person did stays."
    )
    button = gettext_lazy("Deactivate")
    is_danger = True

    def act(self, reason):
        services.deactivate_person(self.person, by=self.request.user, reason=reason)
        messages.success(self.request, _("%(name)s is deactivated.") % {"name": self.person.full_name})
        return redirect(self.person)


class ReactivateView(ActOnPersonView):
    consequence = gettext_lazy("The account opens again without a role and without a password. Give both anew.")
    button = gettext_lazy("Reactivate")

    def act(self, reason):
        services.reactivate_person(self.person, by=self.request.user, reason=reason)
        messages.success(self.request, _("%(name)s is active again.") % {"name": self.person.full_name})
        return redirect(self.person)


class ResetSecondFactorView(ActOnPersonView):
    consequence = gettext_lazy(
        "The app and the code sheet of this person are void; both are set up anew at the next log-in."
    )
    button = gettext_lazy("Reset second factor")
    is_danger = True

    def act(self, reason):
        services.reset_second_factor(self.person, by=self.request.user, reason=reason)
        messages.success(self.request, _("The second factor of %(name)s is reset.") % {"name": self.person.full_name})
        return redirect(self.person)


@method_decorator(never_cache, name="dispatch")
class OneTimePasswordView(ActOnPersonView):
    """Shows the slip once, to be printed and sealed. The page is the only place where the password stands."""

    consequence = gettext_lazy(
        "The present password stops working and the person is logged out. A slip with a one-time password is shown"
        " once for printing; it works for three days and is changed at the first log-in. The auditor sees this."
    )
    button = gettext_lazy("Make one-time password")

    def get_initial(self):
        return {"reason": _("forgot the password") if self.person.last_login else _("first log-in")}

    def act(self, reason):
        password = services.issue_one_time_password(self.person, by=self.request.user, reason=reason)
        expires_at = timezone.now() + timedelta(hours=ONE_TIME_HOURS)
        slip = {"person": self.person, "password": password, "expires_at": expires_at}
        return render(self.request, "accounts/one_time_slip.html", slip)


class GrantRoleView(PersonDetailView):
    """Give a role; a refusal stands on the person's page with its reason, and what was typed stays."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = GrantRoleForm(request.POST)
        if form.is_valid():
            try:
                services.grant_role_with_decision(
                    self.object, form.cleaned_data["role"], by=request.user, decision=form.decision()
                )
            except PeopleError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The role is given. The person logs in again to use it."))
                return redirect(self.object)
        return self.render_to_response(self.get_context_data(grant_form=form), status=422)


class EndRoleView(ActOnPersonView):
    """The role's end, with its reason; nothing is ended by one slip of the finger."""

    consequence = gettext_lazy(
        "The role ends at once and the person is logged out. What the person did stays. It can be given again later."
    )
    is_danger = True

    @cached_property
    def held(self) -> RoleAssignment:
        return get_object_or_404(self.person.role_assignments.select_related("role"), pk=self.kwargs["assignment"])

    def get_context_data(self, **kwargs):
        button = _("End “%(role)s” now") % {"role": self.held.role.title}
        return super().get_context_data(**kwargs) | {"button": button}

    def act(self, reason):
        services.end_role(self.held, by=self.request.user, reason=reason)
        messages.success(self.request, _("The role has ended; the person's sessions end with it."))
        return redirect(self.person)
