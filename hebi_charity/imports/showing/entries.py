"""The findings of a check of a list without money, as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from hebi_charity.imports.differences import differing, reason_given
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.rejected import RejectedRow, rejected_rows, sentences_of
from hebi_charity.imports.sentences import reason_title, sentence_for_warning
from hebi_charity.imports.targets import EntryTarget, target_of

REJECTED_SHOWN, SAMPLE, MOST_DOUBTS = 20, 5, 500


@dataclass(frozen=True)
class EntryFindings:
    """All a person looks at before a list without money is taken in."""

    accepted: int
    known: int
    doubtful: int
    undecided: int
    rejected: int
    taken_in: int
    warnings: list[str]
    reasons: list[tuple[str, int]]
    differences: list[str] = field(default_factory=list)
    difference_reason: str = ""
    rejected_rows: list[RejectedRow] = field(default_factory=list)
    samples: list[tuple[int, str]] = field(default_factory=list)
    words: dict[str, object] = field(default_factory=dict)


def entry_findings(imported: Import) -> EntryFindings:
    report, target = imported.report, target_of(imported)
    differs = differing(report)
    is_staged = imported.state not in {Import.State.DONE, Import.State.DISCARDED, Import.State.UNDONE}
    own = sentences_of(imported)
    return EntryFindings(
        accepted=report["accepted"]["count"],
        known=report["known"]["count"],
        doubtful=report["doubtful"]["count"],
        undecided=imported.undecided,
        rejected=report["rejected"]["count"],
        taken_in=imported.taken_in,
        warnings=[*map(sentence_for_warning, report["warnings"]), *_noted(report["notes"], own)],
        reasons=_counted(report["reasons"], own),
        differences=[sentence_for_warning(warning) for warning in differs],
        difference_reason=reason_given(imported) if differs else "",
        rejected_rows=list(rejected_rows(imported, limit=REJECTED_SHOWN)) if report["rejected"]["count"] else [],
        samples=samples_of(imported, target) if is_staged else [],
        words=dict(target.words),
    )


def _noted(notes: dict, own: dict) -> list[str]:
    """What the target wants looked at, with how many rows and the first of them."""
    return [
        str(own[code][1]) % {"count": said["count"], "rows": "、".join(map(str, said["rows"]))}
        for code, said in notes.items()
        if code in own
    ]


def _counted(reasons: dict[str, int], own: dict) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for code, count in reasons.items():
        title = reason_title(code, own)
        counted[title] = counted.get(title, 0) + count
    return sorted(counted.items(), key=lambda pair: -pair[1])


def samples_of(imported: Import, target: EntryTarget) -> list[tuple[int, str]]:
    """The first rows that would be taken in, in words."""
    rows = imported.rows.to_take_in(imported.decided(Import.Decision.NEW))[:SAMPLE]
    return [(row.row_no, target.shown(row)) for row in rows]


@dataclass(frozen=True)
class Doubt:
    """A row that may be known already: what it says, what is known, and what was decided."""

    row: int
    says: str
    known: list[tuple[str, str]]
    decision: str

    @property
    def field(self) -> str:
        """The name of its box on the form."""
        return f"row_{self.row}"


def doubts_of(imported: Import) -> list[Doubt]:
    """The doubtful rows with what is known of each, in the order of the file."""
    target = target_of(imported)
    rows: list[StagedRow] = list(imported.rows.doubtful()[:MOST_DOUBTS])
    known = target.doubts(rows) if rows else {}
    return [
        Doubt(row.row_no, target.shown(row), known.get(row.row_no, []), imported.decisions.get(str(row.row_no), ""))
        for row in rows
    ]


def decisions_in_words() -> list[tuple[str, str]]:
    return [
        (Import.Decision.SAME, _("The same: do not take it in again")),
        (Import.Decision.NEW, _("Another one: take it in")),
    ]
