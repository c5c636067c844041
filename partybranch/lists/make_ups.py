"""What was missed and is still to be made up, and how it was: of one event, and of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from partybranch.models import Attendance, LifeEvent, MakeUp

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from partybranch.forms.make_ups import MakeUpFilterForm

MOST = 200
HELD = (LifeEvent.State.NOTICED, LifeEvent.State.FILED)


@dataclass(frozen=True)
class Missed:
    """One row of a list that somebody missed, with the make-up that closed it."""

    row: Attendance
    make_up: MakeUp | None

    @property
    def is_owed(self) -> bool:
        """Of whom nothing is required nothing is asked afterwards; being taught at home is recorded all the same."""
        return self.make_up is None and self.row.status in Attendance.MISSED


def word_of(event: LifeEvent) -> str:
    """What making up is called: 补课 of a lecture, 补学 of anything else."""
    return _("make up the lecture") if event.kind == LifeEvent.Kind.LECTURE else _("make up what was studied")


def missed_of(event: LifeEvent) -> list[Missed]:
    """Who was on leave, absent, or not required to come, with how it was made up. Two queries."""
    made = Prefetch("make_ups", MakeUp.objects.live().select_related("recorded_by"), to_attr="live_make_ups")
    rows = event.attendance.filter(Q(status__in=Attendance.MISSED) | Q(status=Attendance.Status.EXEMPT))
    rows = rows.select_related("person").prefetch_related(made).order_by("person__sort_key", "pk")
    return [Missed(row, row.live_make_ups[0] if row.live_make_ups else None) for row in rows]


def open_rows(user: User, *, until: date) -> QuerySet[Attendance]:
    """Rows of leave or absence of what was held until this day, not made up yet, newest first."""
    events = LifeEvent.objects.visible_to(user).filter(held_on__lte=until, state__in=HELD)
    closed = MakeUp.objects.live().filter(attendance=OuterRef("pk"))
    rows = Attendance.objects.filter(event__in=events, status__in=Attendance.MISSED).exclude(Exists(closed))
    return rows.select_related("person", "event").order_by("-event__held_on", "-event", "person__sort_key")


def open_of(form: MakeUpFilterForm, *, by: User, today: date) -> list[tuple[LifeEvent, list[Attendance]]]:
    """What is still open of the year and branch the form asks for, event by event; at most `MOST` rows."""
    form.is_valid()
    asked = form.cleaned_data
    year = asked.get("year") or today.year
    rows = open_rows(by, until=today).filter(event__held_on__year=year)
    if asked.get("branch"):
        rows = rows.filter(event__branch=asked["branch"])
    grouped: dict[int, tuple[LifeEvent, list[Attendance]]] = {}
    for row in rows[:MOST]:
        grouped.setdefault(row.event_id, (row.event, []))[1].append(row)
    for event, _rows in grouped.values():
        event.make_up_word = word_of(event)
    return list(grouped.values())
