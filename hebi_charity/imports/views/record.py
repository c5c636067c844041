"""One import: what was found, what it became, what is to be done; its progress; its rows that are not imported."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import DetailView

from hebi_charity.core.export import xlsx_response
from hebi_charity.imports.models import Import
from hebi_charity.imports.rejected import rejected_rows
from hebi_charity.imports.rejected_cells import cells_of
from hebi_charity.imports.services import deciding, exporting, resuming
from hebi_charity.imports.services.merging import said
from hebi_charity.imports.showing.entries import decisions_in_words, doubts_of
from hebi_charity.imports.showing.findings import findings_of, purpose_in_words, reading_in_words
from hebi_charity.imports.showing.months import months_in_words
from hebi_charity.imports.showing.steps import steps_of
from hebi_charity.imports.targets import may, target_of
from hebi_charity.imports.views.acts import REFUSALS, sentence_of
from hebi_charity.imports.views.allowed import ForTarget
from hebi_charity.office.forms.reason import ReasonForm

REJECTED_A_PAGE = 50
_MOVING = {Import.State.CHECKING, Import.State.CONFIRMED, Import.State.MERGING}


class ImportPageView(ForTarget, DetailView):
    """What the pages about one import share."""

    context_object_name = "imported"

    def get_queryset(self):
        people = ("recorded_by", "confirmed_by", "returned_by", "discarded_by", "answered_by", "undone_by")
        return self.rows().select_related("file", *people)

    def get_context_data(self, **kwargs):
        user, imported = self.request.user, self.object
        allowed = {act: may(user, imported, act) for act in ("load", "confirm", "undo")}
        return super().get_context_data(may=allowed, target=target_of(imported), **kwargs)


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


class DoubtsView(ImportPageView):
    """The rows that may be known already, each with what is known; a person decides one by one."""

    allowed = "load"
    template_name = "imports/doubts.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            doubts=doubts_of(self.object), choices=decisions_in_words(), steps=steps_of(self.object), **kwargs
        )

    def post(self, request, pk):
        self.object = imported = self.get_object()
        said = {
            int(name.removeprefix("row_")): value
            for name, value in request.POST.items()
            if name.startswith("row_") and name[4:].isdecimal() and value in Import.Decision.values
        }
        try:
            imported = deciding.decide(imported, said, by=request.user)
        except REFUSALS as error:
            messages.warning(request, sentence_of(error))
            return redirect(imported)
        if imported.undecided:
            sentence = _("%(count)s rows still wait for your decision.") % {"count": imported.undecided}
            messages.warning(request, sentence)
            return redirect("imports:doubts", pk=imported.pk)
        messages.success(request, _("All rows are decided."))
        return redirect(imported)


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
        return imported.recorded_by_id != user.pk and may(user, imported, "confirm")
    return (
        imported.state == Import.State.CHECKED
        and imported.recorded_by_id == user.pk
        and may(user, imported, "load")
        and not imported.has_open_question
        and imported.is_worth_submitting
    )


def is_moving(imported: Import, job) -> bool:
    """Whether a worker has the import or will have it: something on its page is going to change by itself."""
    return imported.state in _MOVING and job is not None and not job.is_finished
