"""Checks of the books for imports: their numbers, their seals, and what became of their rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext as _

from hebi_charity.audit.numbering import check_numbers_of
from hebi_charity.audit.two_people import one_person
from hebi_charity.core.paging import in_chunks
from hebi_charity.core.registry import Difference, import_targets
from hebi_charity.imports.exceptions import RowsTampered
from hebi_charity.imports.models import Import
from hebi_charity.imports.proof import prove_seal
from hebi_charity.imports.targets import ImportTarget, Merged

# What may stand after each act: a worker's steps have none of their own, and whoever looks at a file again has none.
_BEFORE = "('uploaded', 'checking', 'checked', 'failed')"
_MERGES = "('confirmed', 'merging', 'failed')"
# A confirmed import's people are in its seal.
_OTHERWISE = f"""
WITH last AS (
    SELECT DISTINCT ON (object_id) object_id, object_label, act, actor_id, reason FROM audit_entry
    WHERE object_type = 'imports.import' AND object_id IS NOT NULL AND act IN (
        'import.uploaded', 'import.planned', 'import.answered', 'import.submitted', 'import.returned',
        'import.confirmed', 'import.merged', 'import.discarded', 'import.decided', 'import.undone')
    ORDER BY object_id, id DESC
)
SELECT coalesce(i.import_no, l.object_label), i.id IS NULL
FROM last l FULL JOIN imports_import i ON i.id = l.object_id
WHERE l.object_label IS DISTINCT FROM i.import_no OR NOT CASE l.act
    WHEN 'import.submitted' THEN i.state = 'submitted' AND l.actor_id = i.recorded_by_id
    WHEN 'import.returned' THEN i.state = 'uploaded'
        OR (i.state = 'returned' AND l.actor_id = i.returned_by_id AND l.reason = i.returned_reason)
    WHEN 'import.confirmed' THEN i.state IN {_MERGES}
    WHEN 'import.merged' THEN i.state = 'done'
    WHEN 'import.undone' THEN i.state = 'undone' AND l.actor_id = i.undone_by_id AND l.reason = i.undo_reason
    WHEN 'import.discarded' THEN
        i.state = 'discarded' AND l.actor_id = i.discarded_by_id AND l.reason = i.discard_reason
    ELSE i.state IN {_BEFORE} AND l.actor_id = i.recorded_by_id END
ORDER BY 1
"""  # noqa: S608  # nosec B608  names from this file only

_LOADED_AND_DECIDED = """
SELECT import_no, recorded_by_id, confirmed_by_id FROM imports_import WHERE needs_second_person
UNION ALL SELECT import_no, recorded_by_id, returned_by_id FROM imports_import WHERE needs_second_person
"""


def check_numbers() -> Iterator[Difference]:
    """Every number given to a file is that of an import, and no other is."""
    series = {target.series for target in import_targets if isinstance(target, ImportTarget)}
    yield from check_numbers_of(Import, "import_no", kinds=tuple(sorted(series)))


def check_imports() -> Iterator[Difference]:
    """A confirmed import is what was confirmed, and its outcome is what is in the books of it."""
    for key, target in import_targets.items():
        if isinstance(target, ImportTarget):
            yield from _of_target(key, target)


def check_log() -> Iterator[Difference]:
    """An import that the log names is there, as the last act left it; there is no other."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERWISE)
        found = cursor.fetchall()
    for number, is_gone in found:
        if is_gone:
            sentence = _("The log of acts knows the import %(number)s, but it is not there any more.")
        else:
            sentence = _("The import %(number)s does not stand as the last act of the log left it.")
        yield Difference("log", number, sentence % {"number": number})


def check_people() -> Iterator[Difference]:
    """Who loaded a file is not the person who confirmed or returned it."""
    yield from one_person(_LOADED_AND_DECIDED)


def _of_target(key: str, target: ImportTarget) -> Iterator[Difference]:
    held = target.held()
    for imported in in_chunks(Import.objects.filter(target=key)):
        number = imported.import_no
        if imported.seal and not _is_as_confirmed(imported):
            sentence = _("The import %(number)s was changed after it was confirmed: its seal does not match.")
            yield Difference("imports", number, sentence % {"number": number})
        said, found = said_outcome(imported), held.get(imported.pk, Merged())
        if said != found:
            yield Difference("imports", number, _in_words(number, said, found))


def _is_as_confirmed(imported: Import) -> bool:
    try:
        prove_seal(imported)
    except RowsTampered:
        return False
    return True


def said_outcome(imported: Import) -> Merged:
    """What the import itself says has become of its rows; nothing before its merge."""
    outcome = imported.outcome
    if not outcome or imported.state == Import.State.UNDONE:
        return Merged()
    return Merged(outcome["documents"], outcome["rows"], Decimal(outcome["sum"]))


def _in_words(number: str, said: Merged, found: Merged) -> str:
    return _(
        "The import %(number)s became %(documents)s documents from %(rows)s rows of %(sum)s yuan, but"
        " %(found_documents)s documents from %(found_rows)s rows of %(found_sum)s yuan are in the books."
    ) % {
        "number": number,
        "documents": said.documents,
        "rows": said.rows,
        "sum": f"{said.amount:.2f}",
        "found_documents": found.documents,
        "found_rows": found.rows,
        "found_sum": f"{found.amount:.2f}",
    }
