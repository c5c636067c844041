"""The last step of the first start: everything on one page, then everything at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from hebi_charity.accounts.documents import Staff, standings
from hebi_charity.accounts.errors import PeopleError
from hebi_charity.accounts.models import User
from hebi_charity.accounts.services import first_start
from hebi_charity.accounts.services.first_start import FirstStart
from hebi_charity.accounts.views.first_start import CHECK, FirstStepMixin, Step, form_of, titles, with_role_titles
from hebi_charity.accounts.views.first_steps import (
    AdministratorStepView,
    BooksStepView,
    MoreStepView,
    OrganisationStepView,
    PeopleStepView,
)
from hebi_charity.accounts.views.login import open_session
from hebi_charity.core.acts import record_act
from hebi_charity.core.registry import first_steps

WITHOUT_FORM = {"administrator", "people", CHECK}


class CheckStepView(FirstStepMixin, TemplateView):
    """What was typed on one page, what would be stuck with these people, and the button that opens the office."""

    step = CHECK
    template_name = "accounts/first_start/check.html"

    def dispatch(self, request, *args, **kwargs):
        self.forms = {}
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        if missing := self.missing():
            return self.back_to(missing)
        return super().get(request, *args, **kwargs)

    def missing(self) -> Step | None:
        """The first step that was not taken, or whose form no longer holds."""
        return next((step for step in self.steps() if step.code != CHECK and not self.is_whole(step)), None)

    def is_whole(self, step: Step) -> bool:
        return step.is_taken and (step.code in WITHOUT_FORM or bool(self.cleaned(step.code)))

    def back_to(self, step: Step) -> HttpResponse:
        messages.warning(self.request, _("This step is still open: %(step)s.") % {"step": step.title})
        return redirect(step.url)

    def cleaned(self, step: str) -> dict:
        """What a step's form holds; empty when it does not hold."""
        if step not in self.forms:
            form = form_of(step, self.draft.typed(step))
            self.forms[step] = form.cleaned_data if form.is_valid() else {}
        return self.forms[step]

    def get_context_data(self, **kwargs):
        people, administrator = self.draft.people, self.draft.administrator
        planned = [(person.full_name, person.roles) for person in people]
        staff = Staff.planned([*planned, (administrator.full_name, ["administrator"])])
        return super().get_context_data(
            organisation=self.cleaned("organisation"),
            administrator=administrator,
            people=with_role_titles(people),
            books_from=self.cleaned("books")["books_from"],
            more=[(str(step.title), step.says(self.cleaned(key)), key) for key, step in first_steps.items()],
            stuck=[standing for standing in standings(staff) if standing.is_stuck],
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if missing := self.missing():
            return self.back_to(missing)
        try:
            administrator, slips = first_start.open_office(self.first())
        except first_start.OfficeIsOpen as refusal:
            self.draft.forget()
            messages.warning(request, str(refusal))
            return redirect("accounts:login")
        except (PeopleError, ValidationError) as refusal:
            messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
            return redirect(request.path)
        self.draft.forget()
        open_session(request, administrator)
        record_act(administrator, "accounts.logged_in", administrator)
        return render(request, "accounts/first_start/open.html", {"slips": slips})

    def first(self) -> FirstStart:
        organisation = dict(self.cleaned("organisation"))
        del organisation["holds_status"]
        return FirstStart(
            organisation=organisation,
            administrator=self.draft.administrator,
            encoded_password=self.draft.encoded_password,
            people=tuple(self.draft.people),
            books_from=self.cleaned("books")["books_from"],
            more=tuple(self.savers()),
        )

    def savers(self) -> list[Callable[[User], None]]:
        return [partial(save_step, key, self.cleaned(key)) for key in first_steps.keys()]  # noqa: SIM118


def save_step(key: str, data: dict, by: User) -> None:
    first_steps.get(key).save(data, by=by)


OWN_STEPS = {
    view.step: view
    for view in (OrganisationStepView, AdministratorStepView, PeopleStepView, BooksStepView, CheckStepView)
}


@method_decorator([login_not_required, never_cache], name="dispatch")
class FirstStartStepView(View):
    """Finds the step of an address. Nothing is here once the office is open."""

    def dispatch(self, request: HttpRequest, *args: object, step: str, **kwargs: object) -> HttpResponse:
        if not first_start.is_open() or step not in titles():
            raise Http404
        return OWN_STEPS.get(step, MoreStepView).as_view()(request, *args, step=step, **kwargs)
