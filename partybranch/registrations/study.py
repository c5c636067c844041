"""The room of study: what was learnt, the hours of the year, plans and books."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from hebi_charity.core.shipped import shipped_data
from partybranch import shipped
from partybranch.registrations.room import Room


def _more() -> None:
    shipped_data.register("partybranch.study", shipped.ship)


ROOM = Room(
    refusals={
        "partybranch_hours_by_rule": _("Hours come from the conversion that held on the first day, and are not typed."),
        "partybranch_hours_fit_days": _("That is more than 24 hours a day. Please check how long was studied."),
        "partybranch_learning_of_occasion": _("The record must lie within the days and the branch of its occasion."),
        "partybranch_learner_in_branch": _(
            "The person does not belong to the branch on this day. Please check the day."
        ),
        "partybranch_passed_on_by_learner": _(
            "A course is passed on by a lecture that the same person gives after it. Please check person and day."
        ),
    },
    acts={
        "party.learning_credited": _("credited hours of study"),
        "party.learning_recorded": _("recorded study"),
        "party.learning_confirmed": _("confirmed study"),
        "party.learning_withdrawn": _("withdrew a learning record"),
    },
    logged={
        "studyoccasion.credited_hours": registry.LoggedField(_("hours of study")),
        "passonduty.course": registry.LoggedField(_("course outside")),
    },
    binding=("hourrule", "hourtarget", "studyoccasion", "passonduty", "learningrecord"),
    more=_more,
)
