"""Every role on every page of people: what answers whom."""

import pytest
from django.urls import reverse

from hebi_charity.accounts.role_data import ROLES
from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db
EVERYBODY = ["own", "password", "second_factor", "second_factor_app"]
PEOPLE = ["list", "create"]
PERSON = ["detail", "update", "deactivate", "reactivate", "one_time_password", "reset_second_factor"]
READS_POSTS = {"approver", "leadership", "auditor", "administrator"}


@pytest.mark.parametrize("role", [data.code for data in ROLES])
def test_pages_by_role(client, role):
    client.force_login(make_person(role))
    other = make_person()
    is_admin = role == "administrator"

    found = {name: client.get(reverse(f"accounts:{name}")).status_code for name in [*EVERYBODY, *PEOPLE, "posts"]}
    found |= {name: client.get(reverse(f"accounts:{name}", args=[other.pk])).status_code for name in PERSON}

    assert found == (
        dict.fromkeys(EVERYBODY, 200)
        | dict.fromkeys([*PEOPLE, *PERSON], 200 if is_admin else 403)
        | {"posts": 200 if role in READS_POSTS else 403}
    )


@pytest.mark.parametrize("role", [data.code for data in ROLES])
@pytest.mark.parametrize("name", [*PERSON[2:], "grant_role"])
def test_acts_on_an_unknown_person(client, role, name):
    client.force_login(make_person(role))

    response = client.post(reverse(f"accounts:{name}", args=[10**9]), {"reason": "x"})

    assert response.status_code == (404 if role == "administrator" else 403)


def test_person_without_a_role_sees_only_the_own_account(client):
    client.force_login(make_person())

    assert client.get(reverse("accounts:own")).status_code == 200
    assert client.get(reverse("accounts:list")).status_code == 403
