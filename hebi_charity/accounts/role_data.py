"""Which role may do what, and which roles may not meet. `sync_roles` writes this into the database.

A permission is written "app.codename" as the model's Meta declares it; an unknown one stops `sync_roles`.
Names and reasons are message ids: the interface shows them through gettext.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class RoleData:
    """One role: its name, side, idle time-out in minutes and permissions."""

    code: str
    name: str
    side: str
    idle_minutes: int
    needs_second_factor: bool = False
    permissions: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class PairData:
    """Two roles that may not meet in one person, and why."""

    first: str
    second: str
    reason: str
    legal_basis: str = ""
    is_overridable: bool = False


COUNTER = 15
DESK = 30
BRANCH = 120

ROLES = (
    RoleData(
        "donation_clerk",
        _("donation clerk"),
        "charity",
        COUNTER,
        permissions=(
            "donations.view_donation",
            "donations.add_donation",
            "donations.change_donation",
            "donations.review_donation",
            "donations.void_donation",
            "donations.request_reversal",
            "donations.view_donor",
            "donations.add_donor",
            "donations.change_donor",
            "donations.view_personal_data",
            "donations.view_fund",
            "donations.view_campaign",
            "imports.add_import",
            "imports.view_import",
            "imports.confirm_import",
            "reports.view_report",
        ),
    ),
    RoleData(
        "accountant",
        _("accountant"),
        "charity",
        DESK,
        permissions=(
            "donations.view_donation",
            "donations.add_donation",
            "donations.change_donation",
            "donations.review_donation",
            "donations.void_donation",
            "donations.request_reversal",
            "donations.record_income",
            "donations.record_arrival",
            "donations.export_donations",
            "donations.view_donor",
            "donations.change_donor",
            "donations.view_personal_data",
            "donations.view_fund",
            "donations.add_fund",
            "donations.change_fund",
            "donations.view_campaign",
            "donations.add_campaign",
            "donations.change_campaign",
            "donations.add_incomekindrule",
            "imports.add_import",
            "imports.view_import",
            "imports.confirm_import",
            "office.view_period",
            "office.close_period",
            "office.manage_settings",
            "reports.view_report",
            "reports.make_report",
            "reports.check_report",
        ),
    ),
    RoleData(
        "cashier",
        _("cashier"),
        "charity",
        COUNTER,
        needs_second_factor=True,
        permissions=(
            "donations.view_donation",
            "donations.record_income",
            "donations.record_arrival",
            "donations.view_donor",
            "donations.view_fund",
            "donations.view_campaign",
        ),
    ),
    RoleData("warehouse_keeper", _("warehouse keeper"), "charity", DESK),
    RoleData("relief_officer", _("relief officer"), "charity", DESK),
    RoleData(
        "branch_secretary",
        _("branch secretary"),
        "party",
        BRANCH,
        permissions=(
            "audit.view_party_entries",
            "partybranch.view_person",
            "partybranch.record_membership",
            "partybranch.withdraw_record",
            "partybranch.record_requirement",
            "partybranch.view_warnings",
            "partybranch.export_roll",
            "partybranch.view_personal_data",
        ),
    ),
    RoleData(
        "organisation_member",
        _("organisation committee member"),
        "party",
        BRANCH,
        permissions=(
            "partybranch.view_person",
            "partybranch.record_membership",
            "partybranch.export_roll",
            "partybranch.view_personal_data",
        ),
    ),
    RoleData(
        "approver",
        _("secretary-general (approver)"),
        "charity",
        DESK,
        needs_second_factor=True,
        permissions=(
            "accounts.view_posts",
            "donations.view_donation",
            "donations.review_donation",
            "donations.approve_reversal",
            "donations.export_donations",
            "donations.view_donor",
            "donations.view_personal_data",
            "donations.view_fund",
            "donations.view_campaign",
            "donations.add_campaign",
            "donations.change_campaign",
            "imports.view_import",
            "imports.confirm_import",
            "office.view_period",
            "office.confirm_period",
            "office.manage_settings",
            "reports.view_report",
            "reports.make_report",
            "reports.check_report",
        ),
    ),
    RoleData(
        "leadership",
        _("leadership (signs)"),
        "charity",
        DESK,
        permissions=(
            "accounts.view_posts",
            "donations.view_donation",
            "donations.view_donor",
            "donations.view_fund",
            "donations.view_campaign",
            "imports.view_import",
            "office.view_period",
            "reports.view_report",
            "reports.make_report",
            "reports.issue_report",
        ),
    ),
    RoleData(
        "auditor",
        _("supervisor / auditor"),
        "charity",
        DESK,
        needs_second_factor=True,
        permissions=(
            "accounts.view_posts",
            "audit.view_entry",
            "audit.export_entry",
            "donations.view_donation",
            "donations.export_donations",
            "donations.view_donor",
            "donations.view_fund",
            "donations.view_campaign",
            "imports.view_import",
            "office.view_period",
            "reports.view_report",
        ),
    ),
    RoleData(
        "administrator",
        _("system administrator"),
        "system",
        DESK,
        needs_second_factor=True,
        permissions=(
            "accounts.manage_people",
            "accounts.view_posts",
            "audit.view_account_entries",
            "jobs.view_all_jobs",
        ),
    ),
)

NAMES = {role.code: role.name for role in ROLES}


def title_of(code: object) -> str:
    """A role's name in the language of the interface; a code of earlier times stays as it is."""
    return gettext(NAMES[code]) if code in NAMES else str(code)


DOING_ROLES = (
    "donation_clerk",
    "accountant",
    "cashier",
    "warehouse_keeper",
    "relief_officer",
    "branch_secretary",
    "organisation_member",
    "approver",
    "leadership",
)

MAKER_AND_APPROVER = _("Who prepares a document may not approve it: maker and approver are two people.")
SUPERVISOR_IS_APART = _("Who supervises and audits may not do what is supervised.")
ADMINISTRATOR_IS_APART = _(
    "The administrator manages people and sees no business data; who also does business needs two accounts"
    " and a written decision of the secretary-general."
)

PAIRS = (
    PairData(
        "accountant",
        "cashier",
        _("Who keeps the money may not keep or review the books, nor keep the receipts."),
        _("Accounting Law: a cashier may not also review, keep accounting files or enter income, expenses and debts"),
    ),
    PairData(
        "donation_clerk",
        "cashier",
        _("Who keeps the money may not register or review the income."),
        _("Accounting Law: a cashier may not also review, keep accounting files or enter income, expenses and debts"),
    ),
    PairData(
        "approver",
        "leadership",
        _("The president may not be the secretary-general at the same time."),
        _("Measures for the registration of social organisations (Order 74)"),
    ),
    PairData("donation_clerk", "approver", MAKER_AND_APPROVER),
    PairData("accountant", "approver", MAKER_AND_APPROVER),
    PairData("cashier", "approver", MAKER_AND_APPROVER),
    PairData("relief_officer", "approver", MAKER_AND_APPROVER),
    PairData("warehouse_keeper", "approver", _("Who keeps the goods may not approve where they go.")),
    *(PairData(first, second, SUPERVISOR_IS_APART) for first, second in product(DOING_ROLES, ["auditor"])),
    PairData(
        "auditor", "administrator", _("The administrator's acts are listed to the auditor: one may not be the other.")
    ),
    *(
        PairData(first, second, ADMINISTRATOR_IS_APART, is_overridable=True)
        for first, second in product(DOING_ROLES, ["administrator"])
    ),
)
