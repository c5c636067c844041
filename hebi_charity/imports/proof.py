"""What was submitted is what is confirmed and what is merged: digests over rows, plan and report."""

from __future__ import annotations

from hebi_charity.core import seals
from hebi_charity.imports.exceptions import RowsTampered
from hebi_charity.imports.models import Import
from hebi_charity.imports.staging import BLOCK, block_digests


def digest_of(imported: Import) -> str:
    """The SHA-256 over everything a person submits: number, file, plan, report, question and blocks of rows."""
    return seals.digest(
        {
            "number": imported.import_no,
            "file": imported.file_sha256,
            "target": imported.target,
            "plan": imported.plan,
            "report": imported.report,
            "question": imported.question,
            "blocks": imported.blocks,
            "days": [imported.first_day, imported.last_day],
        }
    )


def seal_of(imported: Import) -> str:
    """The seal of a confirmed import: what was confirmed, who loaded and who confirmed it, and what was decided."""
    # Imports with money decide nothing row by row; their seals stay those of earlier versions.
    decided = {"decisions": imported.decisions} if imported.decisions else {}
    return seals.seal(
        {
            "digest": imported.digest,
            "recorded_by": imported.recorded_by_id,
            "confirmed_by": imported.confirmed_by_id,
            "answer": imported.answer,
            "answered_by": imported.answered_by_id,
        }
        | decided
    )


def prove(imported: Import) -> None:
    """Compare every staged row, the plan and the report with what was checked. Raises RowsTampered."""
    if (
        digest_of(imported) != imported.digest
        or block_digests(imported.pk, has_money=imported.has_money) != imported.blocks
    ):
        raise RowsTampered


def prove_rows(imported: Import, first: int, last: int) -> None:
    """Compare the whole blocks between two row numbers with what was submitted. Raises RowsTampered."""
    first_block, last_block = (first - 1) // BLOCK, (last - 1) // BLOCK
    found = block_digests(imported.pk, first, last, has_money=imported.has_money)
    if found != [block for block in imported.blocks if first_block <= block[0] <= last_block]:
        raise RowsTampered


def prove_seal(imported: Import) -> None:
    """Compare digest and people with what was confirmed. Raises RowsTampered."""
    if digest_of(imported) != imported.digest or seal_of(imported) != imported.seal:
        raise RowsTampered
