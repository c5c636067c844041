"""What a page showed of a list, kept in hidden fields: only what was tapped otherwise is written."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _

from partybranch.models import Attendance


class RemembersTheList:
    """A form about the names of a frozen list, which remembers how each name stood when the page was opened."""

    def remember(self, rows: Iterable[Attendance]) -> None:
        """Add a hidden field for each name. Call once, when the form is made."""
        self.seen_now = {row.pk: row.mark() for row in rows}
        for pk, mark in self.seen_now.items():
            field = forms.CharField(required=False, strip=False, widget=forms.HiddenInput, initial=_written(mark))
            self.fields[f"shown_{pk}"] = field

    def shown(self) -> dict[int, tuple[str, str]]:
        """What the page showed, by row; as it stands now where the page did not say."""
        sent = {pk: self.cleaned_data.get(f"shown_{pk}") for pk in self.seen_now}
        return {pk: _read(text) if text else self.seen_now[pk] for pk, text in sent.items()}

    def say_changed(self, row: Attendance, place: str) -> None:
        """Say beside the name what a colleague recorded. What was tapped stays, and may be saved the next time."""
        self.data = self.data.copy()
        self.data[f"shown_{row.pk}"] = _written(row.mark())
        said = row.get_status_display() + (f"：{row.leave_reason}" if row.leave_reason else "")
        by = row.marked_by.full_name if row.marked_by else "—"
        words = _("%(by)s recorded “%(said)s” meanwhile. Yours stands here, not saved yet: save again to let it count.")
        self.add_error(place, words % {"by": by, "said": said})


def _written(mark: tuple[str, str]) -> str:
    return " ".join(mark).strip()


def _read(text: str) -> tuple[str, str]:
    status, _space, reason = text.partition(" ")
    return status, reason
