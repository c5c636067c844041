"""Events of organisational life as lists: narrowed, and the list of one event counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from hebi_charity.core import dates
from partybranch.lists.filed_names import in_order_of_names
from partybranch.lists.finding_life import TO_COMPLETE, TO_FILE, TO_RECORD, found_events, waiting
from partybranch.lists.votes import to_stage
from partybranch.models import Attendance, LifeEvent, Minutes, Vote

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from partybranch.forms import LifeFilterForm

Status = Attendance.Status
# Field of the filter form -> what it asks of an event, where the names differ.
_ASKED = {"first": "held_on__gte", "last": "held_on__lte", "year": "held_on__year"}
# What a record waits for is no state of its own: it is asked of the events whose notice was given.
WAITING = (TO_RECORD, TO_COMPLETE, TO_FILE)
TO_STAGE = "to_stage"


def narrowed_events(form: LifeFilterForm, *, by: User) -> QuerySet[LifeEvent]:
    """The events the filter form asks for; none while a field does not hold."""
    rows = waiting(LifeEvent.objects.visible_to(by).select_related("branch", "body"), dates.today())
    if not form.is_valid():
        return rows.none()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    words, state = asked.pop("q", ""), asked.get("state")
    if state in WAITING:
        rows = rows.filter(waits=asked.pop("state"))
    elif state == TO_STAGE:
        del asked["state"]
        rows = rows.filter(pk__in=to_stage(Vote.objects.visible_to(by)).values("event"))
    rows = rows.filter(**{_ASKED.get(name, name): value for name, value in asked.items()})
    return found_events(rows, words)


def with_outcomes(rows: QuerySet[LifeEvent]) -> QuerySet[LifeEvent]:
    """Each with the outcome that its newest minutes give, the newest event first: for the list as a file."""
    newest = Minutes.objects.filter(event=OuterRef("pk")).order_by("-version").values("outcome")[:1]
    return rows.annotate(outcome_now=Subquery(newest)).order_by("-held_on", "-pk")


def list_of(event: LifeEvent) -> list[Attendance]:
    """The frozen list in the order of pinyin. One query."""
    rows = event.attendance.select_related("person").order_by("person__sort_key", "pk")
    return in_order_of_names(event, rows)


def attendance_totals(event: LifeEvent, rows: list[Attendance]) -> list[tuple[str, str]]:
    """应到, 实到 and the rest of one event and its list."""
    counts = Counter(row.status for row in rows)
    shown = [(_("expected"), event.expected), (_("came"), event.came)]
    for status in (Status.LEAVE, Status.ABSENT, Status.EXEMPT, Status.EXPECTED):
        if counts[status]:
            shown.append((str(status.label), counts[status]))
    voters = [row for row in rows if row.has_vote]
    shown.append((_("with a vote"), len(voters)))
    return [(label, f"{number:,}") for label, number in shown]
