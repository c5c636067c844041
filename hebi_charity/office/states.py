"""One colour, one word and one shape for each state in the whole product."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Look:
    """How a state is drawn. `tone` is a class of parts.css, `shape` a symbol of icons.svg."""

    word: str | Promise
    tone: str
    shape: str
    is_struck: bool = False


GREY, AMBER, GREEN, RED, BLUE = "grey", "amber", "green", "red", "blue"

LOOKS = {
    # documents of money and goods
    "draft": Look(pgettext_lazy("state", "draft"), GREY, "pencil"),
    "registered": Look(pgettext_lazy("state", "awaiting review"), AMBER, "wait"),
    "reviewed": Look(pgettext_lazy("state", "reviewed"), GREEN, "check"),
    "reversed": Look(pgettext_lazy("state", "reversed"), RED, "back", is_struck=True),
    "voided": Look(pgettext_lazy("state", "voided"), RED, "cross", is_struck=True),
    "awaiting_approval": Look(pgettext_lazy("state", "awaiting approval"), AMBER, "wait"),
    "approved": Look(pgettext_lazy("state", "approved"), GREEN, "check"),
    "returned": Look(pgettext_lazy("state", "returned for correction"), AMBER, "back"),
    "refused": Look(pgettext_lazy("state", "refused"), RED, "cross"),
    # the money itself
    "arrived": Look(pgettext_lazy("state", "arrived"), GREEN, "check"),
    "awaited": Look(pgettext_lazy("state", "awaited"), AMBER, "wait"),
    "bounced": Look(pgettext_lazy("state", "bounced"), RED, "cross", is_struck=True),
    # files coming in
    "uploaded": Look(pgettext_lazy("state", "uploaded"), GREY, "pencil"),
    "read": Look(pgettext_lazy("state", "read, please check"), GREY, "pencil"),
    "submitted": Look(pgettext_lazy("state", "awaiting confirmation"), AMBER, "wait"),
    "confirmed": Look(pgettext_lazy("state", "confirmed"), GREEN, "check"),
    "merging": Look(pgettext_lazy("state", "being merged"), BLUE, "run"),
    "undone": Look(pgettext_lazy("state", "undone"), RED, "back", is_struck=True),
    # work in the background
    "waiting": Look(pgettext_lazy("state", "waiting its turn"), GREY, "wait"),
    "running": Look(pgettext_lazy("state", "running"), BLUE, "run"),
    "done": Look(pgettext_lazy("state", "done"), GREEN, "check"),
    "failed": Look(pgettext_lazy("state", "failed"), RED, "cross"),
    "cancelled": Look(pgettext_lazy("state", "cancelled"), GREY, "cross"),
    # reports
    "made": Look(pgettext_lazy("state", "made"), AMBER, "wait"),
    "checked": Look(pgettext_lazy("state", "checked"), AMBER, "check"),
    "issued": Look(pgettext_lazy("state", "issued"), GREEN, "check"),
    "superseded": Look(pgettext_lazy("state", "superseded"), GREY, "dash", is_struck=True),
    # months and campaigns
    "open": Look(pgettext_lazy("state", "open"), BLUE, "run"),
    "closing": Look(pgettext_lazy("state", "awaiting closing confirmation"), AMBER, "wait"),
    "closed": Look(pgettext_lazy("state", "closed"), GREY, "lock"),
    # exams
    "passed": Look(pgettext_lazy("state", "passed the exam"), GREEN, "check"),
    "again": Look(pgettext_lazy("state", "to answer again"), AMBER, "back"),
    "resit": Look(pgettext_lazy("state", "to resit"), AMBER, "back"),
    "away": Look(pgettext_lazy("state", "not there"), GREY, "dash"),
    # the way into the Party
    "applicant": Look(pgettext_lazy("state", "applicant"), GREY, "pencil"),
    "activist": Look(pgettext_lazy("state", "activist"), GREY, "run"),
    "candidate": Look(pgettext_lazy("state", "candidate for admission"), BLUE, "run"),
    "probationary": Look(pgettext_lazy("state", "probationary member"), AMBER, "wait"),
    "full": Look(pgettext_lazy("state", "full member"), GREEN, "check"),
    "suspended": Look(pgettext_lazy("state", "membership suspended"), AMBER, "lock"),
    "filed": Look(pgettext_lazy("state", "filed for good"), GREEN, "lock"),
    "noticed": Look(pgettext_lazy("state", "notice given"), BLUE, "run"),
    # what the record of a meeting waits for
    "to_record": Look(pgettext_lazy("state", "record to be made up"), AMBER, "pencil"),
    "to_complete": Look(pgettext_lazy("state", "facts missing"), AMBER, "dash"),
    "to_file": Look(pgettext_lazy("state", "to be filed"), AMBER, "wait"),
    "study": Look(pgettext_lazy("state", "staff who study"), GREY, "dash"),
    # what was asked for in a period
    "held": Look(pgettext_lazy("state", "held"), GREEN, "check"),
    "unrecorded": Look(pgettext_lazy("state", "record to be made up"), AMBER, "pencil"),
    "missing": Look(pgettext_lazy("state", "missing"), RED, "cross"),
    "due": Look(pgettext_lazy("state", "still due"), AMBER, "wait"),
    "not_required": Look(pgettext_lazy("state", "not required"), GREY, "dash"),
    # dated rules
    "holds": Look(pgettext_lazy("state", "holds today"), GREEN, "check"),
    "comes": Look(pgettext_lazy("state", "holds later"), BLUE, "run"),
    "past": Look(pgettext_lazy("state", "held until another came"), GREY, "dash"),
    # votes
    "carried": Look(pgettext_lazy("state", "carried"), GREEN, "check"),
    "lost": Look(pgettext_lazy("state", "not carried"), GREY, "cross"),
    "valid": Look(pgettext_lazy("state", "election valid"), GREEN, "check"),
    "no_quorum": Look(pgettext_lazy("state", "too few present"), RED, "cross"),
    "void": Look(pgettext_lazy("state", "void"), RED, "cross", is_struck=True),
    "withdrawn": Look(pgettext_lazy("state", "withdrawn"), RED, "back", is_struck=True),
    # people
    "active": Look(pgettext_lazy("state", "active"), GREEN, "check"),
    "inactive": Look(pgettext_lazy("state", "deactivated"), GREY, "lock"),
}
UNKNOWN = Look("", GREY, "dash")


def look_of(state: str, label: str = "") -> Look:
    """The look of a state code; `label` replaces the word where a page must say more, never the colour."""
    look = LOOKS.get(str(state), UNKNOWN)
    word = label or look.word or str(state)
    return Look(word, look.tone, look.shape, look.is_struck)
