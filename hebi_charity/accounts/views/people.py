"""People: list, add, change, one person's page. For the administrator only."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from hebi_charity.accounts import services
from hebi_charity.accounts.errors import PeopleError
from hebi_charity.accounts.forms import AddPersonForm, ChangePersonForm, GrantRoleForm
from hebi_charity.accounts.models import User
from hebi_charity.accounts.services import second_factor


class PeopleRequiredMixin(PermissionRequiredMixin):
    permission_required = "accounts.manage_people"

    def get_queryset(self):
        return User.objects.visible_to(self.request.user)


class PersonListView(PeopleRequiredMixin, ListView):
    template_name = "accounts/person_list.html"
    context_object_name = "people"

    def get_queryset(self):
        people = super().get_queryset().with_roles().order_by("-is_active", "sort_key", "username")
        if self.who == "all":
            return people
        return people.active().with_expired_slip() if self.who == "expired" else people.active()

    @property
    def who(self) -> str:
        """Which people: "all" with the deactivated, "expired" whose one-time password ran out, else the active."""
        asked = self.request.GET.get("who", "")
        return asked if asked in {"all", "expired"} else ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(who=self.who, **kwargs)


class PersonDetailView(PeopleRequiredMixin, DetailView):
    template_name = "accounts/person_detail.html"
    context_object_name = "person"

    def get_context_data(self, **kwargs):
        held = self.object.role_assignments.select_related("role", "granted_by", "ended_by", "decision")
        defaults = {
            "grant_form": GrantRoleForm(),
            "current_roles": held.current(),
            "ended_roles": held.ended(),
            "has_second_factor": second_factor.has_second_factor(self.object),
            "same_person": User.objects.accounts_of_same_person(self.object).exclude(pk=self.object.pk),
        }
        return super().get_context_data(**(defaults | kwargs))


class SavesThroughService:
    """A form whose service may refuse: the sentence stands at the form and what was typed stays."""

    def form_valid(self, form):
        try:
            person = self.save(form)
        except PeopleError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        except ValidationError as error:
            for name, sentences in getattr(error, "message_dict", {None: error.messages}).items():
                form.add_error(name if name in form.fields else None, sentences)
            return self.form_invalid(form)
        return redirect(person)


class PersonCreateView(SavesThroughService, PeopleRequiredMixin, CreateView):
    template_name = "accounts/person_form.html"
    form_class = AddPersonForm

    def save(self, form) -> User:
        facts = {name: value for name, value in form.cleaned_data.items() if name != "is_namesake"}
        person = services.add_person(by=self.request.user, **facts)
        messages.success(
            self.request,
            _("%(name)s was added. Now give a role, then print the one-time password.") % {"name": person.full_name},
        )
        return person


class PersonUpdateView(SavesThroughService, PeopleRequiredMixin, UpdateView):
    template_name = "accounts/person_form.html"
    form_class = ChangePersonForm
    context_object_name = "person"

    def save(self, form) -> User:
        person = services.change_person(
            self.object,
            by=self.request.user,
            full_name=form.cleaned_data["full_name"],
            phone=form.phone(),
            joined_on=form.cleaned_data["joined_on"],
            main_account=form.cleaned_data["main_account"],
        )
        messages.success(self.request, _("The changes to %(name)s are saved.") % {"name": person.full_name})
        return person
