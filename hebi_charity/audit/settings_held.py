"""Dated settings, which figures and warnings rest on: each is as it was recorded, or as it came with the code."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from hebi_charity.audit.books import differing
from hebi_charity.core.registry import Difference
from hebi_charity.core.shipped import first_settings
from hebi_charity.office.models import DatedSetting

# The first entries said nothing of the legal basis.
_SETTINGS = """
SELECT coalesce(s.key || ' ' || s.valid_from, e.object_label), s.id IS NULL
FROM (SELECT * FROM office_datedsetting WHERE recorded_by_id IS NOT NULL) s FULL JOIN (
    SELECT * FROM audit_entry WHERE act = 'setting.recorded'
) e ON e.object_id = s.id
WHERE e.id IS NULL OR s.id IS NULL OR e.actor_id IS DISTINCT FROM s.recorded_by_id
    OR (e.reason <> '' AND e.reason <> s.legal_basis) OR e.object_label <> s.key
    OR (e.changes -> 'valid_from' ->> 1)::date IS DISTINCT FROM s.valid_from
    OR (e.changes -> 'value' -> 1) IS DISTINCT FROM s.value
ORDER BY 1
"""


def check_settings() -> Iterator[Difference]:
    """Every setting is what its act recorded; those without a person are what the apps ship, all of them."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTINGS)
        recorded = cursor.fetchall()
    for record, is_gone in recorded:
        yield _of_setting(record, is_gone=is_gone)
    held = DatedSetting.objects.filter(recorded_by__isnull=True)
    held = held.values_list("key", "valid_from", "value", "legal_basis")
    shipped = [(key, one.valid_from, one.value, one.legal_basis) for key, one in first_settings.items()]
    for record, is_gone in differing(held, shipped):
        yield _of_setting(record, is_gone=is_gone)


def _of_setting(record: str, *, is_gone: bool) -> Difference:
    if is_gone:
        sentence = _("The dated setting %(record)s was recorded, but it is not there as it was recorded.")
    else:
        sentence = _("The dated setting %(record)s is not what was recorded: it was changed or put there.")
    return Difference("rules", record, sentence % {"record": record})
