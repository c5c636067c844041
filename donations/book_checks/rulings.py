"""Rules of kinds of receipts, which figures rest on: each is as it was recorded, or shipped."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from donations import shipped
from donations.book_checks.asking import rows
from donations.models import IncomeKindRule
from hebi_charity.audit.books import differing
from hebi_charity.core.registry import Difference

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


def check_rulings() -> Iterator[Difference]:
    """Every rule is what its act recorded; those without a person are what the code ships, all of them."""
    for record, is_gone in rows(_RULES):
        yield _of_rule(record, is_gone=is_gone)
    fields = ("kind_id", "valid_from", *shipped.FLAGS, "legal_basis")
    rules = IncomeKindRule.objects.filter(recorded_by__isnull=True).values_list(*fields)
    for record, is_gone in differing(rules, shipped.first_rules()):
        yield _of_rule(record, is_gone=is_gone)


def _of_rule(record: str, *, is_gone: bool) -> Difference:
    if is_gone:
        sentence = _("The rule of a kind of receipt %(record)s was recorded, but it is not there as it was recorded.")
    else:
        sentence = _("The rule of a kind of receipt %(record)s is not what was recorded: it was changed or put there.")
    return Difference("rules", record, sentence % {"record": record})
