"""Branches with their committee and groups, and who sits in them."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from hebi_charity.core import dates
from hebi_charity.core.views import ActView
from partybranch.forms import BodyForm, BranchChangeForm, BranchForm, EndForm, WithdrawForm
from partybranch.lists.bodies import bodies_of
from partybranch.models import Body, Branch
from partybranch.services import branches
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.records import RECORDS
from partybranch.views.saving import SavesThroughService
from partybranch.views.withdrawn import OpensUntilWithdrawn


class BranchListView(PermissionRequiredMixin, ListView):
    permission_required = "partybranch.view_person"
    template_name = "partybranch/branch_list.html"

    def get_queryset(self):
        return Branch.objects.visible_to(self.request.user)


class BranchDetailView(PermissionRequiredMixin, DetailView):
    permission_required = "partybranch.view_person"
    template_name = "partybranch/branch_detail.html"
    context_object_name = "branch"

    def get_queryset(self):
        return Branch.objects.visible_to(self.request.user).select_related("withdrawn_by")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            bodies=bodies_of(self.object),
            end_form=EndForm(),
            ledger_years=self.object.events.held_by(dates.today()).years(),
            **kwargs,
        )


class BranchCreateView(PermissionRequiredMixin, SavesThroughService, CreateView):
    permission_required = RECORDS
    form_class = BranchForm
    template_name = "partybranch/branch_form.html"
    done = gettext_lazy("The branch is recorded.")
    places = {"branch_has_name": "name", "branch_name_once": "name"}

    def save(self, form):
        return branches.found_branch(form.instance, by=self.request.user, form_key=form.form_key)


class BranchUpdateView(PermissionRequiredMixin, OpensUntilWithdrawn, SavesThroughService, UpdateView):
    permission_required = RECORDS
    form_class = BranchChangeForm
    template_name = "partybranch/branch_form.html"
    context_object_name = "branch"
    done = gettext_lazy("Saved. What was changed stands in the history.")
    places = {"branch_dissolved_after_founded": "dissolved_on", "branch_name_once": "name"}

    def get_queryset(self):
        return Branch.objects.visible_to(self.request.user)

    @cached_property
    def branch(self) -> Branch:
        return self.get_object()

    def save(self, form):
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        return branches.change_branch(form.instance, by=self.request.user, **changed) if changed else form.instance


class BodyCreateView(PermissionRequiredMixin, OpensUntilWithdrawn, SavesThroughService, CreateView):
    permission_required = RECORDS
    form_class = BodyForm
    template_name = "partybranch/body_form.html"
    done = gettext_lazy("The committee or group is recorded.")
    places = {"body_name_once": "name", "body_one_committee": "kind"}

    @cached_property
    def branch(self) -> Branch:
        return get_object_or_404(Branch.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Body(branch=self.branch)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(branch=self.branch, **kwargs)

    def save(self, form):
        return branches.found_body(form.instance, by=self.request.user, form_key=form.form_key)


class BodyDissolveView(ActView):
    permission_required = RECORDS
    model = Body
    form_class = EndForm
    done = gettext_lazy("The end is recorded.")
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)

    def act(self, row, data):
        branches.dissolve_body(row, by=self.request.user, day=data["day"])


class BranchWithdrawView(ActView):
    permission_required = ("partybranch.view_person", "partybranch.withdraw_record")
    model = Branch
    form_class = WithdrawForm
    done = gettext_lazy(
        "Taken back as recorded by mistake. It stays readable with your reason; its name is free again."
    )
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)

    def act(self, row, data):
        branches.withdraw_branch(row, by=self.request.user, reason=data["reason"])


class BodyWithdrawView(BranchWithdrawView):
    model = Body

    def act(self, row, data):
        branches.withdraw_body(row, by=self.request.user, reason=data["reason"])
