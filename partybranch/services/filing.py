"""Filing (归档): from then on nothing of an event changes. What it still lacks is said fact by fact."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Func, JSONField, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates, seals
from hebi_charity.core.sentences import sentence_of
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import save_once
from partybranch.models import Addendum, Attendance, LifeEvent, Minutes
from partybranch.services import sealing
from partybranch.services.broken_rules import BrokenRule
from partybranch.services.events import noticed_event
from partybranch.services.logging import record
from partybranch.services.presiding import off_roll_of

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

FILED, PAST_FILED, ADDED = "party.event_filed", "party.past_event_filed", "party.addendum_added"
# The rule of the database that asks for each fact, in the order of the form.
RULES = {
    "begins_at": "life_event_filed_has_time",
    "place": "life_event_filed_has_place",
    "chair": "life_event_filed_has_chair",
    "recorder": "life_event_filed_has_recorder",
    "outcome": "partybranch_filed_has_outcome",
    "attendance": "partybranch_filed_has_attendance",
    "held_on": "partybranch_filed_after_the_day",
}


class FactsMissing(BrokenRule):
    """An event is filed with time, place, chair, recorder, topic and outcome, and with its attendance."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__(missing)
        self.missing = missing
        self.sentence: Promise | str = " ".join(missing.values())


class NotFiled(BrokenRule):
    """Addenda stand beside what is filed; anything else is changed itself."""

    sentence = _("This is not filed yet: change the record itself.")


def missing_facts(event: LifeEvent) -> dict[str, str]:
    """What filing still asks for: a sentence by the name of the fact. Empty when the event can be filed."""
    newest = Minutes.objects.newest(event)
    lacks = {
        "begins_at": event.begins_at is None,
        "place": not event.place,
        "chair": event.chair_id is None,
        "recorder": event.recorder_id is None,
        "outcome": not (newest and newest.outcome),
        "attendance": event.attendance.filter(status=Attendance.Status.EXPECTED).exists(),
        "held_on": event.held_on > dates.today(),
    }
    off = off_roll_of(event)
    return {fact: sentence_of(off.get(fact, rule)) for fact, rule in RULES.items() if lacks[fact] or fact in off}


@atomic_with_retry
def file_event(event: LifeEvent, *, by: User) -> LifeEvent:
    """Seal an event for good. Raises NotNoticed, AlreadyFiled and FactsMissing."""
    event = seal_event(noticed_event(event), by=by)
    record(by, FILED, event)
    return event


def seal_event(event: LifeEvent, *, by: User) -> LifeEvent:
    """File an event that is locked and whose list is fixed; the caller writes the log. Raises FactsMissing."""
    if missing := missing_facts(event):
        raise FactsMissing(missing)
    # The parts are sealed as filing leaves them: who filed it, and when, is one of the facts.
    event.state, event.filed_by, event.filed_at = LifeEvent.State.FILED, by, timezone.now()
    event.filed_names = names_now(event, by=by)
    event.sealed_parts = sealing.digests_of([event.pk])[event.pk] | sealing.digests_by_filing(event)
    event.seal = sealing.seal_of(event.pk, event.sealed_parts)
    event.save(update_fields=["state", "filed_by", "filed_at", "filed_names", "sealed_parts", "seal"])
    return event


def names_now(event: LifeEvent, *, by: User) -> dict[str, dict[str, str]]:
    """What everybody and everything that the record names is called now, and who files it: see `name_of`.

    The database says it, and lets nobody rename any of them until the transaction ends.
    """
    names = Func(F("pk"), Value(by.pk), function="partybranch_names_of", output_field=JSONField())
    return LifeEvent.objects.filter(pk=event.pk).values_list(names, flat=True).get()


@atomic_with_retry
def add_addendum(event: LifeEvent, *, by: User, text: str, form_key: UUID) -> Addendum:
    """Write beside a filed event what came to light later.

    Raises NotFiled, FormKeyReused, and IntegrityError for an empty text.
    """
    event = LifeEvent.objects.get(pk=event.pk)
    if not event.is_filed():
        raise NotFiled

    def save(row: Addendum) -> None:
        row.save(force_insert=True)
        row.refresh_from_db(fields=["written_as"])
        record(by, ADDED, event, digest=addendum_seal(row))

    addendum = Addendum(event=event, text=text, written_by=by)
    return save_once(addendum, save, form="partybranch.addendum", by=by, form_key=form_key)


def addendum_seal(addendum: Addendum) -> str:
    """A keyed digest of an addendum, which the log keeps. Of those written before names were kept, without the name."""
    names = ["pk", "event_id", "text", "written_by_id", "written_at"]
    if addendum.written_as:
        names.append("written_as")
    return seals.seal({name: getattr(addendum, name) for name in names})
