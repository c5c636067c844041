"""The first start: a code, steps with numbers, back without loss, a summary, and then everything at once."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from hebi_charity.accounts.first_draft import FirstDraft
from hebi_charity.accounts.forms.first_start import FirstMonthForm, SetupCodeForm
from hebi_charity.accounts.models import Role
from hebi_charity.accounts.services import first_start
from hebi_charity.accounts.services.first_start import NewPerson
from hebi_charity.core import dates
from hebi_charity.core.acts import record_act
from hebi_charity.core.registry import first_steps
from hebi_charity.office.forms import FirstOrganisationForm

CHECK = "check"


@dataclass(frozen=True)
class Step:
    """One step of the list above every page."""

    code: str
    title: str
    number: int
    is_taken: bool
    is_current: bool

    @property
    def url(self) -> str:
        return step_url(self.code)


def step_url(step: str) -> str:
    return reverse("accounts:first_start_step", args=[step])


def titles() -> dict[str, str]:
    """Every step in its order, with its name."""
    own = {
        "organisation": _("Organisation"),
        "administrator": _("First administrator"),
        "people": _("People and roles"),
        "books": _("First month of the books"),
    }
    return own | {key: str(step.title) for key, step in first_steps.items()} | {CHECK: _("Check and open")}


def form_of(step: str, data: QueryDict | None = None) -> forms.Form:
    """The form of a step that is nothing but a form."""
    if step == "organisation":
        return FirstOrganisationForm(data)
    if step == "books":
        return FirstMonthForm(data, initial={"books_from": dates.month_start(dates.today())})
    return first_steps.get(step).form()(data)


def with_role_titles(people: list[NewPerson]) -> list[tuple[NewPerson, list[str]]]:
    role_titles = {role.code: role.title for role in Role.objects.all()}
    return [(person, [role_titles[code] for code in person.roles]) for person in people]


class FirstStepMixin:
    """A step: after the code only, with the list of steps and the way back."""

    step = ""

    def dispatch(self, request, *args, **kwargs):
        self.draft = FirstDraft(request.session)
        if not self.draft.is_admitted:
            return redirect("accounts:first_start")
        return super().dispatch(request, *args, **kwargs)

    def is_taken(self, step: str) -> bool:
        if step == "administrator":
            return bool(self.draft.administrator and self.draft.encoded_password)
        return self.draft.typed(step) is not None

    def steps(self) -> list[Step]:
        return [
            Step(code, title, number, self.is_taken(code), code == self.step)
            for number, (code, title) in enumerate(titles().items(), start=1)
        ]

    def neighbour(self, offset: int) -> str:
        """The address of the step before or after this one; "" before the first."""
        codes = list(titles())
        position = codes.index(self.step) + offset
        return step_url(codes[position]) if position >= 0 else ""

    def get_context_data(self, **kwargs):
        steps = self.steps()
        here = next(step for step in steps if step.is_current)
        return super().get_context_data(steps=steps, here=here, back=self.neighbour(-1), **kwargs)


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("code")], name="dispatch")
class FirstStartView(FormView):
    """Who wants to set the office up shows the code that bin/run printed."""

    template_name = "accounts/first_start/code.html"
    form_class = SetupCodeForm

    def dispatch(self, request, *args, **kwargs):
        if not first_start.is_open():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form):
        if self.request.POST.get("code"):
            record_act(None, "accounts.setup_code_refused", None)
        return super().form_invalid(form)

    def form_valid(self, form):
        self.request.session.cycle_key()
        FirstDraft(self.request.session).admit()
        return redirect(step_url("organisation"))
