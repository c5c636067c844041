"""Checks of the books for the dated rules of the branch: each is as the last act on it left it, or as it was shipped.

Votes, hours and the year at a glance rest on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import Model
from django.utils.translation import gettext as _

from hebi_charity.audit.books import differing
from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import Difference
from partybranch import shipped, shipped_requirements, shipped_votes
from partybranch.models import HourRule, HourTarget, Requirement, VoteRule
from partybranch.services.rule_seals import rule_seal

# Each table with the columns of its rows that came with the code.
RULES: tuple[tuple[type[Model], Callable[[], list[dict[str, object]]]], ...] = (
    (Requirement, shipped_requirements.requirements),
    (VoteRule, shipped_votes.vote_rules),
    (HourRule, shipped.hour_rules),
    (HourTarget, shipped.hour_targets),
)


def check_rules() -> Iterator[Difference]:
    """Every rule is what its last act left; those without a person are what the code ships, all of them."""
    for model, first_rows in RULES:
        yield from _acted_on(model)
        columns = first_rows()
        held = model._default_manager.filter(recorded_by__isnull=True).values_list(*columns[0])
        for record, is_gone in differing(held, [tuple(row.values()) for row in columns]):
            yield _difference(model, record, is_gone=is_gone)


def _acted_on(model: type[Model]) -> Iterator[Difference]:
    """Rows that an act recorded, ended or withdrew, against the digest of the last one."""
    entries = Entry.objects.filter(object_type=model._meta.label_lower, act__startswith="party.").order_by("pk")
    logged = dict(entries.values_list("object_id", "digest"))
    for row in model._default_manager.order_by("pk"):
        left = logged.pop(row.pk, None)
        if left != rule_seal(row) if left is not None else _needs_act(row):
            yield _difference(model, str(row.pk), is_gone=False)
    for number in sorted(logged):
        yield _difference(model, str(number), is_gone=True)


def _needs_act(row: Model) -> bool:
    """Whether somebody must have recorded it: shipped rows have no person, and are neither ended nor withdrawn."""
    return any(getattr(row, name, None) for name in ("recorded_by_id", "ends_on", "withdrawn_at"))


def _difference(model: type[Model], record: str, *, is_gone: bool) -> Difference:
    record = f"{model._meta.verbose_name} {record}"
    if is_gone:
        sentence = _("Of the rules of the branch, %(record)s was recorded, but it is not there as it was recorded.")
    else:
        sentence = _("Of the rules of the branch, %(record)s is not what was recorded: it was changed or put there.")
    return Difference("rules", record, sentence % {"record": record})
