"""The merge, done by a worker: one import becomes documents, a bounded number of rows a transaction, once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from hebi_charity.imports import judging, staging
from hebi_charity.imports.exceptions import RowsTampered
from hebi_charity.imports.models import Import
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.proof import prove_rows, prove_seal
from hebi_charity.imports.services.logging import record_rows
from hebi_charity.imports.targets import ImportTarget, Merged, MoneyTarget, target_of
from hebi_charity.jobs import JobFailed
from hebi_charity.office.services.periods import PeriodNotOpen, booking_days

if TYPE_CHECKING:
    from hebi_charity.jobs.running import Run

# One import at a time begins: it sees what others have taken, and others see what it takes.
_ONE_BEGINS = "SELECT pg_advisory_xact_lock(hashtext('imports.merge.begin'))"
_CLEAR = """
DELETE FROM imports_stagedrow
WHERE import_id = %s AND row_no BETWEEN %s AND %s AND verdict <> 'rejected'
"""


def step(run: Run) -> None:
    """One chunk of a merge: begin, rows, close, and then clearing the staging table. Stops and goes on anywhere."""
    imported = Import.objects.get(pk=run.params["import"])
    try:
        if imported.state == Import.State.DONE:
            _clear_chunk(run, imported)
        elif not imported.outcome:
            _begin_chunk(run, imported)
        elif imported.merged_to < imported.report["last_row"]:
            _rows_chunk(run, imported)
        else:
            _close_chunk(run, imported)
    except RowsTampered as tampered:
        raise JobFailed(
            _(
                "Rows of this import are not what was submitted: something changed them in the database. Nothing more"
                " is merged. Please tell the administrator."
            )
        ) from tampered
    except PeriodNotOpen as closed:
        raise JobFailed(
            _("No month is open in which these gifts could be booked. Please tell the accountant.")
        ) from closed


def _lock(imported: Import) -> Import:
    """The import for the merge; one that failed goes on. Raises JobFailed, RowsTampered."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if not Import.objects.being_merged().filter(pk=imported.pk).exists():
        raise JobFailed(_("This import is not confirmed; there is nothing to merge."))
    prove_seal(imported)
    imported.failure, imported.failed_while = "", ""
    return imported


def _save(imported: Import, made: Merged) -> None:
    outcome = imported.outcome
    imported.outcome = outcome | {
        "documents": outcome["documents"] + made.documents,
        "rows": outcome["rows"] + made.rows,
        "known": outcome["known"] + made.known,
        "sum": f"{Decimal(outcome['sum']) + made.amount:.2f}",
    }
    imported.save(update_fields=["state", "merged_to", "outcome", "finished_at", "failed_while", "failure"])


def _say(run: Run, imported: Import) -> None:
    total = imported.taken_in
    run.progress(imported.outcome["rows"] + imported.outcome["known"], total, _("merging into the books"))


def _begin_chunk(run: Run, imported: Import) -> None:
    with run.chunk():
        begin(imported)
        run.progress(0, imported.taken_in, _("merging into the books"))


def begin(imported: Import) -> None:
    """Mark what others took since the check, and make what many rows belong to."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_BEGINS)
    imported = _lock(imported)
    target = target_of(imported)
    staging.prepare_large_statement(imported.pk)
    imported.state = Import.State.MERGING
    imported.outcome = {"documents": 0, "rows": 0, "sum": "0.00", "known": _mark_taken(imported, target)}
    imported.save(update_fields=["state", "outcome", "failed_while", "failure"])
    _save(imported, target.open(imported))


def _mark_taken(imported: Import, target: ImportTarget) -> int:
    """Mark rows that others took since the check; no look at the rows when no other import has moved since.

    Rows without money are compared once more by their target, when they are merged.
    """
    if not isinstance(target, MoneyTarget):
        return 0
    now = judging.as_of(imported)
    now["merging"] -= 1  # this one
    if now == imported.report["as_of"] and not now["merging"]:
        return 0
    return judging.mark_taken(imported, target)


def _rows_chunk(run: Run, imported: Import) -> None:
    target = target_of(imported)
    first = imported.merged_to + 1
    last = min(imported.merged_to + target.step(Plan.of(imported.plan)), imported.report["last_row"])
    with run.chunk():
        booked = booking_days(target.days(imported, first, last))
        imported = _lock(imported)
        prove_rows(imported, first, last)
        made = target.merge(imported, first, last, booked)
        imported.state, imported.merged_to = Import.State.MERGING, last
        _save(imported, made)
        _say(run, imported)


def _close_chunk(run: Run, imported: Import) -> None:
    with run.chunk():
        finish(imported)


def finish(imported: Import) -> None:
    """Make binding what was held open, and log the whole act as one."""
    target = target_of(imported)
    booked = booking_days(target.days_to_close(imported))
    imported = _lock(imported)
    staging.prepare_large_statement(imported.pk)
    if imported.outcome["rows"] + imported.outcome["known"] != imported.taken_in:
        raise RowsTampered  # somebody else than the merge marked rows as taken by others
    made = target.close(imported, booked)
    imported.state, imported.finished_at = Import.State.DONE, timezone.now()
    _save(imported, made)
    outcome = imported.outcome
    record_rows(
        imported.confirmed_by,
        "import.merged",
        imported,
        count=outcome["rows"],
        amount=outcome["sum"],
        digest=imported.digest,
    )


def _clear_chunk(run: Run, imported: Import) -> None:
    """Remove staged rows that have become documents, 10,000 at a time; rejected ones stay."""
    cleared = run.checkpoint.get("cleared", 0)
    with run.chunk():
        with connection.cursor() as cursor:
            cursor.execute(_CLEAR, [imported.pk, cleared + 1, cleared + staging.BLOCK])
        run.checkpoint["cleared"] = cleared + staging.BLOCK
        if run.checkpoint["cleared"] >= imported.report["last_row"]:
            run.done(url=imported.get_absolute_url(), note=said(imported))


def said(imported: Import) -> str:
    """The result in one sentence."""
    outcome = imported.outcome
    known_before = imported.report["known"]["count"] + len(imported.decided(Import.Decision.SAME))
    known = f"{outcome['known'] + known_before:,}"
    if not imported.has_money:
        words = _("%(rows)s rows were taken in, %(known)s were there already.")
        return words % {"rows": f"{outcome['rows']:,}", "known": known}
    if not outcome["rows"]:
        return _("0 rows were added: all %(known)s are in the books already.") % {"known": known}
    return _("%(rows)s rows of %(sum)s yuan were added, %(known)s were in the books already.") % {
        "rows": f"{outcome['rows']:,}",
        "sum": f"{Decimal(outcome['sum']):,.2f}",
        "known": known,
    }
