"""The rows of a file that were not taken in, with the reason of each in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hebi_charity.imports.models import Import
from hebi_charity.imports.sentences import Own, reason_title, sentence_for_row
from hebi_charity.imports.targets import EntryTarget, target_of


@dataclass(frozen=True)
class RejectedRow:
    """A line of the file, a short heading of the reason, and the sentence that says what to do."""

    row: int
    title: str
    sentence: str


def rejected_rows(imported: Import, *, after: int = 0, limit: int | None = None) -> Iterator[RejectedRow]:
    """The rejected rows behind a line, in the order of the file. They stay readable after the merge."""
    own = sentences_of(imported)
    rows = imported.rows.rejected().filter(row_no__gt=after).values_list("row_no", "reason")
    for row_no, reason in rows[:limit]:
        yield RejectedRow(row_no, reason_title(reason["code"], own), sentence_for_row(row_no, reason, own))


def sentences_of(imported: Import) -> Own:
    """The sentences of the target's own reasons; a target of money has none."""
    target = target_of(imported)
    return target.sentences if isinstance(target, EntryTarget) else {}
