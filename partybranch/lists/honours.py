"""Honours as a wall by years, with the picture of each, and everything of the room on one line of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Model, QuerySet

from hebi_charity.core import dates
from hebi_charity.files.models import PICTURES, Attachment, Use
from partybranch.lists.quoting import told_recipient
from partybranch.models import Honour, LeaderWord, Person, PressReport, Ranking, Thanks
from partybranch.services.registers import SCAN

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from partybranch.forms.honour_filters import HonourFilterForm

KINDS = (Honour, Ranking, PressReport, LeaderWord, Thanks)
DUE_SOON = timedelta(days=60)
SHOWN_OF_EACH = 200  # on the line of time


@dataclass(frozen=True)
class WallCard:
    """One honour of the wall: its picture where there is one, who received it, and how a page tells of who it was."""

    honour: Honour
    picture: Attachment | None
    recipient: str
    told: str
    year: int | None


def narrowed_honours(form: HonourFilterForm, *, by: User) -> QuerySet[Honour]:
    """The honours the form asks for; a field that does not hold is left out. Withdrawn ones only when asked for."""
    form.is_valid()
    data = form.cleaned_data
    rows = Honour.objects.visible_to(by).with_bodies()
    asked = {name: data[name] for name in ("level", "nature", "recipient_kind") if data.get(name)}
    rows = rows.filter(**asked)
    if data.get("year"):
        rows = rows.filter(listed_on__year=data["year"])
    if data.get("due"):
        rows = rows.due_by(dates.today() + DUE_SOON)
    if data.get("q"):
        rows = rows.containing(data["q"])
    return rows if data.get("with_withdrawn") else rows.live()


def pictures_of(rows: Iterable[Model]) -> dict[int, Attachment]:
    """The newest picture among the scans of each row of one kind. One query."""
    rows = list(rows)
    if not rows:
        return {}
    uses = Use.objects.filter(
        owner_type=rows[0]._meta.label_lower,
        owner_id__in=[row.pk for row in rows],
        purpose=SCAN,
        attachment__content_type__in=PICTURES,
    )
    return {use.owner_id: use.attachment for use in uses.select_related("attachment").order_by("pk")}


def wall_of(rows: Iterable[Honour], federation: str) -> list[WallCard]:
    rows = list(rows)
    pictures = pictures_of(rows)
    return [
        WallCard(
            row,
            pictures.get(row.pk),
            row.recipient(federation),
            told_recipient(row, federation),
            row.listed_year,
        )
        for row in rows
    ]


def honours_of(person: Person, *, by: User) -> QuerySet[Honour]:
    """What one person received, also what was revoked since; two queries with its bodies."""
    return Honour.objects.visible_to(by).live().of_person(person).with_bodies()


def timeline_rows(by: User, *, year: int | None) -> list[Model]:
    """Honours, rankings, press, words and thanks together, the newest first. One query a kind, one for bodies."""
    found: list[Model] = []
    for model in KINDS:
        rows = model.objects.visible_to(by).live()
        rows = rows.with_bodies() if model is Honour else rows
        rows = rows.filter(listed_on__year=year) if year else rows
        found += rows.order_by("-listed_on", "-pk")[:SHOWN_OF_EACH]
    return sorted(found, key=lambda row: row.listed_on, reverse=True)
