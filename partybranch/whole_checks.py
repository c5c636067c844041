"""Checks of the books for binding rows of the branch: all that belongs together is as the last act on it left it.

A chunk of wholes at a time, with a query for each part and each kind of entry: long books take longer, no more memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _

from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import Difference
from partybranch.services.whole_seals import WHOLES, Parts, Whole

_CHUNK = 500  # wholes, with all their rows


def check_wholes() -> Iterator[Difference]:
    """Every whole has the digest of its last entry; what no entry tells of has no rows; and none was taken away."""
    for whole in WHOLES:
        rows = whole.model._base_manager.filter(**{f"{name}__isnull": True for name in whole.conditions})
        rows, last = rows.order_by("pk").values_list("pk", flat=True), 0
        while keys := list(rows.filter(pk__gt=last)[:_CHUNK]):
            last = keys[-1]
            yield from _differences(whole, keys)
        yield from _gone(whole)


def _differences(whole: Whole, keys: list[int]) -> Iterator[Difference]:
    states = whole.states(keys)
    logged = _logged(whole, keys)
    for key in keys:
        if not _is_right(whole, key, states[key], logged.get(key)):
            words = _(
                "%(record)s: its %(what)s are not as the last act left them: they were changed, put there or taken."
            )
            yield _difference(whole, key, words)


def _is_right(whole: Whole, key: int, parts: Parts, digest: str | None) -> bool:
    return not _needs_act(whole, parts) if digest is None else whole.seal(key, parts) == digest


def _needs_act(whole: Whole, parts: Parts) -> bool:
    """Whether somebody must have written of it: an occasion begins without records, with its meeting or exam."""
    own = whole.model._meta.label_lower if len(whole.parts) > 1 else ""
    return any(rows for model, rows in parts.items() if model != own)


def _logged(whole: Whole, keys: list[int]) -> dict[int, str]:
    """The digest that the last entry about each of these bears."""
    found = [(number, key, digest) for key, number, digest in _entries(whole, whole.model, keys)]
    for model, path in whole.told_by:
        of_whole = dict(model._base_manager.filter(**{f"{path}__in": keys}).values_list("pk", f"{path}_id"))
        found += [(number, of_whole[row], digest) for row, number, digest in _entries(whole, model, of_whole)]
    return {key: digest for _number, key, digest in sorted(found)}


def _entries(whole: Whole, model: type[Model], keys: Iterable[int]) -> Iterable[tuple[int, int, str]]:
    entries = _bearing(whole, model).filter(object_id__in=list(keys))
    return entries.values_list("object_id", "pk", "digest")


def _bearing(whole: Whole, model: type[Model]) -> QuerySet[Entry]:
    entries = Entry.objects.filter(object_type=model._meta.label_lower, side=Entry.Side.PARTY).exclude(digest="")
    return entries.filter(act__in=whole.acts) if whole.acts else entries


def _gone(whole: Whole) -> Iterator[Difference]:
    there = whole.model._base_manager.filter(pk=OuterRef("object_id"))
    entries = _bearing(whole, whole.model).filter(~Exists(there)).order_by("object_id")
    for key in entries.values_list("object_id", flat=True).distinct():
        yield _difference(whole, key, _("The log tells of %(record)s, but it is not there any more."))


def _difference(whole: Whole, key: int, words: str) -> Difference:
    record = f"{whole.model._meta.verbose_name} {key}"
    return Difference("records", record, words % {"record": record, "what": whole.what})
