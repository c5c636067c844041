"""Checks of the books for dossiers: what was frozen is as it was frozen. An honour is named by its number alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import Difference
from partybranch.models import Honour, HonourDossier

_CHUNK = 500  # dossiers, with their evidence


def check_dossiers() -> Iterator[Difference]:
    """Every dossier has the evidence and the digests of its freezing, which the log knows too; none was taken away."""
    entries = Entry.objects.filter(act="party.dossier_frozen", object_type=Honour._meta.label_lower)
    logged = set(entries.values_list("object_id", "digest"))
    rows, last = HonourDossier.objects.prefetch_related("items").order_by("pk"), 0
    while dossiers := list(rows.filter(pk__gt=last)[:_CHUNK]):
        last = dossiers[-1].pk
        for dossier in dossiers:
            frozen = (dossier.honour_id, dossier.digest)
            if not dossier.is_whole() or frozen not in logged:
                yield _difference(dossier.honour_id, _("The dossier of honour %(number)d is not as it was frozen."))
            logged.discard(frozen)
    for honour, _digest in sorted(logged):
        yield _difference(honour, _("The log says that a dossier of honour %(number)d was frozen; it is not there."))


def _difference(honour: int, words: str) -> Difference:
    return Difference("honours", str(honour), words % {"number": honour})
