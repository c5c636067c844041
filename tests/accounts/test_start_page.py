"""The start page says to every role what it does here, and to the administrator what waits."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hebi_charity.accounts import services
from hebi_charity.accounts.models import Role, User
from hebi_charity.accounts.role_data import ROLES
from hebi_charity.accounts.role_guides import GUIDES, guide_of
from hebi_charity.accounts.services import DEMO_PEOPLE
from hebi_charity.local.serving import PEOPLE
from hebi_charity.office.views.start import work_of
from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db


def waiting(user) -> dict[str, int]:
    return {str(item.label): item.count for item in work_of(user)}


def test_every_role_has_a_guide():
    assert set(GUIDES) == {role.code for role in ROLES}


@pytest.mark.parametrize("role", [data.code for data in ROLES])
def test_every_guide_leads_to_pages_this_role_may_open(client, role):
    user = make_person(role)
    client.force_login(user)

    addresses = [address for _sentence, address in guide_of(user).guide if address]
    assert addresses != []
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)
    page = client.get("/").content.decode()
    assert all(sentence in page for sentence, _address in guide_of(user).guide)


def test_two_roles_have_both_guides_and_nothing_twice():
    user = make_person("donation_clerk", "relief_officer", "warehouse_keeper")

    sentences = [sentence for sentence, _address in guide_of(user).guide]
    assert len(sentences) == len(set(sentences)) == 6


def test_person_without_a_role_is_told_whom_to_ask(client):
    client.force_login(make_person())

    assert "请系统管理员为您授予角色" in client.get("/").content.decode()


def test_administrator_finds_slips_that_ran_out(client):
    admin = make_person("administrator")
    late, early = make_person(full_name="来晚了"), make_person(full_name="还来得及")
    for person in (late, early):
        services.issue_one_time_password(person, by=admin)
    User.objects.filter(pk=late.pk).update(one_time_password_expires_at=timezone.now() - timedelta(minutes=1))

    assert waiting(admin)["一次性密码过期未用的人员"] == 1
    assert "一次性密码过期未用的人员" not in waiting(late)
    client.force_login(admin)
    page = client.get(reverse("accounts:list"), {"who": "expired"}).content.decode()
    assert ["来晚了" in page, "还来得及" in page] == [True, False]


def test_administrator_finds_documents_that_would_be_stuck():
    admin = make_person("administrator")

    assert waiting(admin)["按现有人员会卡住的单据种类"] > 0
    for role in ("donation_clerk", "donation_clerk", "accountant", "approver", "leadership"):
        make_person(role)
    assert "按现有人员会卡住的单据种类" not in waiting(admin)


def test_log_in_page_of_the_demonstration_names_its_accounts(client, settings):
    page = client.get(reverse("accounts:login")).content.decode()
    assert "<dt>clerk2</dt><dd>捐赠登记员</dd>" in page

    settings.HEBI_MODE = "real"
    make_person()
    assert "clerk2" not in client.get(reverse("accounts:login")).content.decode()


def test_starter_names_the_accounts_that_exist():
    names = dict(Role.objects.values_list("code", "name"))

    assert {account: names[role] for account, _name, role in DEMO_PEOPLE} == PEOPLE
