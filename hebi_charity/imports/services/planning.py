"""How a file is read: proposed by the first look, corrected and confirmed by the person who loads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from hebi_charity.core import dates
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.imports.exceptions import NotBeforeSubmission, NotTheMaker, PlanRefused
from hebi_charity.imports.local_copy import path_of
from hebi_charity.imports.models import Import
from hebi_charity.imports.plan import ENTRIES, SHAPES, Plan
from hebi_charity.imports.services.logging import record
from hebi_charity.imports.services.uploading import look_at
from hebi_charity.imports.targets import EntryTarget, MoneyTarget, target_of
from hebi_charity.jobs import services as jobs
from hebi_charity.jobs.models import Job

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

CHECK = "imports.check"


def lock_before_submission(imported: Import, *, by: User) -> Import:
    """The row for its maker to change. Raises NotTheMaker, NotBeforeSubmission."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if imported.recorded_by_id != by.pk:
        raise NotTheMaker
    if not imported.is_before_submission:
        raise NotBeforeSubmission
    return imported


def proposed_plan(imported: Import) -> Plan | None:
    """What the first look proposes for the form, or the plan given last; None while no header is known.

    `channel` and `received_on` are "" and None where the file does not say them: the person must. `choices` are the
    target's defaults, {} where it has none. `look["days"]` lists every day the file offers, with where it was found.
    """
    if imported.plan:
        return Plan.of(imported.plan)
    look = imported.look
    if "refused" in look:
        return None
    plan = Plan(
        sheet=look["sheet"],
        header_row=look["header_row"],
        columns=look["columns"],
        shape=look.get("shape", ENTRIES),
        channel=look.get("channel", ""),
        encoding=look["encoding"],
        currency=look.get("currency", "CNY"),
        factor=look.get("factor", 1),
    )
    days = look.get("days")
    day = days[0]["day"] if days and not plan.names_day else None
    try:
        choices = target_of(imported).clean({}, plan)
    except PlanRefused:
        choices = {}
    return Plan.of(plan.as_json() | {"received_on": day, "choices": choices})


def look_again(
    imported: Import, *, by: User, sheet: str = "", header_row: int | None = None, encoding: str = ""
) -> Import:
    """Look once more: at another sheet, with another line as header, in another encoding. The plan is forgotten.

    Raises FileNotRead, NotTheMaker, NotBeforeSubmission.
    """
    with path_of(imported.file) as path:
        target = target_of(imported)
        look = look_at(
            path, name=imported.file.name, target=target, sheet=sheet, header_row=header_row, encoding=encoding
        )
    with transaction.atomic():
        imported = lock_before_submission(imported, by=by)
        imported.look, imported.plan, imported.state = look, {}, Import.State.UPLOADED
        forget_check(imported)
        imported.save()
    return imported


def forget_check(imported: Import) -> None:
    """What an earlier check found does not hold any more."""
    imported.report, imported.question, imported.blocks, imported.digest = {}, {}, [], ""
    imported.decisions, imported.undecided = {}, 0
    imported.answer, imported.answered_by, imported.answered_at = "", None, None
    imported.failure, imported.failed_while = "", ""
    imported.first_day = imported.last_day = None
    imported.submitted_at = None


@atomic_with_retry
def ask_check(imported: Import, plan: Plan, *, by: User) -> Job:
    """Take the plan as confirmed and let a worker read and check the rows: state `checking`, then `checked`.

    Give the page the job's progress; when it is done, `import.report` holds the findings. May be called again with
    another plan until the import is submitted, also after it was returned or the check failed.
    Raises PlanRefused (`errors` by field of the plan), NotTheMaker, NotBeforeSubmission.
    """
    imported = lock_before_submission(imported, by=by)
    take_plan(imported, plan)
    imported.state = Import.State.CHECKING
    imported.save()
    record(by, "import.planned", imported)
    title = _("Check of import %(number)s") % {"number": imported.import_no}
    return jobs.ask(CHECK, by=by, title=title, params={"import": imported.pk}, about=imported)


def take_plan(imported: Import, plan: Plan) -> None:
    """Set the plan after checking it. Raises PlanRefused."""
    target = target_of(imported)
    if isinstance(target, MoneyTarget):
        refuse_incomplete(imported, plan, dict(target.channels()))
    elif isinstance(target, EntryTarget):
        refuse_missing_columns(imported, plan, target)
    plan = plan.changed(choices=target.clean(plan.choices, plan))
    forget_check(imported)
    imported.plan = plan.as_json()


def refuse_incomplete(imported: Import, plan: Plan, channels: Mapping[str, str]) -> None:
    """Raises PlanRefused with a sentence for each field that is missing or cannot be."""
    errors: dict[str, str] = {}
    if "refused" in imported.look:
        errors["header_row"] = _("Please give the line in which the header stands.")
    if "amount" not in plan.columns:
        errors["columns"] = _("Please say which column holds the amount.")
    elif "name" not in plan.columns and "order_no" not in plan.columns:
        errors["columns"] = _("Please say which column holds the name or the order number.")
    elif len(set(plan.columns.values())) < len(set(plan.columns) - {"moment"}):
        errors["columns"] = _("Two meanings were given to the same column. Please choose one.")
    if plan.channel not in channels:
        errors["channel"] = _("Please choose the way of payment by which this money came.")
    if plan.shape not in SHAPES:
        errors["shape"] = _("Please choose whether the rows are named gifts or payments of a pool.")
    if plan.factor not in (1, 10_000) or len(plan.currency) != 3:
        errors["currency"] = _("Please choose the currency and unit of the amounts.")
    if sentence := _wrong_day(plan):
        errors["received_on"] = sentence
    if errors:
        raise PlanRefused(errors)


def refuse_missing_columns(imported: Import, plan: Plan, target: EntryTarget) -> None:
    """Raises PlanRefused where a column that every row needs is not named, or the header is not known."""
    errors: dict[str, str] = {}
    missing = [str(field.label) for field in target.fields if field.required and field.key not in plan.columns]
    if "refused" in imported.look:
        errors["header_row"] = _("Please give the line in which the header stands.")
    if missing:
        errors["columns"] = _("Please say which column holds: %(columns)s.") % {"columns": "、".join(missing)}
    elif len(set(plan.columns.values())) < len(plan.columns):
        errors["columns"] = _("Two meanings were given to the same column. Please choose one.")
    if plan.shape != ENTRIES or set(plan.columns) - {field.key for field in target.fields}:
        errors["columns"] = _("This table is read for something else. Please load it again.")
    if errors:
        raise PlanRefused(errors)


def _wrong_day(plan: Plan) -> str:
    if plan.received_on is None:
        return "" if plan.names_day else _("The file names no day. Please give the day on which the money came in.")
    if plan.received_on > dates.today():
        return _("The day lies after today. Please check it.")
    return (
        _("The year %(year)d cannot be right. Please check the date.") % {"year": plan.received_on.year}
        if (plan.received_on.year < 1990)
        else ""
    )
