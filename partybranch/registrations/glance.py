"""The room of the year at a glance: what the rules require against what was held."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from partybranch.models import LifeEvent, Requirement
from partybranch.registrations.room import MenuLine, Room

ROOM = Room(
    menu={"glance": MenuLine(_("Year at a glance"), "glance", "chart", 12)},
    acts={
        "party.requirement_recorded": _("recorded what a rule requires"),
        "party.requirement_ended": _("recorded the end of a rule"),
        "party.requirement_withdrawn": _("withdrew a rule"),
    },
    logged={
        "requirement.kind": registry.LoggedField(_("kind of event"), lambda code: str(LifeEvent.Kind(code).label)),
        "requirement.per": registry.LoggedField(
            _("how often asked for"), lambda code: str(Requirement.Per(code).label)
        ),
    },
    binding=("requirement", "calendaraddress"),
)
