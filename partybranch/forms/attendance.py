"""How each of a list attended: one tap a name, and the reason beside it where somebody is on leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from partybranch.forms.shown_attendance import RemembersTheList
from partybranch.models import Attendance, Membership
from partybranch.services.broken_rules import EventNotCome

Status = Attendance.Status
Ways = Sequence[tuple[str, str]]
WAYS = (Status.PRESENT, Status.ONLINE, Status.LEAVE, Status.ABSENT)


def ways_of(row: Attendance, *, has_come: bool) -> list[tuple[str, str]]:
    """What can be tapped of one name: that nothing is required only where it stood so when the notice was given.

    Before the day of the event only a leave. Who is marked can be set back to not recorded, as long as the event is
    not filed.
    """
    ways = WAYS if has_come else (Status.LEAVE,)
    ways = (*ways, Status.EXEMPT) if row.is_exempt else ways
    if row.marked_at and not row.is_exempt:
        ways = (*ways, Status.EXPECTED)
    return [(way.value, way.label) for way in ways]


class Name(NamedTuple):
    """One name as the page asks of it; `apart` is what tells it from a namesake's."""

    row: Attendance | Membership
    status: forms.BoundField
    reason: forms.BoundField
    apart: str


class AsksOfEachName(forms.Form):
    """A choice for each name and a reason beside it. Call `ask` once for each when the form is made."""

    # Of the count that follows what is tapped: the same words that the database counts by.
    CAME, NOT_EXPECTED = Attendance.CAME, Attendance.NOT_EXPECTED

    def __init__(self, *args, apart: Mapping[int, str] | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.apart = apart or {}
        self.asked: dict[int, Attendance | Membership] = {}

    def ask(
        self,
        key: int,
        row: Attendance | Membership,
        ways: Sequence[tuple[str, str]],
        status: str = "",
        reason: str = "",
    ) -> None:
        """Ask of one name; `key` is by what the answer is called."""
        self.asked[key] = row
        self.fields[f"status_{key}"] = forms.ChoiceField(
            label=row.person.name, required=False, choices=ways, initial=status, widget=forms.RadioSelect
        )
        self.fields[f"reason_{key}"] = forms.CharField(
            label=_("reason of the leave"), required=False, max_length=100, initial=reason
        )

    def lines(self) -> list[Name]:
        return [
            Name(row, self[f"status_{key}"], self[f"reason_{key}"], self.apart.get(row.person_id, ""))
            for key, row in self.asked.items()
        ]

    def clean(self) -> dict[str, object]:
        data = super().clean()
        for key in self.asked:
            if data.get(f"status_{key}") == Status.LEAVE and not data.get(f"reason_{key}"):
                self.add_error(f"reason_{key}", _("Give the reason of the leave."))
        return data

    def tapped(self) -> dict[int, tuple[str, str]]:
        """What is tapped, and the reason of a leave, by key; who is not tapped is left out."""
        data = self.cleaned_data
        ways = {key: data[f"status_{key}"] for key in self.asked if data.get(f"status_{key}")}
        return {key: (way, data[f"reason_{key}"] if way == Status.LEAVE else "") for key, way in ways.items()}


class AttendanceForm(RemembersTheList, AsksOfEachName):
    """The list of one event; whoever a colleague recorded meanwhile is not written over."""

    def __init__(self, *args, rows: Iterable[Attendance], has_come: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.ask(row.pk, row, ways_of(row, has_come=has_come), row.status, row.leave_reason)
            if not has_come:
                self.fields[f"status_{row.pk}"].error_messages["invalid_choice"] = EventNotCome.sentence
        self.remember(self.rows)

    def marks(self) -> dict[int, tuple[str, str]]:
        """What was tapped otherwise than the page showed it; all other names are left as they are."""
        shown = self.shown()
        return {pk: mark for pk, mark in self.tapped().items() if mark != shown[pk]}

    def say_all_changed(self, rows: Iterable[Attendance]) -> None:
        for row in rows:
            self.say_changed(row, f"status_{row.pk}")


class PastListForm(AsksOfEachName):
    """The list of a past day before it is frozen; whoever is not tapped is not recorded by this form."""

    def __init__(self, data: Mapping[str, str], *, rows: Sequence[Membership], **kwargs) -> None:
        self.rows, data = list(rows), data.copy()
        exempt = {row.pk for row in self.rows if "exempt" in row.circumstances}
        for row in self.rows:
            if row.pk in exempt:
                data.setdefault(f"status_{row.person_id}", Status.EXEMPT.value)
        super().__init__(data, **kwargs)
        for row in self.rows:
            ways = (*WAYS, Status.EXEMPT) if row.pk in exempt else WAYS
            self.ask(row.person_id, row, [(way.value, way.label) for way in ways])

    def marks(self) -> dict[int, tuple[str, str]]:
        """What was tapped, by person."""
        return self.tapped()

    def has_open_names(self) -> bool:
        """Whether a name has no answer: of whom coming is not required stands as such unless tapped otherwise."""
        return len(self.tapped()) < len(self.rows)
