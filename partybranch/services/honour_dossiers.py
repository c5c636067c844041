"""Dossiers of honours: the application and its evidence, frozen once as they were, with a digest of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import seals
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.files import services as files
from hebi_charity.files.models import Attachment
from hebi_charity.files.proof import told_apart
from hebi_charity.office.services.form_keys import AlreadySubmitted, claim_form_key, settle_form_key
from partybranch.lists.evidence import facts_of, title_of
from partybranch.models import DossierItem, Honour, HonourDossier
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.logging import record

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

EVIDENCE = "evidence"


class DossierEmpty(BrokenRule):
    """A dossier holds something."""

    sentence = _("Write the application in brief, choose evidence, or add a file: an empty dossier says nothing.")


@atomic_with_retry
def freeze_dossier(
    honour: Honour,
    *,
    application: str,
    evidence: Sequence[Model],
    papers: Sequence[IO[bytes]],
    by: User,
    form_key: UUID,
) -> HonourDossier:
    """Keep the evidence as it is now; what becomes of its rows later changes nothing in the dossier.

    Raises DossierEmpty, FileRefused, FormKeyReused, and IntegrityError when a dossier is frozen already.
    """
    chosen = [f"{row._meta.label_lower} {row.pk}" for row in evidence]
    digest = seals.digest(
        {"honour": honour.pk, "application": application, "chosen": chosen, "papers": told_apart(papers)}
    )
    try:
        claim_form_key(form_key, form="partybranch.dossier", digest=digest, by=by)
    except AlreadySubmitted as first:
        return HonourDossier.objects.get(pk=first.result_id)
    if not (application or evidence or papers):
        raise DossierEmpty
    stored = [_stored(paper, by=by) for paper in papers]
    items = [_of_paper(paper) for paper in stored] + [_of_row(row) for row in evidence]
    dossier = HonourDossier(honour=honour, application=application, item_count=len(items), recorded_by=by)
    dossier.digest = HonourDossier.digest_of(application, [item.digest for item in items])
    dossier.save(force_insert=True)
    for place, item in enumerate(items, start=1):
        item.dossier, item.place = dossier, place
    DossierItem.objects.bulk_create(items)
    for paper in stored:
        files.attach(paper, to=dossier, by=by, purpose=EVIDENCE)
    record(by, "party.dossier_frozen", honour, changes={"evidence": (None, len(items))}, digest=dossier.digest)
    settle_form_key(form_key, dossier)
    return dossier


def _stored(paper: IO[bytes], *, by: User) -> Attachment:
    try:
        return files.store(paper, name=paper.name, by=by)
    except files.FileRefused as refusal:
        raise type(refusal)(files.named_refusal(paper.name, refusal)) from refusal


def _of_paper(paper: Attachment) -> DossierItem:
    facts = [["SHA-256", paper.sha256]]
    return _item(paper, DossierItem.Kind.APPLICATION, paper.name, facts)


def _of_row(row: Model) -> DossierItem:
    return _item(row, DossierItem.Kind.EVIDENCE, title_of(row), facts_of(row))


def _item(row: Model, kind: str, title: str, facts: list[list[str]]) -> DossierItem:
    return DossierItem(
        kind=kind,
        source_type=row._meta.label_lower,
        source_id=row.pk,
        title=title[:200],
        facts=facts,
        digest=DossierItem.digest_of(title[:200], facts),
    )
