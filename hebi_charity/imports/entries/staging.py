"""A list without money read into the staging table: each row read, judged by its target, and staged."""

from __future__ import annotations

import json
from collections import Counter

from hebi_charity.core import dates
from hebi_charity.imports import staging
from hebi_charity.imports.entries.rows import REJECTED, Judged, ReadRow
from hebi_charity.imports.local_copy import path_of
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.reading.process import reading
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.targets import EntryTarget

_AT_ONCE = 2_000
_FIRST_NOTED = 20


def read_entries(imported: Import, target: EntryTarget) -> dict[str, object]:
    """Fill the staging table from the file, in the caller's transaction. Gives what the report needs. Raises Reason."""
    plan = Plan.of(imported.plan)
    staging.forget_rows(imported.pk)
    with path_of(imported.file) as path, reading(path, "entries", **imported.plan) as running:
        lines = [json.loads(line) for line in running.rows]
    judged = judge_lines(lines, plan, target)
    StagedRow.objects.bulk_create((_staged(imported, each) for each in judged), batch_size=_AT_ONCE)
    return {"blank": running.report["blank"], "notes": _notes(judged)}


def judge_lines(lines: list[dict], plan: Plan, target: EntryTarget) -> list[Judged]:
    """A verdict for every line, in the order of the file."""
    read = [_read(line, target, plan) for line in lines if "only" not in line]
    found = {each.row: each for each in target.judge(read, plan)}
    for line in lines:
        if "only" in line:
            reason = Reason("only_text_entries", value=line["only"])
            found[line["row"]] = Judged(line["row"], REJECTED, reasons=[reason])
    return [found[row] for row in sorted(found)]


def _read(line: dict, target: EntryTarget, plan: Plan) -> ReadRow:
    values, reasons, today = {}, [], dates.today()
    for field in target.fields:
        cell = line["cells"].get(field.key)
        try:
            # A required column that the file has not got is refused before; then its cells are wanted.
            values[field.key] = field.read(cell, today=today) if field.key in plan.columns else ""
        except Reason as reason:
            values[field.key] = ""
            reasons.append(reason)
    return ReadRow(line["row"], values, reasons)


def _staged(imported: Import, judged: Judged) -> StagedRow:
    return StagedRow(
        of_import=imported,
        row_no=judged.row,
        verdict=judged.verdict,
        shape=StagedRow.Shape.ENTRY,
        payload=judged.payload if judged.verdict != REJECTED else None,
        reason=judged.reason(),
    )


def _notes(judged: list[Judged]) -> dict[str, dict[str, object]]:
    """How many rows want which look, and the first lines of them."""
    counts = Counter(code for each in judged for code in each.notes)
    return {
        code: {"count": count, "rows": [each.row for each in judged if code in each.notes][:_FIRST_NOTED]}
        for code, count in counts.items()
    }
