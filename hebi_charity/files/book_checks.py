"""A check of the books that reads every stored file: long where there are many, so that it is asked for by itself."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hebi_charity.core.paging import in_chunks
from hebi_charity.core.registry import Difference


def check_files() -> Iterator[Difference]:
    """Every stored file has the bytes that were given."""
    from hebi_charity.files.models import Attachment
    from hebi_charity.files.proof import is_as_given

    for attachment in in_chunks(Attachment.objects.all()):
        if not is_as_given(attachment):
            sentence = _("The stored file %(number)s (%(file)s) is missing, or has other bytes than were given.")
            values = {"number": attachment.pk, "file": attachment.audit_label()}
            yield Difference("files", str(attachment.pk), sentence % values)
