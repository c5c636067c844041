"""签到表: the frozen list of one meeting with room to sign, and the code that finds the meeting again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hebi_charity.reports.papers import PaperRefused
from partybranch.lists.life import list_of
from partybranch.models import Attendance
from partybranch.services.sheet_codes import code_of, qr_text, shown

if TYPE_CHECKING:
    from hebi_charity.core.registry import PaperSubject
    from partybranch.models import LifeEvent

GUESTS = 3  # empty lines at the end, for observers and guests


@dataclass(frozen=True)
class SheetLine:
    number: int
    name: str
    remark: str


@dataclass(frozen=True)
class SheetFacts:
    """One sheet: `expected` are people of 应到; who is 不作硬性要求 stands on the list beside them."""

    branch: str
    body: str
    kind: str
    topic: str
    held_on: date
    begins_at: str
    place: str
    chair: str
    lines: tuple[SheetLine, ...]
    guests: tuple[int, ...]
    expected: int
    code: str
    qr: str


def facts(subject: PaperSubject) -> SheetFacts:
    """Raises PaperRefused before the notice, which makes the list."""
    event: LifeEvent = subject.row
    # Observers sign in the empty lines.
    rows = list_of(event)
    if not rows:
        raise PaperRefused(_("The list of names is made by the notice. Please give the notice first, then print."))
    return SheetFacts(
        branch=event.name_of(event.branch),
        body=event.name_of(event.body),
        kind=event.get_kind_display(),
        topic=event.topic,
        held_on=event.held_on,
        begins_at=f"{event.begins_at:%H:%M}" if event.begins_at else "",
        place=event.place,
        chair=event.name_of(event.chair),
        lines=tuple(
            SheetLine(number, event.name_of(row.person), str(Attendance.Status.EXEMPT.label) if row.is_exempt else "")
            for number, row in enumerate(rows, start=1)
        ),
        guests=tuple(range(len(rows) + 1, len(rows) + GUESTS + 1)),
        expected=event.expected,
        code=shown(code_of(event)),
        qr=qr_text(event),
    )


def label(subject: PaperSubject) -> str:
    """2024-03-20 主题党日."""
    return f"{subject.row.held_on} {subject.row.topic}"
