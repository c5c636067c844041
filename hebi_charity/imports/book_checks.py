"""Checks of the books for imports: their numbers, their seals, and what became of their rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from hebi_charity.core.paging import in_chunks
from hebi_charity.core.registry import Difference, import_targets
from hebi_charity.imports.exceptions import RowsTampered
from hebi_charity.imports.models import Import
from hebi_charity.imports.proof import prove_seal
from hebi_charity.imports.targets import ImportTarget, Merged
from hebi_charity.office.services.number_checks import number_differences


def check_numbers() -> Iterator[Difference]:
    """Every number given to a file is that of an import, and no other is."""
    yield from number_differences(Import, "import_no", kinds=("import",))


def check_imports() -> Iterator[Difference]:
    """A confirmed import is what was confirmed, and its outcome is what is in the books of it."""
    for key, target in import_targets.items():
        if isinstance(target, ImportTarget):
            yield from _of_target(key, target)


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
    if not outcome:
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
