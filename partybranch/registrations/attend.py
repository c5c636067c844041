"""What belongs to attendance beside the one tap a name: printed sheets, observers, make-ups."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from partybranch.demo import attend as demo
from partybranch.models import MakeUp
from partybranch.registrations.room import MenuLine, Room
from partybranch.services import observer_sealing, sealing


def _more() -> None:
    sealing.PARTS.update(observer_sealing.PARTS)
    registry.demonstrations.register("partybranch.attend", demo.show, order=130)


ROOM = Room(
    menu={"make_ups": MenuLine(_("To be made up"), "make_up_list", "list", 14)},
    refusals={
        "partybranch_observer_of_open_event": _(
            "Observers are recorded after the notice, while the meeting is neither filed nor called off."
        ),
        "partybranch_observer_not_on_list": _(
            "This person stands on the list of the meeting. Please record the attendance there."
        ),
        "partybranch_make_up_of_missed": _(
            "Only who was on leave or absent, or of whom nothing is required, makes something up."
        ),
        "partybranch_make_up_after_event": _("Nothing is made up before it was held. Please check the day."),
        "partybranch_missed_was_made_up": _(
            "What was missed here was recorded as made up. Please withdraw that record first, then correct the"
            " attendance."
        ),
    },
    acts={
        "party.observer_added": _("added an observer"),
        "party.observer_withdrawn": _("withdrew an observer"),
        "party.made_up": _("recorded what was made up"),
        "party.make_up_withdrawn": _("withdrew a make-up"),
    },
    logged={
        "lifeevent.observer": registry.LoggedField(_("observer")),
        "lifeevent.made_up": registry.LoggedField(_("People")),
        "lifeevent.made_up_on": registry.LoggedField(_("made up on")),
        "lifeevent.make_up_way": registry.LoggedField(_("way of making up"), lambda code: str(MakeUp.Way(code).label)),
    },
    binding=("observer", "makeup"),
    more=_more,
)
