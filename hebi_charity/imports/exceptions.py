"""The rules of an import's life that can be broken. Views and commands give their sentences."""

from __future__ import annotations

from collections.abc import Mapping


class FileNotRead(Exception):
    """The file is refused as a whole; the message is a sentence that says why and what to do."""


class PlanRefused(Exception):
    """Something is missing or wrong in how the file is to be read; `errors` are sentences by field of the plan."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(*errors.values())
        self.errors = dict(errors)


class NotTheMaker(Exception):
    """Only the person who loaded the file corrects, answers and submits it."""


class NotBeforeSubmission(Exception):
    """The import is being checked, submitted or done: its plan cannot be changed and it cannot be discarded."""


class NotReadyToSubmit(Exception):
    """Only a checked import can be submitted."""


class NothingToSubmit(Exception):
    """No row of the file is new: there is nothing to confirm. Discard the import."""


class QuestionOpen(Exception):
    """The check asked a question that a person must answer before the import is submitted."""


class RowsUndecided(Exception):
    """Rows may be known already; each is decided by a person before the import is submitted."""


class UndoRefused(Exception):
    """What an import made cannot be taken back; the message is a sentence that says why and what to do."""


class NotUndoable(Exception):
    """Only what is done, and has no money, is taken back as a whole; gifts are reversed."""


class DifferenceUnexplained(Exception):
    """Totals printed in the file differ, or rows are left out: it is submitted only with a reason."""


class NotAwaitingConfirmation(Exception):
    """Only a submitted import can be confirmed or returned."""


class MakerIsChecker(Exception):
    """The person who loaded a file cannot confirm or return it."""


class RowsTampered(Exception):
    """Rows, plan or report are not what was submitted: their digest differs."""


class NotResumable(Exception):
    """Nothing of this import stands still: no background work failed or was cancelled."""
