"""Exceptions named after the broken rule, each with its sentence. Views say it beside the place."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class BrokenRule(Exception):
    """What a service of the branch refuses: what is wrong, and what to do, in a sentence for the screen."""

    sentence: Promise | str


class NotInAnyBranch(BrokenRule):
    """Somebody who is in no branch now cannot be transferred out, nor change the stage here."""

    sentence = _("This person belongs to no branch now. Record the transfer in first.")


class HasLeftTheParty(BrokenRule):
    """Whose membership has ended, or who never had one, is not transferred in."""

    sentence = _(
        "Only who is on the way into the Party or a member can be transferred in. Please look at the stages first."
    )


class AlreadyWithdrawn(BrokenRule):
    """What was withdrawn is neither withdrawn again nor ended."""

    sentence = _("This was withdrawn or ended already. Please reload the page.")


class HasTermsHere(BrokenRule):
    """A stay with open terms is not withdrawn: the posts would hang in the air."""

    sentence = _("The person holds a post in this branch. End or withdraw the term first.")


class NotYetEnded(BrokenRule):
    """A body in which somebody still holds a post is not dissolved."""

    sentence = _("Somebody holds a post in it. Record the end of these terms first.")


class NobodyExpected(BrokenRule):
    """A notice needs somebody to go to: the roll of the day, or the body, is empty."""

    sentence = _("Nobody would be expected: the roll of this day, or the committee or group, has no member yet.")


class NotNoticed(BrokenRule):
    """Attendance is recorded of an event whose notice was given and that was not called off."""

    sentence = _("Give the notice first: it fixes the list of who is expected.")


class CalledOff(AlreadyWithdrawn):
    """Of a meeting that was called off list and reason stay; nothing is recorded of it any more."""

    sentence = _("This is called off: nothing can be recorded or changed of it any more.")


class AlreadyNoticed(AlreadyWithdrawn):
    """The notice is given once: a second press found it given, and nothing was lost."""

    sentence = _("The notice is given already, and the list is fixed. Nothing more is to be done.")


class BranchWithdrawn(AlreadyWithdrawn):
    """A branch that was recorded by mistake stays readable; nothing is recorded or changed of it any more."""

    sentence = _(
        "This branch was withdrawn as recorded by mistake: nothing is recorded or changed of it any more. Please open"
        " the right one from the list of branches; where this name is needed, record the branch anew."
    )


class EventNotCome(BrokenRule):
    """Who comes and what is decided is known on the day, not before; a leave is asked for ahead."""

    sentence = _(
        "The day of this event has not come. Please record attendance and votes on that day; only a leave may be"
        " recorded before."
    )


class AlreadyFiled(BrokenRule):
    """What is filed does not change any more: what comes to light stands beside it as an addendum."""

    sentence = _("This is filed and cannot be changed any more. Write an addendum instead.")
