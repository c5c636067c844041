"""The check, done by a worker: the file read into the staging table, its rows judged, the report frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from hebi_charity.core import dates
from hebi_charity.imports import judging, staging
from hebi_charity.imports.entries.reporting import make_entry_report
from hebi_charity.imports.entries.staging import read_entries
from hebi_charity.imports.exceptions import FileNotRead
from hebi_charity.imports.local_copy import path_of
from hebi_charity.imports.models import Import
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.proof import digest_of
from hebi_charity.imports.reading.process import reading
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.reporting import make_report
from hebi_charity.imports.sentences import sentence_for_file
from hebi_charity.imports.services.planning import lock_before_submission, take_plan
from hebi_charity.imports.targets import EntryTarget, MoneyTarget, target_of
from hebi_charity.jobs import JobFailed

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from hebi_charity.jobs.running import Run

# A file of which nine tenths are known under another day or channel was probably loaded before.
KNOWN_ELSEWHERE = 9, 10


def step(run: Run) -> None:
    """The job of a check: one chunk reads, one judges. Killed in between, it goes on with the second."""
    try:
        if "read" in run.checkpoint:
            _judge_chunk(run)
        else:
            _read_chunk(run)
    except Reason as reason:
        raise JobFailed(sentence_for_file(reason.as_dict())) from reason


def _read_chunk(run: Run) -> None:
    run.progress(0, text=_("reading the file"))
    with run.chunk():
        imported = lock_checking(run.params["import"])
        run.checkpoint["read"] = read_rows(imported)
        run.progress(0, text=_("checking the rows"))


def _judge_chunk(run: Run) -> None:
    with run.chunk():
        imported = judge(lock_checking(run.params["import"]), run.checkpoint["read"])
        count = imported.report["accepted"]["count"]
        run.progress(count, count)
        run.done(url=imported.get_absolute_url(), note=_("%(count)s rows can be imported.") % {"count": f"{count:,}"})


def lock_checking(pk: int) -> Import:
    """The import for the check; one whose check failed is taken up again. Raises JobFailed."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=pk)
    if imported.state == Import.State.FAILED and imported.failed_while == Import.FailedWhile.CHECKING:
        imported.state, imported.failure, imported.failed_while = Import.State.CHECKING, "", ""
        imported.save(update_fields=["state", "failure", "failed_while"])
    if imported.state != Import.State.CHECKING:
        raise JobFailed(_("This import is not waiting for a check any more; there is nothing to do."))
    return imported


def read_rows(imported: Import) -> dict:
    """Fill the staging table from the file, in the caller's transaction. Gives the child's report. Raises Reason."""
    target = target_of(imported)
    if isinstance(target, EntryTarget):
        return read_entries(imported, target)
    plan = Plan.of(imported.plan)
    order = imported.plan | {"import_id": imported.pk, "today": dates.today().isoformat()}
    staging.forget_rows(imported.pk)
    with path_of(imported.file) as path, reading(path, "stage", **order) as running:
        staging.copy_rows(running.rows)
    return running.report | {"shape": plan.shape}


def judge(imported: Import, read: dict) -> Import:
    """Judge the staged rows, write the report and its digest: state `checked`."""
    target = target_of(imported)
    if isinstance(target, MoneyTarget):
        _judge_money(imported, target, read)
    else:
        imported.report = make_entry_report(imported, read)
        imported.undecided = imported.report["doubtful"]["count"]
    imported.blocks = staging.block_digests(imported.pk, has_money=imported.has_money)
    imported.digest = digest_of(imported)
    imported.state = Import.State.CHECKED
    imported.save()
    return imported


def _judge_money(imported: Import, target: MoneyTarget, read: dict) -> None:
    """As sets: what is repeated and what is known; then the report with its days, and the question if there is one."""
    staging.prepare_large_statement(imported.pk)
    as_of = judging.as_of(imported)
    if read["has_repeated_numbers"]:
        judging.mark_repeated(imported)
    judging.mark_known(imported, target)
    found = judging.findings(imported)
    days = found["new"].days
    imported.first_day, imported.last_day = min(days, default=None), max(days, default=None)
    imported.report = make_report(imported, found, read) | {"as_of": as_of}
    imported.question = _question(imported, target)


@transaction.atomic
def check_now(imported: Import, plan: Plan, *, by: User) -> Import:
    """Check in this process and this transaction: for a look that is rolled back again, such as a command's report.

    Raises PlanRefused, NotTheMaker, NotBeforeSubmission, and FileNotRead with a sentence.
    """
    imported = lock_before_submission(imported, by=by)
    take_plan(imported, plan)
    imported.state = Import.State.CHECKING
    imported.save()
    try:
        return judge(imported, read_rows(imported))
    except Reason as reason:
        raise FileNotRead(sentence_for_file(reason.as_dict())) from reason


def _question(imported: Import, target: MoneyTarget) -> dict[str, object]:
    """The question a person must answer, or {}: most of the file is in the books under another day or channel."""
    new, known = imported.report["accepted"]["count"], imported.report["known"]["count"]
    if not new:
        return {}
    count, day = judging.known_elsewhere(imported, target)
    share, of = KNOWN_ELSEWHERE
    if count * of < (new + known) * share:
        return {}
    return {
        "code": "known_elsewhere",
        "count": count,
        "of": new + known,
        "day": day.isoformat() if day else None,
    }
