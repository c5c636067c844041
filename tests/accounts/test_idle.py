"""The idle time-out: the page is covered, nothing is lost, and the owner goes on."""

import time

import pytest
from django.test import RequestFactory
from django.urls import reverse

from hebi_charity.accounts import services
from hebi_charity.accounts.models import KeptForm, Role, User
from hebi_charity.audit.models import Entry
from tests.accounts.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db
CREATE = reverse("accounts:create")
UNLOCK = reverse("accounts:unlock")


@pytest.fixture
def admin(client):
    user = make_person("administrator", username="wu", full_name="吴磊")
    log_in(client)
    return user


def log_in(client, name="wu", **more):
    return client.post(reverse("accounts:login"), {"name": name, "password": PASSWORD} | more)


def let_time_pass(client, minutes):
    session = client.session
    session["seen_at"] -= int(minutes * 60)
    session.save()


@pytest.mark.parametrize(
    ("roles", "minutes"),
    [(("donation_clerk",), 15), (("branch_secretary",), 120), (("branch_secretary", "donation_clerk"), 15), ((), 30)],
)
def test_shortest_time_out_of_the_roles_counts(client, roles, minutes):
    make_person(*roles, username="lin")
    log_in(client, "lin")

    let_time_pass(client, minutes - 1)
    assert client.get("/accounts/own/").status_code == 200
    let_time_pass(client, minutes + 1)
    assert client.get("/accounts/own/").status_code == 302


def test_page_knows_when_to_cover_itself(client, admin):
    assert 'data-idle-seconds="1800"' in client.get(CREATE).content.decode()


def test_use_keeps_the_session_open(client, admin):
    for _quarter in range(3):
        let_time_pass(client, 20)
        assert client.get("/accounts/own/").status_code == 200


def test_what_asks_by_itself_does_not_keep_the_session_open(client, admin):
    let_time_pass(client, 20)
    assert client.get("/accounts/own/", headers={"X-Background": "1"}).status_code == 200
    let_time_pass(client, 20)
    assert client.get("/accounts/own/").status_code == 302


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"X-Requested-With": "fetch"}])
def test_script_gets_a_small_sign_after_the_time_out(client, admin, headers):
    let_time_pass(client, 31)

    response = client.get(CREATE, headers=headers)

    assert response.status_code == 401
    assert response.headers["X-Login-Required"] == "unlock"
    assert response.json()["login"] == UNLOCK
    assert response.json()["account"] == "wu"


def test_boosted_visit_is_led_to_the_log_in_page(client, admin):
    let_time_pass(client, 31)

    response = client.get(CREATE, headers={"HX-Request": "true", "HX-Boosted": "true"})

    assert response.status_code == 302


def test_stranger_gets_the_sign_for_the_whole_log_in(client):
    response = client.get(CREATE, headers={"X-Requested-With": "fetch"})

    assert (response.status_code, response.headers["X-Login-Required"]) == (401, "login")
    assert response.json()["account"] == ""


def test_unlock_with_the_password_goes_on(client, admin):
    let_time_pass(client, 31)
    client.get(CREATE)

    response = client.post(UNLOCK, {"password": PASSWORD})

    assert response.status_code == 200
    assert len(response.json()["csrf_token"]) == 64
    assert client.get(CREATE).status_code == 200
    assert Entry.objects.filter(act="accounts.unlocked", actor=admin).count() == 1


def test_unlock_says_why_not(client, admin):
    let_time_pass(client, 31)

    wrong = client.post(UNLOCK, {"password": "wrong"})
    empty = client.post(UNLOCK, {"password": ""})

    assert (wrong.status_code, empty.status_code) == (422, 422)
    assert "密码不对" in wrong.json()["sentence"]
    assert empty.json()["sentence"] == "请输入密码。"
    assert client.get(CREATE).status_code == 302


def test_unlock_asks_for_the_password_before_the_server_has_locked(client, admin):
    assert client.post(UNLOCK, {"password": "wrong"}).status_code == 422
    assert client.post(UNLOCK, {"password": PASSWORD}).status_code == 200


def test_unlock_without_a_session_leads_to_the_log_in(client):
    response = client.post(UNLOCK, {"password": "x"})

    assert (response.status_code, response.json()) == (401, {"login": "/accounts/login/"})


def test_unlock_by_somebody_elses_password_is_refused(client, admin):
    make_person(username="other", password="another horse 8")
    let_time_pass(client, 31)

    assert client.post(UNLOCK, {"password": "another horse 8"}).status_code == 422


def test_unlock_closes_after_failed_attempts(client, admin):
    let_time_pass(client, 31)
    for _attempt in range(6):
        client.post(UNLOCK, {"password": "wrong"})

    response = client.post(UNLOCK, {"password": PASSWORD})

    assert response.status_code == 422
    assert "自动恢复" in response.json()["sentence"]


def test_role_change_ends_the_session_at_once(client, admin):
    other = make_person("administrator")
    services.grant_role(make_person(), Role.objects.get(code="cashier"), by=admin)
    assert client.get(CREATE).status_code == 200

    services.end_role(admin.role_assignments.get(), by=other)

    assert client.get("/accounts/own/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_deactivation_ends_the_session_at_once(client, admin):
    services.deactivate_person(User.objects.get(pk=admin.pk), by=make_person("administrator"), reason="离职")

    assert client.get("/accounts/own/").status_code == 302


def test_typed_form_comes_back_after_the_log_in(client, admin):
    let_time_pass(client, 31)
    typed = {"full_name": "新来的<人>", "username": "xinlai", "phone": "13912345678", "joined_on": "3.1"}

    sent = client.post(CREATE, typed | {"csrfmiddlewaretoken": "x"})
    answer = log_in(
        client, next=sent.url.partition("next=")[2].replace("%2F", "/").replace("%3F", "?").replace("%3D", "=")
    )
    html = client.get(answer.url).content.decode()

    assert User.objects.filter(username="xinlai").count() == 0
    assert 'value="新来的&lt;人&gt;"' in html
    assert 'value="xinlai"' in html
    assert 'value="13912345678"' in html
    assert "已放回表单" in html
    assert KeptForm.objects.count() == 0


def test_nothing_typed_stands_in_the_address_or_session(client, admin, superuser_value):
    let_time_pass(client, 31)

    sent = client.post(CREATE, {"full_name": "新来的人", "phone": "13912345678"})

    assert "1391234" not in sent.url
    assert "1391234" not in str(dict(client.session))
    assert "1391234" not in superuser_value("SELECT content FROM accounts_keptform")


@pytest.fixture
def superuser_value():
    from django.db import connection

    def value(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]

    return value


def test_typed_form_is_not_given_to_somebody_else(client, admin):
    make_person("administrator", username="other")
    let_time_pass(client, 31)
    client.post(CREATE, {"full_name": "新来的人"})
    token = KeptForm.objects.get().pk

    log_in(client, "other")
    html = client.get(f"{CREATE}?given_back={token}").content.decode()

    assert "新来的人" not in html
    assert KeptForm.objects.count() == 1


def test_typed_form_is_given_back_once(client, admin):
    let_time_pass(client, 31)
    client.post(CREATE, {"full_name": "新来的人"})
    address = f"{CREATE}?given_back={KeptForm.objects.get().pk}"
    log_in(client)

    assert "新来的人" in client.get(address).content.decode()
    assert "新来的人" not in client.get(address).content.decode()


def test_passwords_are_never_kept(client, admin):
    let_time_pass(client, 31)

    client.post(reverse("accounts:password"), {"old_password": "geheim", "new_password": "geheim"})

    assert KeptForm.objects.count() == 0


def test_strangers_form_is_not_kept(client):
    client.post(CREATE, {"full_name": "新来的人"})

    assert KeptForm.objects.count() == 0


def test_flood_is_not_kept(client, admin):
    let_time_pass(client, 31)

    client.post(CREATE, {"full_name": "人" * 200_001})

    assert KeptForm.objects.count() == 0


def test_act_without_a_page_leads_back_to_the_page_of_its_button(client, admin):
    let_time_pass(client, 31)

    sent = client.post(
        reverse("accounts:grant_role", args=[admin.pk]),
        {"role": "1"},
        headers={"Referer": "http://testserver/accounts/people/1/"},
    )

    assert sent.url == "/accounts/login/?next=%2Faccounts%2Fpeople%2F1%2F"
    assert KeptForm.objects.count() == 0


def test_open_session_is_written_seldom(client, admin, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.session = client.session
    from hebi_charity.accounts import sessions

    before = request.session["seen_at"]
    sessions.seen(request)
    assert request.session["seen_at"] == before
    request.session["seen_at"] = int(time.time()) - 31
    sessions.seen(request)
    assert request.session["seen_at"] >= before
