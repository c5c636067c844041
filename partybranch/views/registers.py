"""The registers beside the honours, each under its word: list, file, recording, one row with its pictures."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, FormView, ListView, View

from hebi_charity.core.export import export_response
from hebi_charity.core.views import ActView, KeysetListMixin
from partybranch.forms import WithdrawForm
from partybranch.forms.honour_filters import RegisterFilterForm
from partybranch.forms.registers import FORMS
from partybranch.lists import exporting_honours, quoting, registers
from partybranch.lists.evidence import facts_of
from partybranch.services import registers as services
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.sentences import sentence_of
from partybranch.views.honour_acts import WITHDRAWS
from partybranch.views.honours import EXPORTS, VIEW
from partybranch.views.records import FUTURE, RECORDS
from partybranch.views.saving import SavesThroughService
from partybranch.views.scans import AddsScans, scans_of


class OfRegister:
    """A page of the register that the address names; another word is no page."""

    @cached_property
    def register(self) -> registers.Register:
        try:
            return registers.REGISTERS[self.kwargs["kind"]]
        except KeyError as error:
            raise Http404 from error

    def rows(self):
        return self.register.model.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(register=self.register, registers=registers.REGISTERS.values(), **kwargs)


class RegisterListView(PermissionRequiredMixin, OfRegister, KeysetListMixin, ListView):
    permission_required = VIEW
    template_name = "partybranch/honours/register_list.html"
    partial_template_name = "partybranch/honours/_register.html"
    page_key = "listed_on"

    def get_queryset(self):
        self.filter_form = RegisterFilterForm(self.request.GET)
        return registers.narrowed_rows(self.register, self.filter_form, by=self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filter_form=self.filter_form, **kwargs)
        federation = quoting.federation_name()
        return context | {
            "lines": registers.lines_of(self.register, context["page"].rows),
            "quotes": [quoting.quote_of(row, federation) for row in context["page"]],
            "filters": self.request.GET.urlencode(),
        }


class RegisterDetailView(PermissionRequiredMixin, OfRegister, DetailView):
    permission_required = VIEW
    template_name = "partybranch/honours/register_detail.html"
    context_object_name = "row"

    def get_queryset(self):
        return self.rows().select_related("recorded_by", "withdrawn_by")

    def get_context_data(self, **kwargs):
        defaults = scans_of(self.object) | {
            "facts": facts_of(self.object),
            "quote": quoting.quote_of(self.object, quoting.federation_name()),
        }
        return super().get_context_data(**(defaults | kwargs))


class RegisterScansView(AddsScans, RegisterDetailView):
    """Adds pictures to a row."""


class RegisterCreateView(PermissionRequiredMixin, OfRegister, SavesThroughService, FormView):
    permission_required = RECORDS
    template_name = "partybranch/honours/register_form.html"
    places = {FUTURE: "when", "ranking_within_all": "rank", "ranking_from_first": "rank"}

    def get_form_class(self):
        return FORMS[self.register.word]

    def said(self, row):
        return str(self.register.done)

    def save(self, form):
        return services.record_row(form.instance, by=self.request.user, form_key=form.form_key)


class RegisterWithdrawView(OfRegister, ActView):
    permission_required = WITHDRAWS
    form_class = WithdrawForm
    done = gettext_lazy("Withdrawn. It stays readable with your reason; record what is right anew.")
    refusals = (BrokenRule,)
    sentence_of = staticmethod(sentence_of)

    def post(self, request, kind, pk):
        self.model = self.register.model
        return super().post(request, pk)

    def act(self, row, data):
        services.withdraw_row(row, by=self.request.user, reason=data["reason"])


class RegisterExportView(PermissionRequiredMixin, OfRegister, View):
    permission_required = EXPORTS
    http_method_names = ["get", "head"]

    def get(self, request, kind):
        form = RegisterFilterForm(request.GET)
        rows = registers.narrowed_rows(self.register, form, by=request.user).order_by("-listed_on", "-pk")
        table = exporting_honours.export_register(self.register, rows, by=request.user, form=form)
        return export_response(table, kind="csv" if request.GET.get("format") == "csv" else "xlsx")
