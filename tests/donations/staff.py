"""People of the office for the tests of gifts: one of a role, logged in where a page is asked for."""

from django.test import Client

from hebi_charity.accounts.models import Role, User
from hebi_charity.accounts.services.roles import grant_role
from tests.donations.factories import UserFactory

BACKEND = "hebi_charity.accounts.backends.RoleBackend"


def person(role: str) -> User:
    user = UserFactory()
    grant_role(user, Role.objects.get(code=role), by=None)
    user.refresh_from_db()  # a new role ends sessions: the count of them is part of the session's key
    return user


def log_in_as(client: Client, role: str) -> User:
    user = person(role)
    client.force_login(user, backend=BACKEND)
    return user
