"""The calendar for telephones: the own secret address, the year as a file, and what the address gives."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from hebi_charity.core import dates
from partybranch.forms import GlanceForm
from partybranch.lists import calendar
from partybranch.lists.exporting import watermark_of
from partybranch.models import Branch, CalendarAddress, LifeEvent
from partybranch.services.calendar_addresses import make_address, reader_of, withdraw_address
from partybranch.services.logging import record_bulk

TYPE = "text/calendar; charset=utf-8"


class CalendarView(PermissionRequiredMixin, TemplateView):
    permission_required = "partybranch.view_person"
    template_name = "partybranch/glance/calendar.html"

    def get_context_data(self, **kwargs):
        form = GlanceForm(self.request.GET, branches=Branch.objects.visible_to(self.request.user).live())
        branch, year = form.chosen()
        row = CalendarAddress.objects.own(self.request.user).first()
        return super().get_context_data(row=row, branch=branch, year=year, **kwargs)


@method_decorator(never_cache, name="dispatch")
class CalendarMakeView(CalendarView):
    """The same page with the new address, this once: only its hash is kept."""

    http_method_names = ["post"]

    def post(self, request):
        address = reverse("partybranch:feed", args=[make_address(by=request.user)])
        context = self.get_context_data(address=request.build_absolute_uri(address))
        return self.render_to_response(context)


class CalendarWithdrawView(PermissionRequiredMixin, View):
    permission_required = "partybranch.view_person"
    http_method_names = ["post"]

    def post(self, request):
        if withdraw_address(by=request.user):
            messages.success(request, _("Withdrawn. Telephones that subscribed get nothing more."))
        return redirect("partybranch:calendar")


class CalendarFileView(PermissionRequiredMixin, View):
    permission_required = "partybranch.view_person"
    http_method_names = ["get", "head"]

    def get(self, request):
        form = GlanceForm(request.GET, branches=Branch.objects.visible_to(request.user).live())
        branch, year = form.chosen()
        if branch is None:
            return redirect("partybranch:calendar")
        note = watermark_of(request.user)
        facts = calendar.facts_of_year(branch, year, dates.today(), by=request.user, note=note)
        content = calendar.calendar_of(facts)
        record_bulk(request.user, "party.calendar_exported", LifeEvent, count=calendar.count_of(facts))
        return as_calendar(content, name=_("Organisational life %(year)s") % {"year": year})


@method_decorator([login_not_required, never_cache], name="dispatch")
class FeedView(View):
    """What a telephone reads that cannot log in: by a secret address alone, while its owner holds a role."""

    http_method_names = ["get", "head"]

    def get(self, request, token):
        reader = reader_of(token)
        if reader is None:
            raise Http404
        return as_calendar(calendar.calendar_of(calendar.facts_of_reader(reader, dates.today())), name="")


def as_calendar(content: bytes, *, name: str) -> HttpResponse:
    """With a name a download, without one what a calendar program reads."""
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    if name:
        headers["Content-Disposition"] = content_disposition_header(True, f"{name}.ics")
    return HttpResponse(content, content_type=TYPE, headers=headers)
