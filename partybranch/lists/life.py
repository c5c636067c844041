"""Events of organisational life as lists: narrowed, and the list of one event counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partybranch.models import Attendance, LifeEvent

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from partybranch.forms import LifeFilterForm

Status = Attendance.Status
# Field of the filter form -> what it asks of an event, where the names differ.
_ASKED = {"first": "held_on__gte", "last": "held_on__lte"}


def narrowed_events(form: LifeFilterForm, *, by: User) -> QuerySet[LifeEvent]:
    """The events the filter form asks for; none while a field does not hold."""
    rows = LifeEvent.objects.visible_to(by).select_related("branch", "body")
    if not form.is_valid():
        return rows.none()
    asked = {_ASKED.get(name, name): value for name, value in form.cleaned_data.items() if value}
    return rows.filter(**asked).counted()


def list_of(event: LifeEvent) -> list[Attendance]:
    """The frozen list in the order of pinyin. One query."""
    return list(event.attendance.select_related("person").order_by("person__sort_key", "pk"))


def attendance_totals(rows: list[Attendance]) -> list[tuple[str, str]]:
    """应到, 实到 and the rest of one list; who is not required to come is not expected."""
    counts = Counter(row.status for row in rows)
    came = sum(counts[status] for status in Attendance.CAME)
    expected = len(rows) - sum(counts[status] for status in Attendance.NOT_EXPECTED)
    shown = [(_("expected"), expected), (_("came"), came)]
    for status in (Status.LEAVE, Status.ABSENT, Status.EXEMPT, Status.EXPECTED):
        if counts[status]:
            shown.append((str(status.label), counts[status]))
    voters = [row for row in rows if row.has_vote]
    shown.append((_("with a vote"), len(voters)))
    return [(label, f"{number:,}") for label, number in shown]
