"""The log's search page and its export."""

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.utils.translation import gettext as _
from django.views.generic import ListView, View

from hebi_charity.audit import services
from hebi_charity.audit.forms import EntryFilterForm
from hebi_charity.audit.history import Line, lines_of
from hebi_charity.audit.models import Entry
from hebi_charity.core.dates import today
from hebi_charity.core.export import Column, Export, csv_response, demonstration_mark
from hebi_charity.core.paging import in_chunks
from hebi_charity.core.views import KeysetListMixin


class LogReaderMixin(PermissionRequiredMixin):
    """Whoever may read some side of the log; which entries, `visible_to` decides."""

    permission_required = ("audit.view_entry", "audit.view_account_entries", "audit.view_party_entries")

    def has_permission(self):
        return any(self.request.user.has_perm(permission) for permission in self.permission_required)

    def found(self):
        """The filter as typed and the entries it finds; a filter that makes no sense finds none."""
        form = EntryFilterForm(self.request.GET)
        entries = Entry.objects.visible_to(self.request.user).select_related("actor")
        return form, entries.found(**form.cleaned_data) if form.is_valid() else entries.none()


class EntryListView(LogReaderMixin, KeysetListMixin, ListView):
    template_name = "audit/entry_list.html"
    partial_template_name = "audit/_entry_table.html"
    page_key = "on"

    def get_queryset(self):
        self.filter_form, entries = self.found()
        return entries

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filter_form=self.filter_form, viewed=services.VIEWED, **kwargs)
        return context | {"lines": lines_of(context["object_list"]), "query": self.request.GET.urlencode()}


class EntryExportView(LogReaderMixin, View):
    http_method_names = ["get", "head"]

    def has_permission(self):
        return super().has_permission() and self.request.user.has_perm("audit.export_entry")

    def get(self, request):
        _form, entries = self.found()
        count = entries.count()
        services.record_bulk(request.user, services.EXPORTED, Entry, count=count)
        return csv_response(
            Export(
                name=_("log of acts %(day)s") % {"day": today().isoformat()},
                columns=[
                    Column(_("time"), lambda line: line.at),
                    Column(_("person"), lambda line: str(line.by)),
                    Column(_("act"), lambda line: line.act),
                    Column(_("kind of record"), lambda line: line.kind),
                    Column(_("record"), lambda line: line.record),
                    Column(_("changes"), changes_in_a_cell),
                    Column(_("rows"), lambda line: line.extent),
                    Column(_("reason"), lambda line: line.reason),
                ],
                rows=map(Line.of, in_chunks(entries)),
                watermark=demonstration_mark(),
            )
        )


def changes_in_a_cell(line: Line) -> str:
    return "；".join(f"{what}：{before} → {after}" for what, before, after in line.changes)
