"""What papers say of organisational life: one event as its record, and many with as few questions as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hebi_charity.reports.papers import Picture
from hebi_charity.reports.papers.pictures import HALF
from partybranch.lists.filed_names import in_order_of_names
from partybranch.models import Addendum, Attendance, LifeEvent, LifePicture, MakeUp, Minutes, Observer, Vote
from partybranch.papers.votes import VoteLine, line_of

Status = Attendance.Status


@dataclass(frozen=True)
class Away:
    """Who was expected and did not come, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class MadeUp:
    """Who took up afterwards what was missed (补学, 补课), on which day, and how."""

    name: str
    on: date
    how: str


@dataclass(frozen=True)
class Added:
    """An addendum (补充说明) with who wrote it and when."""

    text: str
    by: str
    at: str


@dataclass(frozen=True)
class RecordFacts:
    """One event: what the usual form of a record asks for, its pictures, and the seal it was filed under."""

    branch: str
    kind: str
    body: str
    topic: str
    agenda: str
    held_on: date
    begins_at: str
    place: str
    chair: str
    recorder: str
    lecturer: str
    expected: int
    came: int
    missed: int
    on_leave: int
    absent: int
    present: tuple[str, ...]
    online: tuple[str, ...]
    away: tuple[Away, ...]
    exempt: tuple[str, ...]
    made_up: tuple[MadeUp, ...]
    observers: tuple[str, ...]
    text: str
    outcome: str
    votes: tuple[VoteLine, ...]
    pages: tuple[Picture, ...]
    photographs: tuple[Picture, ...]
    sheets: tuple[Picture, ...]
    addenda: tuple[Added, ...]
    is_recorded: bool  # else it is not said that it was held: its record is still to be made up (待补记录)
    is_back_entry: bool
    filed_by: str
    filed_on: date | None
    seal: str

    @property
    def open(self) -> int:
        """Of whom nobody has said yet whether they came."""
        return self.expected - self.came - self.on_leave - self.absent


def read(events: QuerySet[LifeEvent]) -> list[RecordFacts]:
    """The records of these events in their order. Nine queries, however many."""
    newest = Minutes.objects.order_by("event_id", "-version").distinct("event_id")
    parts = (
        Prefetch("attendance", Attendance.objects.select_related("person").order_by("person__sort_key", "pk")),
        Prefetch("attendance__make_ups", MakeUp.objects.live(), to_attr="live_make_ups"),
        Prefetch("minutes", newest, to_attr="newest_minutes"),
        Prefetch("votes", Vote.objects.live().told().in_order()),
        Prefetch("pictures", LifePicture.objects.shown(), to_attr="shown_pictures"),
        Prefetch("observers", Observer.objects.named(), to_attr="named_observers"),
        Prefetch("addenda", Addendum.objects.select_related("written_by").order_by("pk")),
    )
    related = ("branch", "body", "chair", "recorder", "filed_by")
    return [record_of(event) for event in events.select_related(*related).prefetch_related(*parts)]


def record_of(event: LifeEvent) -> RecordFacts:
    """The facts of an event that `read` has fetched with its parts."""
    rows, named = in_order_of_names(event, event.attendance.all()), event.name_of
    minutes = event.newest_minutes[0] if event.newest_minutes else None
    return RecordFacts(
        branch=named(event.branch),
        kind=event.get_kind_display(),
        body=named(event.body),
        topic=event.topic,
        agenda=event.agenda,
        held_on=event.held_on,
        begins_at=f"{event.begins_at:%H:%M}" if event.begins_at else "",
        place=event.place,
        chair=named(event.chair),
        recorder=named(event.recorder),
        lecturer=f"{event.lecturer}（{event.get_lecturer_kind_display()}）" if event.lecturer else "",
        expected=event.expected,
        came=event.came,
        missed=event.missed,
        on_leave=sum(row.status == Status.LEAVE for row in rows),
        absent=sum(row.status == Status.ABSENT for row in rows),
        present=_names(event, rows, Status.PRESENT),
        online=_names(event, rows, Status.ONLINE),
        away=tuple(Away(named(row.person), _why(row)) for row in rows if row.status in _away(event)),
        exempt=_names(event, rows, Status.EXEMPT),
        made_up=tuple(_made_up(named(row.person), one) for row in rows for one in row.live_make_ups),
        observers=tuple(one.name() for one in event.named_observers),
        text=minutes.text if minutes else "",
        outcome=minutes.outcome if minutes else "",
        votes=tuple(line_of(vote, event) for vote in event.votes.all()),
        pages=_pictures(event, LifePicture.Kind.PAGE),
        photographs=_pictures(event, LifePicture.Kind.PHOTOGRAPH, side=HALF),
        sheets=_pictures(event, LifePicture.Kind.SHEET),
        addenda=tuple(_added(one) for one in event.addenda.all()),
        is_recorded=event.is_recorded(),
        is_back_entry=event.is_back_entry,
        filed_by=named(event.filed_by),
        filed_on=timezone.localdate(event.filed_at) if event.filed_at else None,
        seal=event.seal,
    )


def _away(event: LifeEvent) -> tuple[str, ...]:
    """Of an event without a record nobody is said to have been away, but who was on leave."""
    return (*Attendance.MISSED, Status.EXPECTED) if event.is_recorded() else Attendance.MISSED


def _names(event: LifeEvent, rows: Iterable[Attendance], status: str) -> tuple[str, ...]:
    return tuple(event.name_of(row.person) for row in rows if row.status == status)


def _why(row: Attendance) -> str:
    """请假：住院, 缺席, or that nobody has said yet."""
    if row.leave_reason:
        return _("%(status)s: %(reason)s") % {"status": row.get_status_display(), "reason": row.leave_reason}
    return str(row.get_status_display())


def _made_up(name: str, make_up: MakeUp) -> MadeUp:
    """How it was made up, as the page of the event says it: 送学上门，学习材料（孙德厚）."""
    taught = f"（{make_up.helper}）" if make_up.helper else ""
    return MadeUp(name, make_up.done_on, f"{make_up.get_way_display()}，{make_up.what}{taught}")


def _pictures(event: LifeEvent, kind: str, **changes: int) -> tuple[Picture, ...]:
    """The pictures of an event, the same one once only."""
    shown = {one.attachment.sha256: one.caption for one in reversed(event.shown_pictures) if one.kind == kind}
    return tuple(Picture(sha256, caption, **changes) for sha256, caption in reversed(shown.items()))


def _added(addendum: Addendum) -> Added:
    at = timezone.localtime(addendum.written_at)
    return Added(addendum.text, addendum.author(), f"{at:%Y-%m-%d %H:%M}")
