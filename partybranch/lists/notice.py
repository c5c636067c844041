"""The notice of a meeting as words for the branch's group: what everybody may read there, and nothing about anybody."""

from __future__ import annotations

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from hebi_charity.core import dates
from hebi_charity.core.dates import format_day_in_full
from partybranch.models import Body, LifeEvent


def notice_of(event: LifeEvent, *, replaces: LifeEvent | None = None) -> str:
    """The words to be copied, line by line; "" where nobody is called any more: called off, filed, or its day is over.

    `replaces` is the meeting whose notice it takes the place of: whoever has both must know which one holds.
    It names nobody of the list. The lecturer stands in it as a poster would say it. No query where branch and body
    are at hand.
    """
    if event.is_filed() or event.is_cancelled() or event.held_on < dates.today():
        return ""
    place = _("Link") if "://" in event.place else _("Place")
    lines = [
        _("Notice: %(kind)s") % {"kind": event.get_kind_display()},
        _replacing(replaces),
        _line(_("Topic"), event.topic),
        _line(_("Time"), _time_of(event)),
        _line(place, event.place or _("is told later")),
        _line(_("Agenda"), _agenda_of(event)),
        _line(_("Lecturer"), event.lecturer),
        _line(_("Expected"), expected_words(event)),
        _("Please be on time. Who cannot come asks for leave beforehand and says why. Please answer this notice."),
        event.branch.name,
        format_day_in_full(dates.day_of(event.noticed_at) if event.noticed_at else dates.today()),
    ]
    return "\n".join(filter(None, lines))


def _replacing(before: LifeEvent | None) -> str:
    if before is None or before.noticed_at is None:
        return ""
    day = format_day_in_full(dates.day_of(before.noticed_at))
    return _("This notice replaces the one of %(day)s; please go by this one.") % {"day": day}


def expected_words(event: LifeEvent) -> str:
    """Who is called, as `services.events.expected_rows` reads the roll: by groups, never by names."""
    if event.body is None:
        return _("all members, applicants, activists and staff who study") if event.with_others else _("all members")
    if event.body.kind == Body.Kind.GROUP:
        return _("all members of “%(group)s”") % {"group": event.body.name}
    return _("all members of the branch committee")


def _line(label: str, words: str) -> str:
    return _("%(label)s: %(words)s") % {"label": label, "words": words} if words else ""


def _time_of(event: LifeEvent) -> str:
    day = f"{format_day_in_full(event.held_on)}（{WEEKDAYS[event.held_on.weekday()]}）"
    return f"{day}{event.begins_at:%H:%M}" if event.begins_at else day + _(", the hour is told later")


def _agenda_of(event: LifeEvent) -> str:
    """A list of several points begins in a line of its own."""
    points = [line.strip() for line in event.agenda.splitlines() if line.strip()]
    return "\n".join(["", *points]) if len(points) > 1 else "".join(points)
