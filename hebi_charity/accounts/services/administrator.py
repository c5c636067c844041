"""The first administrator, and the way back in when the last one is lost."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hebi_charity.accounts.errors import PeopleError
from hebi_charity.accounts.models import Role, RoleAssignment, User
from hebi_charity.accounts.services.passwords import issue_one_time_password
from hebi_charity.accounts.services.people import add_person, reactivate_person
from hebi_charity.accounts.services.roles import grant_role
from hebi_charity.accounts.services.second_factor import reset_second_factor
from hebi_charity.core.acts import record_act


@transaction.atomic
def create_first_administrator(*, username: str, full_name: str, encoded_password: str) -> User:
    """The first start's administrator with a password of the own choice, encoded when it was typed and checked.

    Raises PeopleError when there is an administrator.
    """
    # The role's row serialises two first starts.
    role = Role.objects.select_for_update().get(code="administrator")
    if RoleAssignment.objects.filter(role=role).exists():
        raise PeopleError(_("There is an administrator already. Log in as that person."))
    user = add_person(by=None, username=username, full_name=full_name)
    grant_role(user, role, by=None)
    user.refresh_from_db()
    user.password, user.password_changed_at = encoded_password, timezone.now()
    user.save(update_fields=["password", "password_changed_at"])
    record_act(user, "accounts.password_changed", user)
    return user


@transaction.atomic
def reset_administrator(*, username: str, full_name: str) -> tuple[User, str]:
    """Make or open an administrator's account from the server and give a one-time password for it.

    Raises RolesMayNotMeet when the account holds a role that an administrator may not hold.
    """
    user = User.objects.filter(username=username).first()
    if user is None:
        user = add_person(by=None, username=username, full_name=full_name)
    elif not user.is_active:
        user = reactivate_person(user, by=None, reason=_("reset on the server"))
    if not RoleAssignment.objects.current().filter(user=user, role__code="administrator").exists():
        grant_role(user, Role.objects.get(code="administrator"), by=None)
    reset_second_factor(user, by=None, reason=_("reset on the server"))
    password = issue_one_time_password(user, by=None, reason=_("reset on the server"))
    record_act(None, "accounts.administrator_reset", user)
    return user, password
