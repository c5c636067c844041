"""The branch's calendar for telephones (RFC 5545): kind, time and place of what was announced, and what is due next.

Nothing of it names a member: neither topics nor chairs, nor who lectures. A telephone keeps what it was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from hebi_charity.core.dates import SHANGHAI
from hebi_charity.core.export import demonstration_mark
from partybranch.lists.year import DUE, UNRECORDED, Cell, Line, YearGlance, years_of
from partybranch.models import Branch, LifeEvent

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

MAKER = "-//hebi_charity//partybranch//ZH"
HOUSE = "hebi-charity"
REFRESH = "PT12H"


@dataclass(frozen=True)
class CalendarFacts:
    """What a calendar holds: announced events, and what is due. `note` is the mark of who took it out of the house."""

    events: list[LifeEvent]
    glances: list[YearGlance] = field(default_factory=list)
    name_branches: bool = False
    note: str = ""


def facts_of_reader(reader: User, today: date) -> CalendarFacts:
    """Everything the reader may see: from January of last year on, and what is due this year. Five queries."""
    branches = list(Branch.objects.visible_to(reader).on(today))
    glances = years_of(branches, today.year, today=today)
    first, last = date(today.year - 1, 1, 1), date(today.year + 1, 12, 31)
    return CalendarFacts(_announced(reader, first, last), glances, name_branches=len(branches) > 1)


def facts_of_year(branch: Branch, year: int, today: date, *, by: User, note: str) -> CalendarFacts:
    """One branch's year, as a file."""
    events = [event for event in _announced(by, date(year, 1, 1), date(year, 12, 31)) if event.branch_id == branch.pk]
    return CalendarFacts(events, years_of([branch], year, today=today), note=note)


def _announced(reader: User, first: date, last: date) -> list[LifeEvent]:
    rows = LifeEvent.objects.visible_to(reader).announced().in_days(first, last)
    return list(rows.select_related("branch", "body").order_by("held_on", "pk"))


def calendar_of(facts: CalendarFacts) -> bytes:
    """The calendar as a telephone reads it: folded, escaped, times in Asia/Shanghai."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Organisational life"))
    calendar.add("x-wr-timezone", SHANGHAI.key)
    if note := facts.note or demonstration_mark():
        calendar.add("x-wr-caldesc", note)
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    calendar.add_component(Timezone.from_tzinfo(SHANGHAI, last_date=date(2038, 1, 1)))
    for entry in [*(_held(event, facts) for event in facts.events), *_due(facts)]:
        calendar.add_component(entry)
    return calendar.to_ical()


def _entry(uid: str, summary: str, stamp: datetime) -> Event:
    entry = Event()
    entry.add("uid", f"{uid}@{HOUSE}")
    entry.add("dtstamp", stamp)
    entry.add("summary", summary)
    entry.add("class", "PRIVATE")
    return entry


def _named(words: str, branch: str, facts: CalendarFacts) -> str:
    return f"{words}｜{branch}" if facts.name_branches else words


def _held(event: LifeEvent, facts: CalendarFacts) -> Event:
    words = str(event.get_kind_display())
    if event.kind == LifeEvent.Kind.GROUP_MEETING:
        words = f"{words}（{event.name_of(event.body)}）"
    entry = _entry(f"event-{event.pk}", _named(words, event.name_of(event.branch), facts), event.noticed_at)
    if event.begins_at:
        entry.add("dtstart", datetime.combine(event.held_on, event.begins_at, SHANGHAI))
    else:
        _all_day(entry, event.held_on)
    if event.place:
        entry.add("location", event.place)
    entry.add("status", "CANCELLED" if event.is_cancelled() else "CONFIRMED")
    return entry


def _all_day(entry: Event, day: date) -> None:
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))


def _due(facts: CalendarFacts) -> Iterator[Event]:
    """What has to be held yet and has no day: on the last day on which it can be."""
    for glance in facts.glances:
        for line, cell in glance.cells_in(DUE, UNRECORDED):
            if cell.lacking and not cell.planned and cell.days.last >= glance.today:
                yield _due_entry(glance, line, cell, facts)


def _due_entry(glance: YearGlance, line: Line, cell: Cell, facts: CalendarFacts) -> Event:
    body = line.subject.body.pk if line.subject.body else 0
    uid = f"due-{glance.branch.pk}-{line.subject.kind}-{body}-{cell.days.last:%Y%m%d}"
    words = _("Due: %(what)s (%(period)s)") % {"what": line.subject.title, "period": cell.period}
    stamp = datetime(cell.days.first.year, cell.days.first.month, 1, tzinfo=SHANGHAI)
    entry = _entry(uid, _named(words, glance.branch.name, facts), stamp)
    _all_day(entry, cell.days.last)
    entry.add("description", f"{cell.rule.source}{cell.rule.article}")
    entry.add("transp", "TRANSPARENT")
    return entry


def count_of(facts: CalendarFacts) -> int:
    """How many entries leave the house."""
    return len(facts.events) + sum(1 for _entry in _due(facts))
