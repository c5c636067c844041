"""Checks of the books for the branch: what was filed is as it was filed. A record is named by its number alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from hebi_charity.core.registry import Difference
from hebi_charity.core.seals import is_sealed
from partybranch.models import Addendum, LifeEvent
from partybranch.services import sealing
from partybranch.services.filing import addendum_seal

_CHUNK = 500  # events: their lists are some ten thousand rows
_NOT_FILED = """
SELECT DISTINCT l.object_id FROM audit_entry l
LEFT JOIN partybranch_lifeevent e ON e.id = l.object_id AND e.state = 'filed'
WHERE l.object_type = 'partybranch.lifeevent' AND l.act IN ('party.event_filed', 'party.past_event_filed')
    AND e.id IS NULL ORDER BY 1
"""
_LOGGED_ADDENDA = """
SELECT object_id, digest FROM audit_entry
WHERE object_type = 'partybranch.lifeevent' AND act = 'party.addendum_added' ORDER BY object_id, digest
"""


def check_life() -> Iterator[Difference]:
    """Every filed event carries its seal, each of its parts is as it was sealed, and none was taken away."""
    filed, last = LifeEvent.objects.filed().order_by("pk"), 0
    while events := list(filed.filter(pk__gt=last)[:_CHUNK]):
        last = events[-1].pk
        digests = sealing.digests_of([event.pk for event in events])
        for event in events:
            yield from _differences(event, digests[event.pk])
    with connection.cursor() as cursor:
        cursor.execute(_NOT_FILED)
        for (event,) in cursor.fetchall():
            yield _difference(event, _("The log says that organisational life event %(number)d was filed; it is not."))


def _differences(event: LifeEvent, now: dict[str, str]) -> Iterator[Difference]:
    sealed = event.sealed_parts or {}
    facts = {"version": sealing.VERSION, "event": event.pk, "parts": sealed}
    if not is_sealed(facts, event.seal):
        yield _difference(
            event.pk, _("Organisational life event %(number)d was changed after filing: its seal is broken.")
        )
    for name in sorted(sealed.keys() | now.keys()):
        if sealed.get(name) != now.get(name):
            words = _("Organisational life event %(number)d was changed after filing: %(part)s.")
            part = sealing.PARTS.get(name)
            yield _difference(event.pk, words, part=part.label if part else name)


def check_addenda() -> Iterator[Difference]:
    """Every addendum of the log stands beside its event, as it was written, and no other does."""
    with connection.cursor() as cursor:
        cursor.execute(_LOGGED_ADDENDA)
        logged = sorted(cursor.fetchall())
    there = sorted((row.event_id, addendum_seal(row)) for row in Addendum.objects.iterator())
    for event in sorted({event for event, _seal in set(logged) ^ set(there)}):
        yield _difference(
            event, _("The addenda of organisational life event %(number)d are not those that were written.")
        )


def _difference(event: int, words: str, **values: object) -> Difference:
    return Difference("life", str(event), words % {"number": event, **values})
