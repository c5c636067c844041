"""What the Party branch offers to the apps below it. Called once, when the app starts."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry, sentences
from hebi_charity.core.guards import binding
from partybranch import work
from partybranch.demo import branch as demo
from partybranch.lists import finding
from partybranch.models import Circumstance, StageChange, Term

# What the triggers of this app refuse; constraints carry their own sentences.
REFUSALS = {
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
        "Choose the body that fits the post: a group for a group, the committee for a committee, existing on this day."
    ),
    "partybranch_event_in_body": _(
        "Choose the committee of a committee meeting, the group of a group meeting, existing on this day."
    ),
    "partybranch_list_of_notice": _("The list of who is expected is made by the notice and fixed by it."),
}
_ACTS = {
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
    "party.body_founded": _("recorded a committee or group"),
    "party.event_prepared": _("prepared an event"),
    "party.event_changed": _("changed an event"),
    "party.event_noticed": _("gave the notice of an event"),
    "party.attendance_recorded": _("recorded attendance"),
    "party.event_called_off": _("called an event off"),
    "party.body_dissolved": _("recorded the end of a committee or group"),
}
# key, label, page, icon
_MENU = (
    ("roll", _("Roll of members"), "roll", "people"),
    ("life", _("Organisational life"), "life_list", "calendar"),
    ("medal", _("Fifty years in the Party"), "medal", "flag"),
    ("branches", _("Branch and groups"), "branch_list", "list"),
)
# What acts on a person say of rows of other tables.
_LOGGED = {
    "branch": registry.LoggedField(_("Party branch")),
    "starts_on": registry.LoggedField(_("from the day")),
    "ends_on": registry.LoggedField(_("until the day")),
    "came_from": registry.LoggedField(_("transferred from")),
    "letter_no": registry.LoggedField(_("number of the letter of introduction")),
    "went_to": registry.LoggedField(_("transferred to")),
    "circumstance": registry.LoggedField(_("circumstance"), lambda code: str(Circumstance.Kind(code).label)),
    "post_held": registry.LoggedField(_("post"), lambda code: str(Term.Post(code).label)),
    "standing_from": registry.LoggedField(_("standing counts from")),
    **{f"stage_{stage.value}": registry.LoggedField(stage.label) for stage in StageChange.Stage},
}


def register() -> None:
    sentences.register(REFUSALS)
    for table in ("membership", "stagechange", "circumstance", "term", "standing", "lifeevent", "attendance"):
        binding(f"partybranch_{table}", kind="document")
    for order, (key, label, address, icon) in enumerate(_MENU):
        entry = registry.MenuEntry(
            label,
            f"partybranch:{address}",
            "partybranch.view_person",
            icon=icon,
            group=_("Party branch"),
            phone=key in {"roll", "life"},
        )
        registry.navigation.register(f"partybranch.{key}", entry, order=300 + 5 * order)
    registry.search_sources.register("partybranch.people", finding.people, order=40)
    registry.start_sources.register("partybranch", work.start_panel, order=30)
    registry.demonstrations.register("partybranch", demo.show)
    for act, words in _ACTS.items():
        registry.audit_acts.register(act, words)
    for name, field in _LOGGED.items():
        registry.logged_fields.register(f"partybranch.person.{name}", field)
    registry.logged_fields.register("partybranch.lifeevent.expected", registry.LoggedField(_("expected")))
    registry.logged_fields.register("partybranch.lifeevent.marked", registry.LoggedField(_("People")))
    registry.logged_fields.register("partybranch.branch.body", registry.LoggedField(_("body of the branch")))
