"""The room of the year at a glance: what the rules require against what was held."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from hebi_charity.core.shipped import first_settings, shipped_data
from partybranch import rule_checks, shipped_requirements, work
from partybranch.demo import glance as demo
from partybranch.models import LifeEvent, Requirement
from partybranch.papers import year
from partybranch.registrations.room import MenuLine, Room
from partybranch.services import warning_months

YEAR = registry.PaperBuilder(
    title=_("Year at a glance"),
    permission="partybranch.view_person",
    model="partybranch.branch",
    keys="[0-9]{4}",
    facts=year.facts,
    label=year.label,
    template="partybranch/papers/year.html",
    css="pdf/glance.css",
    side="party",
)


def _more() -> None:
    registry.demonstrations.register("partybranch.glance", demo.show, order=110)
    registry.paper_builders.register("partybranch.year", YEAR)
    registry.work_sources.register("partybranch.warnings", work.long_absent, order=30)
    shipped_data.register("partybranch.requirements", shipped_requirements.ship)
    registry.book_checks.register("partybranch.rules", rule_checks.check_rules, order=63)
    first_settings.register(warning_months.KEY, warning_months.SHIPPED)


ROOM = Room(
    menu={
        "glance": MenuLine(_("Year at a glance"), "glance", "chart", 12),
        "warnings": MenuLine(_("Long absent"), "warning_list", "warning", 14, permission="partybranch.view_warnings"),
    },
    acts={
        "party.requirement_recorded": _("recorded what a rule requires"),
        "party.requirement_ended": _("recorded the end of a rule"),
        "party.requirement_withdrawn": _("withdrew a rule"),
        "party.calendar_address_made": _("made an own address of the calendar"),
        "party.calendar_address_withdrawn": _("withdrew the own address of the calendar"),
        "party.calendar_exported": _("saved the calendar of a year"),
    },
    logged={
        "requirement.kind": registry.LoggedField(_("kind of event"), lambda code: str(LifeEvent.Kind(code).label)),
        "requirement.per": registry.LoggedField(
            _("how often asked for"), lambda code: str(Requirement.Per(code).label)
        ),
    },
    binding=("requirement", "calendaraddress"),
    more=_more,
)
