"""The room of study: what was learnt, the hours of the year, plans and books."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from hebi_charity.core.shipped import shipped_data
from partybranch import shipped, work
from partybranch.demo import study as demo
from partybranch.models import LearningRecord
from partybranch.papers import issue_sheet, personal_plans, study_record
from partybranch.registrations.room import MenuLine, Room
from partybranch.services.learning import OwnStatement

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


# All of them for the branch's roles alone, and on its side of the log.
_paper = partial(registry.PaperBuilder, permission="partybranch.view_person", css="pdf/study.css", side="party")
PAPERS = {
    "issue_list": _paper(
        title=_("Sheet of books received"),
        model="partybranch.issuelist",
        facts=issue_sheet.facts,
        label=issue_sheet.label,
        template="partybranch/papers/issue_sheet.html",
    ),
    "personal_plans": _paper(
        title=_("Personal study plans (paper)"),
        model="partybranch.studyplan",
        facts=personal_plans.facts,
        label=personal_plans.label,
        template="partybranch/papers/personal_plans.html",
    ),
    "study_record": _paper(
        title=_("Study record"),
        model="partybranch.person",
        keys="[0-9]{4}",
        facts=study_record.facts,
        label=study_record.label,
        template="partybranch/papers/study_record.html",
    ),
}


def _may_open_note(user: User, record: LearningRecord) -> bool:
    """Notes are read by the branch's roles and by who wrote them."""
    return user.has_perm("partybranch.view_person") or record.person.account_id == user.pk


def _more() -> None:
    registry.work_sources.register("partybranch.study", work.statements_to_confirm, order=31)
    registry.file_access.register("partybranch.learningrecord", _may_open_note)
    registry.file_access.register(
        "partybranch.materialpurchase", lambda user, row: user.has_perm("partybranch.view_person")
    )
    # After the meetings whose hours it credits.
    registry.demonstrations.register("partybranch.study", demo.show, order=130)
    for name, paper in PAPERS.items():
        registry.paper_builders.register(f"partybranch.{name}", paper)
    shipped_data.register("partybranch.study", shipped.ship)


ROOM = Room(
    menu={
        "study": MenuLine(_("Study"), "study", "book", 20),
        "materials": MenuLine(_("Study materials"), "material_list", "box", 25),
    },
    refusals={
        "partybranch_hours_by_rule": _("Hours come from the conversion that held on the first day, and are not typed."),
        "partybranch_hours_fit_days": _("That is more than 24 hours a day. Please check how long was studied."),
        "partybranch_learning_of_occasion": _("The record must lie within the days and the branch of its occasion."),
        "partybranch_learner_in_branch": _(
            "The person does not belong to the branch on this day. Please check the day."
        ),
        "partybranch_occasion_days": _("An occasion of study has the branch and the day of its meeting or exam."),
        "partybranch_own_study_confirmed": OwnStatement.sentence,
        "partybranch_self_study_fits_day": _(
            "With the self-study that is recorded already that is more than 24 hours a day. Please check the days and"
            " how long was studied, or withdraw what is wrong first."
        ),
        "partybranch_days_fit_calendar": _(
            "On these days one person would have more full or half days of study than there are. Please check days and"
            " number, choose hours as the unit, or withdraw what is wrong first."
        ),
        "partybranch_way_of_occasion": _(
            "What is credited must be what the occasion is: a meeting, a course outside or an exam."
        ),
        "partybranch_hours_of_who_came": _(
            "Hours of a meeting go to who came. Please record the attendance first; who missed it makes it up."
        ),
        "partybranch_lecture_of_who_came": _(
            "Who taught is not recorded as having come to this meeting. Please record the attendance first, or an"
            " observer who is not on the list; or leave the meeting empty."
        ),
        "partybranch_hours_of_examined": _(
            "Hours of an exam go to who has a result in it. Please record the result first."
        ),
        "partybranch_hours_stand": _(
            "Hours of study of this event stand for this person. Please withdraw that learning record first."
        ),
        "partybranch_exam_hours_stand": _(
            "Hours of study of this exam stand for this person. Please withdraw that learning record first."
        ),
        "partybranch_called_off_bare": _(
            "Attendance or hours of study of this event stand: it was held. Please take them back first, then call it"
            " off."
        ),
        "partybranch_stock_not_negative": _(
            "There are not so many copies. Please check the number, or record the purchase first."
        ),
        "partybranch_issue_of_branch": _("List and material belong to different branches."),
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
        "party.plan_made": _("made a study plan"),
        "party.plan_changed": _("changed a study plan"),
        "party.plan_item_added": _("added to a study plan"),
        "party.plan_item_changed": _("changed an item of a study plan"),
        "party.plan_item_dropped": _("took an item out of a study plan"),
        "party.personal_plans_made": _("made personal study plans"),
        "party.personal_plan_changed": _("changed a personal study plan"),
        "party.material_added": _("recorded a study material"),
        "party.material_bought": _("recorded a purchase of study material"),
        "party.material_handed_out": _("handed out study material"),
        "party.material_signed_for": _("recorded signatures for study material"),
        "party.material_lent": _("lent study material"),
        "party.material_returned": _("took study material back"),
        "party.material_withdrawn": _("withdrew a record of study material"),
        "party.hours_figure_recorded": _("recorded a conversion or target of hours"),
    },
    logged={
        "studyplan.item": registry.LoggedField(_("item of the study plan")),
        "materialpurchase.title": registry.LoggedField(_("title of the material")),
        "materialloan.title": registry.LoggedField(_("title of the material")),
        "issueline.title": registry.LoggedField(_("title of the material")),
        "studyoccasion.credited_hours": registry.LoggedField(_("hours of study")),
        "learningrecord.course": registry.LoggedField(_("course outside")),
        "passonduty.course": registry.LoggedField(_("course outside")),
    },
    binding=(
        "hourrule",
        "hourtarget",
        "studyoccasion",
        "passonduty",
        "learningrecord",
        "materialpurchase",
        "issuelist",
        "issueline",
        "materialloan",
    ),
    more=_more,
)
