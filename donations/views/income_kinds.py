"""Kinds of receipts and the dated table behind them: what holds today, what held before, a new rule from a day on."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, TemplateView

from donations.forms import IncomeKindRuleForm
from donations.models import IncomeKind, IncomeKindRule
from donations.services import funds
from donations.views.saving import SavesThroughService
from hebi_charity.core import dates

FLAGS = ("is_donation_income", "counts_person_times", "may_be_receipted", "may_be_published")


class IncomeKindListView(PermissionRequiredMixin, TemplateView):
    permission_required = "donations.view_donation"
    template_name = "donations/kind_list.html"

    def get_context_data(self, **kwargs):
        rules = IncomeKindRule.objects.in_force(dates.today())
        kinds = IncomeKind.objects.visible_to(self.request.user)
        return super().get_context_data(lines=[(kind, rules.get(kind.pk)) for kind in kinds], **kwargs)


class IncomeKindMixin(PermissionRequiredMixin):
    @cached_property
    def kind(self) -> IncomeKind:
        return get_object_or_404(IncomeKind.objects.visible_to(self.request.user), pk=self.kwargs["code"])

    def get_context_data(self, **kwargs):
        rules = self.kind.rules.select_related("recorded_by").order_by("-valid_from", "-pk")
        in_force = IncomeKindRule.objects.in_force(dates.today()).get(self.kind.pk)
        return super().get_context_data(kind=self.kind, rules=rules, in_force=in_force, **kwargs)


class IncomeKindDetailView(IncomeKindMixin, TemplateView):
    permission_required = "donations.view_donation"
    template_name = "donations/kind_detail.html"


class IncomeKindRuleCreateView(IncomeKindMixin, SavesThroughService, CreateView):
    permission_required = "donations.add_incomekindrule"
    form_class = IncomeKindRuleForm
    template_name = "donations/kind_rule_form.html"
    done = gettext_lazy("Recorded. It holds from the day you gave.")

    def get_initial(self):
        rule = IncomeKindRule.objects.in_force(dates.today()).get(self.kind.pk)
        flags = {name: getattr(rule, name) for name in FLAGS} if rule else {}
        return {"valid_from": max(dates.today(), funds.first_open_day() or dates.today())} | flags

    def save(self, form):
        form.instance.kind = self.kind
        return funds.record_rule(form.instance, by=self.request.user, form_key=form.form_key)

    def next_page(self, row):
        return row.kind
