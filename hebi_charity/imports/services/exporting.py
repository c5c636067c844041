"""The rows that were not imported, out of the house again: to be corrected and loaded as a file of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hebi_charity.core.dates import SHANGHAI
from hebi_charity.core.export import Column, Export, demonstration_mark
from hebi_charity.imports.models import Import
from hebi_charity.imports.rejected import RejectedRow, rejected_rows
from hebi_charity.imports.rejected_cells import cells_of
from hebi_charity.imports.services.logging import record_rows

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

EXPORTED = "import.rejected_exported"
MOST_ROWS = 20_000

_Line = tuple[RejectedRow, list[str]]


def _exported_by(by: User) -> str:
    """Who took lines of a list of people out of the house, and when."""
    moment = f"{timezone.now().astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    mark = _("Exported by %(person)s (%(account)s) at %(moment)s; only for correcting this list.")
    return mark % {"person": by.full_name, "account": by.username, "moment": moment}


@transaction.atomic
def export_rejected(imported: Import, *, by: User) -> Export[_Line]:
    """The first 20,000 rejected rows under the headings of the file, with line and reason beside them. Logged."""
    rows = list(rejected_rows(imported, limit=MOST_ROWS))
    found = cells_of(imported, rows, in_full=True)
    record_rows(by, EXPORTED, imported, count=len(rows))
    # 行号 first: a heading that reads as a serial number, so that the corrected file is read like the original.
    columns: list[Column[_Line]] = [Column(_("line no."), lambda line: line[0].row, 8)]
    columns += [
        Column(heading, lambda line, place=place: line[1][place], 18) for place, heading in enumerate(found.headings)
    ]
    columns.append(Column(_("why it was not imported"), lambda line: line[0].sentence, 80))
    notes = [
        _("Rows of import %(number)s that were not imported.") % {"number": imported.import_no},
        _("Correct the cells, save the file and load it as a new import. The last column is not read."),
    ]
    if not imported.has_money:
        notes.append(_exported_by(by))
    # The rows are corrected and loaded again, so that nothing may stand above their headings: the mark is a note.
    said = [note for note in (*notes, demonstration_mark()) if note]
    return Export(_("not imported %(number)s") % {"number": imported.import_no}, columns, found.lines, said)
