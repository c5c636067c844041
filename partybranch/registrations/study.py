"""The room of study: what was learnt, the hours of the year, plans and books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from hebi_charity.core.shipped import shipped_data
from partybranch import shipped
from partybranch.models import LearningRecord
from partybranch.registrations.room import MenuLine, Room

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


def _may_open_note(user: User, record: LearningRecord) -> bool:
    """Notes are read by the branch's roles and by who wrote them."""
    return user.has_perm("partybranch.view_person") or record.person.account_id == user.pk


def _more() -> None:
    registry.file_access.register("partybranch.learningrecord", _may_open_note)
    shipped_data.register("partybranch.study", shipped.ship)


ROOM = Room(
    menu={"study": MenuLine(_("Study"), "study", "book", 20)},
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
        "party.duty_recorded": _("recorded a duty to pass on what was learnt"),
        "party.lecture_linked": _("settled a duty by a lecture"),
        "party.occasion_withdrawn": _("withdrew all records of one occasion of study"),
        "party.hours_figure_recorded": _("recorded a conversion or target of hours"),
    },
    logged={
        "studyoccasion.credited_hours": registry.LoggedField(_("hours of study")),
        "learningrecord.course": registry.LoggedField(_("course outside")),
        "passonduty.course": registry.LoggedField(_("course outside")),
    },
    binding=("hourrule", "hourtarget", "studyoccasion", "passonduty", "learningrecord"),
    more=_more,
)
