"""People for tests: an account with roles, made as the services make them."""

from itertools import count

from hebi_charity.accounts import services
from hebi_charity.accounts.models import Role, User

PASSWORD = "correct horse 7"
_numbers = count(1)


def make_person(*roles: str, password: str = PASSWORD, **facts: object) -> User:
    """An active person with these roles who can log in with `password`."""
    number = next(_numbers)
    facts = {"username": f"person{number}", "full_name": f"测试{number}"} | facts
    user = services.add_person(by=None, **facts)
    for code in roles:
        services.grant_role(user, Role.objects.get(code=code), by=None)
    user = User.objects.get(pk=user.pk)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user
