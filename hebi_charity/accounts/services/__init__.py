"""What changes people and roles."""

from hebi_charity.accounts.services.administrator import create_first_administrator, reset_administrator
from hebi_charity.accounts.services.demo import DEMO_PEOPLE, demo_accounts, ensure_demo_people
from hebi_charity.accounts.services.login import check_log_in, find_account, open_log_in
from hebi_charity.accounts.services.passwords import change_password, issue_one_time_password
from hebi_charity.accounts.services.people import (
    add_person,
    change_person,
    deactivate_person,
    reactivate_person,
    set_large_text,
)
from hebi_charity.accounts.services.roles import (
    UnknownPermission,
    end_role,
    end_sessions,
    grant_role,
    grant_role_with_decision,
    record_decision,
    sync_roles,
)
from hebi_charity.accounts.services.second_factor import needs_second_factor, reset_second_factor

__all__ = [
    "DEMO_PEOPLE",
    "UnknownPermission",
    "add_person",
    "change_password",
    "change_person",
    "check_log_in",
    "create_first_administrator",
    "deactivate_person",
    "demo_accounts",
    "end_role",
    "end_sessions",
    "ensure_demo_people",
    "find_account",
    "grant_role",
    "grant_role_with_decision",
    "issue_one_time_password",
    "needs_second_factor",
    "open_log_in",
    "reactivate_person",
    "record_decision",
    "reset_administrator",
    "reset_second_factor",
    "set_large_text",
    "sync_roles",
]
