"""The steps of the first start that ask something."""

from __future__ import annotations

from django.http import QueryDict
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from hebi_charity.accounts.forms.first_start import FirstAdministratorForm, FirstPersonForm
from hebi_charity.accounts.services.first_start import NewPerson
from hebi_charity.accounts.views.first_start import FirstStepMixin, form_of, with_role_titles
from hebi_charity.core.registry import first_steps


class FormStepView(FirstStepMixin, FormView):
    """A step that is nothing but a form."""

    template_name = "accounts/first_start/form.html"
    lead = ""

    def get_form(self, form_class=None):
        # What was typed before is shown again when one comes back.
        return form_of(self.step, self.request.POST if self.request.method == "POST" else self.draft.typed(self.step))

    def get_context_data(self, **kwargs):
        return super().get_context_data(lead=self.lead, **kwargs)

    def form_valid(self, form):
        self.draft.keep_typed(self.step, self.request.POST)
        return redirect(self.neighbour(1))


class OrganisationStepView(FormStepView):
    step = "organisation"
    lead = gettext_lazy("Papers, reports and publications carry these facts. They can be changed later.")


class BooksStepView(FormStepView):
    step = "books"


class MoreStepView(FormStepView):
    """A step that another app asks."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.step = kwargs["step"]
        self.lead = first_steps.get(self.step).lead


@method_decorator(sensitive_post_parameters("password", "password_again"), name="dispatch")
class AdministratorStepView(FirstStepMixin, FormView):
    """The administrator; of the password only its encoded form is kept."""

    step = "administrator"
    template_name = "accounts/first_start/administrator.html"
    form_class = FirstAdministratorForm

    def get_form_kwargs(self):
        taken = {person.username for person in self.draft.people}
        return super().get_form_kwargs() | {"taken": taken, "has_password": bool(self.draft.encoded_password)}

    def get_initial(self):
        person = self.draft.administrator
        return {"full_name": person.full_name, "username": person.username} if person else {}

    def form_valid(self, form):
        person = NewPerson(form.cleaned_data["full_name"], form.cleaned_data["username"])
        self.draft.keep_administrator(person, form.encoded_password())
        return redirect(self.neighbour(1))


class PeopleStepView(FirstStepMixin, FormView):
    """People one by one: a name with its roles is added to the list, or taken off it."""

    step = "people"
    template_name = "accounts/first_start/people.html"
    form_class = FirstPersonForm

    def get_form_kwargs(self):
        others = [person for person in [*self.draft.people, self.draft.administrator] if person]
        taken, names = {person.username for person in others}, {person.full_name for person in others}
        return super().get_form_kwargs() | {"taken": taken, "names": names}

    def get_context_data(self, **kwargs):
        return super().get_context_data(people=with_role_titles(self.draft.people), **kwargs)

    def post(self, request, *args, **kwargs):
        if "remove" in request.POST:
            self.draft.remove_person(request.POST["remove"])
            return redirect(request.path)
        is_blank = not any(request.POST.get(name, "").strip() for name in ("full_name", "username", "roles"))
        if "next" in request.POST and is_blank:
            return self.go_on()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        self.draft.add_person(form.cleaned_data)
        return self.go_on() if "next" in self.request.POST else redirect(self.request.path)

    def go_on(self):
        self.draft.keep_typed(self.step, QueryDict())
        return redirect(self.neighbour(1))
