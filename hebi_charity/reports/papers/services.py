"""A paper is asked for, made once by a worker, and kept."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hebi_charity.accounts.models import User
from hebi_charity.audit import services as audit
from hebi_charity.core import seals
from hebi_charity.core.registry import PaperSubject, paper_builders
from hebi_charity.files import services as files
from hebi_charity.jobs import services as jobs
from hebi_charity.jobs.exceptions import JobFailed
from hebi_charity.jobs.models import Job
from hebi_charity.office.services.form_keys import AlreadySubmitted, claim_form_key, settle_form_key
from hebi_charity.reports.exceptions import Overtaken
from hebi_charity.reports.models import Paper
from hebi_charity.reports.papers.building import BuiltPaper, NoSuchSubject, PaperRefused, Wanted, build
from hebi_charity.reports.papers.issue import PaperIssue, issue_of, printed
from hebi_charity.reports.papers.sealing import seal_of

if TYPE_CHECKING:
    from hebi_charity.jobs.running import Run

MAKE = "reports.paper"
TURNS = 5  # so often a paper is made anew because colleagues made the same one meanwhile
_IN_TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@transaction.atomic
def ask_for_paper(kind: str, subject: PaperSubject, *, by: User, form_key: UUID, anew: bool = False) -> Job:
    """Ask for a paper; a worker makes it. `anew`: print again also what has not changed.

    The same form gives the first job again. Raises NoSuchSubject for what this person may not print or see, and
    FormKeyReused.
    """
    wanted = Wanted(kind, subject.row.pk if subject.row else None, subject.key)
    if not by.has_perm(wanted.builder.permission):
        raise NoSuchSubject
    seen = wanted.subject(by)
    params = {"paper": kind, "subject": wanted.subject_id, "key": subject.key, "anew": anew}
    try:
        claim_form_key(form_key, form=MAKE, digest=seals.digest(params), by=by)
    except AlreadySubmitted as first:
        return Job.objects.get(pk=first.result_id)
    job = jobs.ask(MAKE, by=by, title=wanted.title_for(seen), params=params, about=seen.row)
    settle_form_key(form_key, job)
    return job


def may_read_job(user: User, job: Job) -> bool:
    """Whether this person may still read what the paper of a job is about."""
    builder = paper_builders.get(job.params.get("paper", ""))
    return builder is not None and user.has_perm(builder.permission)


def make_step(run: Run) -> None:
    """The job: facts of one moment, pages, then all that is kept in one chunk.

    A worker that dies leaves nothing, and the next one makes the paper whole.
    """
    wanted = Wanted(run.params["paper"], run.params["subject"], run.params["key"])
    by = run.asked_by
    if by is None or not may_read_job(by, run.job):
        raise JobFailed(_("You may not print this paper any more. Nothing was made."))
    for _turn in range(TURNS):
        with suppress(Overtaken):
            try:
                return _make(run, wanted, by)
            except PaperRefused as refused:
                raise JobFailed(str(refused)) from refused
            except NoSuchSubject as gone:
                raise JobFailed(_("What this paper is about is not there any more. Nothing was made.")) from gone
    raise JobFailed(_("Others are printing the same paper at the same time. Please try again in a moment."))


def _make(run: Run, wanted: Wanted, by: User) -> None:
    built = build(wanted, by=by)
    own = None if run.params["anew"] else _own_printing(built, wanted, by)
    if own is not None:
        with run.chunk():
            audit.record(by, "paper.handed_out", own, side=wanted.builder.side, digest=built.digest)
            _done(run, own)
        return
    issue = issue_of(built, by=by)

    def say(done: int, total: int) -> None:
        run.progress(done, total, _("Pictures are prepared") if done < total else _("Pages are laid out"))

    content = printed(built, wanted.builder, issue, say=say)
    with run.chunk():
        paper = keep_paper(content, built, issue, wanted, by=by, job=run.job)
        _done(run, paper)


def _own_printing(built: BuiltPaper, wanted: Wanted, by: User) -> Paper | None:
    """The last printing of this person, while nothing has changed since; a colleague's bears the colleague's name."""
    if built.before is None or built.before.facts_digest != built.digest:
        return None
    printings = Paper.objects.of(wanted.kind, wanted.subject_id, wanted.key)
    return printings.filter(made_by=by, facts_digest=built.digest).select_related("pdf").last()


def _done(run: Run, paper: Paper) -> None:
    run.done(
        url=paper.get_absolute_url(),
        attachment=paper.pdf,
        note=_("Printing number %(number)d.") % {"number": paper.version},
    )


def keep_paper(
    content: bytes, built: BuiltPaper, issue: PaperIssue, wanted: Wanted, *, by: User, job: Job | None = None
) -> Paper:
    """Keep what was printed as the next printing: PDF, row and entry of the log together, or nothing of it.

    Call it in a transaction. Raises Overtaken for facts of a moment before the last printing.
    """
    with connection.cursor() as cursor:
        # Until the end of this transaction: two who print the same queue up.
        cursor.execute(_IN_TURN, [f"{MAKE} {wanted.kind} {wanted.subject_id} {wanted.key}"])
    last = Paper.objects.of(wanted.kind, wanted.subject_id, wanted.key).last()
    if last != built.before:
        raise Overtaken
    pdf = files.store(content, name=f"{built.title}.pdf", by=by)
    paper = Paper(
        kind=wanted.kind,
        title=built.title,
        subject_type=wanted.builder.model,
        subject_id=wanted.subject_id,
        subject_key=wanted.key,
        version=issue.version,
        facts=built.stored,
        facts_digest=built.digest,
        pdf=pdf,
        pdf_sha256=pdf.sha256,
        job=job,
        made_by=by,
        made_at=issue.made_at,
    )
    paper.seal = seal_of(paper)
    paper.save(force_insert=True)
    files.attach(pdf, to=paper, by=by, purpose="paper")
    audit.record(by, "paper.made", paper, side=wanted.builder.side, digest=built.digest)
    return paper
