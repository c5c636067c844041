"""Coming in: by account, name or phone; refused, closed, and opened by itself."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.urls import reverse
from django.utils import timezone

from hebi_charity.accounts.models import User
from hebi_charity.accounts.services import deactivate_person, issue_one_time_password
from hebi_charity.audit.models import Entry
from tests.accounts.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db
LOGIN = reverse("accounts:login")


def log_in(client, name, password=PASSWORD, **more):
    return client.post(LOGIN, {"name": name, "password": password} | more)


def logged_in_pk(client):
    return int(client.session["_auth_user_id"]) if "_auth_user_id" in client.session else None


@pytest.mark.parametrize("typed", ["linxiao", " LinXiao ", "林小", "13800138000", "138 0013 8000", "+86 13800138000"])
def test_log_in_by_account_name_or_phone(client, typed):
    user = make_person("donation_clerk", username="linxiao", full_name="林小", phone="13800138000")

    response = log_in(client, typed)

    assert response.status_code == 302
    assert logged_in_pk(client) == user.pk


def test_log_in_by_name_is_refused_when_two_have_it(client):
    make_person(full_name="林小")
    make_person(full_name="林小")

    response = log_in(client, "林小")

    assert logged_in_pk(client) is None
    assert "同名" in response.content.decode()


def test_log_in_by_name_when_the_other_one_has_left(client):
    admin = make_person("administrator")
    gone = make_person(full_name="林小")
    here = make_person(full_name="林小")
    deactivate_person(gone, by=admin, reason="离职")

    log_in(client, "林小")

    assert logged_in_pk(client) == here.pk


def test_log_in_leads_where_one_wanted_to_go(client):
    make_person(username="lin")

    assert log_in(client, "lin", next="/accounts/own/").url == "/accounts/own/"


def test_log_in_never_leads_away_from_here(client):
    make_person(username="lin")

    assert log_in(client, "lin", next="https://example.org/").url == "/"


def test_wrong_password_is_refused_and_logged_without_what_was_typed(client):
    user = make_person(username="lin")

    response = log_in(client, "lin", "not the password")

    entry = Entry.objects.get(act="accounts.log_in_failed")
    assert (entry.actor, entry.object_id, entry.changes, entry.reason) == (None, user.pk, {}, "")
    assert response.status_code == 200
    assert "not the password" not in response.content.decode()


def test_password_typed_as_name_is_stored_nowhere(client):
    log_in(client, "mein geheimes wort", "x")

    attempt = AccessAttempt.objects.get()
    assert "geheim" not in "".join(str(value) for value in vars(attempt).values())
    assert "geheim" not in "".join(str(vars(entry)) for entry in Entry.objects.all())


def test_log_in_closes_after_six_failures_and_says_when_it_opens(client):
    make_person(username="lin")
    for _attempt in range(6):
        log_in(client, "lin", "wrong")

    response = log_in(client, "lin")

    opens = timezone.localtime(AccessAttempt.objects.get().attempt_time + timedelta(minutes=16))
    assert logged_in_pk(client) is None
    assert f"{opens:%H:%M}" in response.content.decode()
    assert Entry.objects.filter(act="accounts.log_in_closed").count() == 2


def test_tries_left_are_told_before_it_closes(client):
    make_person(username="lin")
    for _attempt in range(3):
        response = log_in(client, "lin", "wrong")

    assert "再错 3 次" in response.content.decode()


def test_closed_log_in_opens_by_itself(client):
    user = make_person(username="lin")
    for _attempt in range(7):
        log_in(client, "lin", "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))

    log_in(client, "lin")

    assert logged_in_pk(client) == user.pk


def test_trying_while_closed_does_not_move_the_time(client):
    make_person(username="lin")
    for _attempt in range(6):
        log_in(client, "lin", "wrong")
    closed_at = AccessAttempt.objects.get().attempt_time

    log_in(client, "lin", "wrong")

    assert AccessAttempt.objects.get().attempt_time == closed_at


def test_one_time_password_opens_a_closed_log_in(client):
    admin, user = make_person("administrator"), make_person(username="lin")
    for _attempt in range(6):
        log_in(client, "lin", "wrong")

    log_in(client, "lin", issue_one_time_password(user, by=admin))

    assert logged_in_pk(client) == user.pk


@pytest.mark.parametrize(
    "typed", [str.upper, lambda text: text.replace("-", ""), lambda text: f" {text[:5]} {text[6:]} "]
)
def test_one_time_password_is_taken_however_it_is_typed(client, typed):
    admin, user = make_person("administrator"), make_person(username="lin")

    log_in(client, "lin", typed(issue_one_time_password(user, by=admin)))

    assert logged_in_pk(client) == user.pk


def test_old_one_time_password_is_refused_with_what_to_do(client):
    admin, user = make_person("administrator"), make_person(username="lin")
    password = issue_one_time_password(user, by=admin)
    User.objects.filter(pk=user.pk).update(one_time_password_expires_at=timezone.now() - timedelta(seconds=1))

    response = log_in(client, "lin", password)

    assert logged_in_pk(client) is None
    assert "一次性密码已过期" in response.content.decode()


def test_deactivated_person_learns_it_only_with_the_right_password(client):
    admin, user = make_person("administrator"), make_person(username="lin")
    deactivate_person(user, by=admin, reason="离职")

    assert "已停用" not in log_in(client, "lin", "wrong").content.decode()
    assert "已停用" in log_in(client, "lin").content.decode()
    assert logged_in_pk(client) is None


def test_log_out_ends_the_session_and_is_logged(client):
    user = make_person()
    client.force_login(user)

    response = client.post(reverse("accounts:logout"))

    assert response.url == LOGIN
    assert logged_in_pk(client) is None
    assert Entry.objects.get(act="accounts.logged_out").actor == user


def test_log_in_page_turns_away_who_is_logged_in(client):
    client.force_login(make_person())

    assert client.get(LOGIN).url == "/"
