"""The demonstration's people."""

import pytest

from hebi_charity.accounts import errors, services
from hebi_charity.accounts.models import User

pytestmark = pytest.mark.django_db

ROLES = {
    "clerk": "donation_clerk",
    "clerk2": "donation_clerk",
    "accountant": "accountant",
    "cashier": "cashier",
    "keeper": "warehouse_keeper",
    "relief": "relief_officer",
    "secretary": "branch_secretary",
    "organizer": "organisation_member",
    "approver": "approver",
    "leader": "leadership",
    "auditor": "auditor",
    "admin": "administrator",
}


def test_demo_people_one_for_each_role():
    services.ensure_demo_people("demo password 1")

    found = {user.username: user for user in User.objects.all()}
    assert {name: set(user.role_codes) for name, user in found.items()} == {
        name: {role} for name, role in ROLES.items()
    }
    assert all(user.check_password("demo password 1") for user in found.values())


def test_demo_people_again_get_the_new_password_and_stay_twelve():
    services.ensure_demo_people("demo password 1")
    services.ensure_demo_people("demo password 2")

    assert User.objects.count() == 12
    assert User.objects.get(username="clerk").check_password("demo password 2")


def test_demo_people_never_exist_in_real_mode(settings):
    settings.HEBI_MODE = "real"

    with pytest.raises(errors.NotInRealMode):
        services.ensure_demo_people("demo password 1")
    assert User.objects.count() == 0
