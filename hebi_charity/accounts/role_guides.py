"""What each role does here and where it begins, in plain sentences for the start page.

An address is a URL's name and what follows it; a page that is not installed leaves its sentence without a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.registry import StartPanel

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Line = tuple[str | Promise, str, str]  # sentence, name of the address, query

MY_ACCOUNT: Line = (_("Your password, large text and second factor are under “My account”."), "accounts:own", "")
GUIDES: dict[str, tuple[Line, ...]] = {
    "donation_clerk": (
        (_("Record a gift at the counter"), "donations:create", ""),
        (_("A donor calls: look by name, number or query code"), "donations:list", ""),
        (_("Review what a colleague recorded"), "donations:list", "?state=registered"),
    ),
    "accountant": (
        (_("Review the gifts that clerks recorded"), "donations:list", "?state=registered"),
        (_("Close the month when it has ended; the secretary-general confirms it"), "office:months", ""),
        (_("Make the monthly report"), "reports:list", ""),
    ),
    "cashier": (
        (
            _("A cheque or a transfer has arrived, or came back: record it here"),
            "donations:list",
            "?arrival=pending&state=reviewed",
        ),
        (_("Look for a gift by name, amount or number"), "donations:list", ""),
    ),
    "warehouse_keeper": (
        (_("Goods received, stored and handed out come with the relief rooms; they will stand in the menu."), "", ""),
        MY_ACCOUNT,
    ),
    "relief_officer": (
        (_("Programmes, rosters and hand-outs come with the relief rooms; they will stand in the menu."), "", ""),
        MY_ACCOUNT,
    ),
    "branch_secretary": (
        (_("See who belongs to the branch, today or on any past day"), "partybranch:roll", ""),
        (_("See what this year's rules ask for, what was held and what is missing"), "partybranch:glance", ""),
        (_("See who has been a member for fifty years on the next first of July"), "partybranch:medal", ""),
        (_("Look at committee, groups and terms of office"), "partybranch:branch_list", ""),
        (_("Look who did what in the branch's records, and who looked at whose numbers"), "audit:list", ""),
    ),
    "organisation_member": (
        (
            _("Record a new person: applicant, member transferred in, or staff who study"),
            "partybranch:person_create",
            "",
        ),
        (_("See who belongs to the branch, today or on any past day"), "partybranch:roll", ""),
        (_("See what this year's rules ask for, what was held and what is missing"), "partybranch:glance", ""),
        (_("Look at committee, groups and terms of office"), "partybranch:branch_list", ""),
    ),
    "approver": (
        (_("Decide on reversals"), "donations:reversals", ""),
        (_("Confirm the month that the accountant has closed"), "office:months", ""),
        (_("Check the monthly report before it is issued"), "reports:list", ""),
        (_("See which document would be stuck with the present staff"), "accounts:posts", ""),
    ),
    "leadership": (
        (_("Issue the report that was made and checked"), "reports:list", ""),
        (_("See what came in, day by day"), "donations:list", ""),
        (_("See who holds which post"), "accounts:posts", ""),
    ),
    "auditor": (
        (_("Look who did what, and who looked at whose personal data"), "audit:list", ""),
        (_("Look for voided gifts"), "donations:list", "?state=voided"),
        (_("See whether the months are closed by two people"), "office:months", ""),
        (_("See who holds which post, and which roles may not meet"), "accounts:posts", ""),
    ),
    "administrator": (
        (_("Add a person, give roles, print a one-time password"), "accounts:list", ""),
        (_("See which document would be stuck with the present staff"), "accounts:posts", ""),
        (_("Look at log-ins, roles and resets"), "audit:list", ""),
        (_("Background work of everybody: what failed"), "jobs:list", "?state=failed"),
    ),
}
NO_ROLE: tuple[Line, ...] = (
    (_("You have no role yet, so there is nothing to see. Ask the administrator for your role."), "", ""),
    MY_ACCOUNT,
)


def guide_of(user: User) -> StartPanel:
    """The sentences of the roles held now, each once."""
    held = [lines for code, lines in GUIDES.items() if code in user.role_codes] or [NO_ROLE]
    lines = dict.fromkeys(line for lines in held for line in lines)
    return StartPanel(guide=[(str(sentence), address(name, query)) for sentence, name, query in lines])


def address(name: str, query: str) -> str:
    try:
        return f"{reverse(name)}{query}" if name else ""
    except NoReverseMatch:
        return ""
