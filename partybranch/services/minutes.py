"""The minutes of an event and the facts beside them. Each saving is a version of its own, so nothing is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hebi_charity.core.transactions import atomic_with_retry
from partybranch.models import LifeEvent, Minutes
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.events import change_event, noticed_event
from partybranch.services.logging import record

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

FACTS = ("topic", "begins_at", "place", "chair", "recorder")


class MinutesChanged(BrokenRule):
    """Somebody saved the minutes after this page was opened: both texts must be seen before one of them counts."""

    sentence = _("Somebody else saved these minutes while you were writing. Nothing of yours is lost: see below.")

    def __init__(self, newest: Minutes) -> None:
        super().__init__(newest)
        self.newest = newest


@atomic_with_retry
def write_minutes(
    event: LifeEvent,
    *,
    by: User,
    version: int,
    facts: Mapping[str, object],
    outcome: str,
    text: str,
    shown: Mapping[str, object] | None = None,
) -> Minutes:
    """Keep the next version of the minutes, with the facts; `version` is the one that was seen, 0 for none.

    `shown` is what the page showed of the facts. Gives the version that counts now: the one that was seen, where
    nothing differs. Raises NotNoticed, AlreadyFiled, MinutesChanged when another version was saved meanwhile,
    ChangedMeanwhile for the facts, and IntegrityError.
    """
    event = noticed_event(event)
    newest = Minutes.objects.newest(event)
    if newest and newest.version != version:
        raise MinutesChanged(newest)
    before = (newest.outcome, newest.text) if newest else ("", "")
    changed = {name: value for name, value in facts.items() if getattr(event, name) != value}
    if newest and not changed and before == (outcome, text):
        return newest
    change_event(event, by=by, shown=shown, **changed)
    row = Minutes.objects.create(event=event, version=version + 1, outcome=outcome, text=text, written_by=by)
    record(by, "party.minutes_written", event, changes={"minutes_version": (version or None, row.version)})
    return row
