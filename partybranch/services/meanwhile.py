"""Two who change the same record: each writes only own changes, and a field both changed is told."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from partybranch.services.broken_rules import BrokenRule


class ChangedMeanwhile(BrokenRule):
    """A colleague saved the same fields after the page was opened; `now` is what stands in them."""

    sentence = _("A colleague changed this while you were writing. Nothing of yours is saved yet: see below.")

    def __init__(self, now: Mapping[str, object]) -> None:
        super().__init__(now)
        self.now = now


def refuse_changed_meanwhile(row: Model, fields: Mapping[str, object], shown: Mapping[str, object] | None) -> None:
    """Of a locked row, raise ChangedMeanwhile with the fields that are neither as shown nor as wanted."""
    if shown is None:
        return
    now = {name: getattr(row, name) for name in fields if name in shown}
    changed = [name for name, value in now.items() if not is_same(value, shown[name])]
    told = {name: now[name] for name in changed if not is_same(now[name], fields[name])}
    if told:
        raise ChangedMeanwhile(told)


def is_same(one: object, other: object) -> bool:
    """Whether both say the same: a line ends alike however a browser sends it."""
    return _plain(one) == _plain(other)


def _plain(value: object) -> object:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
