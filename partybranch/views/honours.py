"""The wall of honours, the line of time, one honour with its dossier, recording one, and the list as a file."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, DetailView, ListView, TemplateView, View

from hebi_charity.core.export import export_response
from hebi_charity.core.views import KeysetListMixin
from hebi_charity.files import services as files
from partybranch.forms.honour_filters import HonourFilterForm, TimelineFilterForm
from partybranch.forms.honours import HonourForm, MoveForm, RevokeForm
from partybranch.lists import exporting_honours, honours, quoting
from partybranch.lists.evidence import changed_since
from partybranch.lists.registers import REGISTERS
from partybranch.models import Honour
from partybranch.services import honours as services
from partybranch.views.records import FUTURE, RECORDS
from partybranch.views.saving import SavesThroughService
from partybranch.views.scans import AddsScans, scans_of

VIEW = "partybranch.view_person"
EXPORTS = (VIEW, "partybranch.export_roll")


class HonourWallView(PermissionRequiredMixin, KeysetListMixin, ListView):
    permission_required = VIEW
    template_name = "partybranch/honours/wall.html"
    partial_template_name = "partybranch/honours/_wall.html"
    page_key = "listed_on"

    def get_queryset(self):
        self.filter_form = HonourFilterForm(self.request.GET)
        return honours.narrowed_honours(self.filter_form, by=self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filter_form=self.filter_form, **kwargs)
        federation = quoting.federation_name()
        cards = honours.wall_of(context["page"], federation)
        return context | {
            "cards": cards,
            "quotes": [quoting.quote_of(card.honour, federation) for card in cards],
            "filters": self.request.GET.urlencode(),
            "registers": REGISTERS.values(),
        }


class HonourTimelineView(PermissionRequiredMixin, TemplateView):
    permission_required = VIEW
    template_name = "partybranch/honours/timeline.html"

    def get_context_data(self, **kwargs):
        form = TimelineFilterForm(self.request.GET)
        year = form.cleaned_data.get("year") if form.is_valid() else None
        federation = quoting.federation_name()
        rows = honours.timeline_rows(self.request.user, year=year)
        lines = [
            {"row": row, "quote": quoting.quote_of(row, federation, with_day=False), "kind": row._meta.verbose_name}
            for row in rows
        ]
        return super().get_context_data(filter_form=form, lines=lines, registers=REGISTERS.values(), **kwargs)


class HonourDetailView(PermissionRequiredMixin, DetailView):
    permission_required = VIEW
    template_name = "partybranch/honours/detail.html"
    context_object_name = "honour"

    def get_queryset(self):
        people = ("withdrawn_by", "revoked_by", "recorded_by")
        return Honour.objects.visible_to(self.request.user).with_bodies().select_related(*people)

    def get_context_data(self, **kwargs):
        honour, federation = self.object, quoting.federation_name()
        defaults = scans_of(honour) | {
            "recipient": honour.recipient(federation),
            "recipient_told": quoting.told_recipient(honour, federation),
            "quote": quoting.quote_of(honour, federation),
            "citations": honour.citations.select_related("withdrawn_by").order_by("-listed_on", "-pk"),
            "move_form": MoveForm(initial={"kept_at": honour.kept_at}),
            "revoke_form": RevokeForm(),
        }
        return super().get_context_data(**(defaults | self.dossier_context() | kwargs))

    def dossier_context(self):
        dossiers = list(self.object.dossiers.select_related("recorded_by", "withdrawn_by").order_by("-pk"))
        dossier = next((one for one in dossiers if not one.is_withdrawn()), None)
        items = list(dossier.items.all()) if dossier else []
        return {
            "dossier": dossier,
            "dossiers_withdrawn": [one for one in dossiers if one.is_withdrawn()],
            "items": items,
            "changed": changed_since(items),
            "dossier_papers": files.attachments_of(dossier) if dossier else [],
        }


class HonourScansView(AddsScans, HonourDetailView):
    """Adds scans to an honour."""


class HonourCreateView(PermissionRequiredMixin, SavesThroughService, CreateView):
    permission_required = RECORDS
    form_class = HonourForm
    template_name = "partybranch/honours/honour_form.html"
    done = gettext_lazy("The honour is recorded. Add the scan or a photograph of it below.")
    places = {
        FUTURE: "when",
        "honour_once": "title",
        "honour_valid_after_award": "valid_until",
        "honour_review_after_award": "review_due_on",
        "honour_grantor_once": "grantors",
    }

    def save(self, form):
        grantors = form.cleaned_data["grantors"]
        return services.record_honour(form.instance, grantors=grantors, by=self.request.user, form_key=form.form_key)


class HonourExportView(PermissionRequiredMixin, View):
    permission_required = EXPORTS
    http_method_names = ["get", "head"]

    def get(self, request):
        form = HonourFilterForm(request.GET)
        rows = honours.narrowed_honours(form, by=request.user).order_by("-listed_on", "-pk")
        table = exporting_honours.export_honours(rows, by=request.user, form=form)
        return export_response(table, kind="csv" if request.GET.get("format") == "csv" else "xlsx")
