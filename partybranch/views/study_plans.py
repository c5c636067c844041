"""The plan of study of a year, its items, and everybody's own plan from its template."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, DetailView, UpdateView

from hebi_charity.core.views import ActView
from partybranch.forms.study_plans import (
    PersonalPlanForm,
    PlanChangeForm,
    PlanForm,
    PlanItemChangeForm,
    PlanItemForm,
)
from partybranch.models import Branch, PersonalPlan, StudyPlan, StudyPlanItem
from partybranch.services import study_plans
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.asking import AsksFirst
from partybranch.views.records import RECORDS
from partybranch.views.saving import SavesThroughService
from partybranch.views.study import SEES, study_address
from partybranch.views.withdrawn import OpensUntilWithdrawn

PLACES = {"study_plan_once_a_year": "year", "study_plan_year_is_one": "year", "study_plan_item_has_subject": "subject"}


class PlanDetailView(PermissionRequiredMixin, DetailView):
    permission_required = SEES
    template_name = "partybranch/study/plan.html"
    context_object_name = "plan"

    def get_queryset(self):
        return StudyPlan.objects.visible_to(self.request.user).select_related("branch")

    def get_context_data(self, **kwargs):
        plans = self.object.personal_plans.select_related("person").order_by("person__sort_key", "pk")
        items = self.object.items.select_related("leader")
        back = study_address(self.object.branch, self.object.year)
        return super().get_context_data(items=items, personal_plans=plans, back_url=back, **kwargs)


class PlanFormView(PermissionRequiredMixin, SavesThroughService):
    """A form about a plan; `title` says what it does."""

    permission_required = RECORDS
    template_name = "partybranch/study/form.html"
    done = gettext_lazy("The plan is saved.")
    places = PLACES
    title = lead = ""

    def get_context_data(self, **kwargs):
        words = {"title": self.title, "lead": self.lead, "back_url": self.back()}
        return super().get_context_data(**(words | kwargs))

    def back(self) -> str:
        return self.object.get_absolute_url()


class PlanCreateView(PlanFormView, OpensUntilWithdrawn, CreateView):
    form_class = PlanForm
    title = gettext_lazy("Make the plan of a year")

    @cached_property
    def branch(self) -> Branch:
        return get_object_or_404(Branch.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": StudyPlan(branch=self.branch)}

    def back(self):
        return study_address(self.branch)

    def save(self, form):
        return study_plans.make_plan(form.instance, by=self.request.user, form_key=form.form_key)


class PlanUpdateView(PlanFormView, UpdateView):
    form_class = PlanChangeForm
    title = gettext_lazy("Change the plan")
    lead = gettext_lazy("Personal plans that are made already stay as they are.")

    def get_queryset(self):
        return StudyPlan.objects.visible_to(self.request.user)

    def save(self, form):
        return study_plans.change_plan(form.instance, by=self.request.user, **form.cleaned_data)


class PlanItemCreateView(PlanFormView, CreateView):
    form_class = PlanItemForm
    title = gettext_lazy("Add to the plan")

    @cached_property
    def plan(self) -> StudyPlan:
        plans = StudyPlan.objects.visible_to(self.request.user).select_related("branch")
        return get_object_or_404(plans, pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": StudyPlanItem(plan=self.plan)}

    def back(self):
        return self.plan.get_absolute_url()

    def save(self, form):
        return study_plans.add_item(form.instance, by=self.request.user, form_key=form.form_key)


class PlanItemUpdateView(PlanFormView, UpdateView):
    form_class = PlanItemChangeForm
    title = gettext_lazy("Change an item of the plan")

    def get_queryset(self):
        return StudyPlanItem.objects.visible_to(self.request.user).select_related("plan__branch")

    def save(self, form):
        return study_plans.change_item(form.instance, by=self.request.user, **form.changes())


class PersonalPlanUpdateView(PlanFormView, UpdateView):
    form_class = PersonalPlanForm
    title = gettext_lazy("Change a personal plan")

    def get_queryset(self):
        return PersonalPlan.objects.visible_to(self.request.user).select_related("plan", "person")

    def get_context_data(self, **kwargs):
        return super().get_context_data(lead=self.object.person.name, **kwargs)

    def save(self, form):
        return study_plans.change_personal_plan(form.instance, by=self.request.user, **form.cleaned_data)


class PlanActView(ActView):
    permission_required = RECORDS
    model = StudyPlan
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)


class PersonalPlansView(PlanActView):
    done = gettext_lazy("Everybody on the roll has a plan now. Print them, or make single ones the person's own first.")

    def act(self, row, data):
        study_plans.make_personal_plans(row, by=self.request.user)


class PlanItemDropView(AsksFirst, PlanActView):
    model = StudyPlanItem
    title = gettext_lazy("Take this out of the plan?")
    button = gettext_lazy("Take it out of the plan")
    consequence = gettext_lazy("The history keeps what it was; to have it again, add it anew.")
    done = gettext_lazy("Taken out of the plan. The history keeps what it was.")

    def rows(self):
        return super().rows().select_related("plan__branch", "leader")

    def facts(self, row):
        facts = [(_("when"), row.when()), (_("what is to be studied"), row.subject)]
        facts.append((_("form of study"), row.get_form_display()))
        return [*facts, (_("who leads it"), row.leader.name)] if row.leader else facts

    def act(self, row, data):
        study_plans.drop_item(row, by=self.request.user)
