"""One import: what was found, what it became, what is to be done; its progress; its rows that are not imported."""

from __future__ import annotations

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic import DetailView

from hebi_charity.core.export import xlsx_response
from hebi_charity.imports.models import Import
from hebi_charity.imports.rejected import rejected_rows
from hebi_charity.imports.rejected_cells import cells_of
from hebi_charity.imports.services import exporting, resuming
from hebi_charity.imports.services.merging import said
from hebi_charity.imports.showing.findings import findings_of, purpose_in_words, reading_in_words
from hebi_charity.imports.showing.months import months_in_words
from hebi_charity.imports.showing.steps import steps_of
from hebi_charity.imports.targets import target_of
from hebi_charity.office.forms.reason import ReasonForm

REJECTED_A_PAGE = 50
_MOVING = {Import.State.CHECKING, Import.State.CONFIRMED, Import.State.MERGING}


class ImportPageView(PermissionRequiredMixin, DetailView):
    """What the pages about one import share."""

    permission_required = "imports.view_import"
    context_object_name = "imported"

    def get_queryset(self):
        people = ("recorded_by", "confirmed_by", "returned_by", "discarded_by", "answered_by")
        return Import.objects.visible_to(self.request.user).select_related("file", *people)


class ImportDetailView(ImportPageView):
    template_name = "imports/detail.html"

    def get_context_data(self, **kwargs):
        imported, user = self.object, self.request.user
        job = resuming.latest_job(imported)
        others = Import.objects.visible_to(user).same_file_as(imported).select_related("recorded_by")
        is_done = imported.state == Import.State.DONE
        return super().get_context_data(
            job=job,
            is_moving=is_moving(imported, job),
            is_own=imported.recorded_by_id == user.pk,
            steps=steps_of(imported),
            findings=findings_of(imported),
            purpose=purpose_in_words(imported),
            months=months_in_words(imported),
            reading=reading_in_words(imported),
            decides=decides(imported, user),
            others=others,
            outcome=said(imported) if is_done else "",
            results=target_of(imported).results(imported) if is_done else [],
            reason_form=ReasonForm(),
            **kwargs,
        )


class ProgressView(ImportPageView):
    """How far check or merge is, asked for by the page until it has ended; then the page loads itself anew."""

    template_name = "imports/_progress.html"

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        job = resuming.latest_job(self.object)
        if is_moving(self.object, job):
            return self.render_to_response(self.get_context_data(job=job))
        if not request.htmx:
            return redirect(self.object)
        return HttpResponse(headers={"HX-Refresh": "true"})


class RejectedView(ImportPageView):
    """The rows that are not imported, with their cells and reasons, a page at a time."""

    template_name = "imports/rejected.html"

    def get_context_data(self, **kwargs):
        given = self.request.GET.get("after", "")
        after = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
        rows = list(rejected_rows(self.object, after=after, limit=REJECTED_A_PAGE + 1))
        page = cells_of(self.object, rows[:REJECTED_A_PAGE])
        has_more = len(rows) > REJECTED_A_PAGE
        return super().get_context_data(
            page=page,
            is_first=not after,
            next_after=rows[REJECTED_A_PAGE - 1].row if has_more else None,
            most=exporting.MOST_ROWS,
            **kwargs,
        )


class RejectedExportView(ImportPageView):
    """The same rows as a workbook to be corrected and loaded as a file of their own."""

    def render_to_response(self, context, **kwargs):
        return xlsx_response(exporting.export_rejected(self.object, by=self.request.user))


def decides(imported: Import, user) -> bool:
    """Whether this person is asked to submit or confirm: the card with the button says what the rows are for."""
    if imported.state == Import.State.SUBMITTED:
        return imported.recorded_by_id != user.pk and user.has_perm("imports.confirm_import")
    return (
        imported.state == Import.State.CHECKED
        and imported.recorded_by_id == user.pk
        and user.has_perm("imports.add_import")
        and not imported.has_open_question
        and bool(imported.report["accepted"]["count"] or imported.report["known"]["count"])
    )


def is_moving(imported: Import, job) -> bool:
    """Whether a worker has the import or will have it: something on its page is going to change by itself."""
    return imported.state in _MOVING and job is not None and not job.is_finished
