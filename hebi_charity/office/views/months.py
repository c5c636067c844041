"""Months of the books: where they stand, closing one, confirming what a colleague closed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView, View

from hebi_charity.core import dates
from hebi_charity.core.registry import period_totals
from hebi_charity.core.sentences import REFUSED_BY_DATABASE, sentence_for
from hebi_charity.office.forms import ReasonForm
from hebi_charity.office.models import Period
from hebi_charity.office.services import periods
from hebi_charity.office.totals import block

SHOWN = 24


class MonthListView(PermissionRequiredMixin, TemplateView):
    """The newest months, or those of one year."""

    permission_required = "office.view_period"
    template_name = "office/month_list.html"

    def get_context_data(self, **kwargs):
        begun = Period.objects.begun_by(dates.today())
        years = sorted({month.year for month in begun.values_list("month", flat=True)}, reverse=True)
        year = next((known for known in years if str(known) == self.request.GET.get("year")), None)
        months = begun.of_year(year) if year else begun[:SHOWN]
        return super().get_context_data(months=months, years=years, year=year, **kwargs)


class MonthDetailView(PermissionRequiredMixin, DetailView):
    permission_required = "office.view_period"
    model = Period
    template_name = "office/month_detail.html"
    context_object_name = "period"

    def get_context_data(self, **kwargs):
        period = self.object
        reasons = periods.reasons_against_closing(period, today=dates.today()) if period.state == "open" else []
        return super().get_context_data(
            reasons=reasons,
            blocks=[block(totals, period.month) for totals in period_totals],
            can_submit=period.state == "open" and not reasons,
            is_own=period.submitted_by_id == self.request.user.pk,
            return_form=ReasonForm(),
            **kwargs,
        )


class MonthActView(PermissionRequiredMixin, View):
    """One act on a month; what the service refuses becomes a sentence."""

    http_method_names = ["post"]

    def post(self, request, pk):
        period = get_object_or_404(Period, pk=pk)
        try:
            self.act(period)
        except periods.PeriodNotEnded:
            messages.error(request, _("Months close in order, after their last day. Close the earlier month first."))
        except periods.PeriodNotReady as error:
            messages.error(request, " ".join(error.reasons))
        except periods.PeriodNotOpen:
            messages.warning(request, _("A colleague was faster: the month has another state now."))
        except periods.PeriodMakerIsChecker:
            messages.error(request, _("The person who submitted the month cannot confirm it. Ask a colleague."))
        except REFUSED_BY_DATABASE as error:
            messages.warning(request, sentence_for(error))  # above all: a merge holds the month for its chunk
        return redirect(reverse("office:month", args=[pk]))


class MonthSubmitView(MonthActView):
    permission_required = "office.close_period"

    def act(self, period):
        periods.submit_period(period, by=self.request.user, today=dates.today())
        messages.success(self.request, _("The month is closed for entries. Another person confirms it now."))


class MonthConfirmView(MonthActView):
    permission_required = "office.confirm_period"

    def act(self, period):
        periods.confirm_period(period, by=self.request.user)
        messages.success(self.request, _("The month is closed. Its totals are sealed."))


class MonthReturnView(MonthActView):
    permission_required = "office.confirm_period"

    def act(self, period):
        form = ReasonForm(self.request.POST)
        if not form.is_valid():
            messages.error(self.request, " ".join(form.errors["reason"]))
            return
        periods.return_period(period, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, _("The month is open again."))
