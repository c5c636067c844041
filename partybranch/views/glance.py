"""The year at a glance, and the rules it is measured by."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, TemplateView

from hebi_charity.core import dates
from hebi_charity.core.views import ActView
from hebi_charity.office.forms import ReasonForm
from partybranch.forms import GlanceForm, RequirementForm, RuleEndForm
from partybranch.lists import rates, requirements, year
from partybranch.models import Branch, Requirement
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.requirements import end_requirement, record_requirement, withdraw_requirement
from partybranch.services.sentences import sentence_of
from partybranch.views.saving import SavesThroughService

RULES = ("partybranch.view_person", "partybranch.record_requirement")


class GlanceView(PermissionRequiredMixin, TemplateView):
    permission_required = "partybranch.view_person"
    template_name = "partybranch/glance/year.html"

    def get_context_data(self, **kwargs):
        form = GlanceForm(self.request.GET, branches=Branch.objects.visible_to(self.request.user).live())
        branch, number = form.chosen()
        if branch is None:
            return super().get_context_data(filter_form=form, glance=None, **kwargs)
        today, first, last = dates.today(), date(number, 1, 1), date(number, 12, 31)
        glance = year.year_of(branch, number, today=today)
        rate = rates.rate_of_branch(branch, first, last, today=today)
        return super().get_context_data(
            filter_form=form,
            glance=glance,
            totals=year.totals_of(glance, rate),
            months=range(1, 13),
            paper_key=str(number),
            previous=number - 1,
            next=number + 1,
            **kwargs,
        )


class RequirementListView(PermissionRequiredMixin, TemplateView):
    permission_required = "partybranch.view_person"
    template_name = "partybranch/glance/requirements.html"

    def get_context_data(self, **kwargs):
        rows = Requirement.objects.visible_to(self.request.user)
        return super().get_context_data(kinds=requirements.rules_by_kind(rows, dates.today()), **kwargs)


class RequirementCreateView(PermissionRequiredMixin, SavesThroughService, CreateView):
    permission_required = RULES
    form_class = RequirementForm
    template_name = "partybranch/glance/requirement_form.html"
    done = gettext_lazy("The rule is recorded. It takes the place of the earlier one from its day on.")
    places = {
        "requirement_once": "starts_on",
        "requirement_ends_after_start": "ends_on",
        "requirement_times_possible": "times",
        "requirement_has_source": "source",
    }

    def save(self, form):
        return record_requirement(form.instance, by=self.request.user, form_key=form.form_key)


class RequirementActView(ActView):
    permission_required = RULES
    model = Requirement
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)


class RequirementEndView(RequirementActView):
    form_class = RuleEndForm
    done = gettext_lazy("The end is recorded.")

    def act(self, row, data):
        end_requirement(row, by=self.request.user, day=data["day"])


class RequirementWithdrawView(RequirementActView):
    form_class = ReasonForm
    done = gettext_lazy("Withdrawn. The rule before it holds again.")

    def act(self, row, data):
        withdraw_requirement(row, by=self.request.user, reason=data["reason"])
