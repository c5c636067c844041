"""Checks of the books for files: to which record each belongs, and whether its bytes are those that were given.

The second reads every stored file: long where there are many, so that it is asked for by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from hebi_charity.core.paging import in_chunks
from hebi_charity.core.registry import Difference
from hebi_charity.core.seals import is_sealed


def check_files() -> Iterator[Difference]:
    """Every stored file has the bytes that were given."""
    from hebi_charity.files.models import Attachment
    from hebi_charity.files.proof import is_as_given

    for attachment in in_chunks(Attachment.objects.all()):
        if not is_as_given(attachment):
            sentence = _("The stored file %(number)s (%(file)s) is missing, or has other bytes than were given.")
            values = {"number": attachment.pk, "file": attachment.audit_label()}
            yield Difference("files", str(attachment.pk), sentence % values)


# Papers that the log says were attached, against those that are: by record, how many are missing.
_PAPERS_GONE = """
SELECT l.object_type, l.object_id FROM (
    SELECT object_type, object_id, count(*) AS added FROM audit_entry WHERE act = 'file.paper_added'
        AND object_id IS NOT NULL GROUP BY 1, 2
) l LEFT JOIN (SELECT owner_type, owner_id, count(*) AS kept FROM files_use GROUP BY 1, 2) u
    ON u.owner_type = l.object_type AND u.owner_id = l.object_id
WHERE coalesce(u.kept, 0) < l.added ORDER BY 1, 2
"""


def check_uses() -> Iterator[Difference]:
    """Every use of a file carries its seal, and no record has lost a paper that the log knows."""
    from hebi_charity.files.models import Use

    for use in in_chunks(Use.objects.select_related("attachment")):
        if not is_sealed(use.sealed_values(), use.seal):
            sentence = _("Use %(number)d of a file (%(file)s) is not as it was recorded: it was changed or put there.")
            values = {"number": use.pk, "file": use.attachment.audit_label()}
            yield Difference("files", str(use.pk), sentence % values)
    with connection.cursor() as cursor:
        cursor.execute(_PAPERS_GONE)
        for owner_type, owner in cursor.fetchall():
            sentence = _("%(record)s has fewer files than the log says were attached to it.")
            record = f"{_name_of(owner_type)} {owner}"
            yield Difference("files", record, sentence % {"record": record})


def _name_of(owner_type: str) -> str:
    try:
        return str(apps.get_model(owner_type)._meta.verbose_name)
    except LookupError:
        return owner_type
