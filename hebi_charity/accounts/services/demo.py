"""The invented people of the demonstration, one for each role."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from hebi_charity.accounts.errors import NotInRealMode
from hebi_charity.accounts.models import Role, RoleAssignment, User
from hebi_charity.accounts.services.people import add_person
from hebi_charity.accounts.services.roles import grant_role

# Account, invented name, role.
DEMO_PEOPLE = (
    ("clerk", "林晓燕", "donation_clerk"),
    ("clerk2", "周文静", "donation_clerk"),
    ("accountant", "何建平", "accountant"),
    ("cashier", "王秀芝", "cashier"),
    ("keeper", "石大勇", "warehouse_keeper"),
    ("relief", "赵雨薇", "relief_officer"),
    ("secretary", "孙德厚", "branch_secretary"),
    ("organizer", "叶春梅", "organisation_member"),
    ("approver", "郑国安", "approver"),
    ("leader", "高致远", "leadership"),
    ("auditor", "马文谦", "auditor"),
    ("admin", "吴小磊", "administrator"),
)


def demo_accounts() -> list[tuple[str, str]]:
    """Accounts of the demonstration with the names of their roles; none where real work is done."""
    if settings.HEBI_MODE != "demo":
        return []
    titles = {role.code: role.title for role in Role.objects.all()}
    return [(username, titles[role]) for username, _name, role in DEMO_PEOPLE]


@transaction.atomic
def ensure_demo_people(password: str) -> list[User]:
    """Make the demonstration's people with this password; who exists keeps roles and gets the password.

    Raises NotInRealMode where real work is done.
    """
    if settings.HEBI_MODE != "demo":
        raise NotInRealMode("Demonstration people never exist in real mode.")
    # One encoding for all: it takes a third of a second, and the password is printed on the screen anyway.
    first = User.objects.filter(username=DEMO_PEOPLE[0][0]).first()
    encoded = first.password if first and first.check_password(password) else make_password(password)
    return [_ensure(*person, encoded) for person in DEMO_PEOPLE]


def _ensure(username: str, full_name: str, role_code: str, encoded: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        user = add_person(by=None, username=username, full_name=full_name)
        grant_role(user, Role.objects.get(code=role_code), by=None)
    elif not RoleAssignment.objects.filter(user=user).exists():
        grant_role(user, Role.objects.get(code=role_code), by=None)
    if user.password != encoded:
        user.refresh_from_db()
        user.password = encoded
        user.must_change_password = False
        user.one_time_password_expires_at = None
        user.save(update_fields=["password", "must_change_password", "one_time_password_expires_at"])
    return user
