"""Asking for reports, their list and record pages, and the public page that says whether an issue is current."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, FormView, ListView, TemplateView

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.core.registry import audit_acts
from hebi_charity.core.views import ActView
from hebi_charity.jobs.models import Job
from hebi_charity.office.services.form_keys import AlreadySubmitted, FormKeyReused
from hebi_charity.reports import exceptions, services
from hebi_charity.reports.forms import ReportForm
from hebi_charity.reports.models import Report

SHOWN = 60


class ReportListView(PermissionRequiredMixin, ListView):
    permission_required = "reports.view_report"
    template_name = "reports/report_list.html"

    def get_queryset(self):
        return Report.objects.visible_to(self.request.user).select_related("made_by", "checked_by", "issued_by")[:SHOWN]

    def get_context_data(self, **kwargs):
        waiting = Job.objects.visible_to(self.request.user).unfinished().filter(kind=services.MAKE).order_by("-pk")
        return super().get_context_data(waiting=waiting[:10], **kwargs)


class ReportCreateView(PermissionRequiredMixin, FormView):
    permission_required = "reports.make_report"
    template_name = "reports/report_form.html"
    form_class = ReportForm

    def get_initial(self):
        asked = {name: self.request.GET[name] for name in ("kind", "period_on") if name in self.request.GET}
        return {"period_on": dates.previous_month(dates.today()).isoformat()} | asked

    def form_valid(self, form):
        try:
            job = services.ask_for_report(by=self.request.user, **form.cleaned_data)
        except AlreadySubmitted as again:
            return redirect("jobs:detail", pk=again.result_id)
        except (exceptions.ReportRefused, FormKeyReused) as refused:
            form.add_error(None, str(refused) or _("This form was submitted before."))
            return self.form_invalid(form)
        messages.success(self.request, _("The report is being made. This page shows how far it is."))
        return redirect(job)


class ReportDetailView(PermissionRequiredMixin, DetailView):
    permission_required = "reports.view_report"
    template_name = "reports/report_detail.html"
    context_object_name = "report"

    def get_queryset(self):
        people = ("made_by", "checked_by", "issued_by", "superseded_by", "pdf")
        return Report.objects.visible_to(self.request.user).select_related(*people)

    def get_context_data(self, **kwargs):
        user, report = self.request.user, self.object
        entries = [
            {"at": entry.at, "by": entry.actor, "act": audit_acts.get(entry.act) or entry.act, "reason": entry.reason}
            for entry in Entry.objects.of(report).select_related("actor")
        ]
        return super().get_context_data(
            entries=entries,
            versions=Report.objects.of(report.kind, report.period_on),
            may_check=user.has_perm("reports.check_report")
            and Report.objects.awaiting_check_by(user).filter(pk=report.pk).exists(),
            may_issue=user.has_perm("reports.issue_report")
            and Report.objects.awaiting_issue_by(user).filter(pk=report.pk).exists(),
            **kwargs,
        )


REFUSALS = {
    exceptions.NotThreePeople: gettext_lazy("Three different people make, check and issue a report. Ask a colleague."),
    exceptions.MonthNotClosed: gettext_lazy(
        "This report was made before its month was closed. Close the month and make the next version."
    ),
    exceptions.ReportTampered: gettext_lazy(
        "This report is not as it was made: its record or its paper was changed. Nothing was done. Please tell the"
        " administrator, and make the next version."
    ),
    exceptions.NotAwaitingCheck: gettext_lazy("A colleague was faster: the report has another state now."),
    exceptions.NotAwaitingIssue: gettext_lazy("A colleague was faster: the report has another state now."),
}


def sentence_of(error: Exception) -> str:
    return str(REFUSALS[type(error)])


class ReportActView(ActView):
    """One step of a report's life."""

    model = Report
    refusals = tuple(REFUSALS)
    sentence_of = staticmethod(sentence_of)


class ReportCheckView(ReportActView):
    permission_required = "reports.check_report"
    done = gettext_lazy("The report is checked. A third person issues it.")

    def act(self, report, data):
        services.check_report(report, by=self.request.user)


class ReportIssueView(ReportActView):
    permission_required = "reports.issue_report"
    done = gettext_lazy("The report is issued.")

    def act(self, report, data):
        services.issue_report(report, by=self.request.user)


@method_decorator(login_not_required, name="dispatch")
class CheckCodeView(TemplateView):
    """For everybody who holds a paper: whether this issue is the current one. Never a figure, never a name."""

    template_name = "reports/check_code.html"

    def get_context_data(self, **kwargs):
        code = kwargs.get("code") or self.request.GET.get("code", "")
        code = code.replace("\x00", "").strip().upper()
        report = Report.objects.filter(check_code=code).select_related("superseded_by").first() if code else None
        return super().get_context_data(asked=code, report=report, **kwargs)

    def get(self, request, *args, **kwargs):
        if "code" not in kwargs and request.GET.get("code", "").strip().isalnum():
            return redirect(reverse("reports:check", args=[request.GET["code"].strip().upper()[:12]]))
        return super().get(request, *args, **kwargs)
