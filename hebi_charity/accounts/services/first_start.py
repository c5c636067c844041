"""The first start of real work: organisation, first administrator, people and books, all at once and only once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hebi_charity.accounts import setup_code
from hebi_charity.accounts.errors import PeopleError
from hebi_charity.accounts.models import Role, User
from hebi_charity.accounts.services.administrator import create_first_administrator
from hebi_charity.accounts.services.passwords import ONE_TIME_HOURS, issue_one_time_password
from hebi_charity.accounts.services.people import add_person
from hebi_charity.accounts.services.roles import grant_role
from hebi_charity.office.models import Organisation
from hebi_charity.office.services.organisation import set_up_organisation


class OfficeIsOpen(PeopleError):
    """The office was set up before, perhaps a moment ago in another browser."""


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is to work here: name, account and codes of roles."""

    full_name: str
    username: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class FirstStart:
    """Everything that was typed. The administrator's password comes encoded: it is never kept in clear."""

    organisation: dict[str, object]
    administrator: NewPerson
    encoded_password: str
    people: tuple[NewPerson, ...]
    books_from: date
    more: tuple[Callable[[User], None], ...] = field(default=())


@dataclass(frozen=True)
class Slip:
    """What one person takes home to log in for the first time."""

    person: User
    roles: list[str]
    password: str
    expires_at: datetime


def is_open() -> bool:
    """Whether the office still waits for its first start: real mode, and nobody and nothing is there."""
    if settings.HEBI_MODE != "real":
        return False
    return not Organisation.objects.exists() and not User.objects.exists()


@transaction.atomic
def open_office(first: FirstStart) -> tuple[User, list[Slip]]:
    """Set everything up, or nothing. Gives the administrator and the slips of the others, shown once.

    Raises OfficeIsOpen, RolesMayNotMeet, and ValidationError for what a row refuses.
    """
    # The role's row makes two first starts wait for each other; the second finds the office open.
    Role.objects.select_for_update().get(code="administrator")
    if not is_open():
        raise OfficeIsOpen(_("The office has been set up already, perhaps in another browser. Log in now."))
    administrator = create_first_administrator(
        username=first.administrator.username,
        full_name=first.administrator.full_name,
        encoded_password=first.encoded_password,
    )
    set_up_organisation(by=administrator, books_from=first.books_from, **first.organisation)
    slips = [_welcome(person, by=administrator) for person in first.people]
    for save in first.more:
        save(administrator)
    transaction.on_commit(setup_code.forget)
    return administrator, slips


def _welcome(new: NewPerson, *, by: User) -> Slip:
    person = add_person(by=by, username=new.username, full_name=new.full_name)
    roles = list(Role.objects.filter(code__in=new.roles))
    for role in roles:
        grant_role(person, role, by=by)
    password = issue_one_time_password(person, by=by, reason=_("first log-in"))
    expires_at = timezone.now() + timedelta(hours=ONE_TIME_HOURS)
    return Slip(person, [role.title for role in roles], password, expires_at)
