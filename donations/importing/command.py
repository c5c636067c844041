"""What the command `import_donations` does: the services of the imports, one after the other, in the foreground."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from donations.importing.choices import channels, public_modes
from donations.models import Campaign, Fund
from hebi_charity.accounts.models import User
from hebi_charity.core import dates
from hebi_charity.imports.differences import differing
from hebi_charity.imports.exceptions import (
    DifferenceUnexplained,
    FileNotRead,
    NothingToSubmit,
    PlanRefused,
    QuestionOpen,
    RowsTampered,
)
from hebi_charity.imports.models import Import
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.rejected import rejected_rows
from hebi_charity.imports.sentences import sentence_for_file, sentence_for_question, sentence_for_warning
from hebi_charity.imports.services import checking, deciding, planning, resuming, uploading
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import work_off
from hebi_charity.office.services.periods import PeriodNotOpen

DEFAULT_CHANNEL = "bank"


class Refused(Exception):
    """The command does not do it; the message is a sentence that says why and what to do."""


@dataclass(frozen=True)
class Wish:
    """What the caller of the command typed."""

    file: Path
    by: str
    received_on: str = ""
    channel: str = ""
    campaign: str = ""
    fund: str = ""
    public_mode: str = ""
    is_other_gifts: bool = False
    is_commit: bool = False
    confirmed_by: str = ""
    reason: str = ""


def load(wish: Wish) -> dict[str, object]:
    """Check the file, and with `is_commit` submit, confirm and merge it. Gives the result. Raises Refused.

    Without `is_commit` nothing stays in the database.
    """
    maker = _person(wish.by, "imports.add_import")
    confirmer = _confirmer(wish, maker) if wish.is_commit else None
    try:
        content = wish.file.read_bytes()
    except OSError as error:
        raise Refused(_("The file “%(name)s” cannot be read.") % {"name": wish.file.name}) from error
    try:
        if confirmer is None:
            return _preview(wish, content, maker)
        return _commit(wish, content, maker, confirmer)
    except PlanRefused as refused:
        raise Refused(" ".join(refused.errors.values())) from refused
    except FileNotRead as refused:
        raise Refused(str(refused)) from refused


def _person(username: str, permission: str) -> User:
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.has_perm(permission):
        sentence = (
            _("“%(name)s” is not a person who may load files.")
            if permission == "imports.add_import"
            else _("“%(name)s” is not a person who may confirm imports.")
        )
        raise Refused(sentence % {"name": username})
    return user


def _confirmer(wish: Wish, maker: User) -> User:
    if not wish.confirmed_by:
        raise Refused(_("An import is confirmed by another person. Name that person with --confirmed-by."))
    if wish.confirmed_by == wish.by:
        raise Refused(_("The person who loaded a file cannot confirm it. Ask a colleague."))
    confirmer = _person(wish.confirmed_by, "imports.confirm_import")
    if (confirmer.main_account_id or confirmer.pk) == (maker.main_account_id or maker.pk):
        raise Refused(_("The person who loaded a file cannot confirm it. Ask a colleague."))
    return confirmer


@transaction.atomic
def _preview(wish: Wish, content: bytes, maker: User) -> dict[str, object]:
    imported = uploading.upload(content, name=wish.file.name, by=maker, form_key=uuid4())
    imported = checking.check_now(imported, _plan(wish, imported), by=maker)
    result = result_of(imported)
    transaction.set_rollback(True)
    if not imported.report["accepted"]["count"] and not imported.report["known"]["count"]:
        raise Refused(_nothing(imported))
    return result


def _commit(wish: Wish, content: bytes, maker: User, confirmer: User) -> dict[str, object]:
    _finish_what_stands_still(content, confirmer)
    imported = uploading.upload(content, name=wish.file.name, by=maker, form_key=uuid4())
    try:
        imported = _checked(wish, imported, maker)
        _submit(wish, imported, maker)
    except (PlanRefused, Refused) as refused:
        _discard(imported, maker, " ".join(map(str, refused.args)))
        raise
    try:
        job = deciding.confirm(imported, by=confirmer)
    except PeriodNotOpen as closed:
        raise Refused(
            _("No month is open in which these gifts could be booked. Please tell the accountant.")
        ) from closed
    except RowsTampered as tampered:
        raise Refused(_("The rows are not what was submitted. Please tell the administrator.")) from tampered
    _done(job)
    imported.refresh_from_db()
    return result_of(imported)


def _finish_what_stands_still(content: bytes, by: User) -> None:
    """An earlier command for the same file that was killed in the middle of its merge is carried to its end first."""
    sha256 = hashlib.sha256(content).hexdigest()
    for imported in Import.objects.being_merged().of_file(sha256):
        job = resuming.latest_job(imported)
        if job is not None:
            _done(resuming.resume(imported, by=by) if job.state == Job.State.FAILED else job)


def _checked(wish: Wish, imported: Import, maker: User) -> Import:
    _done(planning.ask_check(imported, _plan(wish, imported), by=maker))
    imported.refresh_from_db()
    return imported


def _submit(wish: Wish, imported: Import, maker: User) -> None:
    if imported.has_open_question and wish.is_other_gifts:
        imported = deciding.answer(imported, by=maker)
    try:
        deciding.submit(imported, by=maker, reason=wish.reason)
    except QuestionOpen as asked:
        raise Refused(
            _("%(question)s (For the command: --other-gifts.)") % {"question": sentence_for_question(imported.question)}
        ) from asked
    except DifferenceUnexplained as unexplained:
        sentences = " ".join(sentence_for_warning(warning) for warning in differing(imported.report))
        raise Refused(_("%(differences)s Say why with --reason.") % {"differences": sentences}) from unexplained
    except NothingToSubmit as nothing:
        raise Refused(_nothing(imported)) from nothing


def _done(job: Job) -> None:
    job = work_off(job)
    if job.state != Job.State.DONE:
        raise Refused(job.error or _("The work was cancelled."))


def _discard(imported: Import, maker: User, reason: str) -> None:
    imported.refresh_from_db()
    if imported.is_before_submission:
        deciding.discard(imported, by=maker, reason=reason or _("refused"))


def _nothing(imported: Import) -> str:
    first = next(rejected_rows(imported, limit=1), None)
    reason = first.sentence if first else ""
    return _("No row of this file can be imported. %(reason)s") % {"reason": reason}


def _plan(wish: Wish, imported: Import) -> Plan:
    """The proposal of the first look, with what was typed in its place. Raises Refused, PlanRefused."""
    if "refused" in imported.look:
        raise Refused(sentence_for_file(imported.look["refused"]))
    plan = planning.proposed_plan(imported)
    campaign = _campaign(wish.campaign) if wish.campaign else None
    fund = _fund(wish.fund) if wish.fund else None
    return plan.changed(
        received_on=_day(wish, imported, plan),
        channel=_channel(wish.channel) if wish.channel else plan.channel or DEFAULT_CHANNEL,
        choices={
            "campaign": campaign.pk if campaign else None,
            "fund": fund.pk if fund else None,
            "public_mode": _public_mode(wish.public_mode) if wish.public_mode else None,
        },
    )


def _day(wish: Wish, imported: Import, plan: Plan) -> object:
    """The day given, else the one written in every order number. What only a title says, a person must say."""
    if wish.received_on:
        try:
            return dates.parse_day(wish.received_on, today=dates.today())
        except dates.DayError as error:
            raise Refused(error.sentence) from error
    sure = [found["day"] for found in imported.look["days"] if found["source"] == "identifiers"]
    return plan.received_on if sure and not plan.names_day else None


def _channel(typed: str) -> str:
    return _code(typed, channels(), _("There is no way of payment “%(typed)s”. Known are: %(known)s."))


def _public_mode(typed: str) -> str:
    return _code(typed, public_modes(), _("There is no way of publishing “%(typed)s”. Known are: %(known)s."))


def _code(typed: str, choices: list[tuple[str, str]], refusal: str) -> str:
    """The code of what was typed, by itself or in words. Raises Refused."""
    for code, words in choices:
        if typed in (code, words):
            return code
    known = "、".join(f"{code}（{words}）" for code, words in choices)
    raise Refused(refusal % {"typed": typed, "known": known})


def _campaign(name: str) -> Campaign:
    campaign = Campaign.objects.filter(name=name).first()
    if campaign is None:
        raise Refused(_("There is no campaign “%(name)s”.") % {"name": name})
    return campaign


def _fund(code: str) -> Fund:
    fund = Fund.objects.in_use().filter(code=code).first()
    if fund is None:
        raise Refused(_("There is no fund with the code “%(code)s”.") % {"code": code})
    return fund


def result_of(imported: Import) -> dict[str, object]:
    """What the command prints. Sums are text in yuan, or in the currency they stand under."""
    report, outcome = imported.report, imported.outcome
    is_done = imported.state == Import.State.DONE
    return {
        "state": imported.state,
        "accepted": outcome["rows"] if is_done else report["accepted"]["count"],
        "documents": outcome["documents"] if is_done else report["documents"],
        "sum": outcome["sum"] if is_done else report["accepted"]["sum"],
        "currencies": {currency: figures["sum"] for currency, figures in report["read"].items()},
        "duplicates": report["known"]["count"] + report["duplicates"]["count"] + outcome.get("known", 0),
        "possible_duplicates": report["possible_duplicates"]["count"],
        "rejected": [{"row": row.row, "reason": row.sentence} for row in rejected_rows(imported)],
        "control": main_control(report["controls"]),
        "warnings": [sentence_for_warning(warning) for warning in report["warnings"]]
        + ([sentence_for_question(imported.question)] if imported.has_open_question else []),
        "number": imported.import_no,
        "public_mode": imported.plan["choices"].get("public_mode"),
        "file_sha256": imported.file_sha256,
    }


def main_control(controls: list[dict]) -> dict[str, object] | None:
    """The total that stands for the whole list: the last one that is no sub-total, with its count and its sum."""
    whole = [control for control in controls if not control["is_subtotal"]]
    if not whole:
        return None
    last = max(whole, key=lambda control: (control["sum"] is not None, control["count"] is not None, control["row"]))
    names = ("row", "printed", "count", "sum", "count_agrees", "sum_agrees")
    return {name: last[name] for name in names}


def printed(result: dict[str, object], *, as_json: bool) -> str:
    """One line of JSON, or lines for people that end with one for a script."""
    if as_json:
        return json.dumps(result, ensure_ascii=False)
    lines = [str(warning) for warning in result["warnings"]]
    lines += [row["reason"] for row in result["rejected"]]
    names = ("state", "number", "public_mode", "accepted", "documents", "sum", "duplicates", "possible_duplicates")
    figures = " ".join(f"{name}={result[name]}" for name in names)
    return "\n".join([*lines, f"import_donations: {figures} rejected={len(result['rejected'])}"])
