"""What was missed and is still to be made up, and how it was: of one event, and of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from partybranch.lists.filed_names import in_order_of_names
from partybranch.models import Attendance, LifeEvent, MakeUp

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from partybranch.forms.make_ups import MakeUpFilterForm

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
    found = in_order_of_names(event, rows)
    return [Missed(row, row.live_make_ups[0] if row.live_make_ups else None) for row in found]


def open_events(user: User, *, until: date) -> QuerySet[LifeEvent]:
    """What was held until this day and somebody on leave or absent has not made up yet.

    Each event has `open_rows`, its rows that are still open, in the order of pinyin. Two queries.
    """
    closed = MakeUp.objects.live().filter(attendance=OuterRef("pk"))
    missed = Attendance.objects.filter(~Exists(closed), status__in=Attendance.MISSED)
    rows = missed.select_related("person").order_by("person__sort_key", "pk")
    events = LifeEvent.objects.visible_to(user).filter(held_on__lte=until, state__in=HELD)
    events = events.filter(Exists(missed.filter(event=OuterRef("pk"))))
    return events.prefetch_related(Prefetch("attendance", rows, to_attr="open_rows"))


def narrowed_open_events(form: MakeUpFilterForm, *, by: User, today: date) -> QuerySet[LifeEvent]:
    """Those of the year and branch the form asks for; of this year where it asks for none."""
    form.is_valid()
    asked = form.cleaned_data
    events = open_events(by, until=today).filter(held_on__year=asked.get("year") or today.year)
    return events.filter(branch=asked["branch"]) if asked.get("branch") else events
