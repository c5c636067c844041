"""Passwords: rules for old hands, one-time passwords, the way back in."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from hebi_charity.accounts import errors, services
from hebi_charity.accounts.models import User
from hebi_charity.accounts.one_time import READABLE, one_time_password
from hebi_charity.audit.models import Entry
from tests.accounts.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db
PAGE = reverse("accounts:password")


@pytest.mark.parametrize(
    "password", ["mama jia li", "woaihebi2026", "鹤壁慈善会二零二六", "74108529637", "xiaoqiao liushui"]
)
def test_long_and_simple_passwords_are_good(password):
    validate_password(password, make_person(full_name="林小燕", username="linxy"))


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("abc", "密码只有 3 位"),
        ("12345678", "太常见"),
        ("87654321", "太常见"),
        ("aaaaaaaaa", "太常见"),
        ("5201314520", "太常见"),
        ("linxiaoyan", "姓名、账号或手机号"),
        ("LinXiaoYan88", "姓名、账号或手机号"),
        ("13800138000", "姓名、账号或手机号"),
        ("linxy2026", "姓名、账号或手机号"),
        ("password", "常见"),
    ],
)
def test_weak_password_is_refused_with_why(password, sentence):
    user = make_person(full_name="林晓燕", username="linxy", phone="13800138000")

    with pytest.raises(ValidationError) as refusal:
        validate_password(password, user)

    assert sentence in " ".join(refusal.value.messages)


def test_own_password_is_changed_with_the_present_one(client):
    user = make_person()
    client.force_login(user)
    new = {"new_password": "mama jia li", "new_password_again": "mama jia li"}

    refused = client.post(PAGE, new | {"old_password": "wrong"})
    done = client.post(PAGE, new | {"old_password": PASSWORD})

    assert "现在的密码不对" in refused.content.decode()
    assert done.url == reverse("accounts:own")
    assert User.objects.get(pk=user.pk).check_password("mama jia li")
    assert client.get(reverse("accounts:own")).status_code == 200


def test_other_sessions_end_with_the_old_password(client):
    user = make_person()
    client.force_login(user)

    services.change_password(user, "mama jia li", by=user)

    assert client.get(reverse("accounts:own")).status_code == 302


@pytest.mark.parametrize(
    ("second", "sentence"), [("mama jia", "两次输入的密码不一样"), (PASSWORD, "两次输入的密码不一样")]
)
def test_new_password_is_typed_twice_alike(client, second, sentence):
    client.force_login(make_person())

    response = client.post(
        PAGE, {"old_password": PASSWORD, "new_password": "mama jia li", "new_password_again": second}
    )

    assert sentence in response.content.decode()


def test_one_time_password_must_be_changed_before_work(client):
    admin, user = make_person("administrator"), make_person(username="lin")
    password = services.issue_one_time_password(user, by=admin, reason="忘记密码")
    client.post(reverse("accounts:login"), {"name": "lin", "password": password})
    assert client.get("/accounts/own/").url.startswith(PAGE)

    same = client.post(PAGE, {"new_password": password, "new_password_again": password})
    done = client.post(PAGE, {"new_password": "mama jia li", "new_password_again": "mama jia li"})

    assert "现在的密码" in same.content.decode()
    assert done.status_code == 302
    assert client.get("/accounts/own/").status_code == 200
    user = User.objects.get(pk=user.pk)
    assert (user.must_change_password, user.one_time_password_expires_at) == (False, None)


def test_one_time_password_is_readable_logged_and_runs_out():
    admin, user = make_person("administrator"), make_person()

    password = services.issue_one_time_password(user, by=admin, reason="忘记密码")

    user = User.objects.get(pk=user.pk)
    assert len(password) == 11
    assert set(password.replace("-", "")) <= set(READABLE)
    assert not set(READABLE) & set("01oli")
    assert timedelta(hours=71) < user.one_time_password_expires_at - timezone.now() <= timedelta(hours=72)
    entry = Entry.objects.get(act="accounts.one_time_password_issued")
    assert (entry.actor, entry.reason, entry.changes) == (admin, "忘记密码", {})


def test_one_time_passwords_differ():
    assert len({one_time_password() for _number in range(100)}) == 100


def test_one_time_password_ends_sessions(client):
    admin, user = make_person("administrator"), make_person()
    client.force_login(user)

    services.issue_one_time_password(user, by=admin)

    assert client.get("/accounts/own/").status_code == 302


def test_one_time_password_is_not_for_oneself_nor_for_who_left():
    admin, user = make_person("administrator"), make_person()
    gone = services.deactivate_person(user, by=admin, reason="离职")

    with pytest.raises(errors.NotOnOneself):
        services.issue_one_time_password(admin, by=admin)
    with pytest.raises(errors.PersonInactive):
        services.issue_one_time_password(gone, by=admin)


def test_slip_is_shown_once_and_never_stored(client):
    admin, user = make_person("administrator"), make_person(full_name="林小")
    client.force_login(admin)
    address = reverse("accounts:one_time_password", args=[user.pk])
    assert "忘记密码" in client.get(address).content.decode() or "首次登录" in client.get(address).content.decode()

    page = client.post(address, {"reason": "忘记密码"})

    password = page.context["password"]
    assert password in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert User.objects.get(pk=user.pk).check_password(password)
    assert password not in client.get(address).content.decode()
    assert password not in str(dict(client.session))


def test_reset_admin_makes_an_administrator():
    out = StringIO()

    call_command("reset_admin", "--username", "wu", "--name", "吴小磊", stdout=out)

    user = User.objects.get(username="wu")
    lines = out.getvalue().splitlines()
    password = lines[0].rpartition("：")[2]
    assert user.check_password(password)
    assert (user.full_name, user.role_codes, user.must_change_password) == ("吴小磊", {"administrator"}, True)
    assert lines[-1] == "reset_admin: ok username=wu"
    assert Entry.objects.filter(act="accounts.administrator_reset", actor=None, object_id=user.pk).count() == 1


def test_reset_admin_opens_a_deactivated_administrator():
    first, second = make_person("administrator", username="admin"), make_person("administrator")
    services.deactivate_person(first, by=second, reason="离职")

    call_command("reset_admin", stdout=StringIO())

    user = User.objects.get(username="admin")
    assert (user.is_active, user.role_codes) == (True, {"administrator"})


def test_reset_admin_refuses_an_account_with_a_business_role():
    make_person("cashier", username="wang")

    with pytest.raises(CommandError, match="两个账号"):
        call_command("reset_admin", "--username", "wang", stdout=StringIO())


def test_first_administrator_is_made_once():
    encoded = make_password("mama jia li")
    user = services.create_first_administrator(username="wu", full_name="吴小磊", encoded_password=encoded)

    assert user.check_password("mama jia li")
    assert User.objects.get(pk=user.pk).has_role("administrator")
    with pytest.raises(errors.PeopleError, match="已经有系统管理员"):
        services.create_first_administrator(username="wu2", full_name="吴二", encoded_password=encoded)
