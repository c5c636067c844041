"""Funds and campaigns: lists, pages with what came in, making and changing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, DetailView, ListView, UpdateView, View

from donations.forms import FundChangeForm, FundForm, ReasonForm
from donations.lists import incoming
from donations.models import Donation, Fund
from donations.services import funds
from donations.services.broken_rules import BrokenRule
from donations.services.sentences import sentence_of
from donations.views.saving import SavesThroughService
from hebi_charity.core import dates
from hebi_charity.core.paging import KeysetPage
from hebi_charity.core.views import KeysetListMixin


class FundListView(PermissionRequiredMixin, KeysetListMixin, ListView):
    permission_required = "donations.view_fund"
    template_name = "donations/fund_list.html"
    partial_template_name = "donations/_funds.html"
    page_key = "code"
    is_newest_first = False

    def get_queryset(self):
        rows = Fund.objects.visible_to(self.request.user)
        return rows if self.shows_all else rows.in_use()

    @property
    def shows_all(self) -> bool:
        return self.request.GET.get("which") == "all"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(shows_all=self.shows_all, year=dates.today().year, **kwargs)
        yuan = incoming.this_year_by_fund(context["page"], context["year"])
        return context | {"lines": [(fund, yuan.get(fund.pk, incoming.NOTHING)) for fund in context["page"]]}


class FundDetailView(PermissionRequiredMixin, DetailView):
    permission_required = "donations.view_fund"
    template_name = "donations/fund_detail.html"
    context_object_name = "fund"

    def get_queryset(self):
        return Fund.objects.visible_to(self.request.user)

    def year(self, years: list[int]) -> int:
        asked = self.request.GET.get("year", "")
        chosen = [year for year in years if str(year) == asked]
        return (chosen or years or [dates.today().year])[0]

    def get_context_data(self, **kwargs):
        years = incoming.years_of(self.object)
        year = self.year(years)
        table = incoming.fund_by_month(self.object, year)
        gifts = Donation.objects.visible_to(self.request.user).of_fund(self.object).select_related("donor", "kind")
        return super().get_context_data(
            years=years,
            year=year,
            table=table,
            chart=incoming.month_chart(table, year),
            page=KeysetPage.of(gifts, query=self.request.GET, key="donated_on"),
            campaigns=self.object.campaigns.visible_to(self.request.user),
            reason_form=ReasonForm(),
            **kwargs,
        )


class FundCreateView(PermissionRequiredMixin, SavesThroughService, CreateView):
    permission_required = "donations.add_fund"
    form_class = FundForm
    template_name = "donations/fund_form.html"
    done = gettext_lazy("The fund is kept and offered at the counter.")

    def save(self, form):
        return funds.make_fund(form.instance, by=self.request.user, form_key=form.form_key)


class FundUpdateView(PermissionRequiredMixin, SavesThroughService, UpdateView):
    permission_required = "donations.change_fund"
    form_class = FundChangeForm
    template_name = "donations/fund_form.html"
    context_object_name = "fund"
    done = gettext_lazy("Saved. What was changed stands in the history.")

    def get_queryset(self):
        return Fund.objects.visible_to(self.request.user)

    def save(self, form):
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        return funds.change_fund(form.instance, by=self.request.user, **changed) if changed else form.instance


class FundActView(PermissionRequiredMixin, View):
    """Retire a fund, or offer it again: a reason, and a sentence when it is refused."""

    permission_required = "donations.change_fund"
    http_method_names = ["post"]
    act = None
    done = ""

    def post(self, request, pk):
        fund = get_object_or_404(Fund.objects.visible_to(request.user), pk=pk)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(form.errors["reason"]))
            return redirect(fund)
        try:
            type(self).act(fund, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, self.done)
        except BrokenRule as error:
            messages.warning(request, sentence_of(error))
        return redirect(fund)


class FundRetireView(FundActView):
    act = staticmethod(funds.retire_fund)
    done = gettext_lazy("Retired. It is no longer offered; its documents stay.")


class FundResumeView(FundActView):
    act = staticmethod(funds.resume_fund)
    done = gettext_lazy("In use again.")
