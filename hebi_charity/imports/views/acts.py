"""What people decide about an import: answer, submit, confirm, return, discard, go on. One POST each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from hebi_charity.core.views import ActView
from hebi_charity.imports import exceptions
from hebi_charity.imports.forms.difference import DifferenceForm
from hebi_charity.imports.models import Import
from hebi_charity.imports.services import deciding, resuming, undoing
from hebi_charity.imports.views.allowed import ForTarget
from hebi_charity.office.forms.reason import ReasonForm
from hebi_charity.office.services.periods import PeriodNotOpen

_SENTENCES = {
    exceptions.NotTheMaker: gettext_lazy("A colleague loaded this file. Only that person corrects and submits it."),
    exceptions.NotBeforeSubmission: gettext_lazy(
        "This import is being checked, was submitted, or is done. It cannot be changed now."
    ),
    exceptions.NotReadyToSubmit: gettext_lazy("This import is not ready to be submitted. Have the file checked first."),
    exceptions.NothingToSubmit: gettext_lazy(
        "No row of this file can be imported, so there is nothing to submit. Correct how it is read, or discard it."
    ),
    exceptions.QuestionOpen: gettext_lazy("The check asked a question. Answer it first, then submit."),
    exceptions.DifferenceUnexplained: gettext_lazy(
        "The file does not agree in everything. Compare it with the original, write the reason of the difference, and"
        " submit again."
    ),
    exceptions.RowsUndecided: gettext_lazy("Some rows may be known already. Decide each of them first."),
    exceptions.NotUndoable: gettext_lazy("Only what was taken in, and was not taken back yet, can be taken back."),
    exceptions.NotAwaitingConfirmation: gettext_lazy(
        "This import does not wait for confirmation any more: a colleague was faster."
    ),
    exceptions.MakerIsChecker: gettext_lazy("You loaded this file yourself. A colleague must confirm or return it."),
    exceptions.RowsTampered: gettext_lazy(
        "The rows are not what was submitted: something changed them in the database. Nothing is imported. Please tell"
        " the administrator."
    ),
    exceptions.NotResumable: gettext_lazy("Nothing stands still here: the work is going on or done."),
    PeriodNotOpen: gettext_lazy("No month is open for these days. Ask the accountant."),
}
REFUSALS = (*_SENTENCES, exceptions.UndoRefused)


def sentence_of(error: Exception) -> str:
    """What a broken rule is called on the screen, and what to do."""
    return str(error) if isinstance(error, exceptions.UndoRefused) else str(_SENTENCES[type(error)])


class ImportActView(ForTarget, ActView):
    model = Import
    refusals = REFUSALS
    sentence_of = staticmethod(sentence_of)


class AnswerView(ImportActView):
    allowed = "load"
    done = gettext_lazy("Noted: these are other gifts. The import may be submitted now.")

    def act(self, imported, data):
        deciding.answer(imported, by=self.request.user)


class SubmitView(ImportActView):
    allowed = "load"
    form_class = DifferenceForm
    done = gettext_lazy("Submitted. A colleague confirms it; you will find it in the list of imports.")

    def act(self, imported, data):
        deciding.submit(imported, by=self.request.user, reason=data["reason"])


class TakeInView(ImportActView):
    """Submit and confirm exactly what the page showed, where one person is enough."""

    allowed = "confirm"
    form_class = DifferenceForm
    done = gettext_lazy("The rows are being taken in; you may leave this page.")

    def act(self, imported, data):
        if imported.state == Import.State.CHECKED and self.request.POST.get("digest") != imported.digest:
            raise exceptions.NotAwaitingConfirmation
        deciding.take_in(imported, by=self.request.user, reason=data["reason"])


class UndoView(ImportActView):
    allowed = "undo"
    form_class = ReasonForm
    done = gettext_lazy("Taken back. What was made of this file is withdrawn; it stays readable with your reason.")

    def act(self, imported, data):
        undoing.undo(imported, by=self.request.user, reason=data["reason"])


class DiscardView(ImportActView):
    allowed = "load"
    form_class = ReasonForm
    done = gettext_lazy("Discarded. Nothing of this file was imported; its number stays with your reason.")

    def act(self, imported, data):
        deciding.discard(imported, by=self.request.user, reason=data["reason"])


class ReturnView(ImportActView):
    allowed = "confirm"
    form_class = ReasonForm
    done = gettext_lazy("Returned to the colleague who loaded the file.")

    def act(self, imported, data):
        deciding.return_import(imported, by=self.request.user, reason=data["reason"])


class ConfirmView(ImportActView):
    """Confirm exactly what the page showed: its digest comes back with the button."""

    allowed = "confirm"
    done = gettext_lazy("Confirmed. The rows are being imported; you may leave this page.")

    def act(self, imported, data):
        if imported.state == Import.State.SUBMITTED and self.request.POST.get("digest") != imported.digest:
            raise exceptions.NotAwaitingConfirmation
        deciding.confirm(imported, by=self.request.user)


class ResumeView(ImportActView):
    """Let work that stood still go on: for who loads files and for who confirms them."""

    allowed = ("load", "confirm")
    done = gettext_lazy("It goes on from where it stopped.")

    def act(self, imported, data):
        resuming.resume(imported, by=self.request.user)
