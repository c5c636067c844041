"""People: added, changed, deactivated; never deleted."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from hebi_charity.accounts.errors import LINK_STAYS, NotOnOneself, PeopleError
from hebi_charity.accounts.models import RoleAssignment, User
from hebi_charity.accounts.services.roles import end_sessions, lock_person, refuse_without_administrator
from hebi_charity.core.acts import record_act
from hebi_charity.core.dates import today
from hebi_charity.core.names import clean_name, sort_key


@transaction.atomic
def add_person(
    *,
    by: User | None,
    username: str,
    full_name: str,
    phone: str = "",
    joined_on: date | None = None,
    main_account: User | None = None,
) -> User:
    """Add an account that nobody can log in to yet and that holds no role."""
    full_name = clean_name(full_name)
    user = User(
        username=username.lower(),
        full_name=full_name,
        sort_key=sort_key(full_name),
        joined_on=joined_on,
        main_account=_main_account_of(main_account),
    )
    user.set_phone(phone)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    record_act(by, "accounts.person_added", user, changes={"username": ("", user.username)})
    return user


@transaction.atomic
def change_person(
    user: User,
    *,
    by: User,
    full_name: str,
    phone: str | None,
    joined_on: date | None,
    main_account: User | None,
) -> User:
    """Change a person's facts; `phone` None leaves it, "" removes it. The account name never changes."""
    user = lock_person(user)
    before = _facts(user)
    user.full_name = clean_name(full_name)
    user.sort_key = sort_key(user.full_name)
    user.joined_on = joined_on
    _change_main_account(user, _main_account_of(main_account))
    if phone is not None:
        user.set_phone(phone)
    user.full_clean()
    user.save()
    changes = {name: (before[name], value) for name, value in _facts(user).items() if before[name] != value}
    if changes:
        record_act(by, "accounts.person_changed", user, changes=changes)
    return user


@transaction.atomic
def deactivate_person(user: User, *, by: User, reason: str) -> User:
    """Close the account from today: its roles and sessions end at once, what the person did stays.

    Raises NotOnOneself, NobodyWouldAdminister.
    """
    user = lock_person(user)
    if user.pk == by.pk:
        raise NotOnOneself(_("You cannot deactivate your own account. Another administrator does it."))
    if user.has_role("administrator"):
        refuse_without_administrator(user)
    RoleAssignment.objects.current().filter(user=user).update(ended_at=Now(), ended_by=by)
    user.is_active = False
    user.left_on = today()
    user.save(update_fields=["is_active", "left_on"])
    end_sessions(user)
    record_act(by, "accounts.person_deactivated", user, reason=reason)
    return user


@transaction.atomic
def reactivate_person(user: User, *, by: User | None, reason: str) -> User:
    """Open a closed account again, without a role and without a password that works."""
    user = lock_person(user)
    if user.is_active:
        raise PeopleError(_("%(name)s is active already.") % {"name": user.full_name})
    user.is_active = True
    user.left_on = None
    user.set_unusable_password()
    user.save(update_fields=["is_active", "left_on", "password"])
    record_act(by, "accounts.person_reactivated", user, reason=reason)
    return user


@transaction.atomic
def set_large_text(user: User, *, is_large_text: bool) -> None:
    """Remember how large a person wants to read. Not a binding act: it leaves no entry in the log."""
    User.objects.filter(pk=user.pk).update(is_large_text=is_large_text)


def _main_account_of(main_account: User | None) -> User | None:
    """The first account of a person, so that accounts never form a chain."""
    if main_account is None or main_account.main_account_id is None:
        return main_account
    return main_account.main_account


def _change_main_account(user: User, main_account: User | None) -> None:
    """Link two accounts of one person, for ever; refused while roles are held, because the pairs were checked."""
    if user.main_account_id == (main_account.pk if main_account else None):
        return
    if user.main_account_id is not None:
        raise PeopleError(str(LINK_STAYS))
    if RoleAssignment.objects.current().filter(user=user).exists() or user.other_accounts.exists():
        raise PeopleError(
            _("End the roles of %(name)s first: the link to the other account decides which roles may meet.")
            % {"name": user.full_name}
        )
    user.main_account = main_account


def _facts(user: User) -> dict[str, str]:
    return {
        "full_name": user.full_name,
        "phone": user.phone,
        "joined_on": str(user.joined_on or ""),
        "main_account": user.main_account.username if user.main_account else "",
    }
