"""The room of members: branch, roll, stages, terms and circumstances."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from partybranch import work
from partybranch.lists import finding
from partybranch.models import Circumstance, StageChange, Term
from partybranch.registrations.room import MenuLine, Room


def _more() -> None:
    registry.search_sources.register("partybranch.people", finding.people, order=40)
    registry.start_sources.register("partybranch", work.start_panel, order=30)


ROOM = Room(
    menu={
        "roll": MenuLine(_("Roll of members"), "roll", "people", 0, phone=True),
        "medal": MenuLine(_("Fifty years in the Party"), "medal", "flag", 80),
        "branches": MenuLine(_("Branch and groups"), "branch_list", "list", 90),
    },
    refusals={
        "partybranch_not_in_future": _("This day lies in the future. Please record it when it has come."),
        "partybranch_stages_in_order": _(
            "This stage does not fit those recorded before and after it: the order is applicant, activist, candidate,"
            " admission, confirmation. Please check the day, or withdraw what is wrong first."
        ),
        "partybranch_full_after_probation": _(
            "The confirmation cannot lie before the admission. Please give the admission first; only from April 1969 to"
            " August 1977 there was no probation."
        ),
        "partybranch_last_stage_withdrawn": _("A later stage rests on this one. Please withdraw the later one first."),
        "partybranch_stay_while_branch": _("The branch did not exist on this day. Please check the day or the branch."),
        "partybranch_term_of_member": _("The person does not belong to the branch on this day. Please check the day."),
        "partybranch_term_in_body": _(
            "Choose the body that fits the post: a group for a group, the committee for a committee, existing on this"
            " day."
        ),
        "partybranch_branch_has_members": _(
            "Members or posts of this branch stand. If they were recorded by mistake too, withdraw them first on the"
            " page of each person; a branch that existed is given its day of dissolution instead."
        ),
        "partybranch_branch_has_events": _(
            "Meetings of this branch stand. Call off those that were prepared by mistake first; a branch that has met"
            " is given its day of dissolution instead."
        ),
        "partybranch_branch_has_records": _(
            "Other records of this branch stand: a committee or group, study, exams, honours or a rule. Withdraw first"
            " what was recorded by mistake; study plans, materials and issue lists are not withdrawn: a branch that has"
            " one, or that existed, is given its day of dissolution instead."
        ),
        "partybranch_body_has_members": _(
            "Somebody is recorded in it. If that was a mistake too, withdraw the post on the page of the person first;"
            " a committee or group that existed is given its end instead."
        ),
        "partybranch_body_has_events": _(
            "Its meetings stand. Call off those that were prepared by mistake first; a committee or group that has met"
            " is given its end instead."
        ),
        "partybranch_read_committed": _(
            "This was written in a transaction that does not see what others have just saved. Nothing was changed."
            " Please do it again under READ COMMITTED."
        ),
        "partybranch_of_live_branch": _(
            "This branch was recorded by mistake and taken back. Please choose another one."
        ),
        "partybranch_of_live_body": _(
            "This committee or group was recorded by mistake and taken back. Please choose another one."
        ),
    },
    acts={
        "party.person_recorded": _("recorded a person of the branch"),
        "party.person_changed": _("corrected a person of the branch"),
        "party.transferred_in": _("recorded a transfer in"),
        "party.transferred_out": _("recorded a transfer out"),
        "party.stage_recorded": _("recorded a stage"),
        "party.circumstance_recorded": _("recorded a circumstance"),
        "party.term_recorded": _("recorded a post in the branch"),
        "party.standing_set": _("set the beginning of the standing"),
        "party.ended": _("recorded an end"),
        "party.withdrawn": _("withdrew a record"),
        "party.roll_exported": _("exported the roll"),
        "party.branch_founded": _("recorded a branch"),
        "party.branch_changed": _("changed a branch"),
        "party.branch_withdrawn": _("took back a branch recorded by mistake"),
        "party.body_withdrawn": _("took back a committee or group recorded by mistake"),
        "party.body_founded": _("recorded a committee or group"),
        "party.body_dissolved": _("recorded the end of a committee or group"),
    },
    # What acts on a person say of rows of other tables.
    logged={
        "person.branch": registry.LoggedField(_("Party branch")),
        "person.starts_on": registry.LoggedField(_("from the day")),
        "person.ends_on": registry.LoggedField(_("until the day")),
        "person.came_from": registry.LoggedField(_("transferred from")),
        "person.letter_no": registry.LoggedField(_("number of the letter of introduction")),
        "person.went_to": registry.LoggedField(_("transferred to")),
        "person.circumstance": registry.LoggedField(_("circumstance"), lambda code: str(Circumstance.Kind(code).label)),
        "person.post_held": registry.LoggedField(_("post"), lambda code: str(Term.Post(code).label)),
        "person.standing_from": registry.LoggedField(_("standing counts from")),
        **{f"person.stage_{stage.value}": registry.LoggedField(stage.label) for stage in StageChange.Stage},
        "branch.body": registry.LoggedField(_("body of the branch")),
    },
    binding=("branch", "body", "membership", "stagechange", "circumstance", "term", "standing"),
    more=_more,
)
