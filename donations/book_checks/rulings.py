"""Rules of kinds of receipts and dated settings, which figures rest on: each is as it was recorded, or shipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from donations import shipped
from donations.book_checks.asking import rows
from donations.models import IncomeKindRule
from hebi_charity.core.registry import Difference
from hebi_charity.office.models import DatedSetting

_RULES = """
SELECT coalesce(r.kind_id || ' ' || r.valid_from, e.object_label), r.id IS NULL
FROM (SELECT * FROM donations_incomekindrule WHERE recorded_by_id IS NOT NULL) r FULL JOIN (
    SELECT * FROM audit_entry WHERE act = 'income_kind.ruled'
) e ON e.object_id = r.id
WHERE e.id IS NULL OR r.id IS NULL OR e.actor_id IS DISTINCT FROM r.recorded_by_id OR e.reason <> r.legal_basis
    OR e.object_label <> r.kind_id || ' ' || r.valid_from
    OR (e.changes -> 'valid_from' ->> 1)::date IS DISTINCT FROM r.valid_from
    OR (e.changes -> 'is_donation_income' ->> 1)::boolean IS DISTINCT FROM r.is_donation_income
    OR (e.changes -> 'counts_person_times' ->> 1)::boolean IS DISTINCT FROM r.counts_person_times
    OR (e.changes -> 'may_be_receipted' ->> 1)::boolean IS DISTINCT FROM r.may_be_receipted
    OR (e.changes -> 'may_be_published' ->> 1)::boolean IS DISTINCT FROM r.may_be_published
ORDER BY 1
"""
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


def check_rulings() -> Iterator[Difference]:
    """Every rule and setting is what its act recorded; those without a person are what the code ships, all of them."""
    for record, is_gone in rows(_RULES):
        yield _of_rule(record, is_gone=is_gone)
    for record, is_gone in rows(_SETTINGS):
        yield _of_setting(record, is_gone=is_gone)
    fields = ("kind_id", "valid_from", *shipped.FLAGS, "legal_basis")
    rules = IncomeKindRule.objects.filter(recorded_by__isnull=True).values_list(*fields)
    for record, is_gone in _differing(rules, shipped.first_rules()):
        yield _of_rule(record, is_gone=is_gone)
    settings = DatedSetting.objects.filter(recorded_by__isnull=True)
    held = settings.values_list("key", "valid_from", "value", "legal_basis")
    for record, is_gone in _differing(held, shipped.FIRST_SETTINGS):
        yield _of_setting(record, is_gone=is_gone)


def _differing(held: Iterable[tuple], shipped_rows: Iterable[tuple]) -> Iterator[tuple[str, bool]]:
    """What is only here or only there, by key and first day, and whether it is gone."""
    there, wanted = (Counter(map(repr, rows)) for rows in (held, shipped_rows))
    names = {repr(row): f"{row[0]} {row[1]}" for row in (*held, *shipped_rows)}
    for row in sorted(there - wanted):
        yield names[row], False
    for row in sorted(wanted - there):
        yield names[row], True


def _of_rule(record: str, *, is_gone: bool) -> Difference:
    if is_gone:
        sentence = _("The rule of a kind of receipt %(record)s was recorded, but it is not there as it was recorded.")
    else:
        sentence = _("The rule of a kind of receipt %(record)s is not what was recorded: it was changed or put there.")
    return Difference("rules", record, sentence % {"record": record})


def _of_setting(record: str, *, is_gone: bool) -> Difference:
    if is_gone:
        sentence = _("The dated setting %(record)s was recorded, but it is not there as it was recorded.")
    else:
        sentence = _("The dated setting %(record)s is not what was recorded: it was changed or put there.")
    return Difference("rules", record, sentence % {"record": record})
