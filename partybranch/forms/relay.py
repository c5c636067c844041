"""The pasted text of a group, and what was understood of each line, to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybranch.forms.attendance import WAYS, ways_of
from partybranch.forms.shown_attendance import RemembersTheList
from partybranch.models import Attendance
from partybranch.services.broken_rules import EventNotCome
from partybranch.services.relay import Line

LEAVE_OUT = "out"


class RelayTextForm(forms.Form):
    """The text as the group wrote it."""

    text = forms.CharField(
        label=gettext_lazy("text of the group"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 12, "placeholder": "1. 张三\n2、李四 线上\n3 王五请假 看病"}),
        help_text=gettext_lazy("Copy the whole message in the group and paste it here. Nothing is recorded yet."),
        error_messages={"required": gettext_lazy("Paste the text of the group first.")},
    )


class RelayConfirmForm(RemembersTheList, forms.Form):
    """For each line the name and how this person attended. Who is unknown or ambiguous must be chosen or left out."""

    def __init__(
        self,
        *args,
        lines: Sequence[Line],
        rows: Sequence[Attendance],
        apart: Mapping[int, str],
        has_come: bool,
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.has_come = has_come
        ways = (*WAYS, Attendance.Status.EXEMPT) if has_come else (Attendance.Status.LEAVE,)
        self.shown_lines, self.rows = list(lines), {str(row.pk): row for row in rows}
        self.names = names = {str(row.pk): _named(row, apart) for row in rows}
        for number, line in enumerate(self.shown_lines):
            known = [(str(row.pk), f"{names[str(row.pk)]}？") for row in line.rows] if not line.is_sure else []
            self.fields[f"row_{number}"] = forms.ChoiceField(
                label=_("name of the person"),
                choices=[("", _("please choose")), *known, *names.items(), (LEAVE_OUT, _("leave this line out"))],
                help_text=_asked(line),
                initial=str(line.rows[0].pk) if line.is_sure else "",
                error_messages={
                    "required": _("“%(line)s”: choose whom this line means, or leave it out.") % {"line": said_in(line)}
                },
            )
            self.fields[f"status_{number}"] = forms.ChoiceField(
                label=_("attendance"),
                choices=[(way.value, way.label) for way in ways],
                initial=line.status,
                error_messages={} if has_come else {"invalid_choice": EventNotCome.sentence},
            )
            self.fields[f"reason_{number}"] = forms.CharField(
                label=_("reason of the leave"), required=False, max_length=100, initial=line.reason
            )
        self.remember(rows)

    def lines(self) -> list[tuple[Line, forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [
            (line, self[f"row_{number}"], self[f"status_{number}"], self[f"reason_{number}"])
            for number, line in enumerate(self.shown_lines)
        ]

    def clean(self) -> dict[str, object]:
        data = super().clean()
        seen: set[str] = set()
        for number in range(len(self.shown_lines)):
            row = data.get(f"row_{number}")
            if not row or row == LEAVE_OUT:
                continue
            if row in seen:
                words = _("%(name)s stands in another line already. Leave one of them out.")
                self.add_error(f"row_{number}", words % {"name": self.names[row]})
            seen.add(row)
            self._check_way(number, self.rows[row])
        return data

    def _check_way(self, number: int, row: Attendance) -> None:
        status = self.cleaned_data.get(f"status_{number}")
        if status == Attendance.Status.LEAVE and not self.cleaned_data.get(f"reason_{number}"):
            words = _("%(name)s: give the reason of the leave.")
            self.add_error(f"reason_{number}", words % {"name": self.names[str(row.pk)]})
        if status and status not in dict(ways_of(row, has_come=self.has_come)):
            words = _("%(name)s: “no hard requirement” holds only of whom it held at the notice.")
            self.add_error(f"status_{number}", words % {"name": self.names[str(row.pk)]})

    def marks(self) -> dict[int, tuple[str, str]]:
        """What is to be recorded, as attendance takes it; lines that were left out say nothing."""
        data = self.cleaned_data
        return {
            int(data[f"row_{number}"]): (data[f"status_{number}"], data[f"reason_{number}"])
            for number in range(len(self.shown_lines))
            if data[f"row_{number}"] != LEAVE_OUT
        }

    def left_out(self) -> list[str]:
        """The lines, or parts of lines, that were left out and whose person no other line recorded, in words."""
        return [said_in(line) for line in self._out() if not self._taken_from(line)]

    def recorded_by_another(self) -> list[tuple[str, str]]:
        """Of lines that were left out: the person whom another line recorded, and that line in words."""
        taken = [(line.rows[0], self._taken_from(line)) for line in self._out() if self._taken_from(line)]
        return [(self.names[str(row.pk)], said_in(other)) for row, other in taken]

    def _out(self) -> list[Line]:
        numbers = range(len(self.shown_lines))
        return [self.shown_lines[number] for number in numbers if self.cleaned_data[f"row_{number}"] == LEAVE_OUT]

    def _taken_from(self, line: Line) -> Line | None:
        """The line that recorded whom this one plainly means."""
        wanted = str(line.rows[0].pk) if line.is_sure else None
        for number, other in enumerate(self.shown_lines):
            if wanted and self.cleaned_data[f"row_{number}"] == wanted:
                return other
        return None

    def say_all_changed(self, rows: Iterable[Attendance]) -> None:
        lines = {self.cleaned_data.get(f"row_{number}"): f"row_{number}" for number in range(len(self.shown_lines))}
        for row in rows:
            self.say_changed(row, lines[str(row.pk)])


def said_in(line: Line) -> str:
    """The name with its words where a line has several, else the line."""
    return line.part or line.text


def _named(row: Attendance, apart: Mapping[int, str]) -> str:
    """The name, with what tells namesakes apart."""
    said = apart.get(row.person_id, "")
    if not said:
        return row.person.name
    return f"{row.person.name}{said}" if said.startswith("（") else f"{row.person.name}（{said}）"


def _asked(line: Line) -> str:
    """Why it has to be chosen whom a line means; nothing where it is plain."""
    if line.is_sure:
        return ""
    if line.has_namesakes():
        return _("%(count)s people of the list have this name. Choose which one it is.") % {"count": len(line.rows)}
    if not line.rows:
        return _("This name is not on the list. Choose whom it means, or leave the line out.")
    if line.is_by_sound:
        return _("This name is not on the list; one that sounds the same is. Choose whom it means.")
    return _("It is not quite plain whom this means, or how. Please choose.")
