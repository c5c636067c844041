"""处理进度: the work one asked for, how far it is, and what came of it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import DetailView, ListView

from hebi_charity.core.views import HtmxPartialMixin, KeysetListMixin
from hebi_charity.jobs import services
from hebi_charity.jobs.exceptions import JobNotFailed, JobNotWaiting
from hebi_charity.jobs.models import Job


def jobs_of(request) -> QuerySet[Job]:
    return Job.objects.visible_to(request.user).select_related("asked_by", "output")


class JobListView(KeysetListMixin, ListView):
    template_name = "jobs/job_list.html"
    partial_template_name = "jobs/_job_table.html"
    page_key = "id"

    def get_queryset(self):
        return jobs_of(self.request).in_state(self.request.GET.get("state", ""))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        is_moving = any(not job.is_finished for job in context["object_list"])
        return context | {"is_moving": is_moving, "shows_failed": self.request.GET.get("state") == "failed"}


class JobDetailView(HtmxPartialMixin, DetailView):
    template_name = "jobs/job_detail.html"
    partial_template_name = "jobs/_job_progress.html"
    context_object_name = "job"

    def get_queryset(self):
        return jobs_of(self.request)

    def get_template_names(self):
        names = super().get_template_names()
        is_part = names == [self.partial_template_name]
        return ["jobs/_job_outline.html"] if is_part and not self.object.is_open_to(self.request.user) else names

    def get_context_data(self, **kwargs):
        is_own = self.object.asked_by_id == self.request.user.pk
        return super().get_context_data(is_own=is_own, **kwargs)


class JobRetryView(View):
    http_method_names = ["post"]

    def post(self, request, pk):
        job = get_object_or_404(jobs_of(request), pk=pk)
        try:
            services.retry(job, by=request.user)
        except JobNotFailed:
            messages.warning(request, _("This work is already going on or done; there is nothing to process again."))
        return redirect(job)


class JobCancelView(View):
    http_method_names = ["post"]

    def post(self, request, pk):
        job = get_object_or_404(jobs_of(request), pk=pk)
        try:
            services.cancel(job, by=request.user)
        except JobNotWaiting:
            messages.warning(request, _("This work has begun already and cannot be cancelled any more."))
        return redirect(job)
