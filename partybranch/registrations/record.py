"""The record of an event: its minutes, pictures, filing with the seal, and addenda."""

from django.utils.translation import gettext_lazy as _

from hebi_charity.core import registry
from partybranch import book_checks, turnout_checks, whole_checks
from partybranch.demo import record as demo
from partybranch.registrations.room import Room


def _more() -> None:
    sees = "partybranch.view_person"
    registry.file_access.register("partybranch.lifeevent", lambda user, row: user.has_perm(sees))
    choosing = registry.FileChoosing(lambda user: user.has_perm(sees), side="party")
    registry.file_choosing.register("partybranch.lifeevent", choosing)
    registry.file_sides.register("partybranch.lifeevent", lambda row: "party")
    registry.book_checks.register("partybranch.life", book_checks.check_life, order=60)
    registry.demonstrations.register("partybranch.record", demo.show, order=115)
    registry.book_checks.register("partybranch.addenda", book_checks.check_addenda, order=61)
    registry.book_checks.register("partybranch.turnout", turnout_checks.check_turnout, order=63)
    registry.book_checks.register("partybranch.wholes", whole_checks.check_wholes, order=64)


ROOM = Room(
    refusals={
        "partybranch_event_is_filed": _("This is filed and cannot be changed any more. Write an addendum instead."),
        "partybranch_minutes_in_order": _("Somebody else saved these minutes meanwhile. Please reload the page."),
        "partybranch_filed_after_the_day": _("The day has not come yet. File the record after it was held."),
        "partybranch_filed_has_attendance": _("Say of everybody on the list whether the person came."),
        "partybranch_filed_has_outcome": _("Write what came of it: what was resolved, or what was done."),
        "partybranch_filed_has_names": _(
            "What is filed keeps the names of everybody it names, as they are called at that moment. Please file it"
            " again."
        ),
        "partybranch_held_together": _(
            "Only events of one branch and one day are held together. Please begin with the first of them."
        ),
        "partybranch_late_notice_marked": _("The day is over: this is a back entry and is marked as one."),
        "partybranch_addendum_of_filed": _("This is not filed yet: change the record itself."),
    },
    acts={
        "party.minutes_written": _("wrote the minutes of an event"),
        "party.event_filed": _("filed an event for good"),
        "party.past_event_filed": _("recorded and filed a past event"),
        "party.held_together": _("recorded another event held together"),
        "party.pictures_added": _("added pictures to an event"),
        "party.picture_turned": _("turned a picture of an event"),
        "party.picture_removed": _("took a picture of an event away"),
        "party.addendum_added": _("wrote an addendum"),
    },
    logged={
        "lifeevent.minutes_version": registry.LoggedField(_("version of the minutes")),
        "lifeevent.pictures": registry.LoggedField(_("pictures")),
    },
    binding=("lifepicture",),
    logs=("minutes", "addendum"),
    more=_more,
)
