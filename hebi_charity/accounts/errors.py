"""What the rules on people and roles refuse. Each error's text is a full sentence for the page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LINK_STAYS = _(
    "Whose second account this is was said once and stays, because what both accounts did is checked as done by one"
    " person. If it was said by mistake, deactivate this account and add a new one."
)


class PeopleError(Exception):
    """A rule on people, roles or log-in was broken; `str()` is the sentence to show."""


class RolesMayNotMeet(PeopleError):
    """Two roles that may not meet would meet in one person."""


class DecisionNeeded(RolesMayNotMeet):
    """The two roles may meet only on two accounts and by a written decision."""


class RoleAlreadyHeld(PeopleError):
    """The person holds this role now."""


class RoleAlreadyEnded(PeopleError):
    """The role was ended before."""


class NobodyWouldAdminister(PeopleError):
    """The last administrator cannot go."""


class NotOnOneself(PeopleError):
    """An administrator cannot do this to the own account."""


class PersonInactive(PeopleError):
    """A deactivated person can get neither roles nor a password."""


class LogInRefused(PeopleError):
    """Name and password do not let in, or the log-in is closed for a while."""


class CodeRefused(PeopleError):
    """The second factor's code is wrong, used up, or was tried too often."""


class NotInRealMode(PeopleError):
    """Demonstration people never exist where real work is done."""
