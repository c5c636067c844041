"""The list of meetings leaves the house as a file: logged on the branch's side, with person and time on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.forms import Form
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core import dates
from hebi_charity.core.export import Column, Export
from hebi_charity.office.filters import filter_in_words
from hebi_charity.office.states import look_of
from partybranch.lists.exporting import watermark_of
from partybranch.models import LifeEvent
from partybranch.services.logging import record_bulk

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

COLUMNS: list[Column[LifeEvent]] = [
    Column(gettext_lazy("held on"), lambda event: event.held_on, 12),
    Column(gettext_lazy("begins at"), lambda event: f"{event.begins_at:%H:%M}" if event.begins_at else "", 10),
    Column(gettext_lazy("Party branch"), lambda event: event.name_of(event.branch), 24),
    Column(gettext_lazy("kind of event"), lambda event: str(event.get_kind_display()), 16),
    Column(gettext_lazy("body of the branch"), lambda event: event.name_of(event.body), 14),
    Column(gettext_lazy("topic"), lambda event: event.topic, 36),
    Column(gettext_lazy("place or link"), lambda event: event.place, 24),
    Column(gettext_lazy("agenda"), lambda event: event.agenda, 40),
    Column(gettext_lazy("outcome"), lambda event: event.outcome_now, 40),
    Column(gettext_lazy("expected"), lambda event: event.expected if event.noticed_at else None, 8),
    Column(gettext_lazy("came"), lambda event: event.came if event.noticed_at else None, 8),
    Column(gettext_lazy("state"), lambda event: _state(event), 20),
]


def _state(event: LifeEvent) -> str:
    state = look_of(event.waits).word if event.waits else str(event.get_state_display())
    return f"{state}（{_('back entry')}）" if event.is_back_entry else state


def export_events(rows: QuerySet[LifeEvent], *, by: User, form: Form) -> Export[LifeEvent]:
    """The events of the filter as a table, logged before it leaves the house."""
    words, events = filter_in_words(form), list(rows)
    record_bulk(by, "party.events_exported", LifeEvent, count=len(events), reason=words[:300])
    return Export(
        name=_("Meetings and events %(day)s") % {"day": dates.today().isoformat()},
        columns=COLUMNS,
        rows=events,
        notes=[_("Filtered by: %(filter)s") % {"filter": words or _("no filter")}],
        watermark=watermark_of(by),
    )
