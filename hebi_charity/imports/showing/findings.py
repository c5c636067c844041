"""The findings of a check as the pages show them: numbers in words, totals side by side, rows to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from hebi_charity.imports.differences import differing, reason_given
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.plan import POOL, Plan
from hebi_charity.imports.reading.letters import letter
from hebi_charity.imports.rejected import RejectedRow, rejected_rows
from hebi_charity.imports.sentences import currency_in_words, reason_title, sentence_for_question, sentence_for_warning
from hebi_charity.imports.showing.columns import roles_of
from hebi_charity.imports.showing.entries import EntryFindings, entry_findings
from hebi_charity.imports.targets import MoneyTarget, target_of

REJECTED_SHOWN = 5
SAMPLE = 3
_COUNTS = {"count", "of", "read", "sum"}
# A figure with decimals within a label of the file, as a spreadsheet computed it: 总额4761028.68000006.
_FIGURE = re.compile(r"\d+\.\d+")


@dataclass(frozen=True)
class Figures:
    """How many rows, and their yuan."""

    count: int
    amount: Decimal

    @classmethod
    def of(cls, line: Mapping[str, object]) -> Figures:
        return cls(int(line["count"]), Decimal(line["sum"]))


@dataclass(frozen=True)
class ControlLine:
    """A total printed in the file beside what was computed; `agrees` is None where the file prints no such figure."""

    row: int
    what: str
    printed: str
    computed: str
    agrees: bool


@dataclass(frozen=True)
class Findings:
    """All a person looks at before submitting or confirming."""

    accepted: Figures
    known: Figures
    duplicates: Figures
    rejected: Figures
    documents: int
    is_pool: bool
    is_mixed: bool
    first_day: date | None
    last_day: date | None
    controls: list[ControlLine]
    currencies: list[tuple[str, Figures]]
    warnings: list[str]
    reasons: list[tuple[str, int]]
    days: list[tuple[date, Figures]]
    more_days: int
    question: str
    differences: list[str] = field(default_factory=list)
    difference_reason: str = ""
    rejected_rows: list[RejectedRow] = field(default_factory=list)
    samples: list[tuple[str, list[StagedRow]]] = field(default_factory=list)
    repeated: list[StagedRow] = field(default_factory=list)

    @property
    def left_out(self) -> int:
        """Rows of the list that are not imported, whatever the reason."""
        return self.known.count + self.duplicates.count + self.rejected.count


def findings_of(imported: Import) -> Findings | EntryFindings | None:
    """The report of a check for the page; None before there is one. Samples end when the rows have become gifts."""
    report = imported.report
    if not report:
        return None
    if not imported.has_money:
        return entry_findings(imported)
    differs = differing(report)
    is_staged = imported.state not in {Import.State.DONE, Import.State.DISCARDED}
    return Findings(
        accepted=Figures.of(report["accepted"]),
        known=Figures.of(report["known"]),
        duplicates=Figures.of(report["duplicates"]),
        rejected=Figures.of(report["rejected"]),
        documents=report["documents"],
        is_pool=bool(report["orders"]) or Plan.of(imported.plan).shape == POOL,
        is_mixed=bool(report["orders"]) and bool(report["gifts"]),
        first_day=imported.first_day,
        last_day=imported.last_day,
        controls=list(control_lines(report["controls"])),
        currencies=[(currency_in_words(currency), Figures.of(line)) for currency, line in report["read"].items()],
        warnings=[sentence_for_warning(with_separators(warning)) for warning in report["warnings"]],
        reasons=merged_reasons(report["reasons"]),
        days=[(date.fromisoformat(line["day"]), Figures.of(line)) for line in report["days"]],
        more_days=report["day_count"] - len(report["days"]),
        question=sentence_for_question(with_separators(imported.question)) if imported.question else "",
        differences=[sentence_for_warning(with_separators(warning)) for warning in differs],
        difference_reason=reason_given(imported) if differs else "",
        rejected_rows=list(rejected_rows(imported, limit=REJECTED_SHOWN)) if report["rejected"]["count"] else [],
        samples=samples_of(imported) if is_staged and report["accepted"]["count"] else [],
        repeated=list(imported.rows.numbered(report["possible_duplicates"]["rows"][:SAMPLE])) if is_staged else [],
    )


def with_separators(values: Mapping[str, object]) -> dict[str, object]:
    """The values of a sentence with counts and sums as people read them: 1,995 and 80,516,593.00."""
    spoken = dict(values)
    for name in _COUNTS & set(values):
        spoken[name] = f"{values[name]:,}" if isinstance(values[name], int) else f"{Decimal(values[name]):,.2f}"
    return spoken


def control_lines(controls: Iterable[Mapping]) -> Iterable[ControlLine]:
    """One line for each figure that the file prints: counts and sums."""
    for control in controls:
        label = _FIGURE.sub(_as_money, control["label"]) or _("a sum without a label")
        if control["count"] is not None:
            yield ControlLine(
                control["row"],
                _("%(label)s: count") % {"label": label},
                f"{control['count']:,}",
                f"{control['read_count']:,}",
                bool(control["count_agrees"]),
            )
        if control["sum"] is not None:
            yield ControlLine(
                control["row"],
                _("%(label)s: sum") % {"label": label},
                f"{Decimal(control['sum']):,.2f}",
                f"{Decimal(control['read_sum']):,.2f}",
                bool(control["sum_agrees"]),
            )


def _as_money(figure: re.Match[str]) -> str:
    return f"{Decimal(figure[0]):,.2f}"


def merged_reasons(reasons: Mapping[str, int]) -> list[tuple[str, int]]:
    """Rows by the short heading of their reason, the most frequent first; several codes may share a heading."""
    counted: dict[str, int] = {}
    for code, count in reasons.items():
        title = reason_title(code)
        counted[title] = counted.get(title, 0) + count
    return sorted(counted.items(), key=lambda pair: -pair[1])


def samples_of(imported: Import) -> list[tuple[str, list[StagedRow]]]:
    """Rows that would be imported, from three places of the file."""
    rows = imported.rows.to_merge()
    samples = [
        (_("the first rows"), list(rows.order_by("row_no")[:SAMPLE])),
        (_("the last rows"), list(rows.order_by("-row_no")[:SAMPLE])[::-1]),
        (_("the largest amounts"), list(rows.order_by("-amount", "row_no")[:SAMPLE])),
    ]
    return [(title, sample) for title, sample in samples if sample]


def purpose_in_words(imported: Import) -> list[tuple[str, str]]:
    """What the rows are for and what the file did not say, as (what, answer)."""
    if not imported.plan:
        return []
    plan = Plan.of(imported.plan)
    target = target_of(imported)
    facts = []
    if isinstance(target, MoneyTarget):
        facts.append((_("way of payment"), dict(target.channels()).get(plan.channel, plan.channel)))
    if plan.received_on:
        facts.append((_("day where the file names none"), plan.received_on.isoformat()))
    return [*facts, *target.describe(plan.choices)]


def reading_in_words(imported: Import) -> list[tuple[str, str]]:
    """Where in the file the rows were read, as (what, answer)."""
    if not imported.plan:
        return []
    plan = Plan.of(imported.plan)
    facts = [(_("sheet"), plan.sheet)] if plan.sheet else []
    words = dict(roles_of(target_of(imported)))
    headings = imported.look.get("header", [])
    read = [
        _("%(meaning)s from column %(letter)s “%(heading)s”")
        % {
            "meaning": words[role],
            "letter": letter(place),
            "heading": headings[place] if place < len(headings) else "",
        }
        for role, place in sorted(plan.columns.items(), key=lambda pair: pair[1])
        if role in words
    ]
    return [*facts, (_("columns"), "；".join(read))]


def totals_of(imported: Import) -> Figures | None:
    """Rows and yuan for the list: what was added when it is done, what would be added before."""
    if imported.state == Import.State.DONE:
        return Figures(imported.outcome["rows"], Decimal(imported.outcome["sum"]))
    if not imported.report:
        return None
    return Figures(imported.taken_in, Decimal(imported.report["accepted"]["sum"]))
