"""The seal of a paper, and whether it is as its maker left it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from hebi_charity.core import seals
from hebi_charity.core.paging import in_chunks
from hebi_charity.core.registry import Difference
from hebi_charity.files.proof import is_as_given
from hebi_charity.reports.models import Paper

_NOT_LOGGED = """
SELECT p.id FROM reports_paper p WHERE NOT EXISTS (
    SELECT 1 FROM audit_entry e WHERE e.object_type = 'reports.paper' AND e.object_id = p.id
        AND e.act = 'paper.made' AND e.actor_id = p.made_by_id
) ORDER BY p.id
"""


def seal_of(paper: Paper) -> str:
    """An HMAC over what was printed, about what, by whom and when."""
    return seals.seal(
        {
            "kind": paper.kind,
            "title": paper.title,
            "subject_type": paper.subject_type,
            "subject_id": paper.subject_id,
            "subject_key": paper.subject_key,
            "version": paper.version,
            "facts_digest": paper.facts_digest,
            "pdf_sha256": paper.pdf_sha256,
            "made_by": paper.made_by_id,
            "made_at": paper.made_at,
        }
    )


def faults(paper: Paper) -> Iterator[str]:
    """What is otherwise than it was left, a sentence each; a paper is named by its number alone. Reads the file."""
    values = {"number": paper.pk}
    if seals.digest(paper.facts) != paper.facts_digest:
        yield _("The facts kept of paper %(number)d are not those it was printed from.") % values
    if paper.pdf.sha256 != paper.pdf_sha256 or not is_as_given(paper.pdf):
        yield _("The file kept of paper %(number)d is not the one that was printed.") % values
    if paper.seal != seal_of(paper):
        yield _("Paper %(number)d was changed after it was printed: its seal does not match.") % values


def check_papers() -> Iterator[Difference]:
    """Every paper is as its maker left it, and the log knows of it."""
    for paper in in_chunks(Paper.objects.select_related("pdf"), size=100):
        for sentence in faults(paper):
            yield Difference("papers", paper.audit_label(), sentence)
    with connection.cursor() as cursor:
        cursor.execute(_NOT_LOGGED)
        for (number,) in cursor.fetchall():
            sentence = _("The log of acts does not say who printed paper %(number)d.") % {"number": number}
            yield Difference("papers", str(number), sentence)
