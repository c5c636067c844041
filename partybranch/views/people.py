"""One person of the branch: the record with its timeline, correcting, numbers in full, and the own page."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import DetailView, FormView, TemplateView

from hebi_charity.audit.forms import RevealForm
from hebi_charity.core.names import name_key
from hebi_charity.office.services.form_keys import was_saved_with
from partybranch.forms import EndForm, NewPersonForm, PersonChangeForm
from partybranch.lists.honours import honours_of
from partybranch.lists.rates import rate_of_this_year
from partybranch.lists.roll import today_line
from partybranch.lists.timeline import timeline_of
from partybranch.models import Person
from partybranch.services import people
from partybranch.services.logging import record_view
from partybranch.views.saving import SavesOwnChanges, SavesThroughService

SHOWN_SAME = 10


class PersonDetailView(PermissionRequiredMixin, DetailView):
    """One person. Numbers are masked; `revealed` is set only by the view that logs the reason."""

    permission_required = "partybranch.view_person"
    template_name = "partybranch/person_detail.html"
    context_object_name = "person"
    revealed = False

    def get_queryset(self):
        return Person.objects.visible_to(self.request.user).select_related("account")

    def get_context_data(self, **kwargs):
        defaults = {
            "line": today_line(self.object),
            "rate": rate_of_this_year(self.object),
            "timeline": timeline_of(self.object),
            "honours": honours_of(self.object, by=self.request.user),
            "revealed": self.revealed,
            "reveal_form": RevealForm(),
            "end_form": EndForm(),
        }
        return super().get_context_data(**(defaults | kwargs))


@method_decorator(never_cache, name="dispatch")
class PersonRevealView(PersonDetailView):
    """The same page with the numbers in full, once, after a reason that is logged on the branch's side."""

    permission_required = ("partybranch.view_person", "partybranch.view_personal_data")
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = RevealForm(request.POST)
        if form.is_valid():
            record_view(request.user, self.object, reason=form.cleaned_data["reason"])
            self.revealed = True
        return self.render_to_response(self.get_context_data(reveal_form=form))


class OwnRecordView(TemplateView):
    """Who has a log-in and belongs to the branch sees the own record here, and nothing of others.

    Facts, stages, posts, circumstances with their reasons and attendance: what a member may ask for and correct
    (个人信息保护法 45, 46). The secretary's working notes stay with the branch's roles: the note, what was noted of a
    lost contact, and what was withdrawn with its reason.
    """

    template_name = "partybranch/own.html"

    def get_context_data(self, **kwargs):
        person = get_object_or_404(Person.objects.own(self.request.user))
        return super().get_context_data(
            person=person,
            line=today_line(person),
            rate=rate_of_this_year(person),
            timeline=timeline_of(person, is_own=True),
            **kwargs,
        )


class PersonCreateView(PermissionRequiredMixin, SavesThroughService, FormView):
    permission_required = ("partybranch.view_person", "partybranch.record_membership")
    form_class = NewPersonForm
    template_name = "partybranch/person_form.html"
    done = gettext_lazy("The person is recorded.")
    same = ()
    places = {
        "partybranch_full_after_probation": "admitted_on",
        "partybranch_stages_in_order": "stage_on",
        "partybranch_stay_while_branch": "starts_on",
        "person_identifier_unique": "identifier",
        "membership_transfer_has_origin": "came_from",
    }

    def get_context_data(self, **kwargs):
        return super().get_context_data(same=self.same, **kwargs)

    def form_valid(self, form):
        if not form.cleaned_data["not_same"] and not was_saved_with(form.form_key):
            rows = Person.objects.visible_to(self.request.user)
            self.same = rows.namesakes(name_key(form.cleaned_data["name"]))[:SHOWN_SAME]
            if self.same:
                return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def save(self, form):
        return people.register_person(form.entry(), by=self.request.user, form_key=form.form_key)


class PersonUpdateView(PermissionRequiredMixin, SavesOwnChanges, FormView):
    permission_required = ("partybranch.view_person", "partybranch.record_membership")
    form_class = PersonChangeForm
    template_name = "partybranch/person_form.html"
    done = gettext_lazy("Saved. What was changed stands in the history.")
    places = {"person_identifier_unique": "identifier", "partybranch_person_account_id_key": "account"}

    @cached_property
    def person(self) -> Person:
        return get_object_or_404(Person.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"person": self.person}
        del kwargs["initial"]  # the form takes it from the person
        return kwargs

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)

    def save_changes(self, form, changes):
        reason = form.cleaned_data["reason"]
        if not changes:
            return self.person
        return people.change_person(self.person, by=self.request.user, reason=reason, shown=form.shown(), **changes)
