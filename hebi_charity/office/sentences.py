"""The sentences that scripts show. They reach the page as data, because a strict CSP allows no inline script."""

from django.utils.translation import gettext as _


def script_sentences() -> dict[str, str]:
    """Key → sentence in the language of the page."""
    return {
        "unsaved": _("What you typed has not been saved. Leave this page?"),
        "draftRestored": _("What you typed last time and did not save is back."),
        "draftDiscard": _("Discard it"),
        "copied": _("Copied."),
        "copyFailed": _("Copying did not work. Select the text and press Ctrl+C."),
        "offline": _("The server cannot be reached. Check the network and try again; what you typed is still here."),
        "notAllowed": _("You may not do this. Ask the administrator if you need it."),
        "notFound": _("This record does not exist or you may not see it."),
        "sessionEnded": _("You have been logged out. Reload the page and log in again."),
        "serverError": _("Something went wrong on the server and nothing was changed. Please try again."),
        "bulkNone": _("Nothing chosen yet."),
        "bulkCount": _("{count} chosen."),
        "bulkCountSum": _("{count} chosen, {sum} yuan in total."),
        "amountWrong": _("This is not an amount. Type digits, for example 1200 or 1200.50."),
        "amountZero": _("The amount must be greater than 0."),
        "amountTooLong": _("An amount has at most two digits after the point."),
        "amountTooLarge": _("This amount is too large."),
        "dayWrong": _("This is not a day. Type it like 2026-03-01, 0301, 3.1 or 今天."),
        "dayInFuture": _("This day lies in the future."),
        "unlockFailed": _("The password is not right. Please try again."),
        "capsLock": _("Caps Lock is on."),
        "chartPoint": _("{label}: {value} {unit}"),
    }
