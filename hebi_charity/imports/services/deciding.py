"""What people decide about a checked import: answer, submit, confirm, return, discard."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from hebi_charity.accounts.models import User
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.imports import staging
from hebi_charity.imports.differences import differing
from hebi_charity.imports.exceptions import (
    DifferenceUnexplained,
    MakerIsChecker,
    NotAwaitingConfirmation,
    NothingToSubmit,
    NotReadyToSubmit,
    QuestionOpen,
    RowsUndecided,
)
from hebi_charity.imports.models import Import
from hebi_charity.imports.proof import prove, seal_of
from hebi_charity.imports.services.logging import record, record_rows
from hebi_charity.imports.services.planning import lock_before_submission
from hebi_charity.jobs import services as jobs
from hebi_charity.jobs.models import Job
from hebi_charity.office.services.periods import booking_days

MERGE = "imports.merge"


@atomic_with_retry
def answer(imported: Import, *, by: User, reply: str = Import.Answer.OTHER_GIFTS) -> Import:
    """Answer the question of the check: the rows known under another day or channel are other gifts.

    Show `sentences.sentence_for_question(import.question)` with this act and, for the other answer, `discard`.
    Raises NotReadyToSubmit when there is no open question, NotTheMaker, NotBeforeSubmission.
    """
    imported = lock_before_submission(imported, by=by)
    if imported.state != Import.State.CHECKED or not imported.question or not reply:
        raise NotReadyToSubmit
    imported.answer, imported.answered_by, imported.answered_at = reply, by, timezone.now()
    imported.save(update_fields=["answer", "answered_by", "answered_at"])
    record(by, "import.answered", imported, changes={"answer": ("", reply)})
    return imported


@atomic_with_retry
def decide(imported: Import, decisions: Mapping[int, str], *, by: User) -> Import:
    """Say of doubtful rows whether they are the known ones or new; may be said again until the import is submitted.

    Raises NotReadyToSubmit, NotTheMaker, NotBeforeSubmission.
    """
    imported = lock_before_submission(imported, by=by)
    if imported.state != Import.State.CHECKED:
        raise NotReadyToSubmit
    doubtful = set(imported.rows.doubtful().values_list("row_no", flat=True))
    said = {str(row): decision for row, decision in decisions.items() if row in doubtful}
    imported.decisions = imported.decisions | said
    imported.undecided = len(doubtful) - len(imported.decisions)
    imported.save(update_fields=["decisions", "undecided"])
    record_rows(by, "import.decided", imported, count=len(said))
    return imported


@atomic_with_retry
def submit(imported: Import, *, by: User, reason: str = "") -> Import:
    """Hand the checked import to another person. From here on plan, report and rows are frozen.

    `reason` says why printed totals differ or rows are left out; it stands in the log and before who confirms.
    Raises NotTheMaker, NotBeforeSubmission, NotReadyToSubmit, QuestionOpen, RowsUndecided, DifferenceUnexplained, and
    NothingToSubmit when no row can be imported and none is known.
    """
    imported = lock_before_submission(imported, by=by)
    if imported.state != Import.State.CHECKED:
        raise NotReadyToSubmit
    if imported.undecided:
        raise RowsUndecided
    if not imported.is_worth_submitting:
        raise NothingToSubmit
    if imported.has_open_question:
        raise QuestionOpen
    differs = bool(differing(imported.report))
    if differs and not reason.strip():
        raise DifferenceUnexplained
    imported.state, imported.submitted_at = Import.State.SUBMITTED, timezone.now()
    imported.returned_by = imported.returned_at = None
    imported.returned_reason = ""
    imported.save(update_fields=["state", "submitted_at", "returned_by", "returned_at", "returned_reason"])
    _log(by, "import.submitted", imported, reason=reason.strip()[:200] if differs else "")
    return imported


def lock_submitted(imported: Import, *, by: User) -> Import:
    """The row for another person to decide. Raises NotAwaitingConfirmation, MakerIsChecker."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if imported.state != Import.State.SUBMITTED:
        raise NotAwaitingConfirmation
    is_maker = User.objects.accounts_of_same_person(by).filter(pk=imported.recorded_by_id).exists()
    if imported.needs_second_person and is_maker:
        raise MakerIsChecker
    return imported


@atomic_with_retry
def confirm(imported: Import, *, by: User) -> Job:
    """Another person confirms: the digest is proved over every row, and a worker merges. Gives the job.

    Its page says the progress. Takes about a second for each 300,000 rows.
    Raises MakerIsChecker, NotAwaitingConfirmation, RowsTampered, PeriodNotOpen.
    """
    # Months before documents: none of these closes until this is committed, and then the import stands against it.
    booking_days(day for day in (imported.first_day, imported.last_day) if day)
    imported = lock_submitted(imported, by=by)
    staging.prepare_large_statement(imported.pk)
    prove(imported)
    imported.state, imported.confirmed_by, imported.confirmed_at = Import.State.CONFIRMED, by, timezone.now()
    imported.seal = seal_of(imported)
    imported.save(update_fields=["state", "confirmed_by", "confirmed_at", "seal"])
    _log(by, "import.confirmed", imported)
    title = _("Merge of import %(number)s") % {"number": imported.import_no}
    return jobs.ask(MERGE, by=by, title=title, params={"import": imported.pk}, about=imported)


@atomic_with_retry
def take_in(imported: Import, *, by: User, reason: str = "") -> Job:
    """Submit and confirm in one act, where the target needs no second person. Gives the job of the merge.

    Raises MakerIsChecker for a target that does, and what `submit` and `confirm` raise.
    """
    if imported.needs_second_person:
        raise MakerIsChecker
    return confirm(submit(imported, by=by, reason=reason), by=by)


@atomic_with_retry
def return_import(imported: Import, *, by: User, reason: str) -> Import:
    """Another person sends it back: the maker corrects the plan or the file and submits again.

    Raises MakerIsChecker, NotAwaitingConfirmation, and IntegrityError without a reason.
    """
    imported = lock_submitted(imported, by=by)
    imported.state, imported.returned_by, imported.returned_at = Import.State.RETURNED, by, timezone.now()
    imported.returned_reason = reason.strip()[:200]
    imported.save(update_fields=["state", "returned_by", "returned_at", "returned_reason"])
    record(by, "import.returned", imported, reason=imported.returned_reason)
    return imported


@atomic_with_retry
def discard(imported: Import, *, by: User, reason: str) -> Import:
    """Nothing of this file is taken in; its staged rows go, number and file stay.

    Raises NotTheMaker, NotBeforeSubmission, and IntegrityError without a reason.
    """
    imported = lock_before_submission(imported, by=by)
    imported.state, imported.discarded_by, imported.discarded_at = Import.State.DISCARDED, by, timezone.now()
    imported.discard_reason, imported.failure, imported.failed_while = reason.strip()[:200], "", ""
    imported.returned_by = imported.returned_at = None
    imported.returned_reason = ""
    imported.save()
    staging.forget_rows(imported.pk)
    record(by, "import.discarded", imported, reason=imported.discard_reason)
    return imported


def _log(by: User, act: str, imported: Import, *, reason: str = "") -> None:
    amount = imported.report["accepted"]["sum"]
    record_rows(by, act, imported, count=imported.taken_in, amount=amount, digest=imported.digest, reason=reason)
