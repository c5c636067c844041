"""How far the record of an event is, and in what two versions of its minutes differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partybranch.models import Addendum, Attendance, LifeEvent, LifePicture, Minutes

if TYPE_CHECKING:
    from partybranch.forms.record import RecordForm


@dataclass(frozen=True)
class Step:
    """One step to the filed record: what it is called, what is known or missing, and where it is done."""

    title: str
    says: str
    url: str
    is_done: bool


def steps_of(
    event: LifeEvent, missing: dict[str, str], rows: list[Attendance], pictures: list[LifePicture]
) -> list[Step]:
    """Attendance, minutes and pictures of a noticed event, in this order."""
    waiting = sum(row.status == Attendance.Status.EXPECTED for row in rows)
    lacking = [words for fact, words in missing.items() if fact not in {"attendance", "held_on"}]
    attended = _("%(count)d people came.") % {"count": event.came}
    open_words = ngettext("%(count)d person is still open.", "%(count)d people are still open.", waiting)
    shown = ngettext("%(count)d picture.", "%(count)d pictures.", len(pictures)) % {"count": len(pictures)}
    none = _("None yet: the sign-in sheet, pages of the notebook, photographs.")
    return [
        Step(
            _("Attendance"),
            open_words % {"count": waiting} if waiting else attended,
            reverse("partybranch:life_attendance", args=[event.pk]),
            not waiting,
        ),
        Step(
            _("Minutes"),
            " ".join(lacking) or _("Complete."),
            reverse("partybranch:life_record", args=[event.pk]),
            not lacking,
        ),
        Step(_("Pictures"), shown if pictures else none, "#pictures", bool(pictures)),
    ]


@dataclass(frozen=True)
class Difference:
    """A field that somebody else saved otherwise, in words."""

    label: str
    theirs: str


def theirs(form: RecordForm, event: LifeEvent, newest: Minutes) -> list[Difference]:
    """What was saved meanwhile in minutes, and in facts that this form changes, where it is not what the form says."""
    saved = form.as_saved(event, newest)
    mine = form.cleaned_data
    wanted = [*form.changes(), "outcome", "text"]
    return [
        Difference(str(form.fields[name].label), shown(saved.get(name)))
        for name in wanted
        if saved.get(name) != mine.get(name)
    ]


def shown(value: object) -> str:
    return f"{value:%H:%M}" if hasattr(value, "hour") else str(value or "—")


def addenda_of(event: LifeEvent) -> QuerySet[Addendum]:
    return event.addenda.select_related("written_by").order_by("pk")
