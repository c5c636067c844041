"""The room of organisational life: events, their notices and who came."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from partybranch import work
from partybranch.registrations.room import MenuLine, Room
from partybranch.services.broken_rules import EventNotCome


def _more() -> None:
    registry.work_sources.register("partybranch.life", work.unfinished_meetings, order=29)


ROOM = Room(
    menu={"life": MenuLine(_("Organisational life"), "life_list", "calendar", 10, phone=True)},
    refusals={
        "partybranch_event_in_body": _(
            "Choose the committee of a committee meeting, the group of a group meeting, existing on this day."
        ),
        "partybranch_list_of_notice": _("The list of who is expected is made by the notice and fixed by it."),
        "partybranch_chair_on_roll": _(
            "The chair must have been in this branch on the day of the event. Please choose somebody else, or look at"
            " the roll of that day."
        ),
        "partybranch_recorder_on_roll": _(
            "Who took the minutes must have been in this branch on the day of the event. Please choose somebody else,"
            " or look at the roll of that day."
        ),
        "partybranch_event_has_come": EventNotCome.sentence,
    },
    acts={
        "party.event_prepared": _("prepared an event"),
        "party.event_changed": _("changed an event"),
        "party.event_noticed": _("gave the notice of an event"),
        "party.attendance_recorded": _("recorded attendance"),
        "party.event_called_off": _("called an event off"),
        "party.events_exported": _("exported the list of events"),
    },
    logged={
        "lifeevent.expected": registry.LoggedField(_("expected")),
        "lifeevent.marked": registry.LoggedField(_("People")),
    },
    binding=("lifeevent", "attendance"),
    more=_more,
)
