"""A file comes in: looked at, kept privately, numbered."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING
from uuid import UUID

from hebi_charity.core import dates, seals
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.files import services as files
from hebi_charity.imports.exceptions import FileNotRead
from hebi_charity.imports.local_copy import copy_of
from hebi_charity.imports.models import Import
from hebi_charity.imports.reading.process import report_of
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.sentences import sentence_for_file
from hebi_charity.imports.services.logging import record
from hebi_charity.imports.targets import EntryTarget, ImportTarget, target_named
from hebi_charity.office.services.form_keys import AlreadySubmitted, claim_form_key, settle_form_key
from hebi_charity.office.services.numbers import take_numbers

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

GIFTS = "donations"
FIRST_LINES = 20
# A person can help where no header is found; what else is wrong with a file has to be mended in the file.
_HELPABLE = {"header_missing", "header_missing_entries"}


def upload(content: bytes | IO[bytes], *, name: str, by: User, form_key: UUID, target: str = GIFTS) -> Import:
    """Look at a file, keep it and give its import, state `uploaded`. The same form gives the first result again.

    The page then shows `import.look` (see `reading.look.look` for its keys) and `planning.proposed_plan(import)` for
    correction. Where no header was found, `look` holds `refused` (a code for `sentences.sentence_for_file`) and
    `lines` {line: cells} beside sheets and encoding, and the person gives the header's line through
    `planning.look_again`.
    Raises FileNotRead with a sentence for the place beside the file, and FormKeyReused.
    """
    given = BytesIO(content) if isinstance(content, bytes) else content
    with copy_of(given) as path:
        look = look_at(path, name=name, target=target_named(target))
    return _keep(given, look, name=name, by=by, form_key=form_key, target=target)


def look_at(
    path: Path, *, name: str, target: ImportTarget, sheet: str = "", header_row: int | None = None, encoding: str = ""
) -> dict[str, object]:
    """What the reading child finds in a file for this target. Raises FileNotRead."""
    order: dict[str, object] = {"sheet": sheet, "header_row": header_row, "encoding": encoding}
    if isinstance(target, EntryTarget):
        order["fields"] = [field.as_order() for field in target.fields]
    try:
        return report_of(path, "look", file_name=name, **order)
    except Reason as reason:
        if reason.code not in _HELPABLE:
            raise FileNotRead(sentence_for_file(reason.as_dict())) from reason
        return _first_lines(path, reason, sheet, encoding)


def _first_lines(path: Path, refused: Reason, sheet: str, encoding: str) -> dict[str, object]:
    """The first lines as they stand in the file, so that a person can point at the header."""
    try:
        lines = list(range(1, FIRST_LINES + 1))
        found = report_of(path, "pick", rows=lines, sheet=sheet, header_row=1, encoding=encoding)
    except Reason as reason:
        raise FileNotRead(sentence_for_file(reason.as_dict())) from reason
    lines = found.pop("rows")
    return found | {"refused": refused.as_dict(), "lines": lines, "sheet": sheet or found["sheets"][0]}


@atomic_with_retry
def _keep(content: IO[bytes], look: dict, *, name: str, by: User, form_key: UUID, target: str) -> Import:
    content.seek(0)
    sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    try:
        claim_form_key(form_key, form="imports.import", digest=seals.digest({"file": sha256, "target": target}), by=by)
    except AlreadySubmitted as first:
        return Import.objects.get(pk=first.result_id)
    try:
        attachment = files.store(content, name=name, by=by)
    except files.FileRefused as refused:
        raise FileNotRead(str(refused)) from refused
    today, its = dates.today(), target_named(target)
    imported = Import.objects.create(
        import_no=take_numbers(its.series, on=today)[0],
        target=target,
        kind=its.kind,
        needs_second_person=its.needs_second_person,
        file=attachment,
        file_sha256=attachment.sha256,
        look=look,
        recorded_by=by,
        recorded_on=today,
    )
    files.attach(attachment, to=imported, by=by, purpose="original")
    settle_form_key(form_key, imported)
    record(by, "import.uploaded", imported, changes={"file_sha256": (None, attachment.sha256)})
    return imported
